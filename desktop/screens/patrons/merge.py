"""Two records of one person: choosing the other, comparing both, making them one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt

from database.patrons import finding, merging
from database.patrons.finding import PatronFilter, PatronRow
from database.refusal import Fault, Refusal
from database.text import phones
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.card import Band
from desktop.widgets.dialog import Dialog
from desktop.widgets.field_box import TAKES
from desktop.widgets.finder import Finder
from desktop.widgets.form import Choice, Form
from desktop.widgets.table import Column, Table
from desktop.words.language import _, date_plain
from desktop.words.sentences import refusal

_SHOWN = 50


def ask_other(
    program: Program, screen: Screen, patron: PatronRow, merged: Callable[[int], object]
) -> Finder:
    """Find the other record, then compare."""

    def find(text: str) -> list[dict[str, Any]]:
        wanted = PatronFilter(text.strip() or patron.name.split()[0])
        _total, found = program.read(lambda s: finding.search(s, wanted, _SHOWN))
        return [
            {"id": one.id, "name": one.name, "about": f"{one.number} · {one.category_name}"}
            for one in found
            if one.id != patron.id and one.kind == patron.kind
        ]

    finder = Finder(
        screen,
        _("Name or number of the other record…"),
        [Column("", "name", stretch=True), Column("", "about", muted=True, align="right")],
        find,
        lambda row: open_merge(program, screen, patron.id, row["id"], merged),
        empty=_("Nobody else fits these letters."),
    )
    finder.line.setProperty(TAKES, "patron")
    finder.list.view.horizontalHeader().hide()
    finder.setFixedSize(560, 360)
    finder.list.set_rows(find(""))
    finder.open_at(QPoint((screen.width() - finder.width()) // 2, 60))
    finder.line.setFocus()
    return finder


class MergeDialog(Dialog):
    """What both say, line by line, and which of them stays."""

    def __init__(
        self,
        program: Program,
        screen: Screen,
        first: PatronRow,
        second: PatronRow,
        merged: Callable[[int], object],
    ) -> None:
        super().__init__(screen, _("Merge two records"), _("Merge"), width=640)
        self._program, self._screen, self._merged = program, screen, merged
        self._both = {first.id: first, second.id: second}
        names = [(one.id, f"{one.name} ({one.number})") for one in self._both.values()]
        self.form = Form([Choice("kept", _("This one stays"), options=names)])
        self.form.set_values({"kept": first.id})
        self.table = Table(
            [
                Column("", "field", muted=True),
                Column(first.number, "first", stretch=True),
                Column(second.number, "second", stretch=True),
            ],
            name=_("Both records"),
        )
        self.table.set_rows(_lines(first, second))
        self.table.setMinimumHeight(330)
        self.form.focus("kept")
        self.body.addWidget(self.form)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(
            Band(
                _(
                    "Loans, barcodes and consents of the other come to the one that stays; its "
                    "number opens this transaction too."
                )
            )
        )

    def accept(self) -> None:
        """Make them one, with Undo."""
        into: int = self.form.value("kept")
        other = next(one for one in self._both if one != into)
        program, now = self._program, self._program.now()
        try:
            line = program.write(lambda s: merging.merge(s, into, other, now))
        except (Refusal, Fault) as told:
            self._screen.notice.refused(refusal(told))
            return
        super().accept()
        self._merged(into)
        text = _("Merged: {name} is one record now")
        self._screen.notice.done(
            text.format(name=self._both[into].name), lambda: program.undo(self._screen, line)
        )


def _lines(first: PatronRow, second: PatronRow) -> list[dict[str, Any]]:
    def until(one: PatronRow) -> str:
        return date_plain(one.valid_until) if one.valid_until else _("without end")

    rows = (
        (_("Name"), first.name, second.name),
        (_("Kind"), first.category_name, second.category_name),
        (_("Unit"), first.unit, second.unit),
        (_("Home institution"), first.institution, second.institution),
        (_("Staff number"), first.staff_number, second.staff_number),
        (_("Phone / WhatsApp"), phones.shown(first.phone), phones.shown(second.phone)),
        (_("E-mail"), first.email, second.email),
        (_("Valid until"), until(first), until(second)),
        (_("Loans"), str(first.open_loans), str(second.open_loans)),
    )
    return [
        {"id": place, "field": name, "first": one, "second": other}
        for place, (name, one, other) in enumerate(rows)
    ]


def open_merge(
    program: Program, screen: Screen, first: int, second: int, merged: Callable[[int], object]
) -> MergeDialog | None:
    """Compare two records; `merged(id)` is told which one stayed."""
    rows = program.read(lambda s: [finding.one(s, one) for one in (first, second)])
    if rows[0] is None or rows[1] is None:
        return None
    dialog = MergeDialog(program, screen, rows[0], rows[1], merged)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
