"""Batches that come and go as one file: opened for what came, and written to be given back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.engine.among import among
from database.exchange import parcels
from database.exchange.parcels import Parcel
from database.holdings import deposits
from database.refusal import Reason, Refusal
from database.schema import Item, ItemStatus
from database.storage import marc_out


def receive(session: Session, parcel: Parcel, named: str, now: datetime) -> tuple[int, int]:
    """Open a batch of its own for a file; its id and the journal line. `named` is what it is
    called where its sender named it nothing.

    Raises Refusal PARCEL_GIVEN_BACK for one that tells of a return.
    """
    if parcel.given_back:
        raise Refusal(Reason.PARCEL_GIVEN_BACK, batch=parcel.name or named)
    today = now.date()
    facts = deposits.DepositFacts(
        name=parcel.name or named,
        owner=parcel.sender,
        prefix=deposits.next_prefix(session),
        received_on=today,
        due_on=parcel.due_on if parcel.due_on and parcel.due_on >= today else None,
        document=parcel.document,
        note=parcel.note,
    )
    return deposits.receive(session, facts, now)


def write_batch(
    session: Session,
    target: IO[bytes],
    deposit_id: int,
    sender: str,
    now: datetime,
    *,
    given_back: bool,
    deed: bytes = b"",
) -> int:
    """Write what came with a batch, or what of it goes back; how many titles that are.

    Raises Refusal RECORD_GONE.
    """
    batch = deposits.stored(session, deposit_id)
    wanted = select(Item.id, Item.biblio_id).where(
        Item.deposit_id == deposit_id, Item.cancelled_at.is_(None)
    )
    if given_back:
        wanted = wanted.where(Item.status == ItemStatus.RETURNED_TO_OWNER)
    rows = session.execute(wanted).all()
    parcel = Parcel(
        name=batch.name,
        sender=sender if given_back else batch.owner,
        recipient=batch.owner if given_back else sender,
        document=batch.document,
        on=(batch.returned_on or now.date()) if given_back else batch.received_on,
        due_on=batch.due_on,
        note=batch.note,
        given_back=given_back,
    )
    titles = list(dict.fromkeys(row.biblio_id for row in rows))
    records = marc_out.records(session.connection(), titles, [row.id for row in rows])
    return parcels.write(target, parcel, records, deed)


def write_titles(session: Session, target: IO[bytes], titles: Sequence[int], parcel: Parcel) -> int:
    """Write titles with the copies that stand on their shelves, to be lent as a batch to another
    library; how many were written."""
    wanted = select(Item.id).where(
        among(Item.biblio_id, "titles"),
        Item.cancelled_at.is_(None),
        Item.status == ItemStatus.IN_SERVICE.value,
    )
    copies = session.execute(wanted, {"titles": list(titles)}).scalars().all()
    return parcels.write(target, parcel, marc_out.records(session.connection(), titles, copies))
