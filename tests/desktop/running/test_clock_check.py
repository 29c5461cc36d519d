"""Before the window opens the clock is held against the newest act, ahead and behind."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from database.circulation import visits
from desktop.running.keeping import clock_check
from desktop.widgets.dialog import Dialog
from tests.libraries import NOW


@pytest.fixture
def lived(program):
    """Somebody came today."""
    program.write(lambda session: visits.count_visit(session, "nurse", NOW))
    return program


@pytest.fixture
def boxes(qapp):
    """What is asked, and a hand that says no."""
    seen, watch = [], QTimer(interval=10)

    def press():
        box = QApplication.activeModalWidget()
        if isinstance(box, Dialog):
            seen.append(box.windowTitle())
            box.reject()

    watch.timeout.connect(press)
    watch.start()
    yield seen
    watch.stop()


@pytest.mark.parametrize("pause", [timedelta(), timedelta(days=44), timedelta(minutes=-50)])
def test_a_likely_clock_is_not_asked_about(lived, boxes, pause):
    lived.now = lambda: NOW + pause
    assert clock_check.is_right(lived)
    assert boxes == []


@pytest.mark.parametrize("pause", [timedelta(days=46), timedelta(days=3652), timedelta(days=-365)])
def test_a_clock_far_ahead_or_behind_is_asked_about(lived, boxes, pause):
    lived.now = lambda: NOW + pause
    assert not clock_check.is_right(lived)
    assert len(boxes) == 1


@pytest.fixture
def open_window(qapp):
    window = QWidget()
    window.show()
    yield window
    window.close()


@pytest.mark.parametrize("moved", [timedelta(days=-365), timedelta(days=2), timedelta(days=3652)])
def test_a_clock_moved_while_the_program_runs_is_asked_about_and_a_no_closes(
    lived, boxes, open_window, moved
):
    seconds = iter((100.0, 700.0, 1300.0, 1900.0))
    watch = clock_check.Watch(lived, lambda: open_window, lambda: next(seconds))
    lived.now = lambda: NOW + timedelta(minutes=10)
    watch.look()
    assert boxes == []
    assert open_window.isVisible()
    lived.now = lambda: NOW + timedelta(minutes=20) + moved
    watch.look()
    assert len(boxes) == 1
    assert not open_window.isVisible()
    watch.stop()


def test_where_the_window_stays_open_after_a_no_it_is_asked_again(lived, boxes, open_window):
    seconds = iter((0.0, 600.0, 1200.0))
    open_window.closeEvent = lambda event: event.ignore()
    watch = clock_check.Watch(lived, lambda: open_window, lambda: next(seconds))
    lived.now = lambda: NOW + timedelta(days=3652)
    watch.look()
    watch.look()
    assert len(boxes) == 2
    watch.stop()
    del open_window.closeEvent


def test_a_night_of_sleep_moves_no_clock(lived, boxes, open_window):
    seconds = iter((0.0, 60 * 3600.0))
    watch = clock_check.Watch(lived, lambda: open_window, lambda: next(seconds))
    lived.now = lambda: NOW + timedelta(hours=60)
    watch.look()
    assert boxes == []
    watch.stop()
