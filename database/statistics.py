"""A month's figures: what the dinas is told. Shapes first, then how each is counted.

Every count reads event rows with their snapshots (category, class, unit as they
were), so a figure stays true after a patron is forgotten or an item reclassified.
Months are local calendar months, written "2026-10".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import Session

from database import calendar, membership
from database.callnumber import class_group
from database.refusal import Reason, Refusal
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


@dataclass(frozen=True, slots=True)
class Comparison:
    """One headline figure beside the previous month and the same month last year.

    None means that the library has no data for that month, which is not zero.
    """

    now: int
    last_month: int | None
    last_year: int | None


@dataclass(frozen=True, slots=True)
class MonthPoint:
    """One month of the twelve in the chart."""

    month: str
    visits: int
    loans: int


@dataclass(frozen=True, slots=True)
class CollectionRow:
    """T1: copies of one item type and owner; start + additions - losses = end."""

    item_type: str
    ownership: str
    titles_start: int
    titles_end: int
    start: int
    purchased: int
    donated: int
    deposited: int
    otherwise_added: int
    withdrawn: int
    lost: int
    returned_to_owner: int
    end: int


@dataclass(frozen=True, slots=True)
class ClassRow:
    """T2: titles and copies at the month's end in one class; see callnumber.class_group."""

    class_group: str
    titles: int
    copies: int


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """T3: members of one category; start + joined - ended = end. Sex counts are of `end`."""

    category: str
    start: int
    joined: int
    ended: int
    end: int
    male: int
    female: int


@dataclass(frozen=True, slots=True)
class VisitRow:
    """T4: visits of one category, by week of the month (days 1-7, 8-14, 15-21, 22-28, 29-31)."""

    category: str
    weeks: tuple[int, int, int, int, int]
    total: int


@dataclass(frozen=True, slots=True)
class CirculationRow:
    """T5: what one borrower category did in the month."""

    category: str
    lent: int
    renewed: int
    returned: int
    returned_late: int
    used_in_house: int


@dataclass(frozen=True, slots=True)
class ClassLoans:
    """T5: loans of one class by borrower category; `by_category` follows `Month.categories`."""

    class_group: str
    by_category: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class TitleLoans:
    """One of the ten titles lent most often."""

    title: str
    loans: int


@dataclass(frozen=True, slots=True)
class Month:
    """All figures of one month; `categories` maps code to name, in the library's order."""

    month: str
    open_days: int
    visits: Comparison
    loans: Comparison
    members: Comparison
    titles: Comparison
    copies: Comparison
    new_titles: Comparison
    new_members: Comparison
    year: tuple[MonthPoint, ...]
    categories: dict[str, str]
    collection: tuple[CollectionRow, ...]
    classes: tuple[ClassRow, ...]
    membership: tuple[MembershipRow, ...]
    visit_rows: tuple[VisitRow, ...]
    visits_per_open_day: float | None
    busiest_hour: int | None
    circulation: tuple[CirculationRow, ...]
    class_loans: tuple[ClassLoans, ...]
    top_titles: tuple[TitleLoans, ...]


# --- counting -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Span:
    """A month as days, with the bind values every statement shares."""

    month: str
    first: date
    last: date

    @classmethod
    def of(cls, month: str) -> _Span:
        first, last = calendar.month_bounds(month)
        return cls(month, first, last)

    @property
    def binds(self) -> dict[str, date]:
        return {"first": self.first, "last": self.last}


FIRST: BindParameter[date] = bindparam("first")
LAST: BindParameter[date] = bindparam("last")
_STOCK = Item.cancelled_at.is_(None)


def month(session: Session, wanted: str) -> Month:
    """All figures of a month, "2026-10". Raises Refusal MONTH_INVALID."""
    try:
        span = _Span.of(wanted)
    except ValueError as error:
        raise Refusal(Reason.MONTH_INVALID, month=wanted[:20]) from error
    before, year_ago = calendar.shift_month(wanted, -1), calendar.shift_month(wanted, -12)
    start = _first_data(session)
    heads = {
        one: _headline(session, _Span.of(one)) if start and one >= start else None
        for one in (wanted, before, year_ago)
    }
    now = heads[wanted] or _headline(session, span)

    def compare(name: str) -> Comparison:
        return Comparison(
            now[name],
            *(heads[one][name] if heads[one] else None for one in (before, year_ago)),  # type: ignore[index]
        )

    calendar_days = calendar.load(session, span.first, span.last)
    open_days = calendar_days.open_days(span.first, span.last)
    visits = _visits(session, span)
    total_visits = sum(row.total for row in visits)
    names = {one.code: one.name for one in membership.categories(session)}
    codes = list(names)
    return Month(
        month=wanted,
        open_days=open_days,
        visits=compare("visits"),
        loans=compare("loans"),
        members=compare("members"),
        titles=compare("titles"),
        copies=compare("copies"),
        new_titles=compare("new_titles"),
        new_members=compare("new_members"),
        year=_year(session, wanted),
        categories=names,
        collection=_collection(session, span),
        classes=_classes(session, span),
        membership=_membership(session, span, codes),
        visit_rows=_in_order(visits, codes),
        visits_per_open_day=total_visits / open_days if total_visits and open_days else None,
        busiest_hour=_busiest_hour(session, span),
        circulation=_in_order(_circulation(session, span), codes),
        class_loans=_class_loans(session, span, codes),
        top_titles=_top_titles(session, span),
    )


