"""The purchase proposal: what readers suggested and voted for, what it costs, what there is."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from database.library import Session
from database.policy import house
from database.registers import suggestions
from database.registers.suggestions import Proposal
from desktop.pages.drawing.entry import Paper
from desktop.pages.drawing.letterhead import copies_of, letter_opening, number_or_dots, signed
from desktop.pages.drawing.paper import ROOM, facts_table, paragraph, write_paper
from desktop.pages.drawing.tables import Column, figures_table
from desktop.pages.drawing.words import in_words
from desktop.words.language import N_, _, money, number
from desktop.words.wording import worded

PAPER = "purchase-proposal"


@worded(PAPER)
def write(target: str | Path | BinaryIO, session: Session, now: datetime) -> None:
    """Write the suggestions that are open, the most wanted first."""
    profile, day = house.profile(session), now.date()
    found = suggestions.proposal(session, day.year)
    about = _("Purchase proposal {year}").format(year=day.year)
    to = [_("To the director of {hospital}").format(hospital=profile.hospital or "." * 30)]
    first = _(
        "Readers asked for the titles below. Those that most ask for stand first. We propose to "
        "buy them from this year's budget for the collection."
    )
    given = number_or_dots(session, PAPER, day.toordinal())
    story: list[Flowable] = [
        *letter_opening(session, given, about, to),
        paragraph(first),
        Spacer(0, 3 * mm),
        _table(found),
        Spacer(0, 3 * mm),
        facts_table(_sums(found), 0.4),
        Spacer(0, 3 * mm),
        paragraph(_("The library decides nothing by itself: we ask for your approval.")),
        signed(session, PAPER, day, profile.city),
        *copies_of(session, PAPER),
    ]
    name = file_name(day.year)
    write_paper(target, story, title=about, author=profile.name, subject=about, file_name=name)


def file_name(year: int) -> str:
    """The file's name without its ending."""
    return _("Purchase-proposal-{year}").format(year=year)


def _table(found: Proposal) -> Flowable:
    columns = [
        Column(_("No."), fixed=True),
        Column(_("Title"), figures=False),
        Column(_("Author"), figures=False),
        Column(_("For"), figures=False),
        Column(_("Votes"), fixed=True),
        Column(_("Copies"), fixed=True),
        Column(_("Price"), fixed=True),
        Column(_("Sum"), fixed=True),
    ]
    rows = [
        [str(at), one.title, one.author, one.unit, number(one.votes), number(one.copies),
         number(one.price) if one.price else "–", number(one.cost) if one.price else "–"]
        for at, one in enumerate(found.lines, start=1)
    ]  # fmt: skip
    total = [_("Total"), "", "", "", "", number(found.copies), "", number(found.cost)]
    return figures_table(columns, rows, total, room=ROOM)


def _sums(found: Proposal) -> list[tuple[str, str]]:
    cost = f"{money(found.cost)} ({in_words(found.cost)})"
    rows = [(_("All together"), cost)]
    if found.unpriced:
        rows.append((_("Without a price yet"), number(found.unpriced)))
    if found.budget is not None:
        rows.append((_("Budget for the collection"), money(found.budget)))
        rows.append((_("Spent so far"), money(found.spent)))
        rows.append((_("Left after this"), money(found.budget - found.spent - found.cost)))
    return rows


def _open(session: Session, now: datetime) -> tuple[datetime] | None:
    return (now,) if suggestions.proposal(session, now.year).lines else None


PAPERS = (
    Paper(
        PAPER,
        N_("Purchase proposal from suggestions"),
        write,
        _open,
        N_("No suggestion waits to be proposed."),
    ),
)
