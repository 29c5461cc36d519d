"""T10: the batches of the dinas."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select

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


def count(asked: Asked) -> tuple[DepositFigures, ...]:
    """Each batch of the dinas that was in the house in the month: received = returned + lost +
    here (of those, lent)."""
    session, span = asked.session, asked.span
    gone = Item.left_on <= span.last
    out = (
        select(Loan.id)
        .where(
            Loan.item_id == Item.id,
            Loan.cancelled_at.is_(None),
            Loan.lent_on <= span.last,
            or_(Loan.returned_on.is_(None), Loan.returned_on > span.last),
        )
        .exists()
    )

    back = Item.status == ItemStatus.RETURNED_TO_OWNER
    rows = session.execute(
        select(
            Deposit.name,
            func.count(Item.id),
            count_if(and_(gone, back)),
            count_if(and_(gone, ~back)),
            count_if(out),
        )
        .join(Item, Item.deposit_id == Deposit.id)
        .where(
            Deposit.cancelled_at.is_(None),
            Deposit.received_on <= span.last,
            or_(Deposit.returned_on.is_(None), Deposit.returned_on >= span.first),
            Item.cancelled_at.is_(None),
        )
        .group_by(Deposit.id)
        .order_by(Deposit.id)
    )
    return tuple(
        DepositFigures(
            name,
            int(total),
            int(returned),
            int(lost),
            int(lent),
            int(total) - int(returned) - int(lost),
        )
        for name, total, returned, lost, lent in rows
    )


TABLE: Table[tuple[DepositFigures, ...]] = Table(
    "deposits", count, (), made_of={"received": "returned + lost + here"}
)
