"""The accession register (buku induk): one line a copy, wrong ones struck but never taken out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from database.engine.rows import rows_of
from database.schema import Biblio, Item

_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Line:
    """A copy in the register; `cancelled` ones are struck through."""

    number: str
    barcode: str
    entered_on: date
    title: str
    contributors: str
    edition: str
    place: str
    publisher: str
    year: int | None
    call_number: str
    source: str
    supplier: str
    invoice: str
    ownership: str
    price: int | None
    status: str
    minutes: str
    cancelled: bool


_LINES: Any = (
    select(
        func.coalesce(Item.accession_number, "").label("number"),
        Item.barcode,
        Item.accessioned_on.label("entered_on"),
        Biblio.title,
        Biblio.contributors,
        Biblio.edition,
        Biblio.place,
        Biblio.publisher,
        Biblio.year,
        Item.call_number,
        Item.source,
        Item.supplier,
        Item.invoice,
        Item.ownership,
        Item.price,
        Item.status,
        Item.minutes,
        Item.cancelled_at.is_not(None).label("cancelled"),
    )
    .join(Biblio, Biblio.id == Item.biblio_id)
    .order_by(Item.accessioned_on, Item.id)
)


def lines(session: Session) -> list[Line]:
    """Every copy ever entered: by year, then by number."""
    return sorted(rows_of(Line, session.execute(_LINES)), key=_order)


def _order(line: Line) -> tuple[int, bool, list[tuple[int, str]]]:
    """Figures count as numbers, so that 9 stands before 10; copies without a number come last."""
    parts = _DIGITS.split(line.number)
    numbered = [(int(one), "") if one.isdecimal() else (0, one) for one in parts if one]
    return line.entered_on.year, not line.number, numbered
