"""Cataloguing: titles and their copies, each change whole with its index and journal line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from database import callnumber, headings, house, journal, marc, numbering, search, settings
from database.projection import Projection, project
from database.refusal import Reason, Refusal
from database.schema import (
    Biblio,
    BiblioIdentifier,
    Item,
    ItemStatus,
    Loan,
    Ownership,
    Source,
)
from database.words import code, key

COLUMNS = (
    "title", "title_key", "match_key", "contributors", "edition", "place", "publisher", "year",
    "extent", "series", "isbn", "issn", "classification", "nlm", "language", "material",
)  # fmt: skip
ITEM_TYPES = ("book", "reference", "serial", "thesis", "audiovisual", "leaflet", "other")
_KINDS = ("Biblio", "Item")


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What is known of a copy. Empty barcode or accession number: made by pattern."""

    barcode: str = ""
    accession_number: str = ""
    call_number: str = ""
    volume: str = ""
    item_type: str = "book"
    location: str = ""
    ownership: str = Ownership.HOSPITAL
    source: str = Source.PURCHASE
    supplier: str = ""
    price: int | None = None
    accessioned_on: date | None = None
    status: str = ItemStatus.IN_SERVICE
    note: str = ""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A copy as listed: `lent_to` and `due_on` while it is on loan."""

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


def columns(stored: str, facts: Projection, call_number: str) -> dict[str, Any]:
    """The values of a Biblio row: the record as text and what is projected from it."""
    values: dict[str, Any] = {name: getattr(facts, name) for name in COLUMNS}
    values["marc"] = stored
    values["call_number"] = call_number
    return values


def call_number_of(facts: Projection, prefix: str = "") -> str:
    """The call number a title gets when nobody typed one."""
    title = facts.title[facts.title_skip :]
    return callnumber.make(facts.classification, facts.main_heading, title, prefix)


def add_biblio(session: Session, record: marc.Record, now: datetime, call_number: str = "") -> int:
    """Add a title; returns its id. Raises Refusal TITLE_MISSING."""
    facts = project(record)
    if not facts.title:
        raise Refusal(Reason.TITLE_MISSING)
    shelf = call_number.strip() or call_number_of(facts)
    biblio_id: int = session.execute(
        insert(Biblio)
        .values(
            **columns(marc.to_json(record), facts, shelf),
            created_at=now,
            created_on=now.date(),
            updated_at=now,
        )
        .returning(Biblio.id)
    ).scalar_one()
    _link(session, biblio_id, facts)
    journal.write(session, "biblio.added", "Biblio", biblio_id, now, title=facts.title)
    return biblio_id


def save_biblio(
    session: Session, biblio_id: int, record: marc.Record, now: datetime, call_number: str = ""
) -> None:
    """Replace a title's record. Raises Refusal TITLE_MISSING, RECORD_GONE."""
    facts = project(record)
    if not facts.title:
        raise Refusal(Reason.TITLE_MISSING)
    before = _stored(session, biblio_id)
    shelf = call_number.strip() or call_number_of(facts)
    session.execute(
        update(Biblio)
        .where(Biblio.id == biblio_id)
        .values(**columns(marc.to_json(record), facts, shelf), updated_at=now)
    )
    _link(session, biblio_id, facts)
    journal.write(
        session, "biblio.saved", "Biblio", biblio_id, now,
        before=before.marc, call_number_before=before.call_number,
    )  # fmt: skip


def _stored(session: Session, biblio_id: int) -> Any:
    row = session.execute(
        select(Biblio.marc, Biblio.call_number, Biblio.title, Biblio.classification).where(
            Biblio.id == biblio_id, Biblio.cancelled_at.is_(None)
        )
    ).one_or_none()
    if row is None:
        raise Refusal(Reason.RECORD_GONE)
    return row


