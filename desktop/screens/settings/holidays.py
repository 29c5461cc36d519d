"""Closing days: the national holidays proposed to be ticked, and what is due then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from database.library import Session
from database.policy import closings, holidays
from database.policy.holidays import Proposed
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.dialog import Dialog, choose
from desktop.widgets.inputs import CheckInput
from desktop.widgets.text import label
from desktop.words.language import _, date_long, date_short, ngettext, number


def close_days(
    owner: Screen,
    program: Program,
    days: Sequence[tuple[date, str]],
    confirmed: int | None = None,
) -> bool:
    """Close days; where loans fall due then, ask whether they move. False if nothing was done.

    `confirmed` is the year whose holidays they are; it may have none that are not closed yet."""
    due = program.read(lambda s: sum(holidays.due_on(s, day) for day, _name in days))
    move = _asked(owner, due)
    if move is None:
        return False
    now = program.now()

    def act(session: Session) -> tuple[int, int]:
        if confirmed is None:
            return holidays.close(session, days, now, move=bool(move))
        return holidays.confirm(session, confirmed, days, now, move=bool(move))

    text = _("Closed: {day}").format(day=date_long(days[0][0])) if days else ""
    if len(days) > 1:
        closed = ngettext("{n} day closed", "{n} days closed", len(days))
        text = closed.format(n=number(len(days)))
    if confirmed is not None:
        year = _("Holidays of {year} confirmed").format(year=confirmed)
        text = f"{year} · {text}" if text else year
    return _told(owner, program, program.attempt(owner, act), text)


def close_every_year(owner: Screen, program: Program, day: date, name: str) -> bool:
    """Close the day of a date in every year from today on. False if nothing was done."""
    now = program.now()
    due = program.read(lambda s: closings.due_yearly(s, day.month, day.day, now.date()))
    move = _asked(owner, due)
    if move is None:
        return False
    done = program.attempt(
        owner,
        lambda s: closings.close_yearly(s, day.month, day.day, name, now, move=bool(move)),
    )
    text = _("Closed every year: {day}").format(day=day_of_year(day))
    return _told(owner, program, done, text)


def _asked(owner: Screen, due: int) -> bool | None:
    """Whether what is due then moves; None where nothing is to be done at all."""
    if not due:
        return False
    text = ngettext("{n} loan falls due then.", "{n} loans fall due then.", due)
    answer = choose(
        owner,
        _("Move what is due?"),
        text.format(n=number(due)),
        [(_("Close and move to the next open day"), "primary"), (_("Close only"), "outlined")],
    )
    return None if answer is None else answer == 0


def _told(owner: Screen, program: Program, done: tuple[int, int] | None, text: str) -> bool:
    if done is None:
        return False
    line, moved = done
    if moved:
        later = ngettext("{n} loan moved", "{n} loans moved", moved)
        text += " · " + later.format(n=number(moved))
    owner.notice.done(text, partial(program.undo, owner, line))
    return True


def day_of_year(day: date) -> str:
    """17 August: a date without its year."""
    return date_long(day).rsplit(" ", 1)[0]


class HolidaysDialog(Dialog):
    """A tick for each holiday; collective leave days are ticked only by hand. Closing them confirms
    the year, also where nothing is left to tick."""

    def __init__(self, owner: Screen, program: Program, year: int) -> None:
        super().__init__(
            owner,
            _("Holidays of {year}").format(year=year),
            _("Confirm and close ticked days"),
            width=660,
        )
        self._owner, self._program, self._year = owner, program, year
        self.boxes: list[tuple[CheckInput, Proposed]] = []
        note = _(
            "Estimates say so in their names; compare them with this year's joint decree "
            "(SKB 3 Menteri) before closing."
        )
        self.body.addWidget(label(note, "muted", wrap=True))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setSpacing(4)
        for one in program.read(lambda session: holidays.proposed(session, year)):
            box = CheckInput(_said(one))
            box.setChecked(not one.leave and not one.kept)
            box.setEnabled(not one.kept)
            column.addWidget(box)
            self.boxes.append((box, one))
        column.addStretch(1)
        frame = QScrollArea()
        frame.setWidgetResizable(True)
        frame.setFrameShape(QFrame.Shape.NoFrame)
        frame.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        frame.setWidget(inside)
        frame.setMinimumHeight(380)
        self.body.addWidget(frame, 1)

    def chosen(self) -> list[tuple[date, str]]:
        """The days ticked, with their names."""
        return [
            (one.day, one.name) for box, one in self.boxes if box.isChecked() and box.isEnabled()
        ]

    def ready(self) -> bool:
        """Close them and confirm the year, as one act."""
        return close_days(self._owner, self._program, self.chosen(), self._year)


def _said(one: Proposed) -> str:
    text = _("{day}: {name}").format(day=date_short(one.day), name=one.name)
    more: list[Any] = []
    if one.kept:
        more.append(_("in the calendar already"))
    if one.due:
        more.append(ngettext("{n} loan due", "{n} loans due", one.due).format(n=number(one.due)))
    return " · ".join([text, *more])
