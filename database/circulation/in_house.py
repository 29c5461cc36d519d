"""Copies read in the library (ISO 2789: in-house use)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from database import journal
from database.circulation.identify import item_at_hand
from database.circulation.lending import Done
from database.journal import Inverses, Line
from database.schema import (
    InHouseUse,
)


def use_in_house(session: Session, barcode: str, now: datetime, category: str = "") -> Done:
    """Count a copy read in the library, without a loan. Raises Refusal UNKNOWN_ITEM,
    ALREADY_ON_LOAN."""
    item = item_at_hand(session, barcode)
    use_id = session.execute(
        insert(InHouseUse)
        .values(
            item_id=item.id,
            used_at=now,
            used_on=now.date(),
            category=category,
            class_group=item.class_group,
        )
        .returning(InHouseUse.id)
    ).scalar_one()
    line = journal.write(session, "item.used", "InHouseUse", use_id, now, barcode=item.barcode)
    return Done("used", line, item.title, item.barcode)


def _cancel_use(session: Session, line: Line, now: datetime) -> None:
    session.execute(
        update(InHouseUse).where(InHouseUse.id == line.record_id).values(cancelled_at=now)
    )


INVERSES: Inverses = {"item.used": _cancel_use}
