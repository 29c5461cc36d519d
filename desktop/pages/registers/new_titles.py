"""New titles of a month, on paper for the wards: by class, in the order of the shelf."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from database.catalogue import worklists
from database.catalogue.worklists import Row
from database.library import Session
from database.policy import house
from desktop.pages.drawing.entry import Paper, last_month
from desktop.pages.drawing.letterhead import letterhead
from desktop.pages.drawing.paper import (
    Letterhead,
    letterhead_block,
    paragraph,
    section,
    write_paper,
)
from desktop.pages.drawing.tables import Column, figures_table
from desktop.words.language import N_, _, date_long, month_long, ngettext, number
from desktop.words.titles import class_group
from desktop.words.wording import worded


def file_name(month: str) -> str:
    """The file's name without its ending."""
    return _("New-titles-{month}").format(month=month)


@worded("new-titles")
def write(
    target: str | Path | BinaryIO, session: Session, rows: Sequence[Row], month: str, made_on: date
) -> None:
    """Write the list of a month with the library's letterhead."""
    profile = house.profile(session)
    write_list(target, letterhead(session, profile), rows, month, made_on)


def write_list(
    target: str | Path | BinaryIO,
    head: Letterhead,
    rows: Sequence[Row],
    month: str,
    made_on: date,
) -> None:
    """Write the list under this letterhead."""
    period = month_long(month)
    counted = ngettext("{n} title", "{n} titles", len(rows)).format(n=number(len(rows)))
    made = _("{count} · as of {date}").format(count=counted, date=date_long(made_on))
    story: list[Flowable] = [
        *letterhead_block(head),
        paragraph(_("NEW IN THE LIBRARY"), "title"),
        paragraph(period.upper(), "title"),
        paragraph(made, "centre"),
        Spacer(0, 5 * mm),
    ]
    ordered = sorted(rows, key=lambda row: row.class_group or "~")
    for group, found in groupby(ordered, key=lambda row: row.class_group):
        story.append(section(class_group(group), [_table(list(found))], []))
    if not rows:
        story.append(paragraph(_("No title was added in this month."), "empty"))
    story.append(paragraph(_("Ask for them at the library, or let the ward borrow them."), "after"))
    write_paper(
        target,
        story,
        title=_("New titles, {month}").format(month=period),
        author=" · ".join(line for line in head.lines[:3] if line.strip()),
        subject=_("New titles, {month}").format(month=period),
        file_name=file_name(month),
    )


def _table(rows: Sequence[Row]) -> Flowable:
    columns = [
        Column(_("Title"), figures=False),
        Column(_("Author"), figures=False),
        Column(_("Year"), fixed=True),
        Column(_("Call number"), figures=False),
    ]
    cells = [[row.title, row.contributors, str(row.year or ""), row.call_number] for row in rows]
    return figures_table(columns, cells)


def _of_last_month(session: Session, now: datetime) -> tuple[Sequence[Row], str, date]:
    month = last_month(now)
    return worklists.rows(session, "new", worklists.Asked(now.date(), month)), month, now.date()


PAPERS = (Paper("new-titles", N_("New titles of the last month"), write, _of_last_month),)
