"""The sheet for a breach of personal data: what UU 27/2022 art. 46 asks to be told, and to whom.

Filled in with what the library knows of itself; lines are left for what only people know.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, HRFlowable, Spacer

from database.library import Session
from database.policy import house, settings
from database.privacy import traces
from database.storage import keeping
from database.text.dates import local_day
from desktop.pages.drawing.entry import Paper
from desktop.pages.drawing.letterhead import letterhead, signature
from desktop.pages.drawing.paper import (
    HAIRLINE,
    facts_table,
    letterhead_block,
    paragraph,
    section,
    write_paper,
)
from desktop.pages.drawing.signatures import signature_block
from desktop.pages.drawing.tables import Column, figures_table
from desktop.words.language import N_, _, clock, date_long, number
from desktop.words.wording import worded

TERM = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the library knows: persons by kind, backups kept, whom to ask."""

    persons: Sequence[tuple[str, int]]
    backups: int
    officer: str


def file_name(now: datetime) -> str:
    """The file's name without its ending."""
    return _("Breach-{day}").format(day=now.date().isoformat())


@worded("breach-sheet")
def write(target: str | Path | BinaryIO, session: Session, facts: Facts, now: datetime) -> None:
    """Write the sheet; the term runs from `now`, when the breach became known."""
    profile = house.profile(session)
    until = now + TERM
    term = _(
        "Within 3 x 24 hours of knowing of it, in writing, to the persons concerned and to the "
        "authority; to the public where the law asks for it."
    )
    story: list[Flowable] = [
        *letterhead_block(letterhead(session, profile)),
        paragraph(_("BREACH OF PERSONAL DATA"), "title"),
        paragraph(_("notice under UU 27/2022, article 46"), "centre"),
        Spacer(0, 5 * mm),
        facts_table(
            [
                (_("Controller"), profile.hospital or profile.name),
                (_("Library"), profile.name),
                (_("Data protection officer"), facts.officer or "." * 60),
                (_("Known since"), _moment(now)),
                (_("To be told by"), _moment(until)),
            ]
        ),
        Spacer(0, 4 * mm),
        section(_("1. Which data were revealed"), _which(facts), []),
        section(_("2. When and how"), _lines(3), []),
        section(_("3. What is being done against it and for the persons"), _lines(4), []),
        section(_("4. Who was told, and when"), [paragraph(term), _told()], []),
        signature_block(
            signature(session, "head", now.date()),
            signature(session, "librarian", now.date()),
            profile.city,
            now.date(),
        ),
    ]
    title = _("Breach of personal data")
    write_paper(
        target, story, title=title, author=profile.name, subject=title, file_name=file_name(now)
    )


def _moment(moment: datetime) -> str:
    return f"{date_long(local_day(moment))}, {clock(moment)}"


def _which(facts: Facts) -> list[Flowable]:
    kept = _(
        "The library keeps: name, number, phone, e-mail, unit or ward, photograph where agreed to, "
        "and loans; never medical-record numbers, NIK, BPJS numbers or diagnoses. Underline "
        "what was revealed."
    )
    rows = [[name, number(count), ""] for name, count in facts.persons]
    total = [_("Total"), number(sum(count for _name, count in facts.persons)), ""]
    columns = [
        Column(_("Kind"), figures=False),
        Column(_("Persons known now")),
        Column(_("Of these concerned")),
    ]
    backups = _("Backups kept: {n} at most. Each holds the persons known when it was made.")
    return [
        paragraph(kept),
        Spacer(0, 2 * mm),
        figures_table(columns, rows, total),
        paragraph(backups.format(n=number(facts.backups)), "after"),
    ]


def _lines(count: int) -> list[Flowable]:
    """Room to write by hand."""
    looks = {"width": "100%", "thickness": 0.5, "color": HAIRLINE, "spaceBefore": 7 * mm}
    return [HRFlowable(**looks, spaceAfter=0) for _line in range(count)]


def _told() -> Flowable:
    columns = [
        Column(_("To whom"), figures=False),
        Column(_("Day and time"), figures=False),
        Column(_("How"), figures=False),
    ]
    rows = [
        [_("Persons concerned"), "", ""],
        [_("Authority for personal data protection"), "", ""],
        [_("Head of the hospital"), "", ""],
        [_("Public, where needed"), "", ""],
    ]
    return figures_table(columns, rows)


def _as_it_is(session: Session, now: datetime) -> tuple[Facts, datetime]:
    facts = Facts(
        traces.persons_known(session),
        keeping.MOST,
        settings.get(session, settings.PROTECTION_OFFICER),
    )
    return facts, now


PAPERS = (Paper("breach-sheet", N_("Breach of personal data"), write, _as_it_is),)
