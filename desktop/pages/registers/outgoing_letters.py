"""The register of outgoing letters (buku surat keluar) of a year, and its rows for a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from reportlab.platypus import Flowable, PageBreak

from database.library import Session
from database.policy import house
from database.registers import outgoing
from database.registers.outgoing import Issued
from desktop.pages.drawing.entry import Paper
from desktop.pages.drawing.ledger import (
    SIGNED,
    Column,
    Heading,
    LedgerPage,
    Row,
    height_of,
    pages_of,
    rows_a_page,
)
from desktop.pages.drawing.letterhead import signed
from desktop.pages.drawing.paper import frame_height, write_paper
from desktop.words.language import N_, _, date_plain, ngettext, number, period_long
from desktop.words.letters import paper_name
from desktop.words.wording import worded

PAPER = "outgoing-letters"


def file_name(year: int) -> str:
    """The file's name without its ending."""
    return _("Outgoing-letters-{year}").format(year=year)


@worded(PAPER)
def write(target: str | Path | BinaryIO, session: Session, year: int, today: date) -> None:
    """Write the register of a year; cancelled numbers stand in it, struck."""
    profile = house.profile(session)
    found = outgoing.rows(session, date(year, 1, 1), date(year, 12, 31))
    title = _("REGISTER OF OUTGOING LETTERS")
    heading = Heading(title, f"{profile.name} · {year}")
    height = frame_height(wide=True)
    rows = [_line(at, one) for at, one in enumerate(found, 1)]
    portions = pages_of(rows, rows_a_page(height), rows_a_page(height - SIGNED))
    story: list[Flowable] = []
    for portion in portions[:-1]:
        story += [LedgerPage(heading, _columns(), portion, height), PageBreak()]
    story.append(LedgerPage(heading, _columns(), portions[-1], height_of(len(portions[-1]))))
    story.append(signed(session, PAPER, today, profile.city))
    name = _("Register of outgoing letters {year}").format(year=year)
    write_paper(
        target,
        story,
        title=name,
        author=profile.name,
        subject=name,
        file_name=file_name(year),
        wide=True,
    )


def _columns() -> list[Column]:
    return [
        Column(_("No."), 26, right=True),
        Column(_("Date"), 58),
        Column(_("Number"), 140),
        Column(_("Letter"), 120),
        Column(_("To"), 130),
        Column(_("About"), 130),
        Column(_("Copies to"), 80),
        Column(_("Remark"), 70),
    ]


def _line(at: int, one: Issued) -> Row:
    cells = (
        number(at),
        date_plain(one.issued_on),
        one.number,
        paper_name(one.paper),
        one.recipient,
        subject(one),
        one.copies_to,
        remark(one),
    )
    return Row(cells, one.cancelled_at is not None)


ABOUT = {
    "reminder-letters": N_("Copies to give back"),
    "clearance-letter": N_("Nothing borrowed and nothing owed"),
    "lost-letter": N_("Replacing lost copies"),
    "claims": N_("Issues of serials not received"),
    "weeding-minutes": N_("Copies weeded from the collection"),
    "search-answer": N_("Result of a literature search"),
}
"""What a paper is about that is always about the same."""


def subject(one: Issued) -> str:
    """What it is about; of a report its period as people say it. A paper that is always about the
    same says that."""
    if one.paper == "monthly-report" and one.subject:
        return period_long(one.subject)
    if one.paper == "recap-letter" and one.subject:
        return ", ".join(map(period_long, one.subject.split(", ")))
    if one.paper == "reminder-letters" and "/" in one.subject:
        level, _sign, copies = one.subject.partition("/")
        text = ngettext(
            "{n} copy to give back (letter {level})",
            "{n} copies to give back (letter {level})",
            int(copies),
        )
        return text.format(n=copies, level=level)
    known = ABOUT.get(one.paper)
    return one.subject or (_(known) if known else "")


def remark(one: Issued) -> str:
    """Of a number that goes with no paper: that it was cancelled, and why."""
    if one.cancelled_at is None:
        return ""
    return _("cancelled: {reason}").format(reason=one.reason) if one.reason else _("cancelled")


def sheet(found: Sequence[Issued]) -> tuple[str, list[str], list[list[Any]]]:
    """The same as a sheet of a workbook."""
    head = [column.title for column in _columns()]
    rows = [
        [at, one.issued_on, one.number, paper_name(one.paper), one.recipient, subject(one),
         one.copies_to.replace("\n", "; "), remark(one)]
        for at, one in enumerate(found, start=1)
    ]  # fmt: skip
    return _("Outgoing letters"), head, rows


def _this_year(_session: Session, now: datetime) -> tuple[int, date]:
    return now.year, now.date()


PAPERS = (Paper(PAPER, N_("Register of outgoing letters"), write, _this_year),)
