"""A period's figures put together: headline, tables, the months behind, what they say.

Every count reads event rows with their snapshots (category, class, unit as they
were), so a figure stays true after a patron is forgotten or an item reclassified.
Months are local calendar months, written "2026-10".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from database.patrons import membership
from database.policy import calendar
from database.refusal import Reason, Refusal
from database.reports import headline, indicators
from database.reports.counting import stock
from database.reports.counting.spans import FIRST, LAST, Span
from database.reports.counting.table import Asked
from database.reports.figures import Comparison, Month, MonthPoint
from database.reports.found import tables
from database.schema import Item, Loan, MembershipEvent, Visit
from database.text.dates import here


def month(session: Session, wanted: str) -> Month:
    """All figures of a month, "2026-10". Raises Refusal MONTH_INVALID."""
    try:
        calendar.month_bounds(wanted)
    except ValueError as error:
        raise Refusal(Reason.MONTH_INVALID, month=wanted[:20]) from error
    return period(session, wanted)


def period(session: Session, wanted: str, today: date | None = None) -> Month:
    """All figures of a month, a quarter "2026-Q4" or a year "2026"; of a period under way up to
    `today`. Raises Refusal MONTH_INVALID.
    """
    try:
        span = Span.of(wanted, today)
    except ValueError as error:
        raise Refusal(Reason.MONTH_INVALID, month=wanted[:20]) from error
    return indicators.told(session, _counted(session, span, today), span)


def _counted(session: Session, span: Span, today: date | None) -> Month:
    start = first_counted(session)
    heads = _beside(session, span, start)
    open_days = _open_days(session, span, start, today)
    names = {one.code: one.name for one in membership.categories(session)}
    visits = heads("visits")
    asked = Asked(session, span, tuple(names))
    return Month(
        month=span.month,
        open_days=open_days,
        visits=visits,
        loans=heads("loans"),
        members=heads("members"),
        titles=heads("titles"),
        copies=heads("copies"),
        new_titles=heads("new_titles"),
        new_members=heads("new_members"),
        year=year(session, calendar.period_months(span.month)[-1]),
        categories=names,
        visits_per_open_day=visits.now / open_days if visits.now and open_days else None,
        busiest_hour=_busiest_hour(session, span),
        tables={name: table.count(asked) for name, table in tables().items()},
        searches=heads("searches"),
        held_activities=heads("held_activities"),
        until=span.last.isoformat() if span.under_way else "",
    )


def _beside(session: Session, span: Span, start: date | None) -> Callable[[str], Comparison]:
    """Each headline figure beside the period before and the one a year ago, where there is one to
    be put beside: a part is not measured by a whole. What is had on a day can always be."""
    spans = [span, *map(Span.of, _before(span.month))]
    held = stock.held(session, [one.last for one in spans])
    counted = [{**headline.counted(session, one), **held[one.last]} for one in spans]
    had = first_data(session)
    there = [bool(had and one.last >= had) for one in spans[1:]]
    began = {True: had, False: start}
    whole = {
        early: [not span.under_way and _covered(session, one, day) for one in spans[1:]]
        for early, day in began.items()
    }

    def of(name: str) -> Comparison:
        known = there if name in headline.ON_A_DAY else whole[name in headline.BEFORE_THE_DESK]
        now, *before = (head[name] for head in counted)
        return Comparison(
            now, *(one if fits else None for one, fits in zip(before, known, strict=True))
        )

    return of


def _covered(session: Session, span: Span, start: date | None) -> bool:
    """Whether the library was there through a period: of its open days at most a tenth came before
    the first of which anything is known."""
    if start is None or start > span.last:
        return False
    if start <= span.first:
        return True
    days = calendar.load(session, span.first, span.last)
    missing = days.open_days(span.first, start - timedelta(days=1))
    return 10 * missing <= days.open_days(span.first, span.last)


def _before(wanted: str) -> tuple[str, str]:
    return calendar.shift_period(wanted, -1), calendar.year_before(wanted)


def _open_days(session: Session, span: Span, start: date | None, today: date | None) -> int:
    """Days the library was open: not before it began, not yet after today."""
    first = max(span.first, min(start or span.first, span.last))
    last = min(span.last, today or span.last)
    return calendar.load(session, span.first, span.last).open_days(first, last)


def first_data(session: Session) -> date | None:
    """The first day that has anything, so that the months before say "no data"."""
    return _first(
        session, Item.accessioned_on, Loan.lent_on, Visit.visited_on, MembershipEvent.since
    )


def first_counted(session: Session) -> date | None:
    """The first day on which somebody came or borrowed. Books and members may be older: a register
    that was typed in or moved in tells nothing of the visits in its years."""
    return _first(session, Loan.lent_on, Visit.visited_on) or first_data(session)


def _first(session: Session, *columns: Any) -> date | None:
    days = [session.execute(select(func.min(column))).scalar() for column in columns]
    return min((day for day in days if day), default=None)


def year(session: Session, wanted: str) -> tuple[MonthPoint, ...]:
    """The twelve months that end with `wanted`."""
    points = []
    for back in range(11, -1, -1):
        span = Span.of(calendar.shift_month(wanted, -back))
        visits = session.execute(headline.VISITS_IN, span.binds).scalar_one()
        loans = session.execute(headline.LOANS_IN, span.binds).scalar_one()
        points.append(MonthPoint(span.month, int(visits), int(loans)))
    return tuple(points)


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
        hours[here(moment).hour] += people
    return min(hours, key=lambda hour: (-hours[hour], hour)) if hours else None
