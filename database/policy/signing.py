"""Who signs which paper, in which order, and who gets a copy (tembusan) of it.

A role ("head", or a name the library gave it) is filled by a person from a day on; see `house`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.policy import settings
from database.policy.settings import Choice
from database.refusal import Reason, Refusal
from database.schema import Signatory

USUAL_ROLES = ("librarian", "head", "director")
USUAL: dict[str, tuple[str, ...]] = {
    "report-letter": ("director",),
    "monthly-report": ("head", "librarian"),
    "reminder-letters": ("head",),
    "lost-letter": ("head",),
    "clearance-letter": ("head",),
    "handover": ("head",),
    "gift-deed": ("head",),
    "stocktake-minutes": ("librarian", "head"),
    "weeding-minutes": ("librarian", "head"),
    "claims": ("librarian",),
    "purchase-proposal": ("head", "librarian"),
    "interlibrary-letter": ("head",),
    "search-answer": ("librarian",),
    "profile-sheet": ("head", "librarian"),
    "accession-register": ("head", "librarian"),
    "outgoing-letters": ("head", "librarian"),
    "cash-book": ("head", "librarian"),
    "receipt": ("librarian",),
    "recap-letter": ("head",),
    "survey-result": ("head", "librarian"),
    "work-log": ("head", "librarian"),
    "activity-sheet": ("head", "librarian"),
}
"""The papers, and who signs them while the library has not said otherwise: from the left, the
last one of three and more in the middle below."""
MOST_ROLES, MOST_SIGNERS, MOST_COPIES = 12, 6, 12
_ROLES: Choice[list[dict[str, Any]]] = Choice("signers.roles", [])
_PAPERS: Choice[list[dict[str, Any]]] = Choice("signers.papers", [])


@dataclass(frozen=True, slots=True)
class Signing:
    """How one paper is signed, and to whom copies of it go."""

    roles: tuple[str, ...]
    copies_to: tuple[str, ...] = ()


def roles(session: Session) -> list[str]:
    """Every role: the usual ones, those the library added, those somebody signed in."""
    added = [str(one["name"]) for one in settings.get(session, _ROLES)]
    signed = session.execute(select(Signatory.role).distinct().order_by(Signatory.role)).scalars()
    return list(dict.fromkeys([*USUAL_ROLES, *added, *signed]))


def add_role(session: Session, name: str, now: datetime) -> int | None:
    """One more role, known by its name; the journal line. Raises Refusal NAME_MISSING, NAME_TAKEN,
    VALUE_INVALID (too many)."""
    wanted = " ".join(name.split())[:80]
    known = roles(session)
    if not wanted:
        raise Refusal(Reason.NAME_MISSING)
    if wanted.casefold() in {one.casefold() for one in known}:
        raise Refusal(Reason.NAME_TAKEN, name=wanted)
    if len(known) >= MOST_ROLES:
        raise Refusal(Reason.VALUE_INVALID, field="role")
    kept = settings.get(session, _ROLES)
    return settings.change(session, _ROLES, [*kept, {"name": wanted}], now)


def of(session: Session, paper: str) -> Signing:
    """How a paper is signed."""
    for one in settings.get(session, _PAPERS):
        if one["paper"] == paper:
            return Signing(tuple(one["roles"]), tuple(one["copies_to"]))
    return Signing(USUAL.get(paper, ("head",)))


def put(
    session: Session, paper: str, signed: Sequence[str], copies_to: Sequence[str], now: datetime
) -> int | None:
    """Say who signs a paper and who gets a copy; the journal line, None where nothing differs.

    Raises Refusal VALUE_INVALID (`roles`: none, unknown or too many).
    """
    chosen = list(dict.fromkeys(signed))
    if not chosen or len(chosen) > MOST_SIGNERS or set(chosen) - set(roles(session)):
        raise Refusal(Reason.VALUE_INVALID, field="roles")
    copies = [" ".join(one.split())[:200] for one in copies_to if one.strip()][:MOST_COPIES]
    rest = [one for one in settings.get(session, _PAPERS) if one["paper"] != paper]
    if tuple(chosen) != USUAL.get(paper) or copies:
        rest.append({"paper": paper, "roles": chosen, "copies_to": copies})
    kept = sorted(rest, key=lambda one: str(one["paper"]))
    return settings.change(session, _PAPERS, kept, now)
