"""Issues of a serial: expected, received, claimed and made copies that can be lent."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, func, insert, select, update
from sqlalchemy.orm import Session

from database import journal
from database.engine.rows import rows_of
from database.holdings import item_facts, items
from database.holdings.serials import FREQUENCIES, ISSN, MOST, stored
from database.journal import Inverses, Line
from database.refusal import Reason, Refusal
from database.schema import Biblio, Item, Serial, SerialIssue


@dataclass(frozen=True, slots=True)
class IssueRow:
    """An issue as listed; `barcode` once it can be lent."""

    id: int
    biblio_id: int
    title: str
    issn: str
    supplier: str
    year: int
    volume: str
    number: str
    expected_on: date | None
    received_on: date | None
    claimed_on: date | None
    barcode: str

    @property
    def name(self) -> str:
        """ "12(3), 2027" as citations write it."""
        return issue_name(self.volume, self.number, self.year)


def next_waited_for(rows: Sequence[IssueRow]) -> IssueRow | None:
    """The issue that comes next, of `issues`: after the newest that is here, for one that was
    passed over seldom comes by itself; without such, the oldest that lacks."""
    newest = next((place for place, row in enumerate(rows) if row.received_on), len(rows))
    waiting = [row for row in rows[:newest] if row.received_on is None] or [
        row for row in rows if row.received_on is None
    ]
    return waiting[-1] if waiting else None


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the library has: runs of years, and issues that lack in between."""

    years: tuple[tuple[int, int], ...]
    lacks: tuple[tuple[int, str], ...]


def issue_name(volume: str, number: str, year: int) -> str:
    """ "12(3), 2027", "3, 2027" or "12, 2027"."""
    count = f"{volume}({number})" if volume and number else volume or number
    return f"{count}, {year}" if count else str(year)


def expect(
    session: Session,
    biblio_id: int,
    volume: str,
    number: int,
    first_on: date,
    count: int,
    now: datetime,
) -> int:
    """Expect `count` issues from `volume`, `number` on; returns the journal line.

    Raises Refusal VALUE_INVALID, ISSUE_TAKEN, RECORD_GONE (not said how it comes out).
    """
    facts = stored(session, biblio_id)
    if facts is None:
        raise Refusal(Reason.RECORD_GONE)
    if not 1 <= count <= MOST or number < 1:
        raise Refusal(Reason.VALUE_INVALID, field="count" if number >= 1 else "number")
    ids = []
    for step in range(count):
        on = _later(first_on, facts["frequency"], step)
        turned, place = divmod(number - 1 + step, facts["issues_a_volume"])
        of = str(int(volume) + turned) if volume.isdecimal() else volume.strip()
        label = str(place + 1) if of else str(number + step)
        ids.append(_insert(session, biblio_id, on, of, label))
    return journal.write(session, "serial.expected", "Serial", biblio_id, now, issues=ids)


def _insert(session: Session, biblio_id: int, on: date, volume: str, number: str) -> int:
    values = {"biblio_id": biblio_id, "year": on.year, "volume": volume, "number": number}
    known = select(SerialIssue.id).filter_by(**values)
    if session.execute(known).first():
        raise Refusal(Reason.ISSUE_TAKEN, issue=issue_name(volume, number, on.year))
    found: int = session.execute(
        insert(SerialIssue).values(expected_on=on, **values).returning(SerialIssue.id)
    ).scalar_one()
    return found


def _later(first: date, frequency: str, steps: int) -> date:
    """The day of the issue so many steps on; the 31st becomes a month's last day."""
    months, days = FREQUENCIES[frequency]
    if days:
        return first + timedelta(days=days * steps)
    turned, month = divmod(first.month - 1 + months * steps, 12)
    year, month = first.year + turned, month + 1
    return date(year, month, min(first.day, monthrange(year, month)[1]))


def day_after(day: date, frequency: str) -> date:
    """When the issue after the one of `day` is expected."""
    return _later(day, frequency, 1)


def receive(session: Session, issue_id: int, now: datetime) -> int:
    """An issue has come; returns the journal line. Raises Refusal RECORD_GONE."""
    done = session.execute(
        update(SerialIssue)
        .where(SerialIssue.id == issue_id, SerialIssue.received_on.is_(None))
        .values(received_on=now.date())
        .returning(SerialIssue.biblio_id)
    ).first()
    if done is None:
        raise Refusal(Reason.RECORD_GONE)
    return journal.write(session, "serial.received", "Serial", done.biblio_id, now, issue=issue_id)


def claim(session: Session, issue_ids: Sequence[int], now: datetime) -> int:
    """These issues were asked for in writing; returns the journal line."""
    before = {
        str(row.id): row.claimed_on.isoformat() if row.claimed_on else None
        for row in session.execute(
            select(SerialIssue.id, SerialIssue.claimed_on).where(SerialIssue.id.in_(issue_ids))
        )
    }
    session.execute(
        update(SerialIssue).where(SerialIssue.id.in_(issue_ids)).values(claimed_on=now.date())
    )
    return journal.write(session, "serial.claimed", "Serial", None, now, before=before)