def _link(session: Session, biblio_id: int, facts: Projection) -> None:
    group = callnumber.class_group(facts.classification)
    session.execute(update(Item).where(Item.biblio_id == biblio_id).values(class_group=group))
    headings.link(session, {biblio_id: facts.headings})
    session.execute(
        BiblioIdentifier.__table__.delete().where(  # type: ignore[attr-defined]
            BiblioIdentifier.biblio_id == biblio_id
        )
    )
    if facts.identifiers:
        session.execute(
            insert(BiblioIdentifier),
            [{"biblio_id": biblio_id, "kind": k, "value": v} for k, v in facts.identifiers],
        )
    reindex(session, [biblio_id])


def reindex(session: Session, ids: Sequence[int]) -> None:
    """Bring the search index of some titles up to date."""
    connection = session.connection()
    search.index(connection, search.words_of(connection, ids))


def restore_biblio(session: Session, biblio_id: int, stored: str, call_number: str) -> None:
    """Put back an earlier record (undo); the caller journals."""
    record = marc.from_json(stored)
    facts = project(record)
    session.execute(
        update(Biblio).where(Biblio.id == biblio_id).values(**columns(stored, facts, call_number))
    )
    _link(session, biblio_id, facts)


def cancel_biblio(session: Session, biblio_id: int, now: datetime) -> None:
    """Strike a title that has no copies standing. Raises Refusal TITLE_IN_USE."""
    standing = session.execute(
        select(func.count()).where(Item.biblio_id == biblio_id, Item.cancelled_at.is_(None))
    ).scalar_one()
    if standing:
        raise Refusal(Reason.TITLE_IN_USE, items=standing)
    row = _stored(session, biblio_id)
    session.execute(update(Biblio).where(Biblio.id == biblio_id).values(cancelled_at=now))
    search.drop(session.connection(), [biblio_id])
    journal.write(session, "biblio.cancelled", "Biblio", biblio_id, now, title=row.title)


def record_of(session: Session, biblio_id: int) -> tuple[marc.Record, str]:
    """A title's whole record and its call number. Raises Refusal RECORD_GONE."""
    row = _stored(session, biblio_id)
    return marc.from_json(row.marc), row.call_number


def same_isbn(session: Session, isbn: str) -> tuple[int, str, int] | None:
    """(id, title, copies) of a title with this ISBN (13 digits), if there is one."""
    found = session.execute(
        select(Biblio.id, Biblio.title)
        .join(BiblioIdentifier, BiblioIdentifier.biblio_id == Biblio.id)
        .where(
            BiblioIdentifier.kind == "isbn",
            BiblioIdentifier.value == isbn,
            Biblio.cancelled_at.is_(None),
        )
        .limit(1)
    ).one_or_none()
    if found is None:
        return None
    copies = session.execute(
        select(func.count()).where(Item.biblio_id == found.id, Item.cancelled_at.is_(None))
    ).scalar_one()
    return found.id, found.title, copies


# --- copies -----------------------------------------------------------------------


def add_items(
    session: Session, biblio_id: int, facts: ItemFacts, count: int, now: datetime
) -> list[int]:
    """Add `count` copies alike; numbers come from the patterns where none is given.

    Raises Refusal BARCODE_TAKEN, ACCESSION_TAKEN, VALUE_INVALID, RECORD_GONE.
    """
    if not 1 <= count <= 1000 or (count > 1 and (facts.barcode or facts.accession_number)):
        raise Refusal(Reason.VALUE_INVALID, field="count")
    biblio = _stored(session, biblio_id)
    group = callnumber.class_group(biblio.classification)
    ids = []
    copy = _last_copy(session, biblio_id)
    for _ in range(count):
        copy += 1
        numbered = number_item(session, facts, now)
        ids.append(_insert_item(session, biblio_id, numbered, copy, biblio.call_number, group, now))
    for item_id in ids:
        journal.write(session, "item.added", "Item", item_id, now, biblio_id=biblio_id)
    reindex(session, [biblio_id])
    return ids


