"""Beginning a title from another: a copy of a record, or a template kept for such titles."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from database import journal
from database.description import marc
from database.journal import Inverses, Line
from database.refusal import Reason, Refusal
from database.schema import RecordTemplate
from database.text.words import key

_NUMBERS = frozenset(
    {"001", "003", "005", "010", "015", "016", "017", "019", "020", "024", "029", "035"}
)
"""Numbers that mean this one edition and no other."""


def copy_of(record: marc.Record) -> marc.Record:
    """A record to begin another title from: without ISBN and control numbers, as it was
    entered by nobody yet."""
    fields = [
        marc.Field(one.tag, one.value, one.indicators, list(one.subfields))
        for one in record.fields
        if one.tag not in _NUMBERS
    ]
    return marc.Record(record.leader, fields)


def all_names(session: Session) -> list[tuple[int, str]]:
    """Id and name of every template, by name."""
    rows = session.execute(
        select(RecordTemplate.id, RecordTemplate.name).where(RecordTemplate.cancelled_at.is_(None))
    )
    return sorted(((number, name) for number, name in rows), key=lambda row: key(row[1]))


def record_of(session: Session, template_id: int) -> marc.Record:
    """What a template begins with. Raises Refusal RECORD_GONE."""
    stored = session.execute(
        select(RecordTemplate.marc).where(
            RecordTemplate.id == template_id, RecordTemplate.cancelled_at.is_(None)
        )
    ).scalar()
    if stored is None:
        raise Refusal(Reason.RECORD_GONE)
    return marc.from_json(stored)


def save(session: Session, name: str, record: marc.Record, now: datetime) -> int:
    """Keep a template; one of the same name gives way. Returns the journal line.

    Raises Refusal NAME_MISSING.
    """
    neat = " ".join(name.split())
    if not key(neat):
        raise Refusal(Reason.NAME_MISSING)
    before = [number for number, other in all_names(session) if key(other) == key(neat)]
    _cancel(session, before, now)
    template_id: int = session.execute(
        insert(RecordTemplate)
        .values(name=neat, marc=marc.to_json(copy_of(record)), created_at=now)
        .returning(RecordTemplate.id)
    ).scalar_one()
    return journal.write(
        session, "template.saved", "RecordTemplate", template_id, now, name=neat, before=before
    )


def remove(session: Session, template_id: int, now: datetime) -> int:
    """Let a template go; returns the journal line. Raises Refusal RECORD_GONE."""
    names = dict(all_names(session))
    if template_id not in names:
        raise Refusal(Reason.RECORD_GONE)
    _cancel(session, [template_id], now)
    return journal.write(
        session, "template.removed", "RecordTemplate", template_id, now, name=names[template_id]
    )


def _cancel(session: Session, ids: list[int], now: datetime | None) -> None:
    if ids:
        session.execute(
            update(RecordTemplate).where(RecordTemplate.id.in_(ids)).values(cancelled_at=now)
        )


def _unsave(session: Session, line: Line, now: datetime) -> None:
    assert line.record_id is not None
    _cancel(session, [line.record_id], now)
    _cancel(session, line.facts["before"], None)


def _unremove(session: Session, line: Line, now: datetime) -> None:
    assert line.record_id is not None
    if key(line.facts["name"]) in {key(name) for _number, name in all_names(session)}:
        raise Refusal(Reason.CANNOT_UNDO)
    _cancel(session, [line.record_id], None)


INVERSES: Inverses = {
    "template.saved": _unsave,
    "template.removed": _unremove,
}