_Rows = TypeVar("_Rows", VisitRow, CirculationRow)


def _in_order(rows: Iterable[_Rows], codes: Sequence[str]) -> tuple[_Rows, ...]:
    """In the library's order of categories; unknown ones (dropped since) at the end."""
    place = {one: at for at, one in enumerate(codes)}
    return tuple(sorted(rows, key=lambda row: (place.get(row.category, 99), row.category)))


def _first_data(session: Session) -> str | None:
    """The first month that has anything, so that the months before say "no data"."""
    days = [
        session.execute(select(func.min(column))).scalar()
        for column in (Item.accessioned_on, Loan.lent_on, Visit.visited_on, Patron.joined_on)
    ]
    known = [day for day in days if day]
    return min(known).strftime("%Y-%m") if known else None


_LOANS_IN = select(func.count()).where(
    Loan.lent_on.between(FIRST, LAST), Loan.cancelled_at.is_(None)
)
_VISITS_IN = select(func.coalesce(func.sum(Visit.people), 0)).where(
    Visit.visited_on.between(FIRST, LAST), Visit.cancelled_at.is_(None)
)
_MEMBER_AT_END = [
    Patron.kind == PatronKind.PERSON,
    Patron.joined_on <= LAST,
    or_(Patron.ended_on.is_(None), Patron.ended_on > LAST),
    or_(Patron.valid_until.is_(None), Patron.valid_until >= LAST),
]
_HELD_AT_END = [
    _STOCK,
    Item.accessioned_on <= LAST,
    or_(Item.left_on.is_(None), Item.left_on > LAST),
]
_HEADLINES = {
    "visits": _VISITS_IN,
    "loans": _LOANS_IN,
    "members": select(func.count()).select_from(Patron).where(*_MEMBER_AT_END),
    "titles": select(func.count(Item.biblio_id.distinct())).where(*_HELD_AT_END),
    "copies": select(func.count()).select_from(Item).where(*_HELD_AT_END),
    "new_titles": select(func.count()).where(
        Biblio.created_on.between(FIRST, LAST), Biblio.cancelled_at.is_(None)
    ),
    "new_members": select(func.count()).where(
        Patron.joined_on.between(FIRST, LAST), Patron.kind == PatronKind.PERSON
    ),
}


def _headline(session: Session, span: _Span) -> dict[str, int]:
    return {
        name: int(session.execute(statement, span.binds).scalar_one())
        for name, statement in _HEADLINES.items()
    }


def _year(session: Session, wanted: str) -> tuple[MonthPoint, ...]:
    """The twelve months that end with `wanted`."""
    points = []
    for back in range(11, -1, -1):
        span = _Span.of(calendar.shift_month(wanted, -back))
        visits = session.execute(_VISITS_IN, span.binds).scalar_one()
        loans = session.execute(_LOANS_IN, span.binds).scalar_one()
        points.append(MonthPoint(span.month, int(visits), int(loans)))
    return tuple(points)


