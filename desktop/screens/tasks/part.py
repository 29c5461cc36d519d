"""What the parts of the daily tasks have in common."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from database.library import Session
from desktop import pc
from desktop.printing import printer
from desktop.printing.tabs import Tab

Write = Callable[[BytesIO, Session, int], object]


class TaskPart(Tab):
    """One tab of the daily tasks."""

    def print_slips(self, write: Write, name: str) -> None:
        """To the slip printer, `write(target, session, width)`; with none it is kept."""
        target, width = BytesIO(), self.program.pc.get(pc.SLIP_WIDTH)
        self.program.read(lambda session: write(target, session, width))
        printer.print_or_keep(self.host, self.program, "slip", target.getvalue(), name)
