"""The letter that a member owes the library nothing (surat bebas pustaka).

Refused while anything is open, with the list of it. The number runs by year and is never given
twice; the code lets anybody's letter be checked here. The card is inactive from the day on.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from database import journal
from database.circulation import money
from database.engine.rows import row_of, rows_of
from database.journal import Line
from database.patrons import finding, standing
from database.refusal import Reason, Refusal
from database.registers import outgoing
from database.schema import Clearance, Patron, PatronCategory, PatronKind

PAPER = "clearance-letter"
# Without letters and figures that look alike on paper.
_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that stands open: "loan", or "money" with the `amount` owed."""

    kind: str
    title: str
    barcode: str
    due_on: date | None
    amount: int = 0


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as kept; `patron` is "" once the person is forgotten."""

    id: int
    patron_id: int | None
    patron: str
    number: str
    code: str
    category: str
    purpose: str
    issued_on: date
    cancelled_at: datetime | None


def open_matters(session: Session, patron_id: int) -> list[Matter]:
    """What keeps a patron from a letter."""
    loans = [
        Matter("loan", one.title, one.barcode, one.due_on)
        for one in finding.loans_in_hand(session, patron_id)
    ]
    if not money.owed(session, patron_id):
        return loans
    owing = [
        Matter("money", one.title, one.barcode, None, one.left)
        for one in money.charges(session, patron_id)
        if one.left
    ]
    return loans + owing


def issue(session: Session, patron_id: int, purpose: str, now: datetime) -> Letter:
    """Write a letter and end the membership today.

    Raises Refusal RECORD_GONE, NOT_A_PERSON, NOT_CLEAR (with `matters`).
    """
    row = session.execute(
        select(Patron.kind, Patron.name, Patron.ended_on, Patron.category_id).where(
            Patron.id == patron_id, Patron.forgotten_at.is_(None)
        )
    ).one_or_none()
    if row is None:
        raise Refusal(Reason.RECORD_GONE)
    if row.kind != PatronKind.PERSON:
        raise Refusal(Reason.NOT_A_PERSON)
    matters = open_matters(session, patron_id)
    if matters:
        titles = "; ".join(f"{one.title} ({one.barcode})" for one in matters)
        raise Refusal(Reason.NOT_CLEAR, patron=row.name, titles=titles, matters=matters)
    return _issued(session, patron_id, row, purpose, now)


def _issued(session: Session, patron_id: int, row: Any, purpose: str, now: datetime) -> Letter:
    category = session.execute(
        select(PatronCategory.code).where(PatronCategory.id == row.category_id)
    ).scalar_one()
    number = outgoing.issue(session, outgoing.Letter(PAPER, patron_id=patron_id), now)
    letter_id: int = session.execute(
        insert(Clearance)
        .values(
            patron_id=patron_id,
            number=number,
            code=_new_code(session),
            category=category,
            purpose=" ".join(purpose.split()),
            issued_at=now,
            issued_on=now.date(),
        )
        .returning(Clearance.id)
    ).scalar_one()
    outgoing.tie(session, number, letter_id)
    ended = row.ended_on if row.ended_on and row.ended_on <= now.date() else now.date()
    session.execute(update(Patron).where(Patron.id == patron_id).values(ended_on=ended))
    standing.keep(session, [patron_id], now)
    before = row.ended_on.isoformat() if row.ended_on else None
    journal.write(session, "clearance.issued", "Clearance", letter_id, now, before=before)
    journal.touch(session, "Patron")
    found = letter(session, letter_id)
    assert found is not None
    return found


def _new_code(session: Session) -> str:
    while True:
        code = "".join(secrets.choice(_SIGNS) for _sign in range(8))
        if session.execute(select(Clearance.id).where(Clearance.code == code)).first() is None:
            return code


def shown_code(code: str) -> str:
    """ "ABCD2345" as it is read aloud: "ABCD-2345"."""
    return f"{code[:4]}-{code[4:]}"


_ROWS = select(
    Clearance.id,
    Clearance.patron_id,
    func.coalesce(Patron.name, "").label("patron"),
    Clearance.number,
    Clearance.code,
    Clearance.category,
    Clearance.purpose,
    Clearance.issued_on,
    Clearance.cancelled_at,
).outerjoin(Patron, Patron.id == Clearance.patron_id)


def letter(session: Session, letter_id: int) -> Letter | None:
    """One letter, or None."""
    row = session.execute(_ROWS.where(Clearance.id == letter_id)).one_or_none()
    return row_of(Letter, row) if row else None


def of_patron(session: Session, patron_id: int) -> list[Letter]:
    """A patron's letters, newest first, also cancelled ones."""
    rows = session.execute(
        _ROWS.where(Clearance.patron_id == patron_id).order_by(Clearance.id.desc())
    )
    return rows_of(Letter, rows)


def newest(session: Session) -> Letter | None:
    """The letter issued last to somebody still known, if it was not cancelled; None if none."""
    row = session.execute(
        _ROWS.where(Clearance.patron_id.is_not(None), Clearance.cancelled_at.is_(None))
        .order_by(Clearance.id.desc())
        .limit(1)
    ).one_or_none()
    return row_of(Letter, row) if row else None


def check(session: Session, typed: str) -> Letter | None:
    """The letter with this code, however it is typed; None means that it is not ours."""
    code = "".join(sign for sign in typed.upper() if sign.isalnum())
    row = session.execute(_ROWS.where(Clearance.code == code)).one_or_none()
    return row_of(Letter, row) if row else None


def _cancel(session: Session, line: Line, now: datetime) -> None:
    """The letter is void, its number stays used, and the card holds as before."""
    done = session.execute(
        update(Clearance)
        .where(
            Clearance.id == line.record_id,
            Clearance.cancelled_at.is_(None),
            Clearance.patron_id.is_not(None),
        )
        .values(cancelled_at=now)
        .returning(Clearance.patron_id)
    ).scalar()
    if done is None:
        raise Refusal(Reason.CANNOT_UNDO)
    if line.record_id is not None:
        outgoing.void(session, PAPER, line.record_id, now)
    before = line.facts["before"]
    session.execute(
        update(Patron)
        .where(Patron.id == done)
        .values(ended_on=date.fromisoformat(before) if before else None)
    )
    standing.take_back(session, [done], now)
    journal.touch(session, "Patron")


INVERSES = {"clearance.issued": _cancel}
