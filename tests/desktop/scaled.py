"""Run as a program on screens of another scale: what is out of reach there, as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QLineEdit,
    QPushButton,
    QWidget,
)

from database.library import Library
from desktop import background, theme
from desktop.application import build_window
from desktop.pc import Pc
from desktop.program import Program
from desktop.running import window_place
from tests.libraries import NOW


def lost(place: QWidget) -> list[str]:
    """Buttons and fields that are cut and that no scrolling brings into sight."""
    return [
        f"{one.metaObject().className()} {getattr(one, 'text', str)()!r}"
        for one in place.findChildren(QWidget)
        if isinstance(one, QPushButton | QLineEdit)
        and one.isVisible()
        and not _scrolls(one)
        and not one.window().rect().contains(_right_below(one))
    ]


def _right_below(one: QWidget) -> QPoint:
    return one.mapTo(one.window(), one.rect().bottomRight())


def _scrolls(one: QWidget) -> bool:
    """Whether it stands in what can be scrolled to its end."""
    holder = one.parentWidget()
    while holder is not None and not holder.isWindow():
        if isinstance(holder, QAbstractScrollArea):
            return True
        holder = holder.parentWidget()
    return False


def main(where: str, settings: str, screen: str, *places: str) -> None:
    """Walk through places on the screen named; the window is kept there at the end."""
    app = QApplication([])
    theme.apply(app, "light")
    library, kept = Library.open(where), Pc(Path(settings))
    window = build_window(Program(library, lambda: NOW, kept))
    window_place.show(window, kept)
    began = window.frameGeometry()
    (target,) = [one for one in app.screens() if one.name() == screen]
    on_screen = any(one.availableGeometry().contains(began.center()) for one in app.screens())
    window.showNormal()
    window.setGeometry(target.availableGeometry())
    told = {}
    for place in places:
        window.go(place)
        for _turn in range(4):
            app.processEvents()
        told[place] = lost(window)
    picture = window.grab()
    window_place.keep(window, kept)
    window.close()
    background.wait()
    library.close()
    result = {
        "seen": on_screen,
        "lost": {place: names for place, names in told.items() if names},
        "dots": [picture.width(), picture.height()],
        "size": [target.availableGeometry().width(), target.availableGeometry().height()],
        "family": window.font().family(),
    }
    sys.stdout.write(json.dumps(result))


if __name__ == "__main__":
    main(*sys.argv[1:])
