"""Scenes of the printing place, for the gallery."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from PySide6.QtWidgets import QApplication

from database.holdings import item_list, print_queue
from database.library import Library
from desktop import background
from desktop.application import build_window
from desktop.pc import Pc
from desktop.printing.queueing import QueueDialog
from desktop.program import Program
from desktop.window import MainWindow
from tests.desktop.scenes import demo_file


@lru_cache(maxsize=1)
def program(now: datetime) -> Program:
    """The demo library with pockets, slips and cards that wait."""
    folder = Path(tempfile.mkdtemp(prefix="selasar-gallery-"))
    demo_file.copied(folder / "printing.db", now)
    library = Library.open(folder / "printing.db")
    with library.transaction() as session:
        ids = [row.id for row in item_list.items_to_label(session, only_new=False)[:12]]
        for paper in print_queue.OF_COPIES:
            print_queue.add(session, paper, ids, now)
    return Program(library, lambda: now, Pc(folder / "pc.ini"))


def window(now: datetime) -> MainWindow:
    """The window on that library."""
    return build_window(program(now))


def _settle() -> None:
    for _round in range(3):
        background.wait()
        QApplication.processEvents()


def _at(part: str, then: Callable[[object], None] = lambda part: None) -> Callable[..., None]:
    def scene(window: MainWindow) -> None:
        window.go("printing", part)
        QApplication.processEvents()
        shown = window.current().parts[part]
        then(shown)
        _settle()

    return scene


def _draw(part) -> None:
    part.table.select_ids(["clearance-letter"])
    part.draw()
    _settle()


def _words(part) -> None:
    _draw(part)
    part.edit_words()


def _search(part) -> None:
    part.search.set_text("avery 7160")
    part._fill()
    part.table.select_first()


def _dialog(part) -> None:
    QueueDialog(part.program, part.host, [1, 2, 3]).open()


def _scanned(part) -> None:
    """What became of the codes of a portable scanner."""
    part.open_list()
    box = QApplication.activeModalWidget()
    with part.program.library.reading() as session:
        rows = item_list.items_to_label(session, only_new=False)
    codes = [row.barcode for row in rows if row.barcode.startswith("B")]
    box.area.set_raw("\n".join([*codes[:4], "9786020412771", codes[1], *codes[-3:]]))
    box._count()
    box.try_accept()
    _settle()


SCENES = {
    "printing-queue": _at("queue"),
    "printing-papers": _at("papers", _draw),
    "printing-words": _at("papers", _words),
    "printing-sheets": _at("sheets"),
    "printing-sheets-found": _at("sheets", _search),
    "printing-kept": _at("kept"),
    "printing-queue-dialog": _at("queue", _dialog),
    "printing-codes": _at("queue", lambda part: part.open_list()),
    "printing-codes-told": _at("queue", _scanned),
}
