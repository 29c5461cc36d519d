"""The numbers that open a patron's transaction: own number, staff number, further codes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from database.engine.among import among
from database.policy import numbering, settings
from database.refusal import Reason, Refusal
from database.schema import Item, Patron, PatronCode
from database.text.words import code


def of(session: Session, patron_id: int) -> list[str]:
    """The further codes that open a patron's transaction."""
    rows = session.execute(
        select(PatronCode.code).where(PatronCode.patron_id == patron_id).order_by(PatronCode.code)
    )
    return list(rows.scalars())


def tidy(typed: str) -> str:
    """A number as it is stored and scanned."""
    return code(typed)


def cleaned(typed: Sequence[str], number: str, staff: str | None) -> list[str]:
    """Codes as scanned, each once; a number that opens the transaction already is none."""
    cleaned = (code(one).replace(" ", "") for one in typed)
    return [one for one in dict.fromkeys(cleaned) if one and one not in (number, staff)]


def must_be_free(session: Session, codes: Sequence[str | None], own: int | None) -> None:
    """None of these numbers may already open somebody's transaction."""
    wanted = [one for one in codes if one]
    coded = select(PatronCode.patron_id).where(PatronCode.code.in_(wanted))
    row = session.execute(
        select(Patron.id, Patron.number, Patron.name)
        .where(
            or_(Patron.number.in_(wanted), Patron.staff_number.in_(wanted), Patron.id.in_(coded))
        )
        .where(Patron.id != (own or 0))
    ).first()
    if row:
        raise Refusal(Reason.NUMBER_TAKEN, number=row.number, name=row.name)


def taken(session: Session, codes: Sequence[str]) -> set[str]:
    """Of these numbers, as they are stored, those that open somebody's transaction."""
    asked = {"codes": sorted({one for one in codes if one})}
    columns: tuple[Any, ...] = (Patron.number, Patron.staff_number, PatronCode.code)
    return {
        one
        for column in columns
        for one in session.execute(select(column).where(among(column, "codes")), asked).scalars()
    }


def next_one(session: Session, code_of_kind: str, pattern: str, *, place: bool, day: date) -> str:
    """A number nobody has: by the kind's own pattern and series, or by the common ones."""
    series = f"patron:{code_of_kind}"
    if not pattern:
        series = "place" if place else "patron"
        common = settings.PLACE_PATTERN if place else settings.PATRON_PATTERN
        pattern = settings.get(session, common)
    facts = {"year": str(day.year), "month": f"{day.month:02d}"}
    while True:
        number = code(numbering.write(pattern, numbering.take(session, series), facts))
        coded = select(PatronCode.patron_id).where(PatronCode.code == number)
        taken = select(Patron.id).where(
            or_(Patron.number == number, Patron.staff_number == number, Patron.id.in_(coded))
        )
        if session.execute(taken).first() is None:
            return number


def also_copies(session: Session, codes: Sequence[str]) -> list[str]:
    """Of these codes the ones that a copy has as its barcode: a scan would find the copy."""
    rows = session.execute(
        select(Item.barcode)
        .where(Item.barcode.in_([code(one) for one in codes]), Item.cancelled_at.is_(None))
        .order_by(Item.barcode)
    )
    return list(rows.scalars())
