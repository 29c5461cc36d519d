"""Loans, visits and money of another program, written as they were: an open loan is open, one that
ended counts in the figures of its day and names nobody any more.

Each piece is a journal line with the range of what it wrote; taken back, it is struck whole, if
nothing was done with it since.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.engine import pausing
from database.engine.among import among
from database.moving import writing
from database.schema import (
    Biblio,
    BiblioIdentifier,
    Charge,
    ChargeKind,
    Item,
    Loan,
    Patron,
    PatronCategory,
    PeriodReport,
    Visit,
)
from database.sources.desk import LoanTold, OwedTold, VisitTold
from database.text.dates import here
from database.text.words import code, key

T = TypeVar("T")
_PIECE, _FEWEST_DAYS = 300, 7
_NOON = time(12)


@dataclass(frozen=True, slots=True)
class NotMoved:
    """A loan, fine, hold or visit that did not come in: `what` it is, its place among its like,
    the `reason`, and the number it is about."""

    what: str
    position: int
    reason: str
    detail: str = ""


@dataclass(slots=True)
class Moved:
    """What became of what the other program's desk kept."""

    loans: int = 0
    history: int = 0
    charges: int = 0
    holds: int = 0
    visits: int = 0
    standing: int = 0
    """What was here already, of the same import made before."""
    refused: list[NotMoved] | None = None

    def leave(self, what: str, position: int, reason: str, detail: str = "") -> None:
        """Tell of one that did not come in."""
        self.refused = self.refused or []
        self.refused.append(NotMoved(what, position, reason, detail))


Told = Callable[[int], None]


