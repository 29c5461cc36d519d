"""What might be weeded: proposals by age, use, condition and class.

Deposits of the dinas and guidelines still valid are never proposed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from database.engine.rows import rows_of
from database.schema import Biblio, Item, ItemStatus, Loan, Ownership, WeedingLine

USUAL_AGE = 10
USUAL_UNUSED = 3
NEVER_KINDS = ("thesis",)
"""Kinds the library itself alone may hold: never proposed by age."""


@dataclass(frozen=True, slots=True)
class Criteria:
    """What is proposed: published `age` years ago or more, not lent for `unused` years, of a
    class group ("" all), or only what stands for repair."""

    age: int = USUAL_AGE
    unused: int = USUAL_UNUSED
    class_group: str = ""
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """A copy that might go, and what is decided of it in the open round ("" nothing yet)."""

    id: int
    barcode: str
    call_number: str
    title: str
    year: int | None
    status: str
    loans: int
    last_lent: date | None
    decision: str
    reason: str


_STANDS = and_(
    Item.cancelled_at.is_(None),
    Item.status.in_([status.value for status in ItemStatus if status.in_stock]),
)
_OUT = exists().where(
    Loan.item_id == Item.id, Loan.returned_at.is_(None), Loan.cancelled_at.is_(None)
)


def may_go(today: date) -> Any:
    """What may be weeded at all."""
    return and_(
        _STANDS,
        Item.ownership != Ownership.DEPOSIT.value,
        or_(Biblio.review_on.is_(None), Biblio.review_on < today),
        ~_OUT,
    )


def proposals(
    session: Session, number: int, wanted: Criteria, today: date, limit: int = 2_000
) -> list[Proposal]:
    """Copies that might go, in the order of the shelf."""
    where: list[Any] = [may_go(today), Biblio.material.not_in(NEVER_KINDS)]
    if wanted.damaged:
        where.append(Item.status == ItemStatus.REPAIR.value)
    if wanted.age:
        where += [Biblio.year.is_not(None), Biblio.year <= today.year - wanted.age]
    if wanted.class_group:
        where.append(Item.class_group == wanted.class_group)
    if wanted.unused:
        since = date(today.year - wanted.unused, today.month, min(today.day, 28))
        where += [
            Item.accessioned_on < since,
            ~exists().where(
                Loan.item_id == Item.id, Loan.cancelled_at.is_(None), Loan.lent_on >= since
            ),
        ]
    return _listed(session, number, where, limit)


def decided(session: Session, number: int) -> list[Proposal]:
    """Every copy something is decided of in a round."""
    return _listed(session, number, [WeedingLine.decision.is_not(None)], 100_000)


def _listed(session: Session, number: int, where: Sequence[Any], limit: int) -> list[Proposal]:
    lent = and_(Loan.item_id == Item.id, Loan.cancelled_at.is_(None))
    rows = session.execute(
        select(
            Item.id,
            Item.barcode,
            Item.call_number,
            Biblio.title,
            Biblio.year,
            Item.status,
            select(func.count()).where(lent).scalar_subquery().label("loans"),
            select(func.max(Loan.lent_on)).where(lent).scalar_subquery().label("last_lent"),
            func.coalesce(WeedingLine.decision, "").label("decision"),
            func.coalesce(WeedingLine.reason, "").label("reason"),
        )
        .join(Biblio, Biblio.id == Item.biblio_id)
        .outerjoin(
            WeedingLine, and_(WeedingLine.item_id == Item.id, WeedingLine.weeding_id == number)
        )
        .where(*where)
        .order_by(Item.shelf_key, Item.id)
        .limit(limit)
    )
    return rows_of(Proposal, rows)
