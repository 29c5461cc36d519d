"""The guest book of today, without names, and a month's days to correct."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from database.circulation import visits
from database.circulation.visits import GuestLine
from database.patrons import membership
from database.policy import calendar
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.tasks.part import TaskPart
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.form import Choice, Form, NumberField
from desktop.widgets.form_dialog import FormDialog
from desktop.widgets.row import Row
from desktop.widgets.table import Column, Table
from desktop.widgets.text import label
from desktop.words.codes import VISIT_PURPOSES
from desktop.words.language import _, clock, date_short, month_long, ngettext, number

_ENTRY_PX, _ENTRY_LEAST_PX, _TOGETHER_PX = 440, 400, 1000


class VisitsPart(TaskPart):
    """A line is one person or a group; days are corrected in the month below."""

    waits = False

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(program, host)
        self.month = f"{program.now():%Y-%m}"
        self._kinds: list[membership.Category] = []
        self.form = Form(
            [
                [
                    Choice("category", _("Kind of visitor"), options=[], required=True),
                    Choice(
                        "purpose",
                        _("Purpose"),
                        options=[(k, _(v)) for k, v in VISIT_PURPOSES.items()],
                    ),
                ],
                [NumberField("people", _("People"), required=True, check=_between)],
            ]
        )
        self._arrange()

    def _arrange(self) -> None:
        entry = Card(_("Guest book"))
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(Button(_("Count"), self.count, key="save", kind="primary"))
        entry.body.addWidget(self.form)
        entry.body.addLayout(foot)
        self.book = _guest_book()
        entry.body.addWidget(self.book, 1)
        entry.setMinimumWidth(_ENTRY_LEAST_PX)
        entry.setMaximumWidth(_ENTRY_PX)
        step = partial(Button, "", small=True)
        before, after = _("The month before"), _("The month after")
        earlier = step(partial(self.step, -1), icon="chevron-left", tooltip=before)
        later = step(partial(self.step, 1), icon="chevron-right", tooltip=after)
        correct = Button(_("Correct day…"), self.correct, key="change", small=True)
        self.grid_card = Card(_("Month"), earlier, later, correct, flush=True)
        self._grid_holder = self.grid_card.body
        self.grid: Table | None = None
        self._foot = label("", "small")
        row = Row(gap=12, tall=True, together=_TOGETHER_PX)
        row.addWidget(entry)
        row.addWidget(self.grid_card, 1)
        self.column.addLayout(row, 1)

    def keys(self) -> list[Key]:
        """What can be done with visitors."""
        return [
            Key("save", _("Count these visitors"), self.count),
            Key("change", _("Correct the chosen day"), self.correct),
        ]

    def focus_first(self) -> None:
        """The kind of visitor."""
        self.form.focus("category")

    def reload(self) -> None:
        """Today's lines and the month."""
        kinds = [k for k in self.program.read(membership.categories) if k.kind == "person"]
        if [k.code for k in kinds] != [k.code for k in self._kinds]:
            self._kinds = kinds
            self.form.set_options("category", [(k.code, k.name) for k in kinds])
            self._begin()
            self._make_grid()
        today = self.program.now().date()
        names = {k.code: k.name for k in kinds}
        lines = self.program.read(lambda s: visits.guest_book(s, today))
        self.book.set_rows([_line(one, names) for one in lines])
        self._show_month()

    def _begin(self) -> None:
        self.form.set_values(
            {"category": self._kinds[0].code if self._kinds else None, "purpose": "", "people": 1}
        )

    def _make_grid(self) -> None:
        if self.grid is not None:
            self._grid_holder.removeWidget(self.grid)
            self.grid.deleteLater()
        columns = [
            Column(_("Day"), "shown", kind="date", stretch=True),
            # First, so that no window is too narrow for it.
            Column(_("All"), "all", kind="number", strong=True),
        ]
        columns += [Column(_short(k.name), k.code, kind="number") for k in self._kinds]
        self.grid = Table(
            columns, on_open=lambda row: self.correct(), id_key="day", name=_("Visitors by day")
        )
        self._grid_holder.addWidget(self.grid)

    def _show_month(self) -> None:
        if self.grid is None:
            return
        month = self.month
        counted = self.program.read(lambda s: visits.month_grid(s, month))
        first, last = calendar.month_bounds(month)
        last = min(last, self.program.now().date())
        rows = [self._day(day, counted) for day in calendar.days(first, last)]
        self.grid.set_rows(rows)
        total = sum(counted.values())
        told = ngettext("{n} visitor", "{n} visitors", total).format(n=number(total))
        self.grid_card.set_title(month_long(month), told)

    def _day(self, day: date, counted: dict[tuple[date, str], int]) -> dict[str, Any]:
        by_kind = {k.code: counted.get((day, k.code), 0) for k in self._kinds}
        whole = sum(people for (at, _kind), people in counted.items() if at == day)
        shown = {code: people or "" for code, people in by_kind.items()}
        return {
            **shown,
            "day": day,
            # The month stands over the list.
            "shown": " ".join(date_short(day).split()[:2]),
            "all": whole or "",
            "raw": by_kind,
        }

    def show_day(self, day: str) -> None:
        """The month of a day, "2027-01-27", with that day chosen."""
        self.month = day[:7]
        self._show_month()
        if self.grid is not None:
            self.grid.select_ids([date.fromisoformat(day)])
            self.grid.setFocus()

    def step(self, months: int) -> None:
        """Another month, none to come."""
        wanted = calendar.shift_month(self.month, months)
        if wanted <= f"{self.program.now():%Y-%m}":
            self.month = wanted
            self._show_month()

    def count(self) -> None:
        """A line of the guest book."""
        if not self.form.validate():
            return
        values, now = self.form.values(), self.program.now()
        told = ngettext("{n} visitor counted", "{n} visitors counted", values["people"])
        done = self.act(
            lambda s: visits.count_visit(
                s, values["category"], now, values["people"], values["purpose"] or ""
            ),
            told.format(n=number(values["people"])),
        )
        if done:
            self.form.put("people", 1)
            self.form.focus("category")

    def correct(self) -> None:
        """How many of each kind really came on the chosen day."""
        row = self.grid.current() if self.grid is not None else None
        if row is None:
            self.host.notice.look(_("Choose a day in the month first."))
            return
        fields = [NumberField(k.code, k.name, check=_at_least_none) for k in self._kinds]
        day: date = row["day"]
        box = FormDialog(
            self,
            _("Visitors on {day}").format(day=date_short(day)),
            _("Correct"),
            [fields[at : at + 2] for at in range(0, len(fields), 2)],
            row["raw"],
        )
        box.accepted.connect(lambda: self._correct(day, row["raw"], box.form.values()))
        box.open()

    def _correct(self, day: date, before: dict[str, int], wanted: dict[str, Any]) -> None:
        now = self.program.now()
        changed = {code: int(wanted[code] or 0) for code in before if wanted[code] != before[code]}

        told = _("Corrected: {day}").format(day=date_short(day))
        self.act(lambda s: visits.correct_day(s, day, changed, now), told)


def _between(people: Any) -> str | None:
    return None if 1 <= people <= visits.MOST else _("from 1 to 999")


def _at_least_none(people: Any) -> str | None:
    return None if 0 <= people <= visits.MOST else _("from 0 to 999")


def _short(name: str) -> str:
    """A column's head: the first word of a kind of patron, cut."""
    word = name.split("/")[0].split()[0]
    return word if len(word) <= 6 else f"{word[:5]}."


def _line(one: GuestLine, names: dict[str, str]) -> dict[str, Any]:
    return {
        "id": one.id,
        "time": clock(one.at),
        "kind": names.get(one.category, one.category),
        "purpose": _(VISIT_PURPOSES.get(one.purpose, one.purpose)) if one.purpose else "",
        "people": one.people,
    }


def _guest_book() -> Table:
    return Table(
        [
            Column(_("Time"), "time"),
            Column(_("Kind of visitor"), "kind", stretch=True),
            Column(_("People"), "people", kind="number"),
            Column(_("Purpose"), "purpose", optional=True),
        ],
        empty=_("Nobody has been counted today."),
        name=_("Guest book"),
    )