def _pieces(listed: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(listed)
    while part := list(islice(rest, _PIECE)):
        yield part


def lend(
    session: Session,
    loans: Iterable[LoanTold],
    kinds: Mapping[str, str],
    fallback: str,
    moved: Moved,
    now: datetime,
    told: Told,
    cancelled: Callable[[], bool],
) -> None:
    """Loans open and ended. `kinds` are our codes by the other program's folded names; whoever
    has none is counted under `fallback`. Raises Cancelled."""
    closed = _closed(session)
    done = 0
    for part in _pieces(loans):
        if cancelled():
            raise pausing.Cancelled
        rows = list(_loan_rows(session, part, (kinds, fallback, closed), moved, now))
        writing.write(session, Loan, rows, "loan.brought", now)
        moved.loans += sum(row["returned_at"] is None for row in rows)
        moved.history += sum(row["returned_at"] is not None for row in rows)
        done += len(part)
        told(done)
        pausing.pause(session)


def _loan_rows(
    session: Session, part: Sequence[LoanTold], about: Any, moved: Moved, now: datetime
) -> Iterator[dict[str, Any]]:
    kinds, fallback, closed = about
    items = _items(session, [one.barcode for one in part])
    patrons = _patrons(session, [one.member for one in part])
    out, ended = _standing(session, [row.id for row in items.values()])
    for one in part:
        item, patron = items.get(code(one.barcode)), patrons.get(code(one.member))
        is_open = one.returned_on is None
        reason = _why_not(one, item, patron, is_open, now.date(), closed)
        if reason:
            moved.leave("loan" if is_open else "history", one.position, reason, one.barcode)
            continue
        lent = one.lent_on or now.date()
        assert item is not None
        if (is_open and item.id in out) or (not is_open and (item.id, lent) in ended):
            if not is_open or (patron is not None and out[item.id] == (patron.id, lent)):
                moved.standing += 1
            else:
                moved.leave("loan", one.position, "copy_on_loan", one.barcode)
            continue
        if is_open and patron is not None:
            out[item.id] = (patron.id, lent)
        elif not is_open:
            ended.add((item.id, lent))
        kind = patron.category if patron is not None else kinds.get(key(one.kind), fallback)
        yield _loan_row(one, item, patron, kind, lent)


def _why_not(
    one: LoanTold, item: Any, patron: Any, is_open: bool, today: date, closed: set[str]
) -> str:
    if item is None:
        return "copy_unknown"
    if is_open and patron is None:
        return "member_unknown"
    days = [day for day in (one.lent_on, one.returned_on) if day is not None]
    if any(day > today for day in days):
        return "day_to_come"
    if not is_open and one.lent_on is None:
        return "day_unread"
    return "period_closed" if any(f"{day:%Y-%m}" in closed for day in days) else ""


def _loan_row(one: LoanTold, item: Any, patron: Any, kind: str, lent: date) -> dict[str, Any]:
    back = one.returned_on if one.returned_on is None else max(one.returned_on, lent)
    due = max(one.due_on or lent + timedelta(days=_FEWEST_DAYS), lent)
    return {
        "item_id": item.id,
        "patron_id": patron.id if patron is not None and back is None else None,
        "lent_at": _noon(lent),
        "lent_on": lent,
        "due_on": due,
        "due_at": None,
        "returned_at": None if back is None else _noon(back),
        "returned_on": back,
        "renewals": one.renewals,
        "category": kind,
        "unit": patron.unit if patron is not None and back is None else "",
        "item_type": item.item_type,
        "class_group": item.class_group,
        "cancelled_at": None,
        "outcome": "",
    }


def _noon(day: date) -> datetime:
    """Nobody wrote down the hour."""
    return here(datetime.combine(day, _NOON))


def _items(session: Session, barcodes: Sequence[str]) -> dict[str, Any]:
    wanted = select(Item.id, Item.barcode, Item.item_type, Item.class_group).where(
        among(Item.barcode, "codes"), Item.cancelled_at.is_(None)
    )
    codes = sorted({code(one) for one in barcodes if one})
    return {row.barcode: row for row in session.execute(wanted, {"codes": codes})} if codes else {}


def _patrons(session: Session, numbers: Sequence[str]) -> dict[str, Any]:
    wanted = (
        select(Patron.id, Patron.number, Patron.unit, PatronCategory.code.label("category"))
        .join(PatronCategory, PatronCategory.id == Patron.category_id)
        .where(among(Patron.number, "codes"), Patron.forgotten_at.is_(None))
    )
    codes = sorted({code(one) for one in numbers if one})
    return {row.number: row for row in session.execute(wanted, {"codes": codes})} if codes else {}


def _standing(session: Session, ids: Sequence[int]) -> tuple[dict[int, Any], set[tuple[int, date]]]:
    """The open loans of some copies, and the days on which loans of them that ended were made."""
    wanted = select(Loan.item_id, Loan.patron_id, Loan.lent_on, Loan.returned_at).where(
        among(Loan.item_id, "ids"), Loan.cancelled_at.is_(None)
    )
    out: dict[int, Any] = {}
    ended: set[tuple[int, date]] = set()
    for row in session.execute(wanted, {"ids": sorted(set(ids))}) if ids else ():
        if row.returned_at is None:
            out[row.item_id] = (row.patron_id, row.lent_on)
        else:
            ended.add((row.item_id, row.lent_on))
    return out, ended


def _closed(session: Session) -> set[str]:
    """The months whose report is closed: their figures stand."""
    months = session.execute(select(PeriodReport.period).distinct()).scalars()
    return {one for one in months if len(one) == 7 and one[4] == "-"}


def visits(
    session: Session,
    came: Iterable[VisitTold],
    kinds: Mapping[str, str],
    fallback: str,
    moved: Moved,
    now: datetime,
) -> None:
    """Visits of days that have none yet, so that the same ones do not come twice."""
    closed, today = _closed(session), now.date()
    days = select(Visit.visited_on).where(Visit.cancelled_at.is_(None)).distinct()
    counted: set[date] = set(session.execute(days).scalars())
    for part in _pieces(came):
        rows = []
        for one in part:
            day = one.visited_on
            if day is None or day > today:
                moved.leave("visit", one.position, "day_unread" if day is None else "day_to_come")
            elif f"{day:%Y-%m}" in closed:
                moved.leave("visit", one.position, "period_closed")
            elif day in counted:
                moved.standing += 1
            else:
                category = kinds.get(key(one.kind), fallback)
                rows.append({"visited_at": _noon(day), "visited_on": day, "category": category,
                             "purpose": "", "people": 1, "cancelled_at": None})  # fmt: skip
        writing.write(session, Visit, rows, "visit.brought", now)
        moved.visits += len(rows)
        pausing.pause(session)


def owe(session: Session, owed: Iterable[OwedTold], moved: Moved, now: datetime) -> None:
    """What members owe, of the copy it is for."""
    for part in _pieces(owed):
        items = _items(session, [one.barcode for one in part])
        patrons = _patrons(session, [one.member for one in part])
        there = _owed_already(session, [row.id for row in patrons.values()])
        rows = []
        for one in part:
            item, patron = items.get(code(one.barcode)), patrons.get(code(one.member))
            day = min(one.made_on or now.date(), now.date())
            if patron is None or item is None:
                why = "member_unknown" if patron is None else "charge_without_copy"
                moved.leave("charge", one.position, why, one.member)
            elif (patron.id, item.id, one.amount, day) in there:
                moved.standing += 1
            else:
                rows.append(_charge_row(patron, item, one.amount, day))
        writing.write(session, Charge, rows, "charge.brought", now)
        moved.charges += len(rows)
        pausing.pause(session)


def _charge_row(patron: Any, item: Any, amount: int, day: date) -> dict[str, Any]:
    return {
        "patron_id": patron.id,
        "loan_id": None,
        "item_id": item.id,
        "kind": ChargeKind.OVERDUE,
        "amount": amount,
        "days": 0,
        "per_day": 0,
        "weeks": 0,
        "category": patron.category,
        "made_at": _noon(day),
        "made_on": day,
        "cancelled_at": None,
    }


def _owed_already(session: Session, ids: Sequence[int]) -> set[Any]:
    wanted = select(Charge.patron_id, Charge.item_id, Charge.amount, Charge.made_on).where(
        among(Charge.patron_id, "ids"), Charge.cancelled_at.is_(None)
    )
    return set(map(tuple, session.execute(wanted, {"ids": sorted(set(ids))}))) if ids else set()


def title_of(session: Session, barcode: str, control: str) -> int | None:
    """The title of a copy, or else the one that came with a control number."""
    found: int | None = None
    if barcode:
        found = session.execute(
            select(Item.biblio_id).where(Item.barcode == code(barcode), Item.cancelled_at.is_(None))
        ).scalar()
    if found is None and control:
        found = session.execute(
            select(BiblioIdentifier.biblio_id)
            .join(Biblio, Biblio.id == BiblioIdentifier.biblio_id)
            .where(BiblioIdentifier.kind == "control", BiblioIdentifier.value == control)
            .where(Biblio.cancelled_at.is_(None))
            .limit(1)
        ).scalar()
    return found
