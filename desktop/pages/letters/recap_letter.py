"""The letter to a library whose reports have not come: which, and until when they are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from database.library import Session
from database.policy import house
from database.registers import outgoing
from desktop.pages.drawing.entry import Paper
from desktop.pages.drawing.letterhead import copies_of, letterhead, signed
from desktop.pages.drawing.paper import (
    Letterhead,
    facts_table,
    letterhead_block,
    paragraph,
    write_paper,
)
from desktop.pages.drawing.signatures import Signature, signature_alone
from desktop.pages.drawing.tables import Column, figures_table
from desktop.words.language import N_, _, date_long, number, period_long
from desktop.words.wording import worded

PAPER = "recap-letter"
DAYS = 14
DOTS = "." * 40


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: the letterhead, the place, and how the letter ends."""

    head: Letterhead
    place: str
    end: tuple[Flowable, ...]
    author: str


def sender(session: Session, today: date) -> Sender:
    """The library that is open."""
    profile = house.profile(session)
    end = (signed(session, PAPER, today, profile.city), *copies_of(session, PAPER))
    return Sender(letterhead(session, profile), profile.city, end, profile.name)


def nobody(today: date) -> Sender:
    """An office without a library: the head is left to its own paper, dots to the pen."""
    blank = Letterhead(("", "", "", ""))
    end = (signature_alone(Signature(DOTS), "." * 20, today),)
    return Sender(blank, "", end, "Selasar")


def file_name(library: str) -> str:
    """The file's name without its ending."""
    return _("Letter-{library}").format(library=library)


@worded(PAPER)
def write(
    target: str | Path | BinaryIO,
    session: Session,
    library: str,
    periods: Sequence[str],
    letter_number: str,
    today: date,
) -> None:
    """Write it under the letterhead of the library that is open."""
    write_from(target, sender(session, today), library, periods, letter_number, today)


def write_from(
    target: str | Path | BinaryIO,
    who: Sender,
    library: str,
    periods: Sequence[str],
    letter_number: str,
    today: date,
) -> None:
    """Write it as `who`."""
    until = date_long(today + timedelta(days=DAYS))
    about = _("Library reports not received")
    facts = [
        (_("Number"), letter_number or DOTS),
        (_("Nature"), _("Ordinary")),
        (_("About"), about),
    ]
    asked = _(
        "The reports below have not reached us. Please send them by {day}, so that the recap of "
        "all libraries is complete. If one was sent already, tell us when and how."
    )
    story: list[Flowable] = [
        *letterhead_block(who.head),
        facts_table(facts, 0.16),
        Spacer(0, 6 * mm),
        paragraph(_("To the head of {office}").format(office=library)),
        Spacer(0, 6 * mm),
        paragraph(asked.format(day=until)),
        Spacer(0, 4 * mm),
        _table(periods),
        Spacer(0, 4 * mm),
        paragraph(_("We thank you for your attention.")),
        *who.end,
    ]
    name = file_name(library)
    write_paper(target, story, title=about, author=who.author, subject=about, file_name=name)


def _table(periods: Sequence[str]) -> Flowable:
    rows = [[number(at), period_long(one)] for at, one in enumerate(periods, start=1)]
    return figures_table([Column(_("No."), fixed=True), Column(_("Period"), figures=False)], rows)


def _written_last(session: Session, now: datetime) -> tuple[Any, ...] | None:
    """The letter to whoever was written to last, once more."""
    written = outgoing.rows(session, now.date() - timedelta(days=366), now.date())
    mine = [one for one in written if one.paper == PAPER]
    if not mine:
        return None
    last = max(mine, key=lambda one: one.id)
    return last.recipient, last.subject.split(", "), last.number, last.issued_on


PAPERS = (
    Paper(
        PAPER,
        N_("Letter to those whose reports have not come"),
        write,
        _written_last,
        N_("Made from the recap of many reports, where one has not been sent."),
    ),
)
