"""Closing days: the national holidays proposed to be ticked, and what is due then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from database.policy import holidays
from database.policy.holidays import Proposed
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.dialog import Dialog, choose
from desktop.widgets.inputs import CheckInput
from desktop.widgets.text import label
from desktop.words.language import _, date_long, date_short, ngettext, number


def close_days(owner: Screen, program: Program, days: Sequence[tuple[date, str]]) -> bool:
    """Close days; where loans fall due then, ask whether they move. False if nothing was done."""
    due = program.read(lambda s: sum(holidays.due_on(s, day) for day, _name in days))
    move = False
    if due:
        text = ngettext("{n} loan falls due then.", "{n} loans fall due then.", due)
        answer = choose(
            owner,
            _("Move what is due?"),
            text.format(n=number(due)),
            [(_("Close and move to the next open day"), "primary"), (_("Close only"), "outlined")],
        )
        if answer is None:
            return False
        move = answer == 0
    now = program.now()
    done = program.attempt(owner, lambda s: holidays.close(s, days, now, move=move))
    if done is None:
        return False
    line, moved = done
    text = _("Closed: {day}").format(day=date_long(days[0][0]))
    if len(days) > 1:
        closed = ngettext("{n} day closed", "{n} days closed", len(days))
        text = closed.format(n=number(len(days)))
    if moved:
        later = ngettext("{n} loan moved", "{n} loans moved", moved)
        text += " · " + later.format(n=number(moved))
    owner.notice.done(text, partial(program.undo, owner, line))
    return True


class HolidaysDialog(Dialog):
    """A tick for each holiday; collective leave days are ticked only by hand."""

    def __init__(self, owner: Screen, program: Program, year: int) -> None:
        super().__init__(
            owner, _("Holidays of {year}").format(year=year), _("Close ticked days"), width=660
        )
        self._owner, self._program = owner, program
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
        """Close them, as one act."""
        days = self.chosen()
        return not days or close_days(self._owner, self._program, days)


def _said(one: Proposed) -> str:
    text = _("{day}: {name}").format(day=date_short(one.day), name=one.name)
    more: list[Any] = []
    if one.kept:
        more.append(_("in the calendar already"))
    if one.due:
        more.append(ngettext("{n} loan due", "{n} loans due", one.due).format(n=number(one.due)))
    return " · ".join([text, *more])
