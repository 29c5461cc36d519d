"""Behind a figure: the rows it was counted from, so that every number can be looked into.

A figure is named by its way through the month's figures: "visits", "circulation.nurse.lent",
"collection.book.hospital.end"; "*" stands for every kind. The `count`s of the rows add up to
the figure. What a patient or relative borrowed is never told, nor who was forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, case, func, or_, select, true
from sqlalchemy.orm import Session

from database.policy import calendar
from database.refusal import Reason, Refusal
from database.registers import registers
from database.reports.spans import Span
from database.schema import (
    Biblio,
    InHouseUse,
    Item,
    ItemStatus,
    Loan,
    Patron,
    PatronCategory,
    PatronKind,
    Renewal,
    Source,
    Visit,
)

PRIVATE = ("patient", "family")


@dataclass(frozen=True, slots=True)
class Line:
    """One row behind a figure: when, what, who or whose, of which kind, for how many."""

    when: date | None
    what: str
    who: str
    kind: str
    count: int = 1


def rows(session: Session, period: str, figure: str) -> list[Line]:
    """The rows of a figure, the oldest first. Raises Refusal MONTH_INVALID, RECORD_GONE (no such
    figure)."""
    try:
        span = Span.of(period)
    except ValueError as error:
        raise Refusal(Reason.MONTH_INVALID, month=period[:20]) from error
    name, *path = figure.split(".")
    if name not in _FIGURES:
        raise Refusal(Reason.RECORD_GONE)
    try:
        return _FIGURES[name](session, span, path)
    except (KeyError, IndexError, ValueError) as error:
        raise Refusal(Reason.RECORD_GONE) from error


# --- the desk ---------------------------------------------------------------------------


def _of_kind(column: Any, kind: str) -> Any:
    return true() if kind == "*" else column == kind


def _visits(session: Session, span: Span, path: Sequence[str]) -> list[Line]:
    first, last = span.first, span.last
    kind, part = (path[0], path[1]) if path else ("*", "total")
    if part != "total":
        first, last = _part(span, int(part))
    found = session.execute(
        select(Visit.visited_on, Visit.purpose, Visit.category, Visit.people)
        .where(
            Visit.visited_on.between(first, last),
            Visit.cancelled_at.is_(None),
            _of_kind(Visit.category, kind),
        )
        .order_by(Visit.visited_at, Visit.id)
    )
    return [Line(day, purpose, "", category, people) for day, purpose, category, people in found]


def _part(span: Span, place: int) -> tuple[date, date]:
    """A week of a month, or a month of a longer period, by its place from 0."""
    months = calendar.period_months(span.month)
    if len(months) > 1:
        return calendar.month_bounds(months[place])
    start = span.first + timedelta(days=7 * range(5)[place])
    return start, span.last if place == 4 else start + timedelta(days=6)


_TITLE = case((PatronCategory.audience.in_(PRIVATE), ""), else_=Biblio.title)
_WHO = case(
    (or_(PatronCategory.audience.in_(PRIVATE), Patron.forgotten_at.is_not(None)), ""),
    else_=func.coalesce(Patron.name, ""),
)


def _of_loans(session: Session, day: Any, kind: str, *where: Any) -> list[Line]:
    found = session.execute(
        select(day, func.coalesce(_TITLE, Biblio.title), _WHO, Loan.category)
        .select_from(Loan)
        .join(Item, Item.id == Loan.item_id)
        .join(Biblio, Biblio.id == Item.biblio_id)
        .outerjoin(Patron, Patron.id == Loan.patron_id)
        .outerjoin(PatronCategory, PatronCategory.code == Loan.category)
        .where(Loan.cancelled_at.is_(None), _of_kind(Loan.category, kind), *where)
        .order_by(day, Loan.id)
    )
    return [Line(*row) for row in found]


def _loans(session: Session, span: Span, _path: Sequence[str]) -> list[Line]:
    return _circulation(session, span, ["*", "lent"])


def _circulation(session: Session, span: Span, path: Sequence[str]) -> list[Line]:
    kind, column = path[0], path[1]
    if column == "used_in_house":
        return _used(session, span, kind)
    if column == "renewed":
        return _renewed(session, span, kind)
    if column == "lent":
        return _of_loans(session, Loan.lent_on, kind, Loan.lent_on.between(span.first, span.last))
    back = [Loan.returned_on.between(span.first, span.last), Loan.outcome == ""]
    late = {"returned": [], "returned_late": [Loan.returned_on > Loan.due_on]}[column]
    return _of_loans(session, Loan.returned_on, kind, *back, *late)


def _used(session: Session, span: Span, kind: str) -> list[Line]:
    found = session.execute(
        select(InHouseUse.used_on, func.coalesce(_TITLE, Biblio.title), InHouseUse.category)
        .join(Item, Item.id == InHouseUse.item_id)
        .join(Biblio, Biblio.id == Item.biblio_id)
        .outerjoin(PatronCategory, PatronCategory.code == InHouseUse.category)
        .where(
            InHouseUse.used_on.between(span.first, span.last),
            InHouseUse.cancelled_at.is_(None),
            _of_kind(InHouseUse.category, kind),
        )
        .order_by(InHouseUse.used_on, InHouseUse.id)
    )
    return [Line(day, title, "", category) for day, title, category in found]


def _renewed(session: Session, span: Span, kind: str) -> list[Line]:
    found = session.execute(
        select(Renewal.renewed_on, func.coalesce(_TITLE, Biblio.title), _WHO, Renewal.category)
        .join(Loan, Loan.id == Renewal.loan_id)
        .join(Item, Item.id == Loan.item_id)
        .join(Biblio, Biblio.id == Item.biblio_id)
        .outerjoin(Patron, Patron.id == Loan.patron_id)
        .outerjoin(PatronCategory, PatronCategory.code == Renewal.category)
        .where(
            Renewal.renewed_on.between(span.first, span.last),
            Renewal.cancelled_at.is_(None),
            _of_kind(Renewal.category, kind),
        )
        .order_by(Renewal.renewed_on, Renewal.id)
    )
    return [Line(*row) for row in found]


# --- members ----------------------------------------------------------------------------


def _membership(session: Session, span: Span, path: Sequence[str]) -> list[Line]:
    kind, column = path[0], path[1]
    at_start = and_(
        Patron.joined_on < span.first,
        or_(Patron.ended_on.is_(None), Patron.ended_on >= span.first),
        or_(Patron.valid_until.is_(None), Patron.valid_until >= span.eve),
    )
    joined = Patron.joined_on.between(span.first, span.last)
    at_end = and_(
        Patron.joined_on <= span.last,
        or_(Patron.ended_on.is_(None), Patron.ended_on > span.last),
        or_(Patron.valid_until.is_(None), Patron.valid_until >= span.last),
    )
    where = {
        "start": at_start,
        "joined": joined,
        "end": at_end,
        "ended": and_(or_(at_start, joined), ~at_end),
        "male": and_(at_end, Patron.sex == "m"),
        "female": and_(at_end, Patron.sex == "f"),
    }[column]
    private = or_(PatronCategory.audience.in_(PRIVATE), Patron.forgotten_at.is_not(None))
    found = session.execute(
        select(
            Patron.joined_on,
            case((private, ""), else_=Patron.number),
            case((private, ""), else_=Patron.name),
            PatronCategory.code,
        )
        .join(PatronCategory, PatronCategory.id == Patron.category_id)
        .where(Patron.kind == PatronKind.PERSON, _of_kind(PatronCategory.code, kind), where)
        .order_by(Patron.joined_on, Patron.id)
    )
    return [Line(*row) for row in found]


def _members(session: Session, span: Span, _path: Sequence[str]) -> list[Line]:
    return _membership(session, span, ["*", "end"])


def _new_members(session: Session, span: Span, _path: Sequence[str]) -> list[Line]:
    return _membership(session, span, ["*", "joined"])


# --- the stock --------------------------------------------------------------------------


def _at(day: date) -> Any:
    return and_(Item.accessioned_on <= day, or_(Item.left_on.is_(None), Item.left_on > day))


def _copies_where(span: Span, column: str) -> Any:
    came = Item.accessioned_on.between(span.first, span.last)
    left = Item.left_on.between(span.first, span.last)
    known = (Source.PURCHASE, Source.GIFT, Source.DEPOSIT)
    return {
        "start": _at(span.eve),
        "end": _at(span.last),
        "copies": _at(span.last),
        "purchased": and_(came, Item.source == Source.PURCHASE),
        "donated": and_(came, Item.source == Source.GIFT),
        "deposited": and_(came, Item.source == Source.DEPOSIT),
        "otherwise_added": and_(came, Item.source.not_in(known)),
        "withdrawn": and_(left, Item.status.in_((ItemStatus.WITHDRAWN, ItemStatus.GIVEN))),
        "lost": and_(left, Item.status == ItemStatus.LOST),
        "returned_to_owner": and_(left, Item.status == ItemStatus.RETURNED_TO_OWNER),
    }[column]


def _stock(session: Session, *where: Any) -> list[Line]:
    """Copies, a row each."""
    found = session.execute(
        select(Item.accessioned_on, Biblio.title, Item.barcode, Item.item_type)
        .join(Biblio, Biblio.id == Item.biblio_id)
        .where(Item.cancelled_at.is_(None), *where)
        .order_by(Item.accessioned_on, Item.id)
    )
    return [Line(*row) for row in found]


def _titled(session: Session, *where: Any) -> list[Line]:
    """Titles, a row for each class their copies have."""
    found = session.execute(
        select(func.min(Item.accessioned_on), Biblio.title, Item.class_group)
        .join(Biblio, Biblio.id == Item.biblio_id)
        .where(Item.cancelled_at.is_(None), *where)
        .group_by(Biblio.id, Biblio.title, Biblio.title_key, Item.class_group)
        .order_by(Biblio.title_key, Biblio.id)
    )
    return [Line(day, title, "", group) for day, title, group in found]


def _collection(session: Session, span: Span, path: Sequence[str]) -> list[Line]:
    kind, owner, column = path[0], path[1], path[2]
    mine = (_of_kind(Item.item_type, kind), _of_kind(Item.ownership, owner))
    if column in {"titles_start", "titles_end"}:
        return _titled(session, *mine, _at(span.eve if column == "titles_start" else span.last))
    return _stock(session, *mine, _copies_where(span, column))


def _classes(session: Session, span: Span, path: Sequence[str]) -> list[Line]:
    group, column = path[0], path[1]
    mine = _of_kind(Item.class_group, group)
    if column == "titles":
        return _titled(session, mine, _at(span.last))
    return _stock(session, mine, _copies_where(span, column))


def _copies(session: Session, span: Span, _path: Sequence[str]) -> list[Line]:
    return _stock(session, _at(span.last))


def _titles(session: Session, span: Span, _path: Sequence[str]) -> list[Line]:
    held = select(Item.biblio_id).where(Item.cancelled_at.is_(None), _at(span.last))
    return _biblios(session, Biblio.id.in_(held))


def _new_titles(session: Session, span: Span, _path: Sequence[str]) -> list[Line]:
    came = Biblio.created_on.between(span.first, span.last)
    return _biblios(session, came, Biblio.cancelled_at.is_(None))


def _biblios(session: Session, *where: Any) -> list[Line]:
    found = session.execute(
        select(Biblio.created_on, Biblio.title, Biblio.contributors, Biblio.class_group)
        .where(*where)
        .order_by(Biblio.created_on, Biblio.title_key, Biblio.id)
    )
    return [Line(*row) for row in found]


# --- registers --------------------------------------------------------------------------


def _entries(register: str, what: str, who: str) -> _Rows:
    def found(session: Session, span: Span, _path: Sequence[str]) -> list[Line]:
        lines = registers.entries(session, register, span.first, span.last)
        return [
            Line(one.values["day"], one.values[what], one.values.get(who) or "", one.values["kind"])
            for one in reversed(lines)
        ]

    return found


_Rows = Callable[[Session, Span, Sequence[str]], list[Line]]
_FIGURES: dict[str, _Rows] = {
    "visits": _visits,
    "visit_rows": _visits,
    "loans": _loans,
    "circulation": _circulation,
    "members": _members,
    "new_members": _new_members,
    "membership": _membership,
    "titles": _titles,
    "copies": _copies,
    "new_titles": _new_titles,
    "collection": _collection,
    "classes": _classes,
    # Of a search only what kind it was: its question may tell of a patient.
    "searches": _entries("literature_search", "number", "unit"),
    "held_activities": _entries("activity", "title", "partner"),
}
