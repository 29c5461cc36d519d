"""T3: members by kind, who joined and who left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, not_, or_, select
from sqlalchemy.orm import Session

from database.reports.counting import guard
from database.reports.counting.guard import Guard
from database.reports.counting.people import PRIVATE
from database.reports.counting.spans import EVE, FIRST, LAST, Span
from database.reports.counting.table import Asked, Line, Table, count_if, of_kind
from database.reports.figures import Month
from database.schema import Patron, PatronCategory, PatronKind


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """Members of one category; start + joined - ended = end. Sex counts are of `end`."""

    category: str
    start: int
    joined: int
    ended: int
    end: int
    male: int
    female: int


AT_END = and_(
    Patron.joined_on <= LAST,
    or_(Patron.ended_on.is_(None), Patron.ended_on > LAST),
    or_(Patron.valid_until.is_(None), Patron.valid_until >= LAST),
)
_AT_START = and_(
    Patron.joined_on < FIRST,
    or_(Patron.ended_on.is_(None), Patron.ended_on >= FIRST),
    or_(Patron.valid_until.is_(None), Patron.valid_until >= EVE),
)
_JOINED = Patron.joined_on.between(FIRST, LAST)
_WHERE: dict[str, ColumnElement[bool]] = {
    "start": _AT_START,
    "joined": _JOINED,
    "ended": and_(or_(_AT_START, _JOINED), not_(AT_END)),
    "end": AT_END,
    "male": and_(AT_END, Patron.sex == "m"),
    "female": and_(AT_END, Patron.sex == "f"),
}
"""Which persons each column counts, and lists."""


def count(asked: Asked) -> tuple[MembershipRow, ...]:
    """Every kind of person the library has."""
    rows = asked.session.execute(
        select(
            PatronCategory.code.label("category"),
            *(count_if(_WHERE[name]).label(name) for name in _WHERE if name != "ended"),
        )
        .join(PatronCategory, PatronCategory.id == Patron.category_id)
        .where(Patron.kind == PatronKind.PERSON)
        .group_by(PatronCategory.code),
        asked.span.binds,
    )
    found = {}
    for row in rows:
        start, joined, end = int(row.start), int(row.joined), int(row.end)
        found[row.category] = MembershipRow(
            row.category, start, joined, start + joined - end, end, int(row.male), int(row.female)
        )
    return tuple(found[code] for code in asked.categories if code in found)


def behind(session: Session, span: Span, path: Sequence[str]) -> list[Line]:
    """Members of one figure: [kind, column]; of patients and those forgotten no name."""
    kind, column = path
    private = or_(PatronCategory.audience.in_(PRIVATE), Patron.forgotten_at.is_not(None))
    found = session.execute(
        select(
            Patron.joined_on.label("when"),
            case((private, ""), else_=Patron.number).label("what"),
            case((private, ""), else_=Patron.name).label("who"),
            PatronCategory.code.label("kind"),
        )
        .join(PatronCategory, PatronCategory.id == Patron.category_id)
        .where(Patron.kind == PatronKind.PERSON, of_kind(PatronCategory.code, kind), _WHERE[column])
        .order_by(Patron.joined_on, Patron.id),
        span.binds,
    )
    return [Line(**row._mapping) for row in found]


def outside(month: Month, by: Guard) -> Month:
    """Small numbers of patients together with others."""
    return month.having(membership=guard.merged(TABLE.of(month), by))


TABLE: Table[tuple[MembershipRow, ...]] = Table(
    "membership", count, (), behind, outside, {"end": "start + joined - ended"}
)
