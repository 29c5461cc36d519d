"""Whom to remind, with telephone and unit: to call them from, or to walk the units with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from database.circulation import reminder_list
from database.circulation.reminder_list import Person
from database.library import Session
from database.policy import house
from desktop.pages.drawing.entry import Paper
from desktop.pages.drawing.paper import LEFT, RIGHT, SIZES, paragraph, write_paper
from desktop.pages.drawing.tables import Column, figures_table
from desktop.words.language import N_, _, date_long, ngettext, number
from desktop.words.reminder_rows import HEADS, cells, nameable
from desktop.words.wording import worded


def file_name(day: date) -> str:
    """The file's name without its ending."""
    return _("Reminder-list-{day}").format(day=day.isoformat())


@worded("reminder-list")
def write(
    target: str | Path | BinaryIO, session: Session, people: Sequence[Person], day: date
) -> None:
    """Those of them who may stand in a list by name; how many more there are is counted."""
    profile = house.profile(session)
    named = nameable(people)
    left = len(people) - len(named)
    story: list[Flowable] = [
        paragraph(_("TO BE REMINDED"), "title"),
        paragraph(f"{profile.name} · {date_long(day)}", "centre"),
        Spacer(0, 5 * mm),
    ]
    if named:
        columns = [Column(_(head), figures=False) for head in HEADS]
        rows = [list(cells(one, day)) for one in named]
        story.append(figures_table(columns, rows, room=SIZES["a4"][1] - LEFT - RIGHT))
    else:
        story.append(
            paragraph(_("Nobody of the staff or the students is to be reminded."), "empty")
        )
    if left:
        more = ngettext(
            "{n} more person, who stands in no list by name.",
            "{n} more persons, who stand in no list by name.",
            left,
        )
        story.append(paragraph(more.format(n=number(left)), "after"))
    title = _("Reminder list")
    write_paper(
        target,
        story,
        title=title,
        author=profile.name,
        subject=title,
        file_name=file_name(day),
        wide=True,
    )


def _today(session: Session, now: datetime) -> tuple[Sequence[Person], date]:
    return reminder_list.people(session, now), now.date()


PAPERS = (Paper("reminder-list", N_("Reminder list"), write, _today),)
