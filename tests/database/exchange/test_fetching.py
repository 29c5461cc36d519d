"""A server that drips: the whole answer has the seconds, wherever it drips."""

from __future__ import annotations

import time

import pytest

from database.exchange import fetching, sru
from database.refusal import Fault, Trouble

PATIENCE_S = 0.6
LATE_S = 20


@pytest.mark.parametrize(
    "first",
    [b"", b"HTTP/1.1 200 OK\r\nX-Long: ", b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n<"],
)
def test_a_server_that_drips_its_answer_gives_none(dripping, first):
    began = time.monotonic()
    with pytest.raises(Fault) as told:
        sru.ask(dripping(first), "bath.isbn=1", "marcxml", PATIENCE_S)
    assert told.value.trouble is Trouble.NO_ANSWER
    assert time.monotonic() - began < LATE_S


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:99999/", "http://127.0.0.1:abc/", "http://[::1/", "file:///etc/passwd"],
)
def test_an_address_that_is_none_gives_no_answer(address):
    with pytest.raises(Fault) as told:
        sru.ask(address, "a=1", "marcxml", 1)
    assert told.value.trouble is Trouble.NO_ANSWER


def test_what_asks_by_itself_is_left_to_itself_when_its_time_is_over():
    with pytest.raises(TimeoutError):
        fetching.within(0.1, lambda: time.sleep(5))
    assert fetching.within(5, lambda: "buku") == "buku"
    with pytest.raises(KeyError):
        fetching.within(5, lambda: {}["tidak ada"])
