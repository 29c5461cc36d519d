"""The lines of the registers: adding, changing, striking, listing them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from database import journal
from database.journal import Inverses, Line
from database.policy import numbering
from database.refusal import Reason, Refusal
from database.registers.fields import Entry, columns_of, entry_of
from database.registers.outgoing import OF_REGISTERS
from database.schema import Evidence, OutgoingLetter, RegisterEntry, WorkTimer

SEARCH_PATTERN = "PL-{year}-{seq:3}"


def add(session: Session, register: str, values: Mapping[str, Any], now: datetime) -> int:
    """Add a line; returns the journal line. Raises Refusal VALUE_INVALID with the field."""
    number = put(session, register, values, now)
    return journal.write(session, "register.added", "RegisterEntry", number, now, of=register)


def put(session: Session, register: str, values: Mapping[str, Any], now: datetime) -> int:
    """A line without a word in the journal, for the demo; its id. Raises as `add`."""
    row = columns_of(register, values, now)
    if register == "literature_search" and not row.get("number"):
        seq = numbering.take(session, f"search-{row['day'].year}")
        row["number"] = numbering.write(SEARCH_PATTERN, seq, {"year": str(row["day"].year)})
    number: int = session.execute(
        insert(RegisterEntry)
        .values(register=register, created_at=now, **row)
        .returning(RegisterEntry.id)
    ).scalar_one()
    return number


def save(session: Session, entry_id: int, values: Mapping[str, Any], now: datetime) -> int:
    """Change a line; returns the journal line. Raises Refusal VALUE_INVALID, RECORD_GONE.

    The line as it was is struck and stands behind the new one, so that it can come back and
    the journal need not repeat anybody's name.
    """
    before = one(session, entry_id)
    row = columns_of(before.register, values, now)
    _strike(session, entry_id, now)
    number = session.execute(
        insert(RegisterEntry)
        .values(register=before.register, created_at=now, **row)
        .returning(RegisterEntry.id)
    ).scalar_one()
    _take_along(session, entry_id, number)
    return journal.write(
        session, "register.saved", "RegisterEntry", number, now, before=entry_id, of=before.register
    )


def _take_along(session: Session, before: int, after: int) -> None:
    """What proves a line, the clock that runs on it and the numbers of its letters stay with it
    when it is changed."""
    mine = (Evidence.owner == "register", Evidence.owner_key == str(before))
    session.execute(update(Evidence).where(*mine).values(owner_key=str(after)))
    session.execute(update(WorkTimer).where(WorkTimer.entry_id == before).values(entry_id=after))
    letters = (OutgoingLetter.paper.in_(OF_REGISTERS), OutgoingLetter.record_id == before)
    session.execute(update(OutgoingLetter).where(*letters).values(record_id=after))


def strike(session: Session, entry_id: int, now: datetime) -> int:
    """Take a line out; returns the journal line. Raises Refusal RECORD_GONE."""
    before = one(session, entry_id)
    _strike(session, entry_id, now)
    return journal.write(
        session, "register.struck", "RegisterEntry", entry_id, now, of=before.register
    )


def _strike(session: Session, entry_id: int, now: datetime) -> None:
    session.execute(
        update(RegisterEntry).where(RegisterEntry.id == entry_id).values(cancelled_at=now)
    )


def one(session: Session, entry_id: int) -> Entry:
    """A line that stands. Raises Refusal RECORD_GONE."""
    row = session.execute(
        select(RegisterEntry).where(
            RegisterEntry.id == entry_id, RegisterEntry.cancelled_at.is_(None)
        )
    ).scalar()
    if row is None:
        raise Refusal(Reason.RECORD_GONE)
    return entry_of(row)


def entries(
    session: Session, register: str, first: date | None = None, last: date | None = None
) -> list[Entry]:
    """The lines of a register, the newest first; those that touch a span of days, if given."""
    wanted = select(RegisterEntry).where(
        RegisterEntry.register == register, RegisterEntry.cancelled_at.is_(None)
    )
    if first is not None and last is not None:
        wanted = wanted.where(RegisterEntry.day.between(first, last))
    rows = session.execute(wanted.order_by(RegisterEntry.day.desc(), RegisterEntry.id.desc()))
    return [entry_of(row) for row in rows.scalars()]


def standing(session: Session, register: str, day: date) -> list[Entry]:
    """The lines that hold on a day: begun by then, and not ended."""
    return [
        one
        for one in entries(session, register)
        if (one.values.get("day") or day) <= day
        and (one.values.get("until") is None or one.values["until"] >= day)
    ]


ENDS_SOON = timedelta(days=60)
WANTED_SOON = timedelta(days=2)


def ending(session: Session, day: date) -> list[Entry]:
    """Agreements that hold and end within two months, the first to end first."""
    found = [
        one
        for one in standing(session, "cooperation", day)
        if one.values.get("until") and one.values["until"] <= day + ENDS_SOON
    ]
    return sorted(found, key=lambda one: (one.values["until"], one.id))


def searches_due(session: Session, day: date) -> list[Entry]:
    """Literature searches not finished that are wanted by the day after tomorrow."""
    found = [
        one
        for one in entries(session, "literature_search")
        if one.values.get("until") is None and one.values["due"] <= day + WANTED_SOON
    ]
    return sorted(found, key=lambda one: (one.values["due"], one.id))


def loans_due(session: Session, day: date) -> list[Entry]:
    """Interlibrary loans, ours and theirs, to be back by the day after tomorrow."""
    found = [
        one
        for one in entries(session, "interlibrary")
        if one.values.get("until") is None
        and (one.values.get("due") or date.max) <= day + WANTED_SOON
    ]
    return sorted(found, key=lambda one: (one.values["due"], one.id))


def _unadd(session: Session, line: Line, now: datetime) -> None:
    assert line.record_id is not None
    _strike(session, line.record_id, now)


def _unsave(session: Session, line: Line, now: datetime) -> None:
    """Raises Refusal CANNOT_UNDO when the line was changed or struck since."""
    assert line.record_id is not None
    try:
        one(session, line.record_id)
    except Refusal as gone:
        raise Refusal(Reason.CANNOT_UNDO) from gone
    _strike(session, line.record_id, now)
    _stand(session, line.facts["before"])
    _take_along(session, line.record_id, line.facts["before"])


def _unstrike(session: Session, line: Line, _now: datetime) -> None:
    assert line.record_id is not None
    _stand(session, line.record_id)


def _stand(session: Session, entry_id: int) -> None:
    session.execute(
        update(RegisterEntry).where(RegisterEntry.id == entry_id).values(cancelled_at=None)
    )


INVERSES: Inverses = {
    "register.added": _unadd,
    "register.saved": _unsave,
    "register.struck": _unstrike,
}
