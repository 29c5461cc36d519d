"""Who is not in the list any more: to be looked at, and to be saved; nothing is done to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from database.exchange import sheet
from database.patrons.leavers import Leaver
from database.refusal import Fault, Trouble
from desktop import pc
from desktop.file_names import with_ending
from desktop.widgets.buttons import Button
from desktop.widgets.notice import NoticeStrip
from desktop.widgets.table import Column, Table
from desktop.widgets.text import label
from desktop.words.language import N_, _, ngettext, number
from desktop.words.sentences import refusal

_HEADS = (N_("Number"), N_("Name"), N_("Unit"), N_("Out on loan"))


class LeaversList(QWidget):
    """`show_patron(id)` at Enter, `back()` to the lines of the list, `may_save()` whether whoever
    works here may take names out of the house."""

    def __init__(
        self,
        notice: Callable[[], NoticeStrip],
        show_patron: Callable[[int], object],
        back: Callable[[], object],
        may_save: Callable[[], bool],
    ) -> None:
        super().__init__()
        self._notice, self._may_save = notice, may_save
        self._leavers: list[Leaver] = []
        self.table = Table(
            [
                Column(_("Name"), "name", stretch=True, strong=True),
                Column(_("Number"), "number"),
                Column(_("Unit"), "unit", optional=True),
                Column(_("Out on loan"), "loans", kind="number"),
            ],
            on_open=lambda row: show_patron(row["id"]),
            empty=_("Every member of these kinds is in the list."),
            name=_("Not in the list any more"),
        )
        told = _("Nothing is done to them. Enter shows the one chosen.")
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 4, 14, 8)
        foot.addWidget(label(told, "small", wrap=True), 1)
        foot.addWidget(Button(_("Back to the lines"), back, small=True))
        foot.addWidget(Button(_("Save them…"), self.ask_and_save, small=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        column.addLayout(foot)

    def show_leavers(self, leavers: Sequence[Leaver]) -> None:
        """Those found; the one chosen stays so."""
        self._leavers = list(leavers)
        self.table.set_rows([_row(one) for one in leavers])

    def told(self) -> str:
        """How many they are, "" for none."""
        count = len(self._leavers)
        text = ngettext("{n} not in the list any more", "{n} not in the list any more", count)
        return text.format(n=number(count)) if count else ""

    def ask_and_save(self) -> None:
        """Into a file of the person's choice."""
        if not self._may_save():
            return
        usual = pc.documents() / _("not-in-the-list.xlsx")
        found, _kind = QFileDialog.getSaveFileName(
            self, _("Save them…"), str(usual), "XLSX (*.xlsx);;CSV (*.csv)"
        )
        if found:
            self.save(Path(found))

    def save(self, where: Path) -> None:
        """As a workbook, or for the ending .csv as text."""
        heads = [_(head) for head in _HEADS]
        rows = [(one.number, one.name, one.unit, one.open_loans) for one in self._leavers]
        try:
            if where.suffix.lower() == ".csv":
                sheet.write_csv(where, heads, rows)
            else:
                where = with_ending(str(where), ".xlsx")
                sheet.write_xlsx(where, [(_("Not in the list any more"), heads, rows)])
        except OSError:
            told = Fault(Trouble.FILE_UNWRITABLE, where=str(where))
            self._notice().refused(refusal(told))
            return
        self._notice().done(_("Saved: {name}").format(name=where.name))


def _row(one: Leaver) -> dict[str, Any]:
    return {
        "id": one.patron_id,
        "name": one.name,
        "number": one.number,
        "unit": one.unit,
        "loans": one.open_loans,
    }