def _last_copy(session: Session, biblio_id: int) -> int:
    return (
        session.execute(
            select(func.max(Item.copy_number)).where(Item.biblio_id == biblio_id)
        ).scalar()
        or 0
    )


def number_item(session: Session, facts: ItemFacts, now: datetime) -> ItemFacts:
    """`facts` with the numbers it lacks, or refused for those it has and another copy too."""
    accessioned = facts.accessioned_on or now.date()
    barcode = code(facts.barcode) or _next(
        session, "barcode", settings.BARCODE_PATTERN, Item.barcode, accessioned, facts.source
    )
    accession = facts.accession_number.strip() or _next(
        session, "accession", settings.ACCESSION_PATTERN, Item.accession_number,
        accessioned, facts.source,
    )  # fmt: skip
    _must_be_free(session, Item.barcode, barcode, Reason.BARCODE_TAKEN)
    _must_be_free(session, Item.accession_number, accession, Reason.ACCESSION_TAKEN)
    return replace(facts, barcode=barcode, accession_number=accession, accessioned_on=accessioned)


def _must_be_free(session: Session, column: Any, number: str, reason: Reason) -> None:
    row = session.execute(
        select(Biblio.title).join(Item, Item.biblio_id == Biblio.id).where(column == number)
    ).first()
    if row:
        raise Refusal(reason, number=number, title=row.title)


def _next(
    session: Session, series: str, choice: settings.Choice[str], column: Any, day: date, source: str
) -> str:
    """The next number of a pattern that no copy has (imported ones may stand ahead)."""
    pattern, facts = settings.get(session, choice), _pattern_facts(session, day, source)
    while True:
        number = _number(series, pattern, numbering.take(session, series), facts)
        if _is_free(session, column, number):
            return number


def _pattern_facts(session: Session, day: date, source: str) -> dict[str, str]:
    return {
        "year": str(day.year),
        "month": f"{day.month:02d}",
        "source": Source(source).letter,
        "library": house.profile(session).short_name,
    }


def _number(series: str, pattern: str, sequence: int, facts: dict[str, str]) -> str:
    number = numbering.write(pattern, sequence, facts)
    return code(number) if series == "barcode" else number


def _is_free(session: Session, column: Any, number: str) -> bool:
    return session.execute(select(Item.id).where(column == number)).first() is None


def next_numbers(session: Session, source: str, day: date, count: int) -> list[tuple[str, str]]:
    """(barcode, accession number) the next `count` copies would get; nothing is taken."""
    facts = _pattern_facts(session, day, source)
    series = (
        ("barcode", settings.BARCODE_PATTERN, Item.barcode),
        ("accession", settings.ACCESSION_PATTERN, Item.accession_number),
    )
    listed = []
    for name, choice, column in series:
        pattern, sequence = settings.get(session, choice), numbering.last(session, name)
        found: list[str] = []
        while len(found) < count:
            sequence += 1
            number = _number(name, pattern, sequence, facts)
            if _is_free(session, column, number):
                found.append(number)
        listed.append(found)
    return list(zip(*listed, strict=True))


def _insert_item(
    session: Session,
    biblio_id: int,
    facts: ItemFacts,
    copy: int,
    shelf: str,
    group: str,
    now: datetime,
) -> int:
    found: int = session.execute(
        insert(Item)
        .values(
            biblio_id=biblio_id,
            copy_number=copy,
            created_at=now,
            class_group=group,
            **_item_values(facts, shelf),
        )
        .returning(Item.id)
    ).scalar_one()
    return found


def _item_values(facts: ItemFacts, shelf: str) -> dict[str, Any]:
    if facts.price is not None and facts.price < 0:
        raise Refusal(Reason.VALUE_INVALID, field="price")
    return {
        "barcode": facts.barcode,
        "accession_number": facts.accession_number or None,
        "call_number": facts.call_number.strip() or shelf,
        "volume": facts.volume.strip(),
        "item_type": facts.item_type,
        "location": facts.location.strip(),
        "ownership": facts.ownership,
        "source": facts.source,
        "supplier": facts.supplier.strip(),
        "price": facts.price,
        "accessioned_on": facts.accessioned_on,
        "status": facts.status,
        "note": facts.note.strip(),
    }


