"""Closed days of a year, and the exceptions that are open."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from database.library import Session
from database.policy import closings, house
from database.refusal import Refusal
from desktop.program import Program
from desktop.screen import Screen
from desktop.screens.settings.holidays import (
    HolidaysDialog,
    close_days,
    close_every_year,
    day_of_year,
)
from desktop.screens.settings.section import Section
from desktop.widgets.buttons import Button
from desktop.widgets.form import CheckBox, DateField, Field, Form
from desktop.widgets.pill import Pill, PillLabel
from desktop.widgets.table import Column, Table
from desktop.widgets.text import label
from desktop.words.language import _, date_long, date_short
from desktop.words.sentences import refusal


class ClosedSection(Section):
    """Each day is kept as soon as it is added, and can be taken back."""

    def __init__(self, screen: Screen, program: Program) -> None:
        super().__init__(
            screen,
            _("Closed days"),
            _("Nothing falls due on a closed day, and it does not count as a day late."),
        )
        self.program = program
        self.year = program.now().year
        self._year = label("", "strong")
        self._state = PillLabel()
        self.table = Table(
            [
                Column(_("Day"), lambda row: date_short(row["day"]), width=150),
                Column(_("Name"), "name", stretch=True),
                Column("", "state", kind="pill"),
            ],
            on_open=lambda row: self.edit(row),
            empty=_("No closed days in this year yet. Add public holidays below."),
            id_key="day",
            name=_("Closed days"),
        )
        self.form = Form(
            [
                [
                    DateField("day", _("Day"), required=True, width=2),
                    Field("name", _("Name"), placeholder=_("such as Hari Raya Nyepi"), width=3),
                    DateField("until", _("Up to and with"), width=2),
                ],
                [
                    CheckBox("yearly", _("every year from now on")),
                    CheckBox("open", _("open all the same")),
                ],
            ]
        )
        self._arrange()

    def _arrange(self) -> None:
        years = QHBoxLayout()
        years.setSpacing(8)
        earlier = Button("", lambda: self.step(-1), icon="chevron-left", small=True)
        later = Button("", lambda: self.step(1), icon="chevron-right", small=True)
        for button, words in ((earlier, _("The year before")), (later, _("The year after"))):
            button.setToolTip(words)
            button.setAccessibleName(words)
        years.addWidget(earlier)
        years.addWidget(self._year)
        years.addWidget(later)
        years.addWidget(self._state)
        years.addStretch(1)
        years.addWidget(Button(_("Propose holidays…"), self.propose, small=True))
        self.remove_button = Button(_("Remove"), self.remove, small=True)
        years.addWidget(self.remove_button)
        self.body.addLayout(years)
        self.body.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.addWidget(self.form, 1)
        row.addWidget(Button(_("Add"), self.save, key="save", kind="primary"))
        self.body.addLayout(row)

    def step(self, years: int) -> None:
        """Another year."""
        self.year += years
        self.load()

    def load(self) -> None:
        """Read the year."""
        days = self.program.read(lambda s: closings.of_year(s, self.year))
        confirmed = self.program.read(lambda s: closings.is_confirmed(s, self.year))
        self._year.setText(str(self.year))
        words = _("holidays confirmed") if confirmed else _("holidays not confirmed yet")
        self._state.set_pill(Pill(words, "good" if confirmed else "warn"))
        self.table.set_rows([_row(one) for one in days])
        self.remove_button.setEnabled(bool(days))

    def edit(self, row: Any) -> None:
        """Put a day back into the line, to correct its name."""
        if row["yearly"] is not None:
            self.owner.notice.look(_("Closed every year: remove it here, and add it anew."))
            return
        self.form.set_values({**row, "until": None, "yearly": False})
        self.form.focus("name")

    def save(self) -> None:
        """Add the day in the line, or correct it."""
        if not self.form.validate():
            return
        values = self.form.values()
        day, name = values["day"], values["name"] or ""
        several = values["until"] is not None and values["until"] != day
        if several and (values["yearly"] or values["open"]):
            self.owner.notice.look(_("A range is closed once; for every year add single days."))
        elif values["yearly"] and not values["open"]:
            if close_every_year(self.owner, self.program, day, name):
                self._kept(day)
        elif values["open"]:
            self._open(day, name)
        else:
            self._close_days(day, values["until"] or day, name)

    def _open(self, day: date, name: str) -> None:
        now = self.program.now()
        line = self.program.attempt(
            self.owner, lambda s: house.save_closed_day(s, day, name, now, is_open=True)
        )
        if line is not None:
            self._kept(day)
            self._done(_("Open all the same: {day}").format(day=date_long(day)), line)

    def _done(self, text: str, line: int) -> None:
        self.owner.notice.done(text, undo=partial(self._undo, line))

    def _undo(self, line: int) -> None:
        self.program.undo(self.owner, line)
        self.load()

    def _kept(self, day: date) -> None:
        self.form.clear()
        self.year = day.year
        self.load()
        self.table.select_ids([day])
        self.form.focus("day")

    def _close_days(self, first: date, last: date, name: str) -> None:
        try:
            days = closings.span(first, last)
        except Refusal as told:
            self.owner.notice.refused(refusal(told))
            self.form.focus("until")
            return
        if close_days(self.owner, self.program, [(day, name) for day in days]):
            self._kept(first)

    def propose(self, year: int | None = None) -> None:
        """The national holidays of the year shown, to be confirmed."""
        if year is not None:
            self.year = year
            self.load()
        box = HolidaysDialog(self.owner, self.program, self.year)
        box.accepted.connect(self.load)
        box.open()

    def remove(self) -> None:
        """Let the weekly hours decide about the chosen day again."""
        row = self.table.current()
        if row is None:
            self.owner.notice.look(_("Choose a day in the list first."))
            return
        day, yearly, now = row["day"], row["yearly"], self.program.now()

        def act(session: Session) -> int:
            if yearly is not None:
                return closings.drop_yearly(session, yearly, now)
            return house.drop_closed_day(session, day, now)

        line = self.program.attempt(self.owner, act)
        self.load()
        if line is not None:
            text = _("Removed: {day}") if yearly is None else _("From today open again: {day}")
            shown = date_long(day) if yearly is None else day_of_year(day)
            self._done(text.format(day=shown), line)

    def focus_first(self) -> None:
        """The day to add."""
        self.form.focus("day")


def _row(one: closings.Closing) -> dict[str, Any]:
    state = Pill(_("open"), "good") if one.open else Pill(_("closed"), "plain")
    if one.yearly is not None:
        state = Pill(_("every year"), "info")
    return {
        "day": one.day,
        "name": one.name,
        "open": one.open,
        "yearly": one.yearly,
        "state": state,
    }