def make_copy(session: Session, issue_id: int, location: str, now: datetime) -> tuple[str, int]:
    """Make an issue that came a copy that can be lent; its barcode and the journal line.

    Raises Refusal RECORD_GONE (not here, or a copy already).
    """
    row = session.execute(
        select(SerialIssue).where(
            SerialIssue.id == issue_id,
            SerialIssue.received_on.is_not(None),
            SerialIssue.item_id.is_(None),
        )
    ).scalar()
    if row is None:
        raise Refusal(Reason.RECORD_GONE)
    name = issue_name(row.volume, row.number, row.year)
    facts = item_facts.ItemFacts(volume=name, item_type="serial", location=location)
    [item_id] = items.add_items(session, row.biblio_id, facts, 1, now)
    session.execute(update(SerialIssue).where(SerialIssue.id == issue_id).values(item_id=item_id))
    line = journal.write(
        session,
        "serial.copied",
        "Serial",
        row.biblio_id,
        now,
        issue=issue_id,
        added=journal.line_about(session, "item.added", item_id),
        item=item_id,
    )
    barcode: str = session.execute(select(Item.barcode).where(Item.id == item_id)).scalar_one()
    return barcode, line


_ISSUES: Any = (
    select(
        SerialIssue.id,
        SerialIssue.biblio_id,
        Biblio.title,
        func.coalesce(ISSN, "").label("issn"),
        func.coalesce(Serial.supplier, "").label("supplier"),
        SerialIssue.year,
        SerialIssue.volume,
        SerialIssue.number,
        SerialIssue.expected_on,
        SerialIssue.received_on,
        SerialIssue.claimed_on,
        func.coalesce(Item.barcode, "").label("barcode"),
    )
    .join(Biblio, Biblio.id == SerialIssue.biblio_id)
    .outerjoin(Serial, Serial.biblio_id == SerialIssue.biblio_id)
    .outerjoin(Item, and_(Item.id == SerialIssue.item_id, Item.cancelled_at.is_(None)))
    .where(Biblio.cancelled_at.is_(None))
)


def issues(session: Session, biblio_id: int) -> list[IssueRow]:
    """The issues of a title, the newest first."""
    wanted = _ISSUES.where(SerialIssue.biblio_id == biblio_id)
    order = (SerialIssue.expected_on.desc(), SerialIssue.id.desc())
    return rows_of(IssueRow, session.execute(wanted.order_by(*order)))


def late(session: Session, today: date) -> list[IssueRow]:
    """Issues that should have come, by supplier and title."""
    wanted = _ISSUES.where(SerialIssue.received_on.is_(None), SerialIssue.expected_on < today)
    order = (Serial.supplier, Biblio.title_key, SerialIssue.expected_on, SerialIssue.id)
    return rows_of(IssueRow, session.execute(wanted.order_by(*order)))


def holdings(rows: Sequence[IssueRow]) -> Holdings:
    """What the library has of a title, from its issues: 2019-2027, lacking 2021:3."""
    here = [row for row in rows if row.received_on is not None]
    years = sorted({row.year for row in here})
    runs: list[tuple[int, int]] = []
    for year in years:
        if runs and runs[-1][1] == year - 1:
            runs[-1] = (runs[-1][0], year)
        else:
            runs.append((year, year))
    newest = max((row.expected_on or row.received_on or date.min for row in here), default=None)
    lacks = sorted(
        (row.expected_on, row.year, row.number or row.volume)
        for row in rows
        if row.received_on is None and row.expected_on and newest and row.expected_on < newest
    )
    return Holdings(tuple(runs), tuple((year, number) for _on, year, number in lacks))


def take_back_expected(session: Session, line: Line, _now: datetime) -> None:
    """The inverse of `expect`: what was only expected is expected no more."""
    listed = SerialIssue.id.in_(line.facts["issues"])
    touched = SerialIssue.received_on.is_not(None) | SerialIssue.claimed_on.is_not(None)
    if session.execute(select(SerialIssue.id).where(listed, touched)).first():
        raise Refusal(Reason.CANNOT_UNDO)
    session.execute(delete(SerialIssue).where(listed))


def take_back_receipt(session: Session, line: Line, _now: datetime) -> None:
    """The inverse of `receive`, while the issue is no copy."""
    done = session.execute(
        update(SerialIssue)
        .where(SerialIssue.id == line.facts["issue"], SerialIssue.item_id.is_(None))
        .values(received_on=None)
        .returning(SerialIssue.id)
    ).first()
    if done is None:
        raise Refusal(Reason.CANNOT_UNDO)


def take_back_claim(session: Session, line: Line, _now: datetime) -> None:
    """The inverse of `claim`."""
    for number, before in line.facts["before"].items():
        day = date.fromisoformat(before) if before else None
        session.execute(
            update(SerialIssue).where(SerialIssue.id == int(number)).values(claimed_on=day)
        )


def take_back_copy(session: Session, line: Line, now: datetime) -> None:
    """The inverse of `make_copy`: the copy is struck. Raises Refusal CANNOT_UNDO if it is lent."""
    facts = line.facts
    try:
        items.cancel_item(session, facts["item"], now)
    except Refusal as told:
        raise Refusal(Reason.CANNOT_UNDO) from told
    session.execute(
        update(SerialIssue).where(SerialIssue.id == facts["issue"]).values(item_id=None)
    )
    if not journal.is_undone(session, facts["added"]):
        journal.write(
            session, "item.added.undone", "Item", facts["item"], now, undoes=facts["added"]
        )


INVERSES: Inverses = {
    "serial.expected": take_back_expected,
    "serial.received": take_back_receipt,
    "serial.claimed": take_back_claim,
    "serial.copied": take_back_copy,
}