def save_item(session: Session, item_id: int, facts: ItemFacts, now: datetime) -> None:
    """Change a copy. Raises Refusal BARCODE_TAKEN, ACCESSION_TAKEN, RECORD_GONE, ITEM_ON_LOAN."""
    row = session.execute(
        select(Item).where(Item.id == item_id, Item.cancelled_at.is_(None))
    ).scalar()
    if row is None:
        raise Refusal(Reason.RECORD_GONE)
    barcode, accession = code(facts.barcode) or row.barcode, facts.accession_number.strip()
    if barcode != row.barcode:
        _must_be_free(session, Item.barcode, barcode, Reason.BARCODE_TAKEN)
    if accession and accession != row.accession_number:
        _must_be_free(session, Item.accession_number, accession, Reason.ACCESSION_TAKEN)
    status = ItemStatus(facts.status)
    if not status.in_stock and _on_loan(session, item_id):
        raise Refusal(Reason.ITEM_ON_LOAN, barcode=row.barcode)
    values = _item_values(
        replace(
            facts, barcode=barcode, accession_number=accession or row.accession_number or "",
            accessioned_on=facts.accessioned_on or row.accessioned_on,
        ),
        row.call_number,
    )  # fmt: skip
    values["left_on"] = None if status.in_stock else (row.left_on or now.date())
    before = {
        name: str(getattr(row, name)) for name in values if getattr(row, name) != values[name]
    }
    session.execute(update(Item).where(Item.id == item_id).values(**values))
    journal.write(session, "item.saved", "Item", item_id, now, before=before)
    reindex(session, [row.biblio_id])


def _on_loan(session: Session, item_id: int) -> bool:
    return (
        session.execute(
            select(Loan.id).where(
                Loan.item_id == item_id, Loan.returned_at.is_(None), Loan.cancelled_at.is_(None)
            )
        ).first()
        is not None
    )


def cancel_item(session: Session, item_id: int, now: datetime) -> int:
    """Strike a wrong copy; its numbers stay used. Returns the title's id.

    Raises Refusal ITEM_ON_LOAN, RECORD_GONE.
    """
    row = session.execute(
        select(Item.biblio_id, Item.barcode).where(Item.id == item_id, Item.cancelled_at.is_(None))
    ).one_or_none()
    if row is None:
        raise Refusal(Reason.RECORD_GONE)
    if _on_loan(session, item_id):
        raise Refusal(Reason.ITEM_ON_LOAN, barcode=row.barcode)
    session.execute(update(Item).where(Item.id == item_id).values(cancelled_at=now))
    journal.touch(session, *_KINDS)
    reindex(session, [row.biblio_id])
    biblio_id: int = row.biblio_id
    return biblio_id


def remove_item(session: Session, item_id: int, now: datetime) -> None:
    """Strike a copy by hand, with its journal line. Raises as `cancel_item`."""
    biblio_id = cancel_item(session, item_id, now)
    journal.write(session, "item.cancelled", "Item", item_id, now, biblio_id=biblio_id)


_ITEMS: Any = (
    select(
        Item.id, Item.biblio_id, Item.barcode, func.coalesce(Item.accession_number, ""),
        Item.call_number, Item.volume, Item.copy_number, Item.item_type, Item.location,
        Item.ownership, Item.source, Item.supplier, Item.price, Item.accessioned_on, Item.status,
        Item.status_until, Item.note, Item.labelled_at.is_not(None), Loan.due_on, Biblio.title,
        Biblio.classification,
    )
    .join(Biblio, Biblio.id == Item.biblio_id)
    .outerjoin(
        Loan,
        (Loan.item_id == Item.id) & Loan.returned_at.is_(None) & Loan.cancelled_at.is_(None),
    )
    .where(Item.cancelled_at.is_(None))
)  # fmt: skip


