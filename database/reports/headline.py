"""The headline figures of a period: visits, loans, members, titles, copies, and what is new."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from database.registers import registers
from database.reports.counting import members, stock
from database.reports.counting.spans import FIRST, LAST, Span
from database.reports.counting.stock import AT_END
from database.reports.counting.table import Line
from database.reports.tables import circulation, membership, visit_rows
from database.schema import Biblio, Item, Loan, RegisterEntry, Visit

LOANS_IN = select(func.count()).where(
    Loan.lent_on.between(FIRST, LAST), Loan.cancelled_at.is_(None)
)
VISITS_IN = select(func.coalesce(func.sum(Visit.people), 0)).where(
    Visit.visited_on.between(FIRST, LAST), Visit.cancelled_at.is_(None)
)


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
    "members": select(func.count()).where(members.PERSONS, members.AT_END),
    "new_titles": select(func.count()).where(
        Biblio.created_on.between(FIRST, LAST), Biblio.cancelled_at.is_(None)
    ),
    "new_members": members.NEW,
}


ON_A_DAY = frozenset({"members", "titles", "copies"})
"""What is had at the end of a period; the others are counted through it."""

BEFORE_THE_DESK = frozenset({"new_titles", "new_members"})
"""What is known of the years before anybody was counted, too: registers bear their days."""


def counted(session: Session, span: Span) -> dict[str, int]:
    """Every headline figure but titles and copies, which `stock.held` counts for many days."""
    return {
        name: int(session.execute(statement, span.binds).scalar_one())
        for name, statement in _HEADLINES.items()
    }


# --- what stands behind them


def _biblios(session: Session, span: Span, *where: Any) -> list[Line]:
    found = session.execute(
        select(Biblio.created_on, Biblio.title, Biblio.contributors, Biblio.class_group)
        .where(*where)
        .order_by(Biblio.created_on, Biblio.title_key, Biblio.id),
        span.binds,
    )
    return [Line(day, title, by, group) for day, title, by, group in found]


def _titles(session: Session, span: Span) -> list[Line]:
    held = select(Item.biblio_id).where(stock.STANDING, AT_END)
    return _biblios(session, span, Biblio.id.in_(held))


def _new_titles(session: Session, span: Span) -> list[Line]:
    came = Biblio.created_on.between(FIRST, LAST)
    return _biblios(session, span, came, Biblio.cancelled_at.is_(None))


_Rows = Callable[[Session, Span], list[Line]]


def _of_register(register: str, what: str, who: str) -> _Rows:
    def found(session: Session, span: Span) -> list[Line]:
        lines = registers.entries(session, register, span.first, span.last)
        return [
            Line(one.values["day"], one.values[what], one.values.get(who) or "", one.values["kind"])
            for one in reversed(lines)
        ]

    return found


def _part_of(rows: Callable[[Session, Span, Sequence[str]], list[Line]], *path: str) -> _Rows:
    return lambda session, span: rows(session, span, path)


BEHIND: dict[str, _Rows] = {
    "visits": _part_of(visit_rows.behind, "*", "total"),
    "loans": _part_of(circulation.behind, "*", "lent"),
    "members": _part_of(membership.behind, "*", "end"),
    "new_members": _part_of(membership.behind, "*", "new"),
    "titles": _titles,
    "copies": lambda session, span: stock.copies(session, span, AT_END),
    "new_titles": _new_titles,
    # Of a search only what kind it was: its question may tell of a patient.
    "searches": _of_register("literature_search", "number", "unit"),
    "held_activities": _of_register("activity", "title", "partner"),
}
"""The rows of each headline figure."""
