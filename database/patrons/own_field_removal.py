"""Taking away a field that the library declared itself.

What titles and copies have of it stays in their records, unseen, and is seen again should a field
of the same name be declared. What it told of persons goes at once: nothing of them is kept that
nobody sees. It comes back with Undo while the day lasts, as all of a person does.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from database import journal
from database.journal import Inverses, Line
from database.patrons import before as patron_before
from database.patrons import finding, numbers
from database.policy import own_fields
from database.schema import OwnRecord, Patron
from database.text import own_values

_PATRON: Any = Patron.__table__


def remove(session: Session, field_id: int, now: datetime) -> int:
    """Take a field away; returns the journal line. Raises Refusal RECORD_GONE."""
    stood = own_fields.take_away(session, field_id)
    before = _cleared(session, stood["key"]) if stood["record"] == OwnRecord.PATRON else {}
    line = journal.write(
        session,
        "own_field.removed",
        "OwnField",
        field_id,
        now,
        name=stood["name"],
        before=stood,
        patrons=len(before),
    )
    if before:
        patron_before.keep(session, line, before, now)
        journal.touch(session, "Patron")
    return line


def _cleared(session: Session, key: str) -> dict[int, dict[str, Any]]:
    """Every patron's value of a field cut, with the words it was found by; what stood there."""
    found = select(_PATRON).where(own_fields.holds(Patron, key), Patron.forgotten_at.is_(None))
    before, changes = {}, []
    for row in session.execute(found).all():
        values = own_values.unpacked(row.own)
        values.pop(key, None)
        own = own_values.packed(values)
        codes = numbers.of(session, row.id)
        words = finding.search_key(row.number, {**row._mapping, "own": own}, codes)
        before[row.id] = {"own": row.own, "search_key": row.search_key}
        changes.append({"at": row.id, "values": own, "words": words})
    if changes:
        session.execute(
            update(_PATRON)
            .where(_PATRON.c.id == bindparam("at"))
            .values(own=bindparam("values"), search_key=bindparam("words")),
            changes,
        )
    return before


def _unremove(session: Session, line: Line, now: datetime) -> None:
    if line.facts["patrons"]:
        patron_before.put_back(session, line, now)
        journal.touch(session, "Patron")
    own_fields.bring_back(session, line.facts["before"])


INVERSES: Inverses = {"own_field.removed": _unremove}
