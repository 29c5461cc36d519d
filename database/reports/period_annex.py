"""What is kept with a closed period beside its figures, so that its paper can be made again as it
was: the standards as measured then, the checks of the guide, and of a year its own tables."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date, datetime

from sqlalchemy.orm import Session

from database.holdings import stock_balance, stocktake
from database.policy import calendar
from database.reports import month_checks
from database.reports.figures import Month
from database.standards import iplm, standards
from database.text.dates import local_day


@dataclass(frozen=True, slots=True)
class Standing:
    """How the library stood to one requirement on the last day; see `standards.Finding`."""

    name: str
    area: str
    article: str
    unit: str
    operator: str
    value: float | int | None
    threshold: float | None
    met: bool | None
    verified: bool
    gap: float | None
    lacking: int | None = None


@dataclass(frozen=True, slots=True)
class IndexFigure:
    """One of the 28 figures of the literacy index; see `iplm.Figure`."""

    column: str
    name: str
    value: float | int | None


@dataclass(frozen=True, slots=True)
class LastStocktake:
    """What the last stocktake closed in a year, or before, found; see `stock_balance.Figures`."""

    name: str
    recorded: int
    found: int
    on_loan: int
    quarantine: int
    repair: int
    missing: int


@dataclass(frozen=True, slots=True)
class Annex:
    """What is kept beside the figures: the standards as measured then, the checks of the guide
    left open, and those skipped with their reasons; of a year also the figures of the literacy
    index, the last stocktake, and the chapters that only a year's report has."""

    edition: str = ""
    standards: tuple[Standing, ...] = ()
    open_checks: tuple[str, ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()
    literacy: tuple[IndexFigure, ...] = ()
    stocktake: LastStocktake | None = None
    chapters: tuple[tuple[str, str], ...] = ()


def made(session: Session, figures: Month, now: datetime) -> Annex:
    """What is kept, or printed for an open period, beside the figures."""
    last = min(calendar.period_bounds(figures.month)[1], now.date())
    ruling = standards.in_force()
    found = standards.measured(session, last, (ruling,))
    checks = month_checks.checks(session, figures.month, now)
    year = len(figures.month) == len("2026")
    return Annex(
        standards.standards()[ruling].edition,
        tuple(
            Standing(**{f.name: getattr(one, f.name) for f in fields(Standing)}) for one in found
        ),
        tuple(one.code for one in checks if one.count and not one.reason),
        tuple(month_checks.reasons(session, figures.month).items()),
        _literacy(session, last) if year else (),
        _stocktake(session, last) if year else None,
    )


def _literacy(session: Session, last: date) -> tuple[IndexFigure, ...]:
    found = iplm.figures(session, last.year, last)
    return tuple(IndexFigure(one.column, one.name, one.value) for one in found)


def _stocktake(session: Session, last: date) -> LastStocktake | None:
    """The newest that was closed by then."""
    closed = [
        (one.closed_at, one.id, one.name)
        for one in stocktake.rounds(session)
        if one.closed_at is not None and local_day(one.closed_at) <= last
    ]
    if not closed:
        return None
    _when, number, name = max(closed)
    found = asdict(stock_balance.figures(session, number))
    parts = {one.name: found[one.name] for one in fields(LastStocktake) if one.name in found}
    return LastStocktake(name, **parts)
