"""Which paper a line of a register has: its number is given, then it is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

from database.library import Session
from database.registers import outgoing, suggestions
from database.registers.fields import Entry
from database.registers.outgoing import Letter

OF = frozenset({"literature_search", "interlibrary", "gift", "activity", suggestions.REGISTER})
Made = Callable[[Session], tuple[bytes, str]]
"""Writes the paper: its PDF, and the file's name without its ending."""


def numbered(session: Session, register: str, entry: Entry | None, now: datetime) -> Made:
    """Give the paper its number, if it has one, and hand back what writes it.

    Raises Refusal LETTER_NUMBER_TAKEN."""
    makers = {
        "literature_search": _search,
        "interlibrary": _interlibrary,
        "gift": _gift,
        "activity": _activity,
    }
    if entry is None:
        return _proposal(session, now)
    return makers[register](session, entry, now)


def _search(session: Session, entry: Entry, now: datetime) -> Made:
    from desktop.pages.letters import search_answer

    values = entry.values
    about = Letter(search_answer.PAPER, entry.id, None, values["requester"], values["number"])
    outgoing.once(session, about, now)
    return lambda s: (
        _drawn(lambda to: search_answer.write(to, s, entry.id, now)),
        search_answer.file_name(values),
    )


def _interlibrary(session: Session, entry: Entry, now: datetime) -> Made:
    from desktop.pages.letters import interlibrary

    return _to_partner(session, entry, now, interlibrary)


def _gift(session: Session, entry: Entry, now: datetime) -> Made:
    from desktop.pages.letters import gift_deed

    return _to_partner(session, entry, now, gift_deed)


def _to_partner(session: Session, entry: Entry, now: datetime, paper: Any) -> Made:
    """A paper that is one of a line's partner and title."""
    values = entry.values
    about = Letter(paper.PAPER, entry.id, None, values["partner"], values["title"])
    outgoing.once(session, about, now)
    return lambda s: (
        _drawn(lambda to: paper.write(to, s, entry.id)),
        paper.file_name(values),
    )


def _activity(_session: Session, entry: Entry, _now: datetime) -> Made:
    from desktop.pages.letters import activity_sheet

    return lambda s: (
        _drawn(lambda to: activity_sheet.write(to, s, entry.id)),
        activity_sheet.file_name(entry.values),
    )


def _proposal(session: Session, now: datetime) -> Made:
    """Of all suggestions that are open, once a day; those that are new are proposed by it."""
    from desktop.pages.letters import proposal

    found = suggestions.proposal(session, now.year)
    if found.lines:
        about = Letter(proposal.PAPER, now.date().toordinal(), subject=str(now.year))
        outgoing.once_a_day(session, about, now)
        suggestions.propose(session, now)
    return lambda s: (
        _drawn(lambda to: proposal.write(to, s, now)),
        proposal.file_name(now.year),
    )


def _drawn(write: Callable[[BytesIO], object]) -> bytes:
    target = BytesIO()
    write(target)
    return target.getvalue()
