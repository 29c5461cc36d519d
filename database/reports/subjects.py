"""What can be asked of titles, patrons and loans: the columns of each, and where they stand.

Who a patient or a relative is, and what they read, is told to nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, null, or_, select
from sqlalchemy.orm import Session

from database.engine.members import number_of, text_of
from database.policy import own_fields
from database.schema import Biblio, Item, Loan, OwnKind, OwnRecord, Patron, PatronCategory
from database.text.own_values import OwnRow

PRIVATE = ("patient", "family")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that can be shown and asked by; `kind` is text, number or day. One that the library
    declared itself has a `name`; its days are kept as text."""

    key: str
    kind: str
    made: Any
    grouped: bool = False
    name: str = ""


def _text(key: str, made: Any, *, grouped: bool = False) -> Column:
    return Column(key, "text", made, grouped)


_COPIES = (
    select(func.count())
    .where(Item.biblio_id == Biblio.id, Item.cancelled_at.is_(None), Item.left_on.is_(None))
    .scalar_subquery()
)
_LENT = (
    select(func.count(Loan.id))
    .join(Item, Item.id == Loan.item_id)
    .where(Item.biblio_id == Biblio.id, Loan.cancelled_at.is_(None))
    .correlate(Biblio)
    .scalar_subquery()
)
_BORROWED = (
    select(func.count())
    .where(Loan.patron_id == Patron.id, Loan.returned_at.is_(None), Loan.cancelled_at.is_(None))
    .scalar_subquery()
)
_HIDDEN = or_(PatronCategory.audience.in_(PRIVATE), Patron.forgotten_at.is_not(None))
_PRIVATE_LOAN = PatronCategory.audience.in_(PRIVATE)

_TITLES = (
    _text("title", Biblio.title),
    _text("author", Biblio.contributors),
    Column("year", "number", Biblio.year, grouped=True),
    _text("publisher", Biblio.publisher, grouped=True),
    _text("class_group", Biblio.class_group, grouped=True),
    _text("call_number", Biblio.call_number),
    _text("isbn", Biblio.isbn),
    _text("language", Biblio.language, grouped=True),
    _text("material", Biblio.material, grouped=True),
    Column("created_on", "day", Biblio.created_on),
    Column("copies", "number", _COPIES),
    Column("loans", "number", _LENT),
)
_PATRONS = (
    _text("number", case((_HIDDEN, ""), else_=Patron.number)),
    _text("name", case((_HIDDEN, ""), else_=Patron.name)),
    _text("category", PatronCategory.name, grouped=True),
    _text("unit", case((_HIDDEN, ""), else_=Patron.unit), grouped=True),
    _text("institution", case((_HIDDEN, ""), else_=Patron.institution), grouped=True),
    _text("sex", Patron.sex, grouped=True),
    Column("joined_on", "day", Patron.joined_on),
    Column("valid_until", "day", Patron.valid_until),
    Column("ended_on", "day", Patron.ended_on),
    Column("open_loans", "number", _BORROWED),
)
_LOANS = (
    Column("lent_on", "day", Loan.lent_on),
    Column("due_on", "day", Loan.due_on),
    Column("returned_on", "day", Loan.returned_on),
    _text("title", case((_PRIVATE_LOAN, ""), else_=Biblio.title)),
    _text("class_group", Loan.class_group, grouped=True),
    _text("item_type", Loan.item_type, grouped=True),
    _text("category", func.coalesce(PatronCategory.name, Loan.category), grouped=True),
    _text("unit", case((_PRIVATE_LOAN, ""), else_=Loan.unit), grouped=True),
    Column("renewals", "number", Loan.renewals, grouped=True),
    _text("outcome", Loan.outcome, grouped=True),
)
SUBJECTS: dict[str, dict[str, Column]] = {
    "titles": {one.key: one for one in _TITLES},
    "patrons": {one.key: one for one in _PATRONS},
    "loans": {one.key: one for one in _LOANS},
}


_OWN = {
    "titles": (OwnRecord.TITLE, Biblio.own, None),
    "patrons": (OwnRecord.PATRON, Patron.own, _HIDDEN),
}
"""Of which records a subject has the library's own fields, where, and of whom they are told to
nobody."""


def columns_of(session: Session, subject: str) -> dict[str, Column]:
    """The columns of a subject by key, the library's own fields last."""
    found = dict(SUBJECTS[subject])
    if subject in _OWN:
        record, stored, hidden = _OWN[subject]
        for one in own_fields.of(session, record):
            made = _own(one, stored, hidden)
            found[made.key] = made
    return found


def _own(one: OwnRow, stored: Any, hidden: Any) -> Column:
    number = one.kind == OwnKind.NUMBER
    made = number_of(stored, one.key) if number else text_of(stored, one.key)
    if one.kind == OwnKind.DATE:
        made = func.nullif(made, "")
    if hidden is not None:
        made = case((hidden, null() if number else ""), else_=made)
    kind = {OwnKind.NUMBER: "number", OwnKind.DATE: "day"}.get(OwnKind(one.kind), "text")
    grouped = one.kind in (OwnKind.CHOICE, OwnKind.TEXT)
    return Column(f"own:{one.key}", kind, made, grouped, one.name)


def source_of(subject: str, wanted: Any) -> Any:
    """`wanted` asked of the lines that a subject has."""
    if subject == "titles":
        return wanted.select_from(Biblio).where(Biblio.cancelled_at.is_(None))
    if subject == "patrons":
        return wanted.select_from(Patron).join(
            PatronCategory, PatronCategory.id == Patron.category_id
        )
    return (
        wanted.select_from(Loan)
        .join(Item, Item.id == Loan.item_id)
        .join(Biblio, Biblio.id == Item.biblio_id)
        .outerjoin(PatronCategory, PatronCategory.code == Loan.category)
        .where(Loan.cancelled_at.is_(None))
    )
