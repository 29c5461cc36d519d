"""What waits at the desk of the demo library: holds, money, a letter. All by the desk's own
rules, on the last days it was open before the demo ends."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from database.circulation import holds, lending, money, reminder_list, reminders, sanctions
from database.demo.holdings import Act
from database.policy import calendar, lateness, loan_rules, quarantine_rules
from database.schema import (
    Charge,
    ChargeKind,
    Item,
    ItemStatus,
    Loan,
    Patron,
    PatronCategory,
    Unit,
)

_CHARGES, _HOLDS = 14, 3
_AGO = timedelta(minutes=20)
_REST = 24
"""Hours of quarantine."""


def acts(session: Session, now: datetime) -> list[tuple[datetime, Act]]:
    """What the last late returns cost, what is waited for, and a letter."""
    first = now.date() - timedelta(days=21)
    known = calendar.load(session, first, now.date())
    past = [now - timedelta(days=back) for back in range(1, 21)]
    then = next((one for one in past if known.is_open(one.date())), past[0])
    returned = [
        (datetime.combine(row.returned_on, then.timetz()), _late_return(row, place))
        for place, row in enumerate(_late_returns(session, then))
    ]
    return [*returned, (then, _waiting), (then, _letters), (now - _AGO, _first_of_today)]


def _late_returns(session: Session, then: datetime) -> list[Any]:
    """The last loans of staff and students that came back late, the oldest first."""
    rows = session.execute(
        select(Loan.id, Loan.due_on, Loan.returned_on)
        .join(Patron, Patron.id == Loan.patron_id)
        .join(PatronCategory, PatronCategory.id == Patron.category_id)
        .where(
            Loan.returned_on > Loan.due_on,
            Loan.returned_on <= then.date(),
            PatronCategory.audience.in_(["staff", "student"]),
        )
        .order_by(Loan.returned_at.desc(), Loan.id)
        .limit(_CHARGES)
    ).all()
    return list(reversed(rows))


def _late_return(row: Any, place: int) -> Act:
    """What it cost: most pay at once, one owes it still, one part is let off."""

    def act(session: Session, at: datetime) -> None:
        made = _charge(session, row, at)
        if made is None:
            return
        charge_id, amount = made
        if place % 6 == 2:
            money.waive(session, [charge_id], amount, "sedang dinas luar", at)
        elif place % 6 != 5:
            money.pay(session, [charge_id], amount, at)

    return act


def _first_of_today(session: Session, at: datetime) -> None:
    """Somebody who owed for a late return pays; a copy that came from a ward rests."""
    owed = session.execute(
        select(Charge.id, Charge.amount)
        .where(money.OWING, Charge.kind == ChargeKind.OVERDUE)
        .order_by(Charge.id)
        .limit(1)
    ).first()
    if owed is not None:
        money.pay(session, [owed.id], owed.amount, at)
    ward = session.execute(
        select(Item.barcode, Unit.id)
        .join(Loan, Loan.item_id == Item.id)
        .join(Patron, Patron.id == Loan.patron_id)
        .join(Unit, Unit.name == Patron.unit)
        .where(Loan.returned_at.is_(None), Loan.lent_on < at.date(), Patron.kind == "place")
        .order_by(Loan.id)
        .limit(1)
    ).first()
    if ward is not None:
        quarantine_rules.save_rule(session, ward.id, "", _REST, at)
        lending.check_in(session, ward.barcode, at)


def _charge(session: Session, row: Any, at: datetime) -> tuple[int, int] | None:
    loan = sanctions.ended(session, row.id)
    rule = loan_rules.rule_for(session, loan.category, loan.item_type)
    if rule is None:
        return None
    late = lateness.days(session, rule, row.due_on, at, None)
    fined = lateness.fined(session, rule, late, loan.price)
    if not fined.amount:
        return None
    made = sanctions.charge(session, loan, ChargeKind.OVERDUE, fined, at, rule.fine_per_day)
    return made, fined.amount


def _waiting(session: Session, then: datetime) -> None:
    """Two wait for what is out, and a ward's wish lies ready for the next round."""
    readers = _readers(session, then.date())
    for number, biblio_id in zip(readers, _out(session), strict=False):
        holds.place(session, number, biblio_id, then)
    ward = session.execute(
        select(Patron.number).where(Patron.kind == "place").order_by(Patron.id).limit(1)
    ).scalar_one()
    shelved = session.execute(
        select(Item.biblio_id, Item.barcode)
        .where(Item.status == ItemStatus.IN_SERVICE, Item.item_type == "book", ~_open_loan())
        .order_by(Item.id.desc())
        .limit(1)
    ).one()
    holds.place(session, ward, shelved.biblio_id, then)
    holds.set_aside(session, shelved.barcode, then)


def _open_loan() -> Any:
    return (
        select(Loan.id)
        .where(Loan.item_id == Item.id, Loan.returned_at.is_(None), Loan.cancelled_at.is_(None))
        .exists()
    )


def _out(session: Session) -> list[int]:
    """Titles whose every copy is out."""
    rows = session.execute(
        select(Item.biblio_id)
        .where(Item.cancelled_at.is_(None))
        .group_by(Item.biblio_id)
        .having(func.count() == 1)
        .order_by(Item.biblio_id)
    ).scalars()
    alone = set(rows)
    lent = session.execute(
        select(Item.biblio_id).where(_open_loan(), Item.item_type == "book").order_by(Item.id)
    ).scalars()
    return [one for one in lent if one in alone][: _HOLDS - 1]


def _readers(session: Session, day: date) -> list[str]:
    """Staff without a loan, so that nobody holds what he has."""
    lent = select(Loan.patron_id).where(Loan.returned_at.is_(None), Loan.patron_id.is_not(None))
    rows = session.execute(
        select(Patron.number)
        .join(PatronCategory, PatronCategory.id == Patron.category_id)
        .where(
            PatronCategory.code == "nurse",
            Patron.id.not_in(lent),
            Patron.valid_until >= day,
            Patron.ended_on.is_(None),
            Patron.blocked_reason == "",
        )
        .order_by(Patron.id)
        .limit(_HOLDS)
    )
    return list(rows.scalars())


def _letters(session: Session, then: datetime) -> None:
    """The first letter to whoever is late longest and cannot be reached otherwise."""
    late = [one for one in reminder_list.people(session, then) if one.wants_letter(then.date())]
    if late:
        reminders.mark_letters(session, late[:1], then)
