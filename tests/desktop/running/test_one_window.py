"""A second start raises the first window; the window opens where it stood."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from multiprocessing.connection import Client

import pytest
from PySide6.QtCore import QProcess, QProcessEnvironment
from PySide6.QtWidgets import QMainWindow

from desktop import pc
from desktop.pc import Pc
from desktop.running import one_window, window_place
from desktop.running.one_window import FirstWindow

SECOND = (
    "import sys; from PySide6.QtCore import QCoreApplication; app = QCoreApplication([]);"
    "from desktop.running.one_window import raised; sys.exit(10 if raised(sys.argv[1]) else 20)"
)
KILLED = (
    "import os, signal, sys; from multiprocessing.connection import Listener;"
    "listening = Listener(sys.argv[1]);"
    "os.kill(os.getpid(), getattr(signal, 'SIGKILL', signal.SIGTERM))"
)
HANGS = (
    "import sys, time; from multiprocessing.connection import Listener;"
    "listening = Listener(sys.argv[1]); print('listening', flush=True); time.sleep(600)"
)


@pytest.fixture
def window(qtbot):
    made = QMainWindow()
    made.resize(700, 500)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def second(qtbot):
    """Starts the program a second time; its answer."""

    def start(where):
        process = QProcess()
        process.setProcessEnvironment(QProcessEnvironment.systemEnvironment())
        process.start(sys.executable, ["-c", SECOND, str(where)])
        qtbot.waitUntil(lambda: process.state() == QProcess.ProcessState.NotRunning, timeout=60_000)
        return process.exitCode() == 10

    return start


def test_a_second_start_raises_the_first(window, second, tmp_path):
    first = FirstWindow(str(tmp_path / "a.db"))
    first.window = window
    window.showMinimized()
    assert second(tmp_path / "a.db")
    assert window.isVisible()
    assert not window.isMinimized()
    assert not second(tmp_path / "another.db")
    first.stop()
    assert not second(tmp_path / "a.db")


def test_a_socket_left_behind_is_nobody(tmp_path, second, window):
    where = str(tmp_path / "a.db")
    subprocess.run([sys.executable, "-c", KILLED, one_window.address_of(where)], check=False)
    assert not second(where)
    first = FirstWindow(where)
    first.window = window
    assert second(where)
    first.stop()


def test_a_window_that_hangs_is_not_waited_for(tmp_path, second):
    where = str(tmp_path / "a.db")
    words = [sys.executable, "-c", HANGS, one_window.address_of(where)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as hanging:
        assert hanging.stdout.readline() == "listening\n"
        assert not second(where)
        hanging.kill()


def test_readers_beside_the_librarian_take_nothing_from_her(tmp_path, second, window):
    where = str(tmp_path / "a.db")
    with FirstWindow(where) as first:
        first.window = window
        with FirstWindow(where, listens=False):
            assert second(where)
        assert second(where)


def test_whoever_listens_for_no_second_start_any_more_is_gone(tmp_path, window):
    where = str(tmp_path / "a.db")
    with FirstWindow(where) as first:
        assert first._thread.is_alive()
    assert not first._thread.is_alive()
    first.stop()
    with FirstWindow(where) as again:
        assert again._thread.is_alive()


def test_a_library_has_one_name_however_it_is_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert one_window.name_of("a.db") == one_window.name_of(str(tmp_path / "a.db"))
    assert one_window.name_of("postgresql://x/a") != one_window.name_of("postgresql://x/b")


def test_the_window_opens_where_it_stood(window, qtbot, tmp_path):
    settings = Pc(tmp_path / "pc.ini")
    window.setGeometry(37, 51, 640, 420)
    window.show()
    window_place.keep(window, settings)
    again = QMainWindow()
    qtbot.addWidget(again)
    window_place.show(again, Pc(tmp_path / "pc.ini"))
    assert again.geometry() == window.geometry()


@pytest.mark.parametrize("kept", ["", "nonsense", "far"])
def test_a_window_is_never_off_the_screens_there_are(window, qtbot, tmp_path, kept):
    settings = Pc(tmp_path / "pc.ini")
    if kept == "far":
        window.setGeometry(9000, 7000, 640, 420)
        window.show()
        window_place.keep(window, settings)
    else:
        settings.put(pc.WINDOW, kept)
    again = QMainWindow()
    again.resize(700, 500)
    qtbot.addWidget(again)
    window_place.show(again, settings)
    assert again.screen().availableGeometry().intersects(again.geometry())
    assert again.geometry().top() >= 0
    assert again.isVisible()


def test_a_window_that_has_no_room_for_its_frame_is_whole(window, tmp_path):
    window.resize(window.screen().availableSize())
    window_place.show(window, Pc(tmp_path / "pc.ini"))
    assert window.isMaximized()


def test_who_says_something_else_is_let_go_and_the_next_is_heard(tmp_path, second, window):
    where = str(tmp_path / "a.db")
    with FirstWindow(where) as first:
        first.window = window
        # It may be hung up on before all is said.
        with suppress(OSError), Client(one_window.address_of(where)) as stranger:
            stranger.send_bytes(b"x" * 100_000)
        assert second(where)
