"""T3: members by kind, who joined and who left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, not_, or_, select
from sqlalchemy.orm import Session, aliased

from database.reports.counting import guard
from database.reports.counting.guard import Guard
from database.reports.counting.members import AT_END, NEW_ONES, PERSONS
from database.reports.counting.people import PRIVATE
from database.reports.counting.spans import EVE, FIRST, LAST, Span
from database.reports.counting.table import Asked, Line, Table, of_kind
from database.reports.figures import Month
from database.schema import MembershipEvent, Patron, PatronCategory
from database.schema.standing import began_between, member_on, stood_on


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


_HELD = stood_on(LAST)
_WAS, _IS, _CAME = aliased(MembershipEvent), aliased(MembershipEvent), aliased(MembershipEvent)


def _of_it(other: Any) -> ColumnElement[bool]:
    return and_(
        other.patron_id == MembershipEvent.patron_id, other.category == MembershipEvent.category
    )


_AT_START = member_on(EVE)
_BEFORE = exists().where(_of_it(_WAS), member_on(EVE, _WAS))
_AFTER = exists().where(_of_it(_IS), member_on(LAST, _IS))
_NEW = exists().where(
    _CAME.patron_id == MembershipEvent.patron_id, began_between(FIRST, LAST, _CAME)
)
_JOINED = and_(_HELD, not_(_BEFORE), or_(AT_END, _NEW))
_WHERE: dict[str, ColumnElement[bool]] = {
    "start": _AT_START,
    "joined": _JOINED,
    "ended": or_(and_(_AT_START, not_(_AFTER)), and_(_JOINED, not_(AT_END))),
    "end": AT_END,
    "male": and_(AT_END, MembershipEvent.sex == "m"),
    "female": and_(AT_END, MembershipEvent.sex == "f"),
    "new": NEW_ONES,
}
"""Which events each column counts, and lists: one a person. Who comes from another kind, or comes
again after a time without a card, has joined this kind; of those the "new" were never here."""


def _of(name: str) -> Any:
    return func.max(case((_WHERE[name], MembershipEvent.category)))


_BY_PERSON = (
    select(
        _of("start").label("start"),
        func.max(case((_HELD, MembershipEvent.category))).label("held"),
        func.max(case((AT_END, 1), else_=0)).label("stays"),
        func.max(case((NEW_ONES, 1), else_=0)).label("new"),
        func.max(case((_HELD, MembershipEvent.sex), else_="")).label("sex"),
    )
    .where(PERSONS, MembershipEvent.since <= LAST)
    .group_by(MembershipEvent.patron_id)
    .subquery()
)
"""Each person's kind before the period and at its end, in one reading of the events: asking for
each event whether another stands beside it took ten times as long."""


def count(asked: Asked) -> tuple[MembershipRow, ...]:
    """Every kind of person that has had a member."""
    columns: list[Any] = list(_BY_PERSON.c)
    wanted: Any = select(*columns, func.count()).group_by(*columns)
    rows = asked.session.execute(wanted, asked.span.binds)
    found: dict[str, Counter[str]] = {}
    for start, held, stays, new, sex, people in rows:
        counts = found.setdefault(held, Counter())
        if start is not None:
            found.setdefault(start, Counter())["start"] += people
        if start != held and (stays or new):
            counts["joined"] += people
        if stays:
            counts["end"] += people
            counts[sex] += people
    return tuple(_row(code, found[code]) for code in asked.categories if code in found)


def _row(code: str, counts: Counter[str]) -> MembershipRow:
    start, joined, end = counts["start"], counts["joined"], counts["end"]
    ended = start + joined - end
    return MembershipRow(code, start, joined, ended, end, counts["m"], counts["f"])


def behind(session: Session, span: Span, path: Sequence[str]) -> list[Line]:
    """Members of one figure: [kind, column]; of patients and those forgotten no name."""
    kind, column = path
    private = or_(PatronCategory.audience.in_(PRIVATE), Patron.forgotten_at.is_not(None))
    found = session.execute(
        select(
            MembershipEvent.joined_on.label("when"),
            case((private, ""), else_=Patron.number).label("what"),
            case((private, ""), else_=Patron.name).label("who"),
            MembershipEvent.category.label("kind"),
        )
        .join(Patron, Patron.id == MembershipEvent.patron_id)
        .join(PatronCategory, PatronCategory.code == MembershipEvent.category)
        .where(PERSONS, of_kind(MembershipEvent.category, kind), _WHERE[column])
        .order_by(MembershipEvent.joined_on, Patron.id),
        span.binds,
    )
    return [Line(**row._mapping) for row in found]


def outside(month: Month, by: Guard) -> Month:
    """Small numbers of patients together with others."""
    return month.having(membership=guard.merged(TABLE.of(month), by))


TABLE: Table[tuple[MembershipRow, ...]] = Table(
    "membership", count, (), behind, outside, {"end": "start + joined - ended"}
)
