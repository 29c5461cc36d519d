"""The first lesson in a practice library: what is asked for, and what of it has been done.

Everything is told from the records, so that it counts however somebody did it: by scanner, by
keys, or on another screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from database.policy import loan_rules
from database.schema import Biblio, Hold, Item, Loan, Patron, PatronCategory, Visit

STEPS = ("lend", "renew", "return", "undo", "patron", "title", "visitor")
"""In the order they are asked for."""
_SPARE = 2  # loans that the chosen reader may still take, so that a mistake does no harm
_MONTHS = timedelta(days=60)
_OUT = (Loan.returned_at.is_(None), Loan.cancelled_at.is_(None))


@dataclass(frozen=True, slots=True)
class Lesson:
    """Who lends what, and how much there was of all when the lesson began."""

    patron_id: int
    number: str
    name: str
    older: str
    """The barcode of a loan that the same reader has had for days and may renew today, "" where
    nobody has one: what was lent this minute is not made longer by renewing it."""
    item_id: int
    barcode: str
    title: str
    patrons: int
    titles: int
    visitors: int

    @property
    def steps(self) -> tuple[str, ...]:
        """What is asked for, in its order."""
        return tuple(one for one in STEPS if one != "renew" or self.older)


def begin(session: Session, now: datetime) -> Lesson | None:
    """A nurse who may borrow and a book that is on the shelf; None where there is neither."""
    who = _renewing(session, now) or _borrowing(session, now)
    what = session.execute(
        select(Item.id, Item.barcode, Biblio.title)
        .join(Biblio, Biblio.id == Item.biblio_id)
        .where(
            Item.status == "in_service",
            Item.item_type == "book",
            Item.cancelled_at.is_(None),
            Item.ownership == "hospital",
            Item.id.not_in(select(Loan.item_id).where(*_OUT)),
            Item.biblio_id.not_in(select(Hold.biblio_id)),  # nobody shall wait for it
        )
        .order_by(Item.id.desc())
    ).first()
    if who is None or what is None:
        return None
    counts = _count(session, Patron), _count(session, Biblio), _visitors(session)
    facts = (*who, *what, *counts)
    return Lesson(*facts)


def _nurses(session: Session, now: datetime, *columns: Any) -> Any:
    """Those whose card is good for long and who may borrow some more, the first with fewest."""
    rule = loan_rules.rule_for(session, "nurse", "book")
    limit = rule.loan_limit if rule is not None else 0
    one = aliased(Loan)
    out = (one.returned_at.is_(None), one.cancelled_at.is_(None))
    held = select(func.count()).where(one.patron_id == Patron.id, *out).scalar_subquery()
    return (
        select(Patron.id, Patron.number, Patron.name, *columns)
        .join(PatronCategory, PatronCategory.id == Patron.category_id)
        .where(
            PatronCategory.code == "nurse",
            Patron.ended_on.is_(None),
            Patron.blocked_reason == "",
            Patron.valid_until > now.date() + _MONTHS,
            held <= limit - _SPARE,
        )
        .order_by(held, Patron.id)
    )


def _borrowing(session: Session, now: datetime) -> tuple[Any, ...] | None:
    """Somebody who has nothing that could be renewed today."""
    found = session.execute(_nurses(session, now)).first()
    return (*found, "") if found is not None else None


def _renewing(session: Session, now: datetime) -> tuple[Any, ...] | None:
    """Somebody with a loan that renewing makes longer today."""
    loans = (
        _nurses(session, now, Item.barcode, Item.item_type, Loan.due_on, Loan.renewals)
        .join(Loan, Loan.patron_id == Patron.id)
        .join(Item, Item.id == Loan.item_id)
        .where(
            *_OUT,
            Loan.due_on > now.date(),
            Item.biblio_id.not_in(select(Hold.biblio_id)),
        )
    )
    for number, code, name, barcode, item_type, due_on, renewals in session.execute(loans):
        rule = loan_rules.rule_for(session, "nurse", item_type)
        if rule is None or renewals >= rule.renewals:
            continue
        if loan_rules.due(session, rule, now, None, None, renewal=True).on > due_on:
            return number, code, name, barcode
    return None


def done(session: Session, lesson: Lesson) -> frozenset[str]:
    """What of it stands now. "undo" is done when the copy came back and is out again: it stands
    where it is asked for, after "return"."""
    found: set[str] = set()
    loan = session.execute(
        select(Loan.returned_at)
        .where(
            Loan.patron_id == lesson.patron_id,
            Loan.item_id == lesson.item_id,
            Loan.cancelled_at.is_(None),
        )
        .order_by(Loan.id.desc())
    ).first()
    if loan is not None:
        found.add("lend")
        found.add("undo" if loan.returned_at is None else "return")
    if _renewed(session, lesson.older, lesson.patron_id):
        found.add("renew")
    if _count(session, Patron) > lesson.patrons:
        found.add("patron")
    if _count(session, Biblio) > lesson.titles:
        found.add("title")
    # The card that was scanned to lend is counted as a visitor, too.
    if _visitors(session) > lesson.visitors + int("lend" in found):
        found.add("visitor")
    return frozenset(found)


def _renewed(session: Session, barcode: str, patron_id: int) -> bool:
    """Whether an open loan of this copy was renewed."""
    loan = select(Loan.renewals).join(Item, Item.id == Loan.item_id)
    mine = (Item.barcode == barcode, Loan.patron_id == patron_id, *_OUT)
    return bool(session.execute(loan.where(*mine)).scalar())


def _count(session: Session, table: type[Patron] | type[Biblio]) -> int:
    return session.execute(select(func.count()).select_from(table)).scalar_one()


def _visitors(session: Session) -> int:
    found = select(func.coalesce(func.sum(Visit.people), 0)).where(Visit.cancelled_at.is_(None))
    return int(session.execute(found).scalar_one())
