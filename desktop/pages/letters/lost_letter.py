"""The letter about lost or damaged copies: what they cost, and that replacing them is welcome."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from database.circulation import losses, money
from database.library import Session
from database.patrons import finding
from database.policy import house
from database.registers import outgoing
from desktop.pages.drawing.entry import Paper
from desktop.pages.drawing.letterhead import copies_of, letterhead, signed
from desktop.pages.drawing.paper import facts_table, letterhead_block, paragraph, write_paper
from desktop.pages.drawing.tables import Column, figures_table
from desktop.pages.drawing.words import in_words
from desktop.words import language
from desktop.words.charges import KINDS
from desktop.words.language import N_, _, date_long
from desktop.words.wording import worded

PAPER = "lost-letter"
DAYS = 7
"""Until when an answer is asked for; what libraries here usually write."""


def file_name(number: str, day: date) -> str:
    """The file's name without its ending."""
    return _("Letter-lost-{number}-{day}").format(number=number, day=day.isoformat())


@worded("lost-letter")
def write(target: str | Path | BinaryIO, session: Session, patron_id: int, today: date) -> None:
    """Write the letter about everything this patron still owes."""
    patron = finding.one(session, patron_id)
    assert patron is not None
    profile = house.profile(session)
    number = outgoing.number_of(session, PAPER, patron_id, today) or "." * 40
    rows = [row for row in money.charges(session, patron_id) if row.left > 0]
    total = sum(row.left for row in rows)
    body = [[row.title, row.barcode, _(KINDS[row.kind]), language.number(row.left)] for row in rows]
    text = _(
        "Please settle {amount} ({words}) at the library by {day}. Instead of the price of a lost "
        "copy you may bring the same title; please speak to us first."
    )
    story: list[Flowable] = [
        *letterhead_block(letterhead(session, profile)),
        paragraph(_("NOTICE OF COPIES TO REPLACE"), "title"),
        paragraph(_("Number: {number}").format(number=number), "centre"),
        Spacer(0, 6 * mm),
        facts_table([(_("To"), patron.name), (_("Member number"), patron.number),
                     (_("Unit"), patron.unit or patron.institution)]),
        Spacer(0, 4 * mm),
        paragraph(_("According to our records these are still open:")),
        Spacer(0, 2 * mm),
        figures_table(_columns(), body, [_("Total"), "", "", language.number(total)]),
        Spacer(0, 4 * mm),
        paragraph(text.format(amount=language.money(total), words=in_words(total),
                              day=date_long(today + timedelta(days=DAYS)))),
        Spacer(0, 2 * mm),
        signed(session, PAPER, today, profile.city),
        *copies_of(session, PAPER),
    ]  # fmt: skip
    title = _("Notice of copies to replace")
    write_paper(
        target,
        story,
        title=title,
        author=profile.name,
        subject=title,
        file_name=file_name(patron.number, today),
    )


def _columns() -> list[Column]:
    return [
        Column(_("Title"), figures=False),
        Column(_("Copy"), figures=False),
        Column(_("For"), figures=False),
        Column(_("Rupiah"), fixed=True),
    ]


def _newest_debtor(session: Session, now: datetime) -> tuple[int, date] | None:
    patron = losses.newest_debtor(session)
    return (patron, now.date()) if patron is not None else None


PAPERS = (
    Paper(
        "lost-letter",
        N_("Notice of copies to replace"),
        write,
        _newest_debtor,
        N_("Nobody owes for a lost or damaged copy."),
    ),
)
