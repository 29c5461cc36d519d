"""T10: the deposits of the dinas, batch by batch, and those that came in none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, literal, not_, or_, select

from database.reports.counting.spans import FIRST, LAST
from database.reports.counting.table import Asked, Table, count_if
from database.schema import Deposit, Item, ItemStatus, Loan, Ownership


@dataclass(frozen=True, slots=True)
class DepositFigures:
    """A batch of the dinas; received = returned + lost + here, of which `lent`. Copies of no batch
    stand together, without a name."""

    name: str
    received: int
    returned: int
    lost: int
    lent: int
    here: int


_BACK = Item.status == ItemStatus.RETURNED_TO_OWNER
_GONE = Item.left_on <= LAST
_OUT = (
    select(Loan.id)
    .where(
        Loan.item_id == Item.id,
        Loan.cancelled_at.is_(None),
        Loan.lent_on <= LAST,
        or_(Loan.returned_on.is_(None), Loan.returned_on > LAST),
    )
    .exists()
)
_COUNTS = (
    func.count(Item.id).label("received"),
    count_if(and_(_GONE, _BACK)).label("returned"),
    count_if(and_(_GONE, not_(_BACK))).label("lost"),
    count_if(_OUT).label("lent"),
)
_STANDS = Deposit.cancelled_at.is_(None)


def count(asked: Asked) -> tuple[DepositFigures, ...]:
    """Each batch of the dinas that was in the house in the period, then the copies of its that came
    in no batch: with them all that table 1 counts as deposited is accounted for."""
    batches = (
        select(Deposit.name, *_COUNTS)
        .join(Item, Item.deposit_id == Deposit.id)
        .where(_STANDS, Deposit.received_on <= LAST, Item.cancelled_at.is_(None))
        .where(or_(Deposit.returned_on.is_(None), Deposit.returned_on >= FIRST))
        .group_by(Deposit.id)
        .order_by(Deposit.id)
    )
    loose = (
        select(literal("").label("name"), *_COUNTS)
        .select_from(Item)
        .outerjoin(Deposit, and_(Deposit.id == Item.deposit_id, _STANDS))
        .where(Item.ownership == Ownership.DEPOSIT, Deposit.id.is_(None))
        .where(Item.cancelled_at.is_(None), Item.accessioned_on <= LAST)
        .where(or_(Item.left_on.is_(None), Item.left_on >= FIRST))
    )
    binds = asked.span.binds
    rows = [*asked.session.execute(batches, binds), *asked.session.execute(loose, binds)]
    return tuple(_figures(row) for row in rows if row.name or row.received)


def _figures(row: Any) -> DepositFigures:
    return DepositFigures(
        row.name,
        received=int(row.received),
        returned=int(row.returned),
        lost=int(row.lost),
        lent=int(row.lent),
        here=int(row.received - row.returned - row.lost),
    )


TABLE: Table[tuple[DepositFigures, ...]] = Table(
    "deposits", count, (), made_of={"received": "returned + lost + here"}
)
