"""Lengthening memberships, one or many in one act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from database import journal
from database.engine.among import among
from database.patrons import before as patron_before
from database.patrons import standing
from database.refusal import Reason, Refusal
from database.schema import Patron, PatronCategory

_PATRON: Any = Patron.__table__


@dataclass(frozen=True, slots=True)
class Renewed:
    """The new end of each membership, and the journal line."""

    ends: dict[int, date | None]
    line: int


def new_ends(
    session: Session, patron_ids: Sequence[int], until: date | None, today: date
) -> dict[int, date | None]:
    """When each membership would end: on `until`, or by what its kind allows from today.

    A renewal never shortens. Raises Refusal RECORD_GONE.
    """
    rows = session.execute(
        select(Patron.id, Patron.valid_until, PatronCategory.validity_days)
        .join(PatronCategory, PatronCategory.id == Patron.category_id)
        .where(among(Patron.id, "ids"), Patron.forgotten_at.is_(None)),
        {"ids": list(patron_ids)},
    ).all()
    if not rows or len(rows) != len(set(patron_ids)):
        raise Refusal(Reason.RECORD_GONE)
    ends: dict[int, date | None] = {}
    for number, before, days in rows:
        wanted = until or (today + timedelta(days=days) if days else None)
        ends[number] = max(wanted, before) if wanted and before else wanted
    return ends


def renew_many(
    session: Session, patron_ids: Sequence[int], until: date | None, now: datetime
) -> Renewed:
    """Lengthen memberships in one act, all to `until` or each by its kind."""
    ends = new_ends(session, patron_ids, until, now.date())
    rows = session.execute(
        select(Patron.id, Patron.valid_until, Patron.ended_on).where(among(Patron.id, "ids")),
        {"ids": list(ends)},
    )
    before = {row.id: {"valid_until": row.valid_until, "ended_on": row.ended_on} for row in rows}
    session.execute(
        update(_PATRON)
        .where(_PATRON.c.id == bindparam("at"))
        .values(ended_on=None, valid_until=bindparam("until")),
        [{"at": number, "until": end} for number, end in ends.items()],
    )
    standing.keep(session, list(ends), now)
    single = patron_ids[0] if len(ends) == 1 else None
    line = journal.write(session, "patron.renewed", "Patron", single, now, patrons=len(ends))
    patron_before.keep(session, line, before, now)
    return Renewed(ends, line)
