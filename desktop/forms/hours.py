"""The weekly opening hours: a box and two times for each day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from database.library import Session
from database.policy import house
from desktop.forms.part import Part
from desktop.program import Program
from desktop.widgets.inputs import CheckInput, LineInput
from desktop.widgets.text import Elided, label, restyle
from desktop.words.language import _, current, weekday_name

_TIME = re.compile(r"(\d{1,2})(?:[.:, ]?(\d{2}))?")
USUAL = (time(7, 30), time(16))


def parse_time(text: str) -> time | None:
    """7.30, 07:30, 730 or 8 as a time of day."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    try:
        return time(int(found[1]), int(found[2] or 0))
    except ValueError:
        return None


def shown_time(moment: time) -> str:
    """07.30 in Indonesian, 07:30 in English."""
    return moment.strftime("%H.%M" if current() == "id" else "%H:%M")


class HoursPart(Part):
    """Seven days; a day that is not ticked is closed."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self.days: list[tuple[CheckInput, LineInput, LineInput]] = []
        self._errors: list[Elided] = []
        self._clean: list[list[Any]] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(6)
        grid.setHorizontalSpacing(10)
        grid.setColumnMinimumWidth(0, 120)
        grid.setColumnStretch(4, 1)
        for weekday in range(7):
            self._add_day(grid, weekday)

    def _add_day(self, grid: QGridLayout, weekday: int) -> None:
        box = CheckInput(weekday_name(weekday))
        first, last = LineInput(), LineInput()
        error = Elided("", "error")
        for line, words in ((first, _("opens")), (last, _("closes"))):
            line.setFixedWidth(84)
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            line.setAccessibleName(f"{weekday_name(weekday)}, {words}")
            line.left.connect(lambda weekday=weekday: self._judge(weekday))
            line.edited.connect(lambda: self.changed.emit(""))
        box.edited.connect(lambda weekday=weekday: self._ticked(weekday))
        grid.addWidget(box, weekday, 0)
        grid.addWidget(first, weekday, 1)
        grid.addWidget(label("–", "muted"), weekday, 2)
        grid.addWidget(last, weekday, 3)
        grid.addWidget(error, weekday, 4)
        self.days.append((box, first, last))
        self._errors.append(error)

    def _ticked(self, weekday: int) -> None:
        box, first, last = self.days[weekday]
        for line, usual in zip((first, last), USUAL, strict=True):
            line.setEnabled(box.isChecked())
            if box.isChecked() and not line.text():
                line.set_raw(shown_time(usual))
        self._judge(weekday)
        self.changed.emit("")

    def load(self) -> None:
        """Show the week."""
        week = self.program.read(house.hours)
        for weekday, (box, first, last) in enumerate(self.days):
            hours = week.get(weekday)
            box.setChecked(hours is not None)
            for line, moment in zip((first, last), hours or ("", ""), strict=True):
                line.set_raw(shown_time(moment) if isinstance(moment, time) else "")
                line.setEnabled(hours is not None)
            self._judge(weekday)
        self._clean = self._raw()

    def _raw(self) -> list[list[Any]]:
        return [[part.raw() for part in day] for day in self.days]

    def _problem(self, weekday: int) -> str:
        box, first, last = self.days[weekday]
        if not box.isChecked():
            return ""
        opens, closes = parse_time(first.text()), parse_time(last.text())
        if opens is None or closes is None:
            return _("not a time; write it like 07.30")
        return _("closes before it opens") if closes <= opens else ""

    def _judge(self, weekday: int) -> None:
        problem = self._problem(weekday)
        self._errors[weekday].set_text(problem)
        for line in self.days[weekday][1:]:
            restyle(line, wrong="true" if problem else "false")

    def check(self) -> bool:
        """Every open day has times in order."""
        for weekday in range(7):
            self._judge(weekday)
            if self._problem(weekday):
                self.days[weekday][1].setFocus()
                return False
        return True

    def errors(self) -> list[str]:
        """What the eye reads as wrong, day by day."""
        return [error.full_text() for error in self._errors]

    def save(self, session: Session) -> None:
        """Change the weekly hours."""
        week = {}
        for weekday, (box, first, last) in enumerate(self.days):
            opens, closes = parse_time(first.text()), parse_time(last.text())
            if box.isChecked() and opens and closes:
                week[weekday] = (opens, closes)
        house.save_hours(session, week, self.program.now())

    def draft(self) -> dict[str, Any]:
        """The whole week, if anything in it was typed."""
        return {"week": self._raw()} if self._raw() != self._clean else {}

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Put it back."""
        for day, raw in zip(self.days, draft.get("week", ()), strict=False):
            box, first, last = day
            box.set_raw(raw[0])
            first.set_raw(raw[1])
            last.set_raw(raw[2])

    def focus_first(self) -> None:
        """Monday."""
        self.days[0][0].setFocus()
