"""The lists behind the figures of the literacy index, as the dinas asks to see them.

Each is columns by name and rows; no reader is named in any of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from database.registers import evidence, fields, registers
from database.schema import Attachment, Biblio, DigitalUse, InHouseUse, Item, Loan, Visit
from database.standards.iplm import Span
from database.standards.measuring import held


@dataclass(frozen=True, slots=True)
class Evidence:
    """A list: the names of its columns, its rows."""

    columns: tuple[str, ...]
    rows: Sequence[Sequence[Any]]


_TITLE = (Biblio.title, Biblio.isbn, Biblio.contributors, Biblio.publisher, Biblio.year)
_TITLE_NAMES = ("title", "isbn", "author", "publisher", "year")


def _stock(session: Session, span: Span) -> Evidence:
    """Every title in stock on the last day, with its copies and the day the first one came."""
    rows = session.execute(
        select(*_TITLE, Biblio.material, func.count(Item.id), func.min(Item.accessioned_on))
        .join(Item, Item.biblio_id == Biblio.id)
        .where(held(span.last))
        .group_by(Biblio.id)
        .order_by(Biblio.title_key)
    )
    return Evidence((*_TITLE_NAMES, "kind", "copies", "accessioned"), [tuple(r) for r in rows])


def _added(session: Session, span: Span) -> Evidence:
    """Every copy that came in the year, with its source and price."""
    rows = session.execute(
        select(*_TITLE, Item.barcode, Item.accessioned_on, Item.source, Item.supplier, Item.price)
        .join(Item, Item.biblio_id == Biblio.id)
        .where(Item.cancelled_at.is_(None), Item.accessioned_on.between(span.first, span.last))
        .order_by(Item.accessioned_on, Biblio.title_key)
    )
    names = (*_TITLE_NAMES, "copy", "accessioned", "source", "supplier", "price")
    return Evidence(names, [tuple(row) for row in rows])


def _used(session: Session, span: Span) -> Evidence:
    """Every title lent or read in the house in the year, and how often."""
    lent = (
        select(Loan.item_id, func.count().label("n"))
        .where(Loan.lent_on.between(span.first, span.last), Loan.cancelled_at.is_(None))
        .group_by(Loan.item_id)
        .subquery()
    )
    read = (
        select(InHouseUse.item_id, func.count().label("n"))
        .where(InHouseUse.used_on.between(span.first, span.last), InHouseUse.cancelled_at.is_(None))
        .group_by(InHouseUse.item_id)
        .subquery()
    )
    loans, here = func.coalesce(func.sum(lent.c.n), 0), func.coalesce(func.sum(read.c.n), 0)
    rows = session.execute(
        select(*_TITLE, func.count(Item.id), loans, here)
        .join(Item, Item.biblio_id == Biblio.id)
        .outerjoin(lent, lent.c.item_id == Item.id)
        .outerjoin(read, read.c.item_id == Item.id)
        .where(or_(lent.c.n.is_not(None), read.c.n.is_not(None)))
        .group_by(Biblio.id)
        .order_by((loans + here).desc(), Biblio.title_key)
    )
    return Evidence((*_TITLE_NAMES, "copies", "loans", "in_house"), [tuple(r) for r in rows])


def _visits(session: Session, span: Span) -> Evidence:
    """Visitors by day and purpose. Not by kind: on a single day few patients come, and what
    leaves the house tells of no small number of them."""
    people = func.sum(Visit.people)
    rows = session.execute(
        select(Visit.visited_on, Visit.purpose, people)
        .where(Visit.visited_on.between(span.first, span.last), Visit.cancelled_at.is_(None))
        .group_by(Visit.visited_on, Visit.purpose)
        .order_by(Visit.visited_on, Visit.purpose)
    )
    return Evidence(("day", "purpose", "people"), [tuple(row) for row in rows])


def _digital(session: Session, span: Span) -> Evidence:
    """Titles with a file or link, and how often they were opened in the year."""
    opened = and_(
        DigitalUse.attachment_id == Attachment.id,
        DigitalUse.used_on.between(span.first, span.last),
    )
    rows = session.execute(
        select(*_TITLE, Attachment.name, Attachment.url, func.count(DigitalUse.id))
        .join(Attachment, Attachment.biblio_id == Biblio.id)
        .outerjoin(DigitalUse, opened)
        .where(Attachment.cancelled_at.is_(None), Biblio.cancelled_at.is_(None))
        .group_by(Biblio.id, Attachment.id)
        .order_by(Biblio.title_key)
    )
    return Evidence((*_TITLE_NAMES, "name", "link", "uses"), [tuple(row) for row in rows])


def _register(name: str) -> Callable[[Session, Span], Evidence]:
    """A register's lines of the year, or those that hold on its last day."""

    def make(session: Session, span: Span) -> Evidence:
        register, in_year = REGISTERS[name]
        lines = _lines(session, register, in_year, span)
        keys = tuple(spec.key for spec in fields.registers()[register])
        return Evidence(keys, [[line.values.get(key) for key in keys] for line in lines])

    return make


REGISTERS: dict[str, tuple[str, bool]] = {
    "digital-holdings": ("digital_holding", False),
    "e-resources": ("e_resource", True),
    "budget": ("budget", True),
    "staff": ("staff", False),
    "training": ("training", True),
    "activities": ("activity", True),
    "cooperation": ("cooperation", False),
    "services": ("service", False),
    "documents": ("document", False),
}
"""The lists made of a register, and whether its lines of the year count or those that hold at
its end."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A file kept with a line of a register: its line's day and name, its own name, and the
    number under which `evidence.place` finds it; `url` for a link."""

    day: date | None
    title: str
    number: int
    name: str
    url: str


def pieces(session: Session, name: str, span: Span) -> list[Piece]:
    """The files and links kept with the lines of one list."""
    register = REGISTERS.get(name)
    kept = evidence.counts(session, evidence.REGISTER) if register else {}
    if register is None or not kept:
        return []
    return [
        Piece(line.values.get("day"), str(_named(line)), one.id, one.name, one.url)
        for line in _lines(session, *register, span)
        if str(line.id) in kept
        for one in evidence.of(session, evidence.REGISTER, str(line.id))
    ]


def _named(line: fields.Entry) -> Any:
    values = line.values
    return values.get("title") or values.get("person") or values.get("partner") or line.id


def _lines(session: Session, register: str, in_year: bool, span: Span) -> list[fields.Entry]:
    if in_year:
        return registers.entries(session, register, span.first, span.last)
    return registers.standing(session, register, span.last)


EVIDENCE: dict[str, tuple[tuple[str, ...], Callable[[Session, Span], Evidence]]] = {
    "collection": (("O", "P"), _stock),
    "digital": (("Q", "R", "U", "V", "AI", "AJ"), _digital),
    "digital-holdings": (("Q", "R", "U", "V"), _register("digital-holdings")),
    "e-resources": (("AI", "AJ"), _register("e-resources")),
    "additions": (("S", "T"), _added),
    "budget": (("W", "X", "Y", "AC", "AP"), _register("budget")),
    "staff": (("Z", "AA"), _register("staff")),
    "training": (("AB",), _register("training")),
    "activities": (("AD", "AK"), _register("activities")),
    "visits": (("AE", "AF"), _visits),
    "use": (("AG", "AH"), _used),
    "cooperation": (("AL",), _register("cooperation")),
    "services": (("AM",), _register("services")),
    "documents": (("AN", "AO"), _register("documents")),
}
"""Each list by its name, and the form's columns it is evidence for."""
