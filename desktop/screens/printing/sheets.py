"""Label sheets: shipped ones, those makers sell, and the library's own, drawn while typed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from io import BytesIO
from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from database.policy import label_sheets
from desktop import pc
from desktop.pages.labels import sheets
from desktop.pages.labels.sheets import Sheet, SheetImpossible
from desktop.printing.sheet_picture import SheetPicture
from desktop.printing.tabs import Tab
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.widgets.buttons import Button
from desktop.widgets.card import Band, Card
from desktop.widgets.form import Choice, Field, Form, NumberField
from desktop.widgets.search_box import SearchBox
from desktop.widgets.table import Column, Table
from desktop.words.language import N_, _, number

PROBLEMS = {
    "sizes": N_("Sizes and counts must be above zero."),
    "overlap_across": N_("The labels overlap sideways: the pitch is smaller than a label."),
    "overlap_down": N_("The labels overlap downwards: the pitch is smaller than a label."),
    "leaves_side": N_("The labels leave the paper at the side."),
    "leaves_foot": N_("The labels leave the paper at the foot."),
}
_MOST_FOUND = 300
_NUMBERS = (
    "paper_width", "paper_height", "label_width", "label_height", "columns", "rows", "x0", "y0",
    "dx", "dy", "edge", "dpi",
)  # fmt: skip


class SheetsPart(Tab):
    """The list at the left; the one in hand as numbers and as a drawing at the right."""

    waits = False

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(program, host)
        self._own: dict[str, dict[str, Any]] = {}
        self._known: dict[str, Sheet] = {}
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._list(), 5)
        row.addWidget(self._editor(), 6)
        self.column.addLayout(row, 1)

    def _list(self) -> Card:
        card = Card(_("Label sheets"), flush=True)
        self.search = SearchBox(_("Maker or number, among 1,460 sheets sold…"))
        self.search.searched.connect(lambda _text: self._fill())
        card.body.addWidget(self.search)
        self.table = Table(
            [
                Column(_("Sheet"), "name", stretch=True),
                Column(_("Label, mm"), "size", width=104),
                Column(_("Whose"), "whose", width=92, optional=True),
            ],
            on_select=self._show,
            empty=_("No sheet of this name; type its numbers as one of your own."),
            name=_("Label sheets"),
        )
        card.body.addWidget(self.table, 1)
        return card

    def _editor(self) -> Card:
        test, drop, save = self.keys()[2], self.keys()[1], self.keys()[0]
        self._drop = Button.of(drop, small=True)
        self.card = Card(
            _("Sheet"),
            Button.of(test, small=True),
            self._drop,
            Button.of(save, kind="primary", small=True),
        )
        self.wrong = Band("", "bad")
        self.card.body.addWidget(self.wrong)
        self.form = sheet_form()
        self.form.changed.connect(lambda _key: self._draw())
        self.card.body.addWidget(self.form)
        self.picture = SheetPicture(next(iter(sheets.all_sheets().values())))
        self.card.body.addWidget(self.picture, 1)
        return self.card

    def keys(self) -> list[Key]:
        """What can be done with the sheet in hand."""
        return [
            Key("save", _("Save as own"), self.save, needs="settings"),
            Key("remove", _("Remove"), self.remove, needs="settings"),
            Key("print", _("Test page"), self.test_page),
        ]

    def focus_first(self) -> None:
        """The search among sheets."""
        self.search.line.setFocus()

    def reload(self) -> None:
        """Own sheets, and those shipped."""
        own = self.program.read(label_sheets.own)
        self._own = {row["id"]: row for row in own}
        self._known = sheets.all_sheets(own)
        self._fill()

    def _fill(self) -> None:
        words = self.search.text().lower().split()
        found = dict(self._known)
        if words:
            found |= {one.id: one for one in sheets.layouts() if one.id not in found}
            found = {
                key: one
                for key, one in found.items()
                if all(word in one.name.lower() for word in words)
            }
        shown = [self._row(one) for one in list(found.values())[:_MOST_FOUND]]
        self.table.set_rows(shown)
        if shown and self.table.current() is None:
            self.table.select_first()

    def _row(self, one: Sheet) -> dict[str, Any]:
        whose = _("own") if one.id in self._own else _("shipped")
        if one.id not in self._known:
            whose = _("sold")
        size = f"{_mm(one.label_width)} × {_mm(one.label_height)}"
        return {"id": one.id, "name": one.name, "size": size, "whose": whose, "sheet": one}

    def _show(self, row: dict[str, Any] | None) -> None:
        if row is None:
            return
        sheet: Sheet = row["sheet"]
        self.form.set_values({"name": sheet.name, **{key: getattr(sheet, key) for key in _NUMBERS}})
        self._drop.setEnabled(sheet.id in self._own)
        self._draw()

    def sheet(self) -> Sheet:
        """The sheet as typed; SheetImpossible where its labels do not fit."""
        values, row = self.form.values(), self.table.current()
        here = row["id"] if row else ""
        own_id = here if here in self._own else _new_id(values["name"], self._known)
        numbers: dict[str, Any] = {key: values[key] or 0 for key in _NUMBERS}
        return Sheet(own_id, values["name"].strip(), **numbers)

    def _draw(self) -> None:
        """Draw what is typed, or say why it cannot be."""
        try:
            sheet = self.sheet()
        except SheetImpossible as told:
            self.wrong.set(_(PROBLEMS[told.why]), "bad")
            return
        self.wrong.set("")
        self.picture.set(sheet, 1, sheet.count)

    def save(self) -> None:
        """As one of the library's own; a shipped one stays beside it."""
        if not self.form.validate():
            return
        try:
            sheet = self.sheet()
        except SheetImpossible as told:
            self.wrong.set(_(PROBLEMS[told.why]), "bad")
            return
        now = self.program.now()
        row = sheets.to_row(sheet)
        if self.act(
            lambda s: label_sheets.put(s, row, now), _("Saved: {title}").format(title=sheet.name)
        ):
            self.program.pc.put(pc.SHEET, sheet.id)
            self.search.set_text("")
            self.table.select_ids([sheet.id])

    def remove(self) -> None:
        """Only own sheets can be taken out."""
        row = self.table.current()
        if row is None or row["id"] not in self._own:
            self.host.notice.look(_("Only your own sheets can be removed."))
            return
        key, now = row["id"], self.program.now()
        told = _("Removed: {title}").format(title=row["name"])
        self.act(lambda s: label_sheets.remove(s, key, now), told)

    def test_page(self) -> None:
        """Outlines and a ruler, to hold against the sheet."""
        from desktop.pages.labels import labels

        try:
            sheet = self.sheet()
        except SheetImpossible:
            return
        shifts = [self.program.pc.get(one) for one in pc.SHIFTS["label"]]
        target = BytesIO()
        labels.calibration_page(target, replace(sheet, id="test"), *shifts)
        self.paper.emit(target.getvalue(), _("Test page"), "label")


