"""The list of whom to remind, with telephone and unit: on paper, or as a sheet."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from database.circulation.reminder_list import Person
from database.exchange import sheet
from database.refusal import Fault, Trouble
from database.rights import Right
from desktop import pc
from desktop.file_names import safe, with_ending
from desktop.program import Program
from desktop.screen import Screen
from desktop.words.language import _
from desktop.words.reminder_rows import HEADS, cells, nameable
from desktop.words.sentences import refusal

Show = Callable[..., Any]


class ListOut:
    """Prints and saves those of `people()` who may stand in a list by name; `show(pdf, name,
    kind)` shows a paper."""

    def __init__(
        self, program: Program, host: Screen, people: Callable[[], list[Person]], show: Show
    ) -> None:
        self._program, self._host, self._people, self._show = program, host, people, show

    def print_list(self) -> None:
        """Look at it, and print."""
        from desktop.pages.registers import reminder_sheet

        target, day = BytesIO(), self._program.now().date()
        people = self._people()
        self._program.read(lambda session: reminder_sheet.write(target, session, people, day))
        self._show(target.getvalue(), reminder_sheet.file_name(day), "paper")

    def ask_and_save(self) -> None:
        """Into a file of the person's choice."""
        from desktop.pages.registers import reminder_sheet

        if not nameable(self._people()):
            told = _("Nobody of the staff or the students is to be reminded.")
            self._host.notice.look(told)
            return
        if not self._program.allows(self._host, Right.EXPORT):
            return
        folder = pc.documents()
        usual = safe(reminder_sheet.file_name(self._program.now().date()), ".xlsx")
        found, _kind = QFileDialog.getSaveFileName(
            self._host, _("Save list…"), str(folder / usual), "XLSX (*.xlsx);;CSV (*.csv)"
        )
        if found:
            self.save(Path(found))

    def save(self, where: Path) -> None:
        """As a workbook, or for the ending .csv as text."""
        today = self._program.now().date()
        heads = [_(head) for head in HEADS]
        rows = [cells(one, today) for one in nameable(self._people())]
        try:
            if where.suffix.lower() == ".csv":
                sheet.write_csv(where, heads, rows)
            else:
                where = with_ending(str(where), ".xlsx")
                sheet.write_xlsx(where, [(_("Reminder list"), heads, rows)])
        except OSError:
            told = Fault(Trouble.FILE_UNWRITABLE, where=str(where))
            self._host.notice.refused(refusal(told))
            return
        self._host.notice.done(_("Saved: {name}").format(name=where.name))