def _if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """Count the rows for which `condition` holds."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _collection(session: Session, span: _Span) -> tuple[CollectionRow, ...]:
    came = Item.accessioned_on.between(FIRST, LAST)
    left = Item.left_on.between(FIRST, LAST)
    at_start = and_(Item.accessioned_on < FIRST, or_(Item.left_on.is_(None), Item.left_on >= FIRST))
    at_end = and_(Item.accessioned_on <= LAST, or_(Item.left_on.is_(None), Item.left_on > LAST))
    known = (Source.PURCHASE, Source.GIFT, Source.DEPOSIT)
    rows = session.execute(
        select(
            Item.item_type,
            Item.ownership,
            func.count(case((at_start, Item.biblio_id)).distinct()),
            func.count(case((at_end, Item.biblio_id)).distinct()),
            _if(at_start),
            *(_if(and_(came, Item.source == source)) for source in known),
            _if(and_(came, Item.source.not_in(known))),
            _if(and_(left, Item.status == ItemStatus.WITHDRAWN)),
            _if(and_(left, Item.status == ItemStatus.LOST)),
            _if(and_(left, Item.status == ItemStatus.RETURNED_TO_OWNER)),
            _if(at_end),
        )
        .where(_STOCK, Item.accessioned_on <= LAST)
        .group_by(Item.item_type, Item.ownership)
        .order_by(Item.item_type, Item.ownership),
        span.binds,
    )
    return tuple(CollectionRow(*(_whole(value) for value in row)) for row in rows)


def _whole(value: Any) -> Any:
    return value if isinstance(value, str) else int(value)


def _classes(session: Session, span: _Span) -> tuple[ClassRow, ...]:
    """Grouped by class in the database, by class group here (a few hundred rows)."""
    rows = session.execute(
        select(Biblio.classification, func.count(Item.biblio_id.distinct()), func.count())
        .join(Item, Item.biblio_id == Biblio.id)
        .where(*_HELD_AT_END)
        .group_by(Biblio.classification),
        span.binds,
    )
    found: dict[str, list[int]] = {}
    for classification, titles, copies in rows:
        sums = found.setdefault(class_group(classification), [0, 0])
        sums[0] += titles
        sums[1] += copies
    return tuple(ClassRow(group, *sums) for group, sums in sorted(found.items()))


def _membership(session: Session, span: _Span, codes: Sequence[str]) -> tuple[MembershipRow, ...]:
    at_start = and_(
        Patron.joined_on < FIRST,
        or_(Patron.ended_on.is_(None), Patron.ended_on >= FIRST),
        or_(Patron.valid_until.is_(None), Patron.valid_until >= bindparam("eve")),
    )
    joined = Patron.joined_on.between(FIRST, LAST)
    at_end = and_(*_MEMBER_AT_END)
    rows = session.execute(
        select(
            PatronCategory.code,
            _if(at_start),
            _if(joined),
            _if(at_end),
            _if(and_(at_end, Patron.sex == "m")),
            _if(and_(at_end, Patron.sex == "f")),
        )
        .join(PatronCategory, PatronCategory.id == Patron.category_id)
        .where(Patron.kind == PatronKind.PERSON)
        .group_by(PatronCategory.code),
        {**span.binds, "eve": span.first - timedelta(days=1)},
    )
    found = {}
    for code, start, new, end, male, female in rows:
        found[code] = MembershipRow(
            code, int(start), int(new), int(start) + int(new) - int(end), int(end),
            int(male), int(female),
        )  # fmt: skip
    return tuple(found[code] for code in codes if code in found)


def _visits(session: Session, span: _Span) -> list[VisitRow]:
    rows = session.execute(
        select(Visit.category, Visit.visited_on, func.sum(Visit.people))
        .where(Visit.visited_on.between(FIRST, LAST), Visit.cancelled_at.is_(None))
        .group_by(Visit.category, Visit.visited_on),
        span.binds,
    )
    weeks: dict[str, list[int]] = {}
    for category, day, people in rows:
        weeks.setdefault(category, [0] * 5)[min((day.day - 1) // 7, 4)] += int(people)
    return [
        VisitRow(category, (w[0], w[1], w[2], w[3], w[4]), sum(w)) for category, w in weeks.items()
    ]


def _busiest_hour(session: Session, span: _Span) -> int | None:
    """The local hour with most visitors; the earlier of two alike."""
    hours = Counter[int]()
    rows = session.execute(
        select(Visit.visited_at, Visit.people).where(
            Visit.visited_on.between(FIRST, LAST), Visit.cancelled_at.is_(None)
        ),
        span.binds,
    )
    for moment, people in rows:
        hours[moment.astimezone().hour] += people
    return min(hours, key=lambda hour: (-hours[hour], hour)) if hours else None


def _circulation(session: Session, span: _Span) -> list[CirculationRow]:
    standing = Loan.cancelled_at.is_(None)
    lent = _by_category(
        session, span, Loan.category, func.count(), Loan.lent_on.between(FIRST, LAST), standing
    )
    back = Loan.returned_on.between(FIRST, LAST)
    returned = _by_category(session, span, Loan.category, func.count(), back, standing)
    late = _by_category(
        session, span, Loan.category, func.count(), back, standing, Loan.returned_on > Loan.due_on
    )
    renewed = _by_category(
        session, span, Renewal.category, func.count(),
        Renewal.renewed_on.between(FIRST, LAST), Renewal.cancelled_at.is_(None),
    )  # fmt: skip
    used = _by_category(
        session, span, InHouseUse.category, func.count(),
        InHouseUse.used_on.between(FIRST, LAST), InHouseUse.cancelled_at.is_(None),
    )  # fmt: skip
    everyone = lent.keys() | renewed.keys() | returned.keys() | used.keys()
    return [
        CirculationRow(
            one, lent.get(one, 0), renewed.get(one, 0), returned.get(one, 0), late.get(one, 0),
            used.get(one, 0),
        )
        for one in everyone
    ]  # fmt: skip


def _by_category(
    session: Session, span: _Span, category: Any, counted: Any, *where: Any
) -> dict[str, int]:
    rows = session.execute(select(category, counted).where(*where).group_by(category), span.binds)
    return {code: int(number) for code, number in rows}


def _class_loans(session: Session, span: _Span, codes: Sequence[str]) -> tuple[ClassLoans, ...]:
    rows = session.execute(
        select(Loan.class_group, Loan.category, func.count())
        .where(Loan.lent_on.between(FIRST, LAST), Loan.cancelled_at.is_(None))
        .group_by(Loan.class_group, Loan.category),
        span.binds,
    )
    found: dict[str, dict[str, int]] = {}
    for group, category, number in rows:
        found.setdefault(group, {})[category] = int(number)
    return tuple(
        ClassLoans(group, tuple(by.get(code, 0) for code in codes), sum(by.values()))
        for group, by in sorted(found.items())
    )


def _top_titles(session: Session, span: _Span) -> tuple[TitleLoans, ...]:
    times = func.count().label("times")
    by_title = (
        select(Item.biblio_id.label("biblio_id"), times)
        .join(Loan, Loan.item_id == Item.id)
        .where(Loan.lent_on.between(FIRST, LAST), Loan.cancelled_at.is_(None))
        .group_by(Item.biblio_id)
        .subquery()
    )
    rows = session.execute(
        select(Biblio.title, by_title.c.times)
        .join(by_title, by_title.c.biblio_id == Biblio.id)
        .order_by(by_title.c.times.desc(), Biblio.title_key, Biblio.id)
        .limit(10),
        span.binds,
    )
    return tuple(TitleLoans(title, int(number)) for title, number in rows)


@dataclass(frozen=True, slots=True)
class Today:
    """The home screen's figures."""

    visitors: int
    lent: int
    returned: int
    overdue: int
    due_today: int


