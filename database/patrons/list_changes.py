"""What a list of people says otherwise of a member it means, and writing that."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from database import journal
from database.patrons import before as patron_before
from database.patrons import finding, numbers, standing
from database.patrons.membership import PatronFacts
from database.policy import units
from database.schema import Patron
from database.sources.people import Row
from database.text import own_values, phones
from database.text.words import key

OWN = "own:"
"""Begins the name of a change of one of the library's own fields; its key follows."""
Changes = tuple[tuple[str, str], ...]
"""Fields, each with what it will be."""
_FOLLOWED = ("unit", "phone", "email")
"""What a list knows better than we do, of those it means."""
_NOT_FOLLOWED = frozenset({"patient", "family"})
"""Whose unit is the ward they lie in, which no list of an office knows."""


def of(row: Row, facts: PatronFacts, one: Any) -> Changes:
    """What the line's own cells say otherwise; a cell that is empty or cannot be read, and what
    is said for all lines, changes nothing of whoever is known."""
    if one.audience in _NOT_FOLLOWED:
        return ()
    said = {"unit": row.text("unit").strip(), "phone": facts.phone, "email": facts.email}
    if not phones.is_number(said["phone"]):
        said["phone"] = ""
    noted = own_values.unpacked(one.own)
    own = ((f"{OWN}{name}", text) for name, text in row.own.items() if noted.get(name) != text)
    followed = (
        (name, said[name])
        for name in _FOLLOWED
        if said[name] and _folded(name, said[name]) != _folded(name, getattr(one, name))
    )
    return (*followed, *own)


def _folded(name: str, text: str) -> str:
    """Two spellings of one unit, or of one address, are no change."""
    return key(text) if name == "unit" else text.lower()


def follow(
    session: Session,
    patron_id: int,
    changes: Changes,
    renewed: PatronFacts | None,
) -> dict[str, Any]:
    """Write these changes, and where the list has `renewed` somebody a later end; what stood there
    before."""
    row = session.execute(select(Patron.__table__).where(Patron.id == patron_id)).one()
    values: dict[str, Any] = {name: text for name, text in changes if not name.startswith(OWN)}
    own = {name.removeprefix(OWN): text for name, text in changes if name.startswith(OWN)}
    if own:
        values["own"] = own_values.packed({**own_values.unpacked(row.own), **own})
    if "unit" in values:
        values["unit"] = units.spelled(session, values["unit"], learn=True, ward=False)
    if values.keys() & {"unit", "own"}:
        codes = numbers.of(session, patron_id)
        known = {**row._mapping, **values}
        values["search_key"] = finding.search_key(row.number, known, codes)
    if renewed is not None:
        values |= _longer_end(row, renewed)
    session.execute(update(Patron).where(Patron.id == patron_id).values(**values))
    journal.touch(session, "Patron")
    return {name: row._mapping[name] for name in values}


def _longer_end(row: Any, facts: PatronFacts) -> dict[str, Any]:
    """A later end; an institution or a guarantor that the list knows and we did not, too."""
    values: dict[str, Any] = {"ended_on": None, "valid_until": facts.valid_until}
    if row.valid_until and (facts.valid_until is None or facts.valid_until < row.valid_until):
        values["valid_until"] = row.valid_until
    for name in ("phone", "email", "institution", "guarantor"):
        if not row._mapping[name] and getattr(facts, name):
            values[name] = getattr(facts, name)
    return values


def note(
    session: Session,
    before: Mapping[int, Mapping[str, Any]],
    now: datetime,
    **ids: Any,
) -> int:
    """The one journal line of a list with the `ids` of whom it touched; how memberships stand
    now, and what stood in each `before`."""
    standing.keep(session, list(before), now)
    line = journal.write(session, "patron.rotated", "Patron", None, now, **ids)
    patron_before.keep(session, line, before, now)
    return line
