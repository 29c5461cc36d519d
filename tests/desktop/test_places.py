"""Every place of the program: built quietly, in both languages, with keys that name acts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from desktop import background
from desktop.application import build_window
from desktop.words import language

PLACES = ("home", "desk", "catalogue", "patrons", "reports", "settings")


class Watch(QObject):
    """Notes every widget that comes up as a window of its own."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def eventFilter(self, watched, event):
        shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget)
        if shown and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


@pytest.mark.parametrize("spoken", ["id", "en"])
def test_no_place_flashes_a_window_of_its_own(program, show, qapp, spoken):
    language.use(spoken)
    window = show(build_window(program), 1366, 768)
    watch = Watch()
    qapp.installEventFilter(watch)
    for place in PLACES:
        window.go(place)
        QApplication.processEvents()
        assert window.current().isVisible()
        assert window.current().focusWidget() is not None or place == "home"
    background.wait()
    QApplication.processEvents()
    qapp.removeEventFilter(watch)
    assert watch.seen == []


def test_no_key_means_two_things_in_one_place(window):
    for place in PLACES:
        offered = window.go(place).keys()
        keys = [key.sequence for key in offered if key.sequence]
        assert len(keys) == len(set(keys)), place
        everywhere = {key.sequence for key in window._window_keys + window._place_keys()}
        assert not everywhere & set(keys), place