def today(session: Session, day: date) -> Today:
    """What happened today and what is late."""
    binds = {"first": day, "last": day}
    returned = select(func.count()).where(Loan.returned_on == day, Loan.cancelled_at.is_(None))
    still_out = [Loan.returned_at.is_(None), Loan.cancelled_at.is_(None)]
    return Today(
        int(session.execute(_VISITS_IN, binds).scalar_one()),
        int(session.execute(_LOANS_IN, binds).scalar_one()),
        session.execute(returned).scalar_one(),
        session.execute(select(func.count()).where(*still_out, Loan.due_on < day)).scalar_one(),
        session.execute(select(func.count()).where(*still_out, Loan.due_on == day)).scalar_one(),
    )


@dataclass(frozen=True, slots=True)
class Overdue:
    """A loan that is late, for the list of what waits."""

    title: str
    barcode: str
    patron: str
    audience: str
    due_on: date


def overdue(session: Session, day: date, limit: int = 100) -> list[Overdue]:
    """Open loans past their due date, oldest first."""
    rows = session.execute(
        select(Biblio.title, Item.barcode, Patron.name, PatronCategory.audience, Loan.due_on)
        .join(Item, Item.id == Loan.item_id)
        .join(Biblio, Biblio.id == Item.biblio_id)
        .join(Patron, Patron.id == Loan.patron_id)
        .join(PatronCategory, PatronCategory.id == Patron.category_id)
        .where(Loan.returned_at.is_(None), Loan.cancelled_at.is_(None), Loan.due_on < day)
        .order_by(Loan.due_on, Loan.id)
        .limit(limit)
    )
    return [Overdue(*row) for row in rows]


def twelve_months(session: Session, wanted: str) -> tuple[MonthPoint, ...]:
    """Visits and loans of the twelve months that end with `wanted`, for the home screen."""
    return _year(session, wanted)


def days_without_visits(session: Session, wanted: str, today: date) -> list[date]:
    """Open days of a month, before `today`, on which nobody was counted."""
    span = _Span.of(wanted)
    open_on = calendar.load(session, span.first, span.last)
    counted = set(
        session.execute(
            select(Visit.visited_on)
            .where(Visit.visited_on.between(FIRST, LAST), Visit.cancelled_at.is_(None))
            .distinct(),
            span.binds,
        ).scalars()
    )
    last = min(span.last, today - timedelta(days=1))
    return [
        day
        for day in calendar.days(span.first, last)
        if open_on.is_open(day) and day not in counted
    ]
