"""Counting a month's figures, what is late, and today.

Every count reads event rows with their snapshots (category, class, unit as they
were), so a figure stays true after a patron is forgotten or an item reclassified.
Months are local calendar months, written "2026-10".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import Session

from database.patrons import membership
from database.policy import calendar
from database.refusal import Reason, Refusal
from database.reports import indicators, monthly, service_figures
from database.reports.figures import (
    CirculationRow,
    ClassRow,
    CollectionRow,
    Comparison,
    MembershipRow,
    Month,
    MonthPoint,
    VisitRow,
)
from database.reports.loan_figures import circulation, class_loans, top_titles
from database.reports.spans import FIRST, LAST, Span
from database.schema import (
    Biblio,
    Item,
    ItemStatus,
    Loan,
    Patron,
    PatronCategory,
    PatronKind,
    RegisterEntry,
    Source,
    Visit,
)

_STOCK = Item.cancelled_at.is_(None)


_BY_TITLE = (Item.biblio_id, Item.class_group, Item.item_type, Item.ownership)


"""Copies are first summed by title, in the order of their index: counting distinct titles
of 150,000 copies took five times as long."""


def month(session: Session, wanted: str) -> Month:
    """All figures of a month, "2026-10". Raises Refusal MONTH_INVALID."""
    try:
        calendar.month_bounds(wanted)
    except ValueError as error:
        raise Refusal(Reason.MONTH_INVALID, month=wanted[:20]) from error
    return period(session, wanted)


def period(session: Session, wanted: str, today: date | None = None) -> Month:
    """All figures of a month, a quarter "2026-Q4" or a year "2026". Raises MONTH_INVALID.

    Of a period under way the days after `today` are no open days yet; None if it is over.
    """
    try:
        Span.of(wanted)
    except ValueError as error:
        raise Refusal(Reason.MONTH_INVALID, month=wanted[:20]) from error
    made = _counted(session, wanted, today)
    if not indicators.balances(made.collection):
        made = replace(made, unbalanced=unbalanced(session, Span.of(wanted)))
    return replace(made, indicators=indicators.of(session, made, Span.of(wanted)))


def _counted(session: Session, wanted: str, today: date | None) -> Month:
    span = Span.of(wanted)
    before, year_ago = calendar.shift_period(wanted, -1), calendar.year_before(wanted)
    start = first_data(session)
    held = _held(session, [Span.of(one).last for one in (wanted, before, year_ago)])
    heads = {
        one: {**_headline(session, Span.of(one)), **held[Span.of(one).last]}
        if one == wanted or (start and Span.of(one).last >= start)
        else None
        for one in (wanted, before, year_ago)
    }
    now = heads[wanted] or {}

    def compare(name: str) -> Comparison:
        return Comparison(
            now[name],
            *(heads[one][name] if heads[one] else None for one in (before, year_ago)),  # type: ignore[index]
        )

    open_days = _open_days(session, span, start, today)
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
        year=year(session, calendar.period_months(wanted)[-1]),
        categories=names,
        collection=_collection(session, span),
        classes=_classes(session, span),
        membership=_membership(session, span, codes),
        visit_rows=_in_order(visits, codes),
        visits_per_open_day=total_visits / open_days if total_visits and open_days else None,
        busiest_hour=_busiest_hour(session, span),
        circulation=_in_order(circulation(session, span), codes),
        class_loans=class_loans(session, span, codes),
        top_titles=top_titles(session, span),
        wards=service_figures.wards(session, span),
        clinical=service_figures.clinical(session, span),
        activities=service_figures.activities(session, span),
        late=service_figures.late(session, span),
        deposits=service_figures.deposits(session, span),
        searches=compare("searches"),
        held_activities=compare("held_activities"),
        monthly=monthly.lines(session, wanted),
    )


def _open_days(session: Session, span: Span, start: date | None, today: date | None) -> int:
    """Days the library was open: not before it began, not yet after today."""
    first = max(span.first, min(start or span.first, span.last))
    last = min(span.last, today or span.last)
    return calendar.load(session, span.first, span.last).open_days(first, last)


_Rows = TypeVar("_Rows", VisitRow, CirculationRow)


def _in_order(rows: Iterable[_Rows], codes: Sequence[str]) -> tuple[_Rows, ...]:
    """In the library's order of categories; unknown ones (dropped since) at the end."""
    place = {one: at for at, one in enumerate(codes)}
    return tuple(sorted(rows, key=lambda row: (place.get(row.category, 99), row.category)))