def items_of(session: Session, biblio_id: int) -> list[ItemRow]:
    """The copies of a title, in copy order."""
    rows = session.execute(
        _ITEMS.where(Item.biblio_id == biblio_id).order_by(Item.copy_number, Item.id)
    )
    return [ItemRow(*row) for row in rows]


def items_by_barcode(session: Session, barcodes: Iterable[str]) -> list[ItemRow]:
    """Copies in the order of `barcodes`. Raises Refusal UNKNOWN_ITEM for the first unknown one."""
    wanted = [code(one) for one in barcodes]
    found: dict[str, ItemRow] = {}
    for at in range(0, len(wanted), 500):
        rows = session.execute(_ITEMS.where(Item.barcode.in_(wanted[at : at + 500])))
        found.update((row.barcode, ItemRow(*row)) for row in rows)
    for one in wanted:
        if one not in found:
            raise Refusal(Reason.UNKNOWN_ITEM, code=one)
    return [found[one] for one in wanted]


def items_to_label(session: Session, *, only_new: bool) -> list[ItemRow]:
    """Copies in stock in call-number order: all, or those without a label yet."""
    wanted = _ITEMS.where(Item.status.not_in(["lost", "withdrawn", "returned_to_owner"]))
    if only_new:
        wanted = wanted.where(Item.labelled_at.is_(None))
    return [ItemRow(*row) for row in session.execute(wanted.order_by(Item.id))]


def count_unlabelled(session: Session) -> int:
    """How many copies wait for a label."""
    found: int = session.execute(
        select(func.count()).select_from(Item).where(
            Item.labelled_at.is_(None), Item.cancelled_at.is_(None)
        )
    ).scalar_one()  # fmt: skip
    return found


def mark_labelled(session: Session, item_ids: Sequence[int], now: datetime) -> None:
    """The labels of these copies came out well."""
    for at in range(0, len(item_ids), 500):
        session.execute(
            update(Item).where(Item.id.in_(item_ids[at : at + 500])).values(labelled_at=now)
        )
    journal.write(session, "labels.printed", "Item", None, now, count=len(item_ids))


def similar(session: Session, title: str) -> list[tuple[int, str]]:
    """Titles that are the same once folded, to warn of a double."""
    rows = session.execute(
        select(Biblio.id, Biblio.title)
        .where(Biblio.title_key == key(title), Biblio.cancelled_at.is_(None))
        .limit(3)
    )
    return [(number, name) for number, name in rows]


def publishers(session: Session, typed: str, limit: int = 12) -> list[str]:
    """Publishers in the catalogue that begin with what was typed."""
    start = typed.strip().lower()
    if not start:
        return []
    rows = session.execute(
        select(Biblio.publisher)
        .where(
            func.lower(Biblio.publisher).startswith(start, autoescape=True),
            Biblio.cancelled_at.is_(None),
        )
        .distinct()
        .order_by(Biblio.publisher)
        .limit(limit)
    )
    return list(rows.scalars())


def records(session: Session, ids: Sequence[int] | None = None) -> Iterator[marc.Record]:
    """Whole records, all that stand or only `ids`, read a few hundred at a time."""
    wanted = select(Biblio.marc).where(Biblio.cancelled_at.is_(None)).order_by(Biblio.id)
    if ids is not None:
        wanted = wanted.where(Biblio.id.in_(ids))
    for stored in session.execute(wanted.execution_options(yield_per=500)).scalars():
        yield marc.from_json(stored)


def counts(session: Session) -> tuple[int, int]:
    """Titles and copies that stand, cheap enough for the status line."""
    titles = select(func.count()).select_from(Biblio).where(Biblio.cancelled_at.is_(None))
    copies = select(func.count()).select_from(Item).where(Item.cancelled_at.is_(None))
    return session.execute(titles).scalar_one(), session.execute(copies).scalar_one()
