"""What else is forgotten beside loans and persons: wishes of wards, and whose a charge was.

Each part says what is due by a day and forgets a batch of it, telling how many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import exists, func, insert, or_, select, update
from sqlalchemy.orm import Session

from database import journal
from database.circulation.money import OWING
from database.engine.among import among
from database.patrons import before
from database.policy import drafts
from database.schema import (
    Borrowed,
    Charge,
    Loan,
    Patron,
    PatronCategory,
    Payment,
    WardRequest,
)
from database.standards import borrowers
from database.text.dates import midnight

BATCH = 2000
WISHES_AFTER = timedelta(days=7)
WISHES_AT_LAST = timedelta(days=60)
"""What a ward's reader wished for: days after it was met or given up, or else was noted."""


def drop_befores(session: Session, on: date) -> None:
    """What stood in patrons before the acts of days that are over."""
    before.drop_before(session, midnight(on))


def wishes_due(on: date) -> Any:
    """Wishes of readers on wards that were met, given up, or never answered."""
    cut, last = (midnight(on - days) for days in (WISHES_AFTER, WISHES_AT_LAST))
    over = or_(
        WardRequest.done_at < cut, WardRequest.cancelled_at < cut, WardRequest.asked_at < last
    )
    return select(WardRequest.id).where(WardRequest.wish != "", over)


def forget_wishes(session: Session, on: date, now: datetime) -> int:
    """That somebody wished something stays; what, and in which bed, does not."""
    ids = list(session.execute(wishes_due(on).limit(BATCH)).scalars())
    if ids:
        session.execute(
            update(WardRequest)
            .where(among(WardRequest.id, "ids"))
            .values(wish="", bed="", done_at=func.coalesce(WardRequest.done_at, now)),
            {"ids": ids},
        )
    return len(ids)


def owes() -> Any:
    """Of a patron: money is still open, so the person is not forgotten yet."""
    return exists().where(Charge.patron_id == Patron.id, OWING)


def charges_due() -> Any:
    """Settled charges that still tell whose loan it was, though the loan itself does not.

    A charge that is open keeps its debtor: it is a claim."""
    return (
        select(Charge.id)
        .join(Loan, Loan.id == Charge.loan_id)
        .where(Charge.patron_id.is_not(None), Loan.patron_id.is_(None), ~OWING)
    )


def drop_reasons(session: Session, charges: Sequence[int]) -> None:
    """Why something was waived was typed by hand, and may well name somebody."""
    session.execute(
        update(Payment).where(among(Payment.charge_id, "ids")).values(reason=""),
        {"ids": list(charges)},
    )


def reasons_of_persons(session: Session, patrons: Sequence[int]) -> None:
    """The same for all charges of these persons, why a suspension was lifted, and what was typed
    about them and never saved."""
    drafts.drop_of_patrons(session, patrons)
    journal.drop_fact(session, "suspension.lifted", "Patron", patrons, "reason")
    theirs = select(Charge.id).where(among(Charge.patron_id, "ids"))
    drop_reasons(session, list(session.execute(theirs, {"ids": list(patrons)}).scalars()))


def write_down_months(session: Session, loans: Sequence[int]) -> None:
    """That these loans' readers borrowed in their months, before the loans no longer tell: counts
    of persons of the past stand still. Of patients and their families nothing is written."""
    rows = session.execute(
        select(Loan.patron_id, Loan.lent_on, Loan.category, func.count())
        .join(PatronCategory, PatronCategory.code == Loan.category)
        .where(among(Loan.id, "ids"), Loan.patron_id.is_not(None), Loan.cancelled_at.is_(None))
        .where(*borrowers.KNOWN)
        .group_by(Loan.patron_id, Loan.lent_on, Loan.category),
        {"ids": list(loans)},
    )
    counted = Counter[tuple[int, str, str]]()
    for patron_id, day, category, number in rows:
        assert patron_id is not None
        counted[patron_id, f"{day:%Y-%m}", category] += int(number)
    for (patron_id, month, category), number in counted.items():
        more = session.execute(
            update(Borrowed)
            .where(Borrowed.patron_id == patron_id)
            .where(Borrowed.month == month, Borrowed.category == category)
            .values(loans=Borrowed.loans + number)
            .returning(Borrowed.loans)
        ).first()
        if more is None:
            values = {"patron_id": patron_id, "month": month, "category": category}
            session.execute(insert(Borrowed).values(**values, loans=number))


def untie_charges(session: Session) -> int:
    """The amounts stay, for the books; whose they were does not."""
    ids = list(session.execute(charges_due().limit(BATCH)).scalars())
    if ids:
        drop_reasons(session, ids)
        session.execute(
            update(Charge).where(among(Charge.id, "ids")).values(patron_id=None), {"ids": ids}
        )
    return len(ids)
