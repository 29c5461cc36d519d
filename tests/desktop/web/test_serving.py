"""A real server: slow, broken and many clients, and the subcommand that starts it."""

from __future__ import annotations

import json
import os
import random
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen

import pytest

from database.refusal import Fault
from desktop.web import serving
from desktop.web.app import application
from desktop.web.guard import Limits


def talk(address, *pieces):
    """What a server says to raw bytes, until it lets go."""
    host, _colon, port = address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=30) as plug:
        for piece in pieces:
            plug.sendall(piece)
        said = b""
        try:
            while more := plug.recv(65536):
                said += more
        except ConnectionError:
            pass
        return said


def test_a_question_that_never_ends_is_let_go(address, monkeypatch):
    monkeypatch.setattr(serving, "_HEAD_SECONDS", 0.2)
    assert talk(address, b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: a") == b""
    assert urlopen(address).status == 200


def test_whatever_is_sent_the_server_stands(address):
    dice = random.Random(7)
    whole = b"GET /cari?q=anatomi HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    spoilt = [
        b"\x16\x03\x01\x02\x00\x01\x00", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n",
        b"POST /cari HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        b"POST /cari HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999\r\n\r\n",
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 20_000 + b"\r\n",
        b"GET /%00%ff%c0%ae%c0%ae/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET /cari?" + b"&".join(b"q=%d" % n for n in range(900))
        + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    ]  # fmt: skip
    for _time in range(60):
        piece = bytearray(whole)
        for _change in range(dice.randint(1, 6)):
            piece[dice.randrange(len(piece) - 4)] = dice.randrange(256)
        spoilt.append(bytes(piece) + b"\r\n\r\n")
    # Many at once: what asks to be kept open is let go after a while only.
    with ThreadPoolExecutor(25) as talking:
        answers = list(talking.map(lambda piece: talk(address, piece, b""), spoilt))
    for piece, said in zip(spoilt, answers, strict=True):
        assert said == b"" or said.startswith(b"HTTP/1.1 "), piece[:80]
        assert b" 500 " not in said[:20], piece[:80]
    with urlopen(f"{address}/cari?q=anatomi") as answer:
        assert answer.status == 200


def test_fifty_readers_at_once_are_all_answered(address):
    def read(number):
        with urlopen(f"{address}/cari?q={['keperawatan', 'anatomi', 'gizi'][number % 3]}") as one:
            return one.status

    with ThreadPoolExecutor(50) as readers:
        assert set(readers.map(read, range(100))) == {200}


def test_an_address_that_is_taken_is_told(address):
    port = int(address.rpartition(":")[2])
    with pytest.raises(Fault) as told:
        serving.bound("127.0.0.1", port)
    assert told.value.args == ("address_taken",)
    with pytest.raises(Fault):
        serving.bound("192.0.2.1", 0)


def test_serve_stands_until_it_is_told_to_end(lived_file, tmp_path):
    import shutil

    where = shutil.copy(lived_file, tmp_path / "lib.db")
    command = [sys.executable, "-m", "desktop", "serve", "--library", where, "--port", "0"]
    with subprocess.Popen(
        [*command, "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "SELASAR_NOW": "2026-11-24T09:10"},
    ) as running:
        told = json.loads(running.stdout.readline())
        with urlopen(told["url"]) as answer:
            assert b"Buka sampai 16.00" in answer.read()
        running.terminate()
        # Windows asks nobody to end: it ends them.
        assert running.wait(20) == (1 if sys.platform == "win32" else 0)


@pytest.mark.parametrize(("proxy", "answered"), [("127.0.0.1", {200}), ("", {200, 429})])
def test_only_a_web_server_that_was_named_is_believed_for_whom_it_asks(
    lived_place, proxy, answered
):
    def ask(number):
        said = talk(
            f"http://127.0.0.1:{running.port}",
            f"GET /jam HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 10.0.0.{number}\r\n"
            "Connection: close\r\n\r\n".encode(),
        )
        return int(said.split()[1])

    few = Limits(burst=3, a_second=0.001)
    running = serving.Serving(application(lived_place, few), serving.bound("127.0.0.1", 0), proxy)
    running.start()
    try:
        assert {ask(number) for number in range(1, 9)} == answered
    finally:
        running.stop()
