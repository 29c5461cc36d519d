"""Serials: the titles that come out in issues, how they come out, and what is here of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, case, delete, func, insert, select, update
from sqlalchemy.orm import Session

from database import journal
from database.catalogue import titles
from database.description import marc, marc_form
from database.engine.rows import rows_of
from database.journal import Inverses, Line
from database.refusal import Reason, Refusal
from database.schema import Biblio, BiblioIdentifier, Serial, SerialIssue

FREQUENCIES: dict[str, tuple[int, int]] = {
    "weekly": (0, 7),
    "fortnightly": (0, 14),
    "monthly": (1, 0),
    "bimonthly": (2, 0),
    "quarterly": (3, 0),
    "three_a_year": (4, 0),
    "half_yearly": (6, 0),
    "yearly": (12, 0),
}
"""Months and days from one issue to the next."""
MOST = 60
"""Issues a volume, and issues expected at once."""


@dataclass(frozen=True, slots=True)
class SerialFacts:
    """How a title comes out: `issues_a_volume` before its numbers begin again at 1."""

    frequency: str
    issues_a_volume: int
    supplier: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class SerialRow:
    """A title as listed. `frequency` is empty until it was said."""

    id: int
    title: str
    issn: str
    frequency: str
    issues_a_volume: int
    supplier: str
    until: date | None
    received: int
    late: int
    next_on: date | None


def add(session: Session, values: Mapping[str, str], now: datetime) -> tuple[int, int]:
    """A new title of the kind serial from a form's values; its id and the journal line.

    The leader's bibliographic level is "s", as MARC 21 marks a serial (LDR/07).
    Raises Refusal TITLE_MISSING.
    """
    record = marc_form.apply(marc.Record(), values)
    record.leader = record.leader[:7] + "s" + record.leader[8:]
    number = titles.add_biblio(session, record, now)
    return number, journal.line_about(session, "biblio.added", number)


def save(session: Session, biblio_id: int, facts: SerialFacts, now: datetime) -> int:
    """Say how a title comes out; returns the journal line.

    Raises Refusal VALUE_INVALID, RECORD_GONE.
    """
    titles.stored(session, biblio_id)
    if facts.frequency not in FREQUENCIES:
        raise Refusal(Reason.VALUE_INVALID, field="frequency")
    if not 1 <= facts.issues_a_volume <= MOST:
        raise Refusal(Reason.VALUE_INVALID, field="issues_a_volume")
    values = {
        "frequency": facts.frequency,
        "issues_a_volume": facts.issues_a_volume,
        "supplier": facts.supplier.strip(),
        "until": facts.until,
    }
    before = stored(session, biblio_id)
    if before is None:
        session.execute(insert(Serial).values(biblio_id=biblio_id, **values))
    else:
        session.execute(update(Serial).where(Serial.biblio_id == biblio_id).values(**values))
    return journal.write(session, "serial.saved", "Serial", biblio_id, now, before=before)


def stored(session: Session, biblio_id: int) -> dict[str, Any] | None:
    """How a title comes out, as plain values; None until it was said."""
    columns = (Serial.frequency, Serial.issues_a_volume, Serial.supplier, Serial.until)
    row = session.execute(select(*columns).where(Serial.biblio_id == biblio_id)).one_or_none()
    if row is None:
        return None
    return {**row._mapping, "until": row.until.isoformat() if row.until else None}


ISSN = (
    select(func.min(BiblioIdentifier.value))
    .where(BiblioIdentifier.biblio_id == Biblio.id, BiblioIdentifier.kind == "issn")
    .correlate(Biblio)
    .scalar_subquery()
)
"""Of a title: its ISSN, the first where it has several."""


def rows(session: Session, today: date) -> list[SerialRow]:
    """Every title of the kind serial, by name, with what is here and what is late."""
    waiting = SerialIssue.received_on.is_(None)
    late = and_(waiting, SerialIssue.expected_on < today)
    coming = and_(waiting, SerialIssue.expected_on >= today)
    wanted = (
        select(
            Biblio.id,
            Biblio.title,
            func.coalesce(ISSN, "").label("issn"),
            func.coalesce(Serial.frequency, "").label("frequency"),
            func.coalesce(Serial.issues_a_volume, 0).label("issues_a_volume"),
            func.coalesce(Serial.supplier, "").label("supplier"),
            Serial.until,
            func.count(SerialIssue.received_on).label("received"),
            func.coalesce(func.sum(case((late, 1), else_=0)), 0).label("late"),
            func.min(case((coming, SerialIssue.expected_on))).label("next_on"),
        )
        .outerjoin(Serial, Serial.biblio_id == Biblio.id)
        .outerjoin(SerialIssue, SerialIssue.biblio_id == Biblio.id)
        .where(Biblio.material == "serial", Biblio.cancelled_at.is_(None))
        .group_by(Biblio.id, Serial.biblio_id)
        .order_by(Biblio.title_key, Biblio.id)
    )
    return rows_of(SerialRow, session.execute(wanted))


def take_back_saving(session: Session, line: Line, _now: datetime) -> None:
    """The inverse of `save`. Raises Refusal CANNOT_UNDO where issues stand on the first one."""
    before, own = line.facts["before"], Serial.biblio_id == line.record_id
    if before is not None:
        until = date.fromisoformat(before["until"]) if before["until"] else None
        session.execute(update(Serial).where(own).values(**{**before, "until": until}))
        return
    known = select(SerialIssue.id).where(SerialIssue.biblio_id == line.record_id)
    if session.execute(known).first():
        raise Refusal(Reason.CANNOT_UNDO)
    session.execute(delete(Serial).where(own))


INVERSES: Inverses = {"serial.saved": take_back_saving}
