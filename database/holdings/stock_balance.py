"""The balance of a stocktake: every copy of its scope in exactly one place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, exists, func, or_, select
from sqlalchemy.orm import Session

from database import journal
from database.engine.among import among
from database.engine.rows import rows_of
from database.journal import Line
from database.refusal import Reason, Refusal
from database.schema import Biblio, Item, ItemStatus, Loan, ScanOutcome, StockScan, Stocktake


@dataclass(frozen=True, slots=True)
class Scope:
    """Which copies are compared; empty means all owners, all locations."""

    ownership: str = ""
    location: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """The balance; `unknown` and `foreign` codes stand beside it."""

    recorded: int
    found: int
    on_loan: int
    quarantine: int
    repair: int
    missing: int
    unknown: int
    foreign: int
    misplaced: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """How far one location is."""

    location: str
    recorded: int
    found: int


@dataclass(frozen=True, slots=True)
class Round:
    """A stocktake as listed."""

    id: int
    name: str
    scope: Scope
    started_at: datetime
    closed_at: datetime | None
    minutes: str


@dataclass(frozen=True, slots=True)
class StockRow:
    """A copy in a list of a stocktake."""

    id: int
    barcode: str
    call_number: str
    title: str
    location: str
    status: str
    note: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something odd at a shelf; `belongs` is where the copy is recorded."""

    id: int
    location: str
    outcome: str
    code: str
    title: str
    call_number: str
    belongs: str


def locations(session: Session) -> list[str]:
    """Where copies in stock are recorded."""
    rows = session.execute(
        select(Item.location)
        .where(Item.cancelled_at.is_(None), Item.location != "", Item.status.in_(_IN_STOCK))
        .distinct()
        .order_by(Item.location)
    )
    return list(rows.scalars())


def one(session: Session, number: int) -> Round:
    """A round. Raises Refusal RECORD_GONE."""
    row = session.execute(select(Stocktake.__table__).where(Stocktake.id == number)).one_or_none()
    if row is None:
        raise Refusal(Reason.RECORD_GONE)
    return round_of(row)


def round_of(row: Any) -> Round:
    """A row of the table as a Round."""
    scope = Scope(row.ownership, row.location)
    return Round(row.id, row.name, scope, row.started_at, row.closed_at, row.minutes)


def closing_of(session: Session, number: int) -> Line:
    """The journal line that closed a round."""
    line = journal.read(session, journal.line_about(session, "stocktake.closed", number))
    assert line is not None
    return line


_IN_STOCK = [status.value for status in ItemStatus if status.in_stock]
OUT = exists().where(
    Loan.item_id == Item.id, Loan.returned_at.is_(None), Loan.cancelled_at.is_(None)
)


def _scanned(number: int) -> Any:
    return exists().where(
        StockScan.stocktake_id == number,
        StockScan.item_id == Item.id,
        StockScan.counts,
        StockScan.undone_at.is_(None),
    )


def _seen(stocktake: Round) -> Any:
    """Lent or brought back since the start: it is there, though nobody read it at a shelf."""
    since = stocktake.started_at
    return exists().where(
        Loan.item_id == Item.id,
        Loan.cancelled_at.is_(None),
        Loan.returned_at.is_not(None),
        or_(Loan.lent_at >= since, Loan.returned_at >= since),
    )


def within(stocktake: Round) -> list[Any]:
    """The copies recorded: in stock, or missing and found in this very round."""
    scope = stocktake.scope
    where: list[Any] = [
        Item.cancelled_at.is_(None),
        Item.created_at <= (stocktake.closed_at or stocktake.started_at),
        or_(Item.status.in_(_IN_STOCK), _scanned(stocktake.id)),
    ]
    if scope.ownership:
        where.append(Item.ownership == scope.ownership)
    if scope.location:
        where.append(Item.location == scope.location)
    return where


def place_of(stocktake: Round) -> Any:
    """Into which part of the balance a copy falls: exactly one."""
    return case(
        (_scanned(stocktake.id), "found"),
        (OUT, "on_loan"),
        (_seen(stocktake), "found"),
        (Item.status == ItemStatus.QUARANTINE.value, "quarantine"),
        (Item.status == ItemStatus.REPAIR.value, "repair"),
        else_="missing",
    )


def figures(session: Session, number: int) -> Figures:
    """The balance of a round as it stands; of a closed one, as it was closed."""
    stocktake = one(session, number)
    if stocktake.closed_at is not None:
        kept = closing_of(session, number)
        return Figures(**kept.facts["figures"])
    place = place_of(stocktake)
    rows = session.execute(select(place, func.count()).where(*within(stocktake)).group_by(place))
    parts = {name: count for name, count in rows.all()}  # noqa: C416 - rows are no pairs to mypy
    others = dict(
        session.execute(
            select(StockScan.outcome, func.count(func.distinct(StockScan.code)))
            .where(StockScan.stocktake_id == number, StockScan.undone_at.is_(None))
            .group_by(StockScan.outcome)
        ).all()
    )
    wrong = others.get("misplaced", 0) + others.get("out_of_order", 0)
    return Figures(
        sum(parts.values()),
        parts.get("found", 0),
        parts.get("on_loan", 0),
        parts.get("quarantine", 0),
        parts.get("repair", 0),
        parts.get("missing", 0),
        others.get("unknown", 0),
        others.get("foreign", 0),
        wrong,
    )


def shelves(session: Session, number: int) -> list[Shelf]:
    """How far each location is, by name."""
    stocktake = one(session, number)
    place = place_of(stocktake)
    found = func.sum(case((place == "missing", 0), else_=1))
    rows = session.execute(
        select(Item.location, func.count(), found)
        .where(*within(stocktake))
        .group_by(Item.location)
        .order_by(Item.location)
    )
    return [Shelf(location, count, int(done)) for location, count, done in rows]


def missing(session: Session, number: int, limit: int = 5_000) -> list[StockRow]:
    """Copies not found, in the order of the shelf; of a closed round, those it marked."""
    stocktake = one(session, number)
    wanted = select(
        Item.id, Item.barcode, Item.call_number, Biblio.title, Item.location, Item.status, Item.note
    ).join(Biblio, Biblio.id == Item.biblio_id)
    values: dict[str, Any] = {}
    if stocktake.closed_at is not None:
        wanted = wanted.where(among(Item.id, "ids"))
        values["ids"] = [item for item, _status in closing_of(session, number).facts["items"]]
    else:
        wanted = wanted.where(*within(stocktake), place_of(stocktake) == "missing")
    rows = session.execute(wanted.order_by(Item.shelf_key, Item.id).limit(limit), values)
    return rows_of(StockRow, rows)


def remarks(session: Session, number: int, limit: int = 1_000) -> list[Remark]:
    """What was odd at the shelves, the newest first."""
    odd = [outcome.value for outcome in ScanOutcome if outcome is not ScanOutcome.FOUND]
    rows = session.execute(
        select(
            StockScan.id,
            StockScan.location,
            StockScan.outcome,
            StockScan.code,
            func.coalesce(Biblio.title, "").label("title"),
            func.coalesce(Item.call_number, "").label("call_number"),
            func.coalesce(Item.location, "").label("belongs"),
        )
        .outerjoin(Item, Item.id == StockScan.item_id)
        .outerjoin(Biblio, Biblio.id == Item.biblio_id)
        .where(
            StockScan.stocktake_id == number,
            StockScan.undone_at.is_(None),
            StockScan.outcome.in_(odd),
        )
        .order_by(StockScan.id.desc())
        .limit(limit)
    )
    return rows_of(Remark, rows)
