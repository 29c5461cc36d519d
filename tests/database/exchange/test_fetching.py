"""A server that drips: the whole answer has the seconds, wherever it drips."""

from __future__ import annotations

import socket
import threading
import time

import pytest

from database.exchange import sru
from database.refusal import Fault, Trouble

PATIENCE_S = 0.6
LATE_S = 20


@pytest.fixture
def dripping():
    """Makes servers that say `first` and then one sign every tenth of a second, for ever."""
    stop, made = threading.Event(), []

    def serve(listening: socket.socket, first: bytes) -> None:
        with listening:
            try:
                spoken, _whose = listening.accept()
            except OSError:
                return
        with spoken:
            try:
                spoken.sendall(first)
                while not stop.wait(0.1):
                    spoken.sendall(b"x")
            except OSError:
                return

    def make(first: bytes) -> str:
        listening = socket.create_server(("127.0.0.1", 0))
        thread = threading.Thread(target=serve, args=(listening, first), daemon=True)
        thread.start()
        made.append((listening, thread))
        return f"http://127.0.0.1:{listening.getsockname()[1]}/sru"

    yield make
    stop.set()
    for listening, thread in made:
        listening.close()
        thread.join(5)


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
