"""T10: the batches of the dinas."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, func, not_, or_, select

from database.reports.counting.spans import FIRST, LAST
from database.reports.counting.table import Asked, Table, count_if
from database.schema import Deposit, Item, ItemStatus, Loan


@dataclass(frozen=True, slots=True)
class DepositFigures:
    """A batch of the dinas; received = returned + lost + here, of which `lent`."""

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


def count(asked: Asked) -> tuple[DepositFigures, ...]:
    """Each batch of the dinas that was in the house in the month: received = returned + lost +
    here (of those, lent)."""
    rows = asked.session.execute(
        select(
            Deposit.name,
            func.count(Item.id).label("received"),
            count_if(and_(_GONE, _BACK)).label("returned"),
            count_if(and_(_GONE, not_(_BACK))).label("lost"),
            count_if(_OUT).label("lent"),
        )
        .join(Item, Item.deposit_id == Deposit.id)
        .where(
            Deposit.cancelled_at.is_(None),
            Deposit.received_on <= LAST,
            or_(Deposit.returned_on.is_(None), Deposit.returned_on >= FIRST),
            Item.cancelled_at.is_(None),
        )
        .group_by(Deposit.id)
        .order_by(Deposit.id),
        asked.span.binds,
    )
    return tuple(
        DepositFigures(
            row.name,
            received=int(row.received),
            returned=int(row.returned),
            lost=int(row.lost),
            lent=int(row.lent),
            here=int(row.received - row.returned - row.lost),
        )
        for row in rows
    )


TABLE: Table[tuple[DepositFigures, ...]] = Table(
    "deposits", count, (), made_of={"received": "returned + lost + here"}
)
