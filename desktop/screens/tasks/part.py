"""What the parts of the daily tasks have in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import pc
from desktop.language import _
from desktop.program import Program
from desktop.screen import Key, Screen


class TaskPart(QWidget):
    """One tab. `counted` says how many things wait here; `paper` shows a PDF under a name."""

    counted = Signal(int)
    paper = Signal(object, str)

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__()
        self.program, self.host = program, host
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)

    def reload(self) -> None:
        """Read anew what is shown."""

    def keys(self) -> list[Key]:
        """What can be done here by key."""
        return []

    def focus_first(self) -> None:
        """Put the focus where work begins."""

    def act(self, deed: Callable[[Any], int | None], told: str) -> bool:
        """One change that gives its journal line, told with Undo."""
        line = self.program.attempt(self.host, deed)
        if line is None:
            return False
        self.host.notice.done(told, partial(self.program.undo, self.host, line))
        return True

    def print_slips(self, slips: list[Any], name: str) -> None:
        """To the slip printer; with none the PDF is kept and its place is told."""
        from desktop.pages import output
        from desktop.pages.care_slips import write_slips

        folder = pc.data_folder() / "papers"
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"{name}-{self.program.now():%Y%m%d-%H%M%S}.pdf"
        write_slips(target, slips, self.program.pc.get(pc.SLIP_WIDTH))
        try:
            output.print_pdf(target, self.program.pc.get(pc.PRINTER) or None)
        except output.PrintFailed:
            told = _("No printer; the slip is kept as {file}").format(file=target)
            self.host.notice.look(told)
        else:
            self.host.notice.done(_("Slip printed"))
