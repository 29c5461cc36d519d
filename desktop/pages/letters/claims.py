"""The letter about issues that did not come: one table for each supplier."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from database.holdings import serial_issues
from database.holdings.serial_issues import IssueRow
from database.library import Session
from database.policy import house
from database.registers import outgoing
from desktop.pages.drawing.entry import Paper
from desktop.pages.drawing.letterhead import letterhead, signers
from desktop.pages.drawing.paper import letterhead_block, paragraph, section, write_paper
from desktop.pages.drawing.signatures import Signature, parties
from desktop.pages.drawing.tables import Column, figures_table
from desktop.words.language import N_, _, date_long, date_plain
from desktop.words.wording import worded

PAPER = "claims"


def file_name(made_on: date) -> str:
    """The file's name without its ending."""
    return _("Claims-{day}").format(day=made_on.isoformat())


@worded("claims")
def write(
    target: str | Path | BinaryIO, session: Session, rows: Sequence[IssueRow], made_on: date
) -> None:
    """Write the claims under the library's letterhead."""
    profile = house.profile(session)
    number = outgoing.number_of(session, PAPER, made_on.toordinal()) or "." * 40
    story: list[Flowable] = [
        *letterhead_block(letterhead(session, profile)),
        paragraph(_("ISSUES NOT RECEIVED"), "title"),
        paragraph(_("Number: {number}").format(number=number), "centre"),
        paragraph(_("as of {date}").format(date=date_long(made_on)), "centre"),
        Spacer(0, 5 * mm),
        paragraph(
            _(
                "The issues below have not reached us. Please send them, or tell us if they were "
                "not published."
            )
        ),
        Spacer(0, 4 * mm),
    ]
    for supplier, found in groupby(rows, key=lambda row: row.supplier):
        story.append(section(supplier or _("Supplier not known"), [_table(list(found))], []))
    if not rows:
        story.append(paragraph(_("No issue is late."), "empty"))
    story.append(_signed(session, profile.city, made_on))
    title = _("Issues not received")
    write_paper(
        target, story, title=title, author=profile.name, subject=title, file_name=file_name(made_on)
    )


def _table(rows: Sequence[IssueRow]) -> Flowable:
    columns = [
        Column(_("No."), fixed=True),
        Column(_("Title"), figures=False),
        Column(_("ISSN"), fixed=True),
        Column(_("Issue"), figures=False),
        Column(_("Expected"), fixed=True),
        Column(_("Claimed before"), fixed=True),
    ]
    cells = [
        [
            str(place),
            row.title,
            _issn(row.issn),
            row.name,
            _day(row.expected_on),
            _day(row.claimed_on),
        ]
        for place, row in enumerate(rows, start=1)
    ]
    return figures_table(columns, cells)


def _issn(number: str) -> str:
    return f"{number[:4]}-{number[4:]}" if len(number) == 8 else number


def _day(day: date | None) -> str:
    return date_plain(day) if day else ""


def _signed(session: Session, city: str, made_on: date) -> Flowable:
    ours, *seen = signers(session, PAPER, made_on)
    over = (_("Received by,"), "\u00a0")
    return parties(Signature(_("Supplier")), ours, over, city, made_on, seen)


def _late(session: Session, now: datetime) -> tuple[Sequence[IssueRow], date]:
    return serial_issues.late(session, now.date()), now.date()


PAPERS = (Paper("claims", N_("Issues not received"), write, _late),)
