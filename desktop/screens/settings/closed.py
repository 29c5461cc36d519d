"""Closed days of a year, and the exceptions that are open."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from database.library import Session
from database.policy import house
from desktop.program import Program
from desktop.screen import Screen
from desktop.screens.settings.holidays import HolidaysDialog, close_days
from desktop.screens.settings.section import Section
from desktop.widgets.buttons import Button
from desktop.widgets.form import CheckBox, DateField, Field, Form
from desktop.widgets.pill import Pill
from desktop.widgets.table import Column, Table
from desktop.widgets.text import label
from desktop.words.language import _, date_long, date_short


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
                    CheckBox("open", _("open all the same"), width=2),
                ]
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
        first, last = date(self.year, 1, 1), date(self.year, 12, 31)
        days = self.program.read(lambda s: house.closed_days(s, first, last))
        self._year.setText(str(self.year))
        self.table.set_rows([_row(*one) for one in days])
        self.remove_button.setEnabled(bool(days))

    def edit(self, row: Any) -> None:
        """Put a day back into the line, to correct its name."""
        self.form.set_values(row)
        self.form.focus("name")

    def save(self) -> None:
        """Add the day in the line, or correct it."""
        if not self.form.validate():
            return
        values = self.form.values()
        day, name, is_open = values["day"], values["name"] or "", bool(values["open"])
        if not is_open:
            self._close_day(day, name)
            return
        if not self._write(day, (name, is_open)):
            return
        self._kept(day)
        text = _("Open all the same: {day}").format(day=date_long(day))
        self.owner.notice.done(text, undo=lambda: self._write(day, None))

    def _kept(self, day: date) -> None:
        self.form.clear()
        self.year = day.year
        self.load()
        self.table.select_ids([day])
        self.form.focus("day")

    def _close_day(self, day: date, name: str) -> None:
        if close_days(self.owner, self.program, [(day, name)]):
            self._kept(day)

    def propose(self) -> None:
        """The national holidays of the year shown, to be confirmed."""
        box = HolidaysDialog(self.owner, self.program, self.year)
        box.accepted.connect(self.load)
        box.open()

    def remove(self) -> None:
        """Let the weekly hours decide about the chosen day again."""
        row = self.table.current()
        if row is None:
            self.owner.notice.look(_("Choose a day in the list first."))
            return
        day, before = row["day"], (row["name"], row["open"])
        if self._write(day, None):
            text = _("Removed: {day}").format(day=date_long(day))
            self.owner.notice.done(text, undo=lambda: self._write(day, before))

    def _write(self, day: date, wanted: tuple[str, bool] | None) -> bool:
        now = self.program.now()

        def act(session: Session) -> bool:
            if wanted is None:
                house.drop_closed_day(session, day, now)
            else:
                house.save_closed_day(session, day, wanted[0], now, is_open=wanted[1])
            return True

        done = bool(self.program.attempt(self.owner, act))
        self.load()
        return done

    def focus_first(self) -> None:
        """The day to add."""
        self.form.focus("day")


def _row(day: date, name: str, is_open: bool) -> dict[str, Any]:
    state = Pill(_("open"), "good") if is_open else Pill(_("closed"), "plain")
    return {"day": day, "name": name, "open": is_open, "state": state}