def sheet_form() -> Form:
    """The numbers of a sheet, in millimetres."""
    length = partial(NumberField, decimals=2, required=True, check=_length)
    count = partial(NumberField, required=True, check=_count)
    dots = [(203, "203 dpi"), (300, "300 dpi"), (600, "600 dpi")]
    return Form(
        [
            Field("name", _("Name"), required=True),
            (length("paper_width", _("Paper wide")), length("paper_height", _("Paper high")),
             length("label_width", _("Label wide")), length("label_height", _("Label high"))),
            (count("columns", _("Columns")), count("rows", _("Rows")),
             length("x0", _("First: left")), length("y0", _("First: top"))),
            (length("dx", _("Pitch across")), length("dy", _("Pitch down")),
             length("edge", _("Dead edge")), Choice("dpi", _("Printer"), options=dots)),
        ]
    )  # fmt: skip


def _length(value: Any) -> str | None:
    return None if 0 <= value <= 1000 else _("from 0 to 1,000 mm")


def _count(value: Any) -> str | None:
    return None if 1 <= value <= 100 else _("from 1 to 100")


def _new_id(name: str, known: dict[str, Sheet]) -> str:
    """An id out of the name that no other sheet has."""
    plain = "".join(sign if sign.isalnum() else "-" for sign in name.lower()).strip("-")
    found, at = f"own-{plain}", 1
    while found in known:
        at += 1
        found = f"own-{plain}-{at}"
    return found


def _mm(value: float) -> str:
    return number(value, 1).removesuffix(",0").removesuffix(".0")
