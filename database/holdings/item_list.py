"""Lists of copies: of a title, of a batch, by number, and those that wait for a label."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from database.engine.among import among
from database.engine.rows import row_of, rows_of
from database.refusal import Reason, Refusal
from database.schema import Biblio, Deposit, Hold, HoldState, Item, Loan
from database.text.words import code


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A copy as listed: `due_on` while it is on loan, `cancelled` if it was struck,
    `aside` while it lies ready for somebody."""

    id: int
    biblio_id: int
    barcode: str
    accession_number: str
    call_number: str
    volume: str
    copy_number: int
    item_type: str
    location: str
    ownership: str
    source: str
    supplier: str
    price: int | None
    accessioned_on: date
    status: str
    status_until: datetime | None
    note: str
    labelled: bool
    due_on: date | None
    title: str
    classification: str
    invoice: str
    condition: str
    minutes: str
    withdrawn_reason: str
    deposit: str
    cancelled: bool
    wipeable: bool
    aside: bool
    own: str


_ASIDE = select(Hold.id).where(Hold.copy_id == Item.id, Hold.state == HoldState.READY).exists()
_ITEMS: Any = (
    select(
        Item.id,
        Item.biblio_id,
        Item.barcode,
        func.coalesce(Item.accession_number, "").label("accession_number"),
        Item.call_number,
        Item.volume,
        Item.copy_number,
        Item.item_type,
        Item.location,
        Item.ownership,
        Item.source,
        Item.supplier,
        Item.price,
        Item.accessioned_on,
        Item.status,
        Item.status_until,
        Item.note,
        Item.labelled_at.is_not(None).label("labelled"),
        Loan.due_on,
        Biblio.title,
        Biblio.classification,
        Item.invoice,
        Item.condition,
        Item.minutes,
        Item.withdrawn_reason,
        func.coalesce(Deposit.name, "").label("deposit"),
        Item.cancelled_at.is_not(None).label("cancelled"),
        Item.wipeable,
        _ASIDE.label("aside"),
        Item.own,
    )
    .join(Biblio, Biblio.id == Item.biblio_id)
    .outerjoin(Deposit, Deposit.id == Item.deposit_id)
    .outerjoin(
        Loan,
        (Loan.item_id == Item.id) & Loan.returned_at.is_(None) & Loan.cancelled_at.is_(None),
    )
)
_STANDING = Item.cancelled_at.is_(None)


def items_of(session: Session, biblio_id: int, *, struck: bool = False) -> list[ItemRow]:
    """The copies of a title, in copy order; with `struck` those cancelled too, last."""
    wanted = _ITEMS.where(Item.biblio_id == biblio_id)
    if not struck:
        wanted = wanted.where(_STANDING)
    order = (Item.cancelled_at.is_not(None), Item.copy_number, Item.id)
    return rows_of(ItemRow, session.execute(wanted.order_by(*order)))


def items_of_deposit(session: Session, deposit_id: int) -> list[ItemRow]:
    """The copies of a batch, in the order of their numbers."""
    wanted = _ITEMS.where(_STANDING, Item.deposit_id == deposit_id)
    return rows_of(ItemRow, session.execute(wanted.order_by(Item.barcode)))


def items_by_id(session: Session, ids: Sequence[int]) -> list[ItemRow]:
    """These copies, struck ones too, in the order of `ids`."""
    found: dict[int, ItemRow] = {}
    for at in range(0, len(ids), 500):
        rows = session.execute(_ITEMS.where(Item.id.in_(ids[at : at + 500])))
        found.update((row.id, row_of(ItemRow, row)) for row in rows)
    return [found[number] for number in ids if number in found]


def items_by_barcode(session: Session, barcodes: Iterable[str]) -> list[ItemRow]:
    """Copies in the order of `barcodes`. Raises Refusal UNKNOWN_ITEM for the first unknown one."""
    wanted = [code(one) for one in barcodes]
    found: dict[str, ItemRow] = {}
    for at in range(0, len(wanted), 500):
        rows = session.execute(_ITEMS.where(_STANDING, Item.barcode.in_(wanted[at : at + 500])))
        found.update((row.barcode, row_of(ItemRow, row)) for row in rows)
    for one in wanted:
        if one not in found:
            raise Refusal(Reason.UNKNOWN_ITEM, code=one)
    return [found[one] for one in wanted]


def ids_of_titles(session: Session, biblio_ids: Sequence[int]) -> list[int]:
    """The copies in stock of these titles, by title and copy."""
    wanted = (
        select(Item.id)
        .where(among(Item.biblio_id, "ids"), _STANDING, Item.left_on.is_(None))
        .order_by(Item.biblio_id, Item.copy_number, Item.id)
    )
    return list(session.scalars(wanted, {"ids": list(biblio_ids)}))


def items_to_label(session: Session, *, only_new: bool) -> list[ItemRow]:
    """Copies in stock in call-number order: all, or those without a label yet."""
    wanted = _ITEMS.where(
        _STANDING, Item.status.not_in(["lost", "withdrawn", "returned_to_owner", "given"])
    )
    if only_new:
        wanted = wanted.where(Item.labelled_at.is_(None))
    return rows_of(ItemRow, session.execute(wanted.order_by(Item.shelf_key, Item.id)))


def count_unlabelled(session: Session) -> int:
    """How many copies wait for a label."""
    found: int = session.execute(
        select(func.count())
        .select_from(Item)
        .where(Item.labelled_at.is_(None), Item.cancelled_at.is_(None))
    ).scalar_one()
    return found