def first_data(session: Session) -> date | None:
    """The first day that has anything, so that the months before say "no data"."""
    days = [
        session.execute(select(func.min(column))).scalar()
        for column in (Item.accessioned_on, Loan.lent_on, Visit.visited_on, Patron.joined_on)
    ]
    known = [day for day in days if day]
    return min(known) if known else None


LOANS_IN = select(func.count()).where(
    Loan.lent_on.between(FIRST, LAST), Loan.cancelled_at.is_(None)
)


VISITS_IN = select(func.coalesce(func.sum(Visit.people), 0)).where(
    Visit.visited_on.between(FIRST, LAST), Visit.cancelled_at.is_(None)
)


_MEMBER_AT_END = [
    Patron.kind == PatronKind.PERSON,
    Patron.joined_on <= LAST,
    or_(Patron.ended_on.is_(None), Patron.ended_on > LAST),
    or_(Patron.valid_until.is_(None), Patron.valid_until >= LAST),
]


def _entries(register: str) -> Any:
    return select(func.count()).where(
        RegisterEntry.register == register,
        RegisterEntry.cancelled_at.is_(None),
        RegisterEntry.day.between(FIRST, LAST),
    )


_HEADLINES = {
    "searches": _entries("literature_search"),
    "held_activities": _entries("activity"),
    "visits": VISITS_IN,
    "loans": LOANS_IN,
    "members": select(func.count()).select_from(Patron).where(*_MEMBER_AT_END),
    "new_titles": select(func.count()).where(
        Biblio.created_on.between(FIRST, LAST), Biblio.cancelled_at.is_(None)
    ),
    "new_members": select(func.count()).where(
        Patron.joined_on.between(FIRST, LAST), Patron.kind == PatronKind.PERSON
    ),
}


def _headline(session: Session, span: Span) -> dict[str, int]:
    return {
        name: int(session.execute(statement, span.binds).scalar_one())
        for name, statement in _HEADLINES.items()
    }


def year(session: Session, wanted: str) -> tuple[MonthPoint, ...]:
    """The twelve months that end with `wanted`."""
    points = []
    for back in range(11, -1, -1):
        span = Span.of(calendar.shift_month(wanted, -back))
        visits = session.execute(VISITS_IN, span.binds).scalar_one()
        loans = session.execute(LOANS_IN, span.binds).scalar_one()
        points.append(MonthPoint(span.month, int(visits), int(loans)))
    return tuple(points)


