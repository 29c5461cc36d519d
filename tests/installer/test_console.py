"""selasar-cli.exe is only the way to selasar.exe: what is said and how it ended come through."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from installer import console
from installer.smoke import silent
from installer.waiting import eventually

ROOT = Path(__file__).resolve().parents[2]
RELAY = (
    "import sys; from pathlib import Path; from installer import console;"
    "sys.exit(console.main(Path(sys.executable), sys.argv[1:]))"
)
SAYS = """
import sys, time
sys.stdout.reconfigure(encoding="utf-8", newline="")
sys.stdout.write("Ruang Mawar → é ع" + "\\r\\n")
sys.stdout.flush()
sys.stderr.write("1/2")
sys.exit(int(sys.argv[1]))
"""


def run(*words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", RELAY, "-c", *words], cwd=ROOT, capture_output=True, check=False
    )


def test_words_messages_and_the_exit_code_come_through():
    done = run(SAYS, "2")
    assert done.stdout == "Ruang Mawar → é ع\r\n".encode()
    assert done.stderr == b"1/2"
    assert done.returncode == 2


def test_what_fits_no_pipe_comes_through_whole():
    many = "import sys; sys.stdout.buffer.write('é'.encode() * 300_001)"
    done = run(many)
    assert done.stdout.decode() == "é" * 300_001


def test_what_the_program_left_running_holds_nothing_up():
    """A viewer that it opened has the same pipe, and stays."""
    leaves = (
        "import subprocess, sys;"
        "left = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'],"
        " close_fds=False);"
        "print(left.pid)"
    )
    done = subprocess.Popen(
        [sys.executable, "-c", RELAY, "-c", leaves], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    left = int(done.stdout.readline())
    try:
        assert done.wait(60) == 0
    finally:
        os.kill(left, signal.SIGTERM)


HEARS = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
"""Tests that were started in the background have Ctrl+C switched off, and hand that on."""
SERVES = """
import socket, time
listening = socket.create_server(("127.0.0.1", 0))
print(listening.getsockname()[1], flush=True)
time.sleep(600)
"""


def serving(**more: object) -> tuple[subprocess.Popen[str], int]:
    """The way to a program that serves until it is ended, and the port it serves at."""
    relay = subprocess.Popen(
        [sys.executable, "-c", HEARS + RELAY, "-c", SERVES],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, **more,
    )  # fmt: skip
    return relay, int(relay.stdout.readline())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal for one process alone")
def test_ctrl_c_ends_the_program_too():
    relay, port = serving(start_new_session=True)
    assert not silent(port)
    os.kill(relay.pid, signal.SIGINT)
    assert relay.wait(60) == console.STOPPED
    eventually(lambda: silent(port), "the program ended", 60)


@pytest.mark.skipif(sys.platform != "win32", reason="elsewhere the program has its console itself")
def test_the_program_ends_with_its_console():
    """One that is closed ends the way to it without a word, as this does."""
    relay, port = serving()
    assert not silent(port)
    relay.kill()
    eventually(lambda: silent(port), "the program ended", 60)


def test_what_windows_is_told_has_the_size_it_wants():
    assert ctypes.sizeof(console.Limits) == 144
