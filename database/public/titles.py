"""A title as anybody may see it: its record, its copies and where they are, what belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from database.catalogue import digital
from database.description.marc import Record, from_json
from database.engine.among import among
from database.engine.rows import rows_of
from database.holdings import item_list
from database.holdings.item_list import ItemRow
from database.refusal import Reason, Refusal
from database.schema import Attachment, Biblio, BiblioHeading, Cover, Heading, ItemStatus

_ITS_OWN = ("541", "583")
"""Where a record came from and what is to be done with it is the library's own business."""
_GONE = frozenset({one.value for one in ItemStatus if not one.in_stock} | {ItemStatus.GIVEN.value})
_SHELVED = {ItemStatus.IN_SERVICE.value: "available", ItemStatus.REFERENCE.value: "reference"}


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy in stock. `state` is "available", "reference" (read in the library), "lent", "aside"
    (ready for whoever waits) or "away" (at rest, under repair, looked for)."""

    call_number: str
    volume: str
    copy_number: int
    item_type: str
    location: str
    state: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Title:
    """A title whole; `subjects` are (name, scheme), `files` what can be opened."""

    id: int
    record: Record
    call_number: str
    contributors: str
    material: str
    language: str
    class_group: str
    created_on: date
    updated_at: datetime
    copies: tuple[Copy, ...]
    subjects: tuple[tuple[str, str], ...]
    files: tuple[digital.Digital, ...]
    cover: bool


def title(session: Session, number: int) -> Title:
    """One title that stands. Raises Refusal RECORD_GONE."""
    row = session.execute(
        select(
            Biblio.marc,
            Biblio.call_number,
            Biblio.contributors,
            Biblio.material,
            Biblio.language,
            Biblio.class_group,
            Biblio.created_on,
            Biblio.updated_at,
        ).where(Biblio.id == number, Biblio.cancelled_at.is_(None))
    ).one_or_none()
    if row is None:
        raise Refusal(Reason.RECORD_GONE)
    facts = row._asdict()
    return Title(
        id=number,
        record=shown(from_json(facts.pop("marc"))),
        copies=copies(session, number),
        subjects=_subjects(session, number),
        files=tuple(digital.of_title(session, number)),
        cover=number in covers(session, [number]),
        **facts,
    )


def shown(record: Record) -> Record:
    """A record without what is the library's own: how it came, what is planned, local notes and
    numbers (59X, 9XX), among which other programs keep prices and who lent what."""
    kept = [
        one
        for one in record.fields
        if one.tag not in _ITS_OWN and one.tag[:1] != "9" and one.tag[:2] != "59"
    ]
    return Record(record.leader, kept)


def copies(session: Session, number: int) -> tuple[Copy, ...]:
    """The copies of a title that are in stock."""
    rows = item_list.items_of(session, number)
    return tuple(_copy(one) for one in rows if one.status not in _GONE)


def _copy(row: ItemRow) -> Copy:
    if row.due_on is not None:
        state = "lent"
    elif row.aside:
        state = "aside"
    else:
        state = _SHELVED.get(row.status, "away")
    return Copy(
        row.call_number,
        row.volume,
        row.copy_number,
        row.item_type,
        row.location,
        state,
        row.due_on,
    )


def _subjects(session: Session, number: int) -> tuple[tuple[str, str], ...]:
    rows = session.execute(
        select(Heading.name, Heading.scheme)
        .join(BiblioHeading, BiblioHeading.heading_id == Heading.id)
        .where(BiblioHeading.biblio_id == number, BiblioHeading.role == "subject")
        .order_by(BiblioHeading.position)
    )
    return tuple((name, scheme) for name, scheme in rows)


def covers(session: Session, ids: Sequence[int]) -> frozenset[int]:
    """Which of these titles have a picture of their cover."""
    wanted = select(Cover.biblio_id).where(
        among(Cover.biblio_id, "ids"), Cover.removed_at.is_(None)
    )
    return frozenset(session.execute(wanted, {"ids": list(ids)}).scalars()) if ids else frozenset()


def cover(session: Session, number: int) -> tuple[str, bytes] | None:
    """Media type and content of the picture of a title that stands."""
    row = session.execute(
        select(Cover.media_type, Cover.content)
        .join(Biblio, Biblio.id == Cover.biblio_id)
        .where(Cover.biblio_id == number, Cover.removed_at.is_(None), Biblio.cancelled_at.is_(None))
    ).first()
    return (row.media_type, row.content) if row is not None else None


@dataclass(frozen=True, slots=True)
class Guideline:
    """A clinical guideline; past `review_on` it waits to be looked through again."""

    id: int
    title: str
    contributors: str
    year: int | None
    call_number: str
    class_group: str
    review_on: date | None
    files: int


def guidelines(session: Session) -> list[Guideline]:
    """Every guideline that stands, by class and title."""
    rows = session.execute(
        select(
            Biblio.id,
            Biblio.title,
            Biblio.contributors,
            Biblio.year,
            Biblio.call_number,
            Biblio.class_group,
            Biblio.review_on,
            func.count(Attachment.id).label("files"),
        )
        .outerjoin(
            Attachment,
            (Attachment.biblio_id == Biblio.id) & Attachment.cancelled_at.is_(None),
        )
        .where(Biblio.material == "guideline", Biblio.cancelled_at.is_(None))
        .group_by(Biblio.id)
        .order_by(Biblio.class_group, Biblio.title_key, Biblio.id)
    )
    return rows_of(Guideline, rows)


def every(session: Session) -> list[tuple[int, datetime]]:
    """Number and last change of every title that stands, for a list of all pages."""
    rows = session.execute(
        select(Biblio.id, Biblio.updated_at)
        .where(Biblio.cancelled_at.is_(None))
        .order_by(Biblio.id)
    )
    return [(number, moment) for number, moment in rows]