def _if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """Count the rows for which `condition` holds."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _at(day: Any) -> ColumnElement[bool]:
    """Whether a copy was stock at the end of a day."""
    return and_(Item.accessioned_on <= day, or_(Item.left_on.is_(None), Item.left_on > day))


def _held(session: Session, days: Sequence[date]) -> dict[date, dict[str, int]]:
    """Titles and copies in stock at the end of each day, in one reading of the copies."""
    by_title = (
        select(*(_if(_at(day)).label(f"n{at}") for at, day in enumerate(days)))
        .where(_STOCK)
        .group_by(*_BY_TITLE[:1])
        .subquery()
    )
    wanted = []
    for at in range(len(days)):
        copies = by_title.c[f"n{at}"]
        wanted += [_if(copies > 0), func.coalesce(func.sum(copies), 0)]
    row = session.execute(select(*wanted)).one()
    return {
        day: {"titles": int(row[2 * at]), "copies": int(row[2 * at + 1])}
        for at, day in enumerate(days)
    }


def _collection(session: Session, span: Span) -> tuple[CollectionRow, ...]:
    came = Item.accessioned_on.between(FIRST, LAST)
    left = Item.left_on.between(FIRST, LAST)
    known = (Source.PURCHASE, Source.GIFT, Source.DEPOSIT)
    sums = (
        _if(_at(bindparam("eve"))),
        *(_if(and_(came, Item.source == source)) for source in known),
        _if(and_(came, Item.source.not_in(known))),
        _if(and_(left, Item.status.in_((ItemStatus.WITHDRAWN, ItemStatus.GIVEN)))),
        _if(and_(left, Item.status == ItemStatus.LOST)),
        _if(and_(left, Item.status == ItemStatus.RETURNED_TO_OWNER)),
        _if(_at(LAST)),
    )
    by_title = (
        select(*_BY_TITLE[2:], *(one.label(f"n{at}") for at, one in enumerate(sums)))
        .where(_STOCK)
        .group_by(*_BY_TITLE)
        .subquery()
    )
    counts = [by_title.c[f"n{at}"] for at in range(len(sums))]
    kind, owner = by_title.c.item_type, by_title.c.ownership
    rows = session.execute(
        select(
            kind,
            owner,
            _if(counts[0] > 0),
            _if(counts[-1] > 0),
            *(func.coalesce(func.sum(one), 0) for one in counts),
        )
        .group_by(kind, owner)
        .order_by(kind, owner),
        {**span.binds, "eve": span.eve},
    )
    found = (CollectionRow(*(_whole(value) for value in row)) for row in rows)
    return tuple(
        row
        for row in found
        if row.start or row.end or row.withdrawn or row.lost or row.returned_to_owner
    )


_LEAVING = (ItemStatus.WITHDRAWN, ItemStatus.GIVEN, ItemStatus.LOST, ItemStatus.RETURNED_TO_OWNER)


def unbalanced(session: Session, span: Span) -> tuple[str, ...]:
    """Bar codes of the copies whose dates and state contradict each other, so that start +
    added - removed is not the end; the first hundred."""
    came, left = Item.accessioned_on.between(FIRST, LAST), Item.left_on.between(FIRST, LAST)

    def one(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return case((condition, 1), else_=0)

    wrong = one(_at(bindparam("eve"))) + one(came) - one(and_(left, Item.status.in_(_LEAVING)))
    rows = session.execute(
        select(Item.barcode)
        .where(_STOCK, wrong != one(_at(LAST)))
        .order_by(Item.barcode)
        .limit(100),
        {**span.binds, "eve": span.eve},
    )
    return tuple(rows.scalars())


def _whole(value: Any) -> Any:
    return value if isinstance(value, str) else int(value)


def _classes(session: Session, span: Span) -> tuple[ClassRow, ...]:
    by_title = (
        select(Item.class_group, _if(_at(LAST)).label("copies"))
        .where(_STOCK)
        .group_by(*_BY_TITLE[:2])
        .subquery()
    )
    copies = by_title.c.copies
    rows = session.execute(
        select(by_title.c.class_group, _if(copies > 0), func.coalesce(func.sum(copies), 0))
        .group_by(by_title.c.class_group)
        .order_by(by_title.c.class_group),
        span.binds,
    )
    found = (ClassRow(group, int(titles), int(number)) for group, titles, number in rows)
    return tuple(row for row in found if row.copies)


def _membership(session: Session, span: Span, codes: Sequence[str]) -> tuple[MembershipRow, ...]:
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
        {**span.binds, "eve": span.eve},
    )
    found = {}
    for code, start, new, end, male, female in rows:
        found[code] = MembershipRow(
            code,
            int(start),
            int(new),
            int(start) + int(new) - int(end),
            int(end),
            int(male),
            int(female),
        )
    return tuple(found[code] for code in codes if code in found)


def _visits(session: Session, span: Span) -> list[VisitRow]:
    rows = session.execute(
        select(Visit.category, Visit.visited_on, func.sum(Visit.people))
        .where(Visit.visited_on.between(FIRST, LAST), Visit.cancelled_at.is_(None))
        .group_by(Visit.category, Visit.visited_on),
        span.binds,
    )
    months = calendar.period_months(span.month)
    parts = 5 if len(months) == 1 else len(months)
    found: dict[str, list[int]] = {}
    for category, day, people in rows:
        place = min((day.day - 1) // 7, 4) if len(months) == 1 else months.index(f"{day:%Y-%m}")
        found.setdefault(category, [0] * parts)[place] += int(people)
    return [VisitRow(category, tuple(w), sum(w)) for category, w in found.items()]


def _busiest_hour(session: Session, span: Span) -> int | None:
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
