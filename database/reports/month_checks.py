"""What a month's end looks at before the report is closed: each check mended, or skipped with a
reason that stays with the report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, insert, or_, select, update
from sqlalchemy.orm import Session

from database import journal
from database.circulation import visits
from database.journal import Inverses, Line
from database.policy import calendar
from database.refusal import Reason, Refusal
from database.reports import statistics
from database.reports.counting.spans import Span
from database.reports.tables import collection
from database.schema import (
    CheckSkip,
    DayClose,
    Item,
    ItemStatus,
    Loan,
    Patron,
    PatronCategory,
    Payment,
)
from database.standards.measuring import held


@dataclass(frozen=True, slots=True)
class Check:
    """One check: how much is open (0 is well), a few examples as text, and the reason for which
    it was skipped, if it was."""

    code: str
    count: int
    examples: tuple[str, ...] = ()
    reason: str = ""


def checks(session: Session, period: str, now: datetime) -> list[Check]:
    """Every check of a period, in the order they are shown. Examples name days and bar codes,
    never people."""
    span = Span.of(period, now.date())
    why = reasons(session, period)
    found = []
    for code, look in _LOOKS.items():
        examples = look(session, span, now)
        found.append(Check(code, len(examples), tuple(examples[:4]), why.get(code, "")))
    return found


def _silent(session: Session, span: Span, now: datetime) -> list[str]:
    """Open days on which nobody was counted."""
    months = calendar.period_months(span.month)
    days = [day for one in months for day in visits.silent_days(session, one, now.date())]
    began = statistics.first_data(session) or span.last
    return [day.isoformat() for day in days if day >= began]


def _open_at_end(span: Span) -> Any:
    return and_(
        Loan.cancelled_at.is_(None),
        Loan.lent_on <= span.last,
        or_(Loan.returned_on.is_(None), Loan.returned_on > span.last),
    )


def _practice(session: Session, span: Span, now: datetime) -> list[str]:
    """Copies still with students whose practice (membership) is over, or past their due day."""
    over = or_(
        Loan.due_on < span.last,
        Patron.ended_on <= span.last,
        Patron.valid_until < span.last,
    )
    return _barcodes(
        session,
        select(Item.barcode)
        .join(Loan, Loan.item_id == Item.id)
        .join(Patron, Patron.id == Loan.patron_id)
        .join(PatronCategory, PatronCategory.id == Patron.category_id)
        .where(
            PatronCategory.audience == "student",
            Loan.returned_at.is_(None),
            _open_at_end(span),
            over,
        ),
    )


def _ownerless(session: Session, span: Span, _now: datetime) -> list[str]:
    """Copies lent to nobody the library knows."""
    return _barcodes(
        session,
        select(Item.barcode)
        .join(Loan, Loan.item_id == Item.id)
        .where(
            Loan.patron_id.is_(None),
            Loan.returned_at.is_(None),
            Loan.cancelled_at.is_(None),
            Loan.lent_on <= span.last,
        ),
    )


def _unclassed(session: Session, span: Span, _now: datetime) -> list[str]:
    """Copies in stock whose title has no class, so that table 2 cannot place them."""
    return _barcodes(session, select(Item.barcode).where(held(span.last), Item.class_group == ""))


def _resting(session: Session, _span: Span, now: datetime) -> list[str]:
    """Copies whose quarantine is over and that are not back on the shelf."""
    return _barcodes(
        session,
        select(Item.barcode).where(
            Item.cancelled_at.is_(None),
            Item.status.in_((ItemStatus.QUARANTINE, ItemStatus.IN_SERVICE)),
            Item.status_until <= now,
        ),
    )


def _cash(session: Session, span: Span, _now: datetime) -> list[str]:
    """Days whose drawer did not agree, and days on which money moved that were not closed, nor
    agreed the next close after them: what one day leaves in the drawer is part of the next."""
    moved = session.execute(
        select(Payment.paid_on)
        .where(
            Payment.paid_on.between(span.first, span.last),
            Payment.cancelled_at.is_(None),
            Payment.kind != "waived",
        )
        .distinct()
    ).scalars()
    closes = session.execute(
        select(DayClose.closed_on, (DayClose.counted - DayClose.recorded).label("difference"))
        .where(DayClose.closed_on >= span.first, DayClose.reopened_at.is_(None))
        .order_by(DayClose.closed_on)
    ).all()
    wrong = {one.closed_on for one in closes if one.difference and one.closed_on <= span.last}
    for day in moved:
        after = next((one for one in closes if one.closed_on >= day), None)
        if after is None or after.difference:
            wrong.add(day)
    return [day.isoformat() for day in sorted(wrong)]


def _broken(session: Session, span: Span, _now: datetime) -> list[str]:
    """Copies that keep table 1 from adding up."""
    return list(collection.unbalanced(session, span))


def _barcodes(session: Session, wanted: Any) -> list[str]:
    return list(session.execute(wanted.order_by(Item.barcode)).scalars())


_LOOKS: dict[str, Callable[[Session, Span, datetime], list[str]]] = {
    "silent_days": _silent,
    "practice_loans": _practice,
    "ownerless_loans": _ownerless,
    "unclassed": _unclassed,
    "quarantine": _resting,
    "cash": _cash,
    "unbalanced": _broken,
}
CODES = (*_LOOKS, "backup")
"""Every check; how old the backup is only the PC knows."""


# --- skipping -------------------------------------------------------------------------


def reasons(session: Session, period: str) -> dict[str, str]:
    """Why each skipped check of a period was skipped."""
    rows = session.execute(
        select(CheckSkip.code, CheckSkip.reason)
        .where(CheckSkip.period == period, CheckSkip.cancelled_at.is_(None))
        .order_by(CheckSkip.id)
    )
    return {code: reason for code, reason in rows}  # noqa: C416 - rows are no pairs to mypy


def skip(session: Session, period: str, code: str, reason: str, now: datetime) -> int:
    """Leave a check open, with a reason; returns the journal line.

    Raises Refusal MONTH_INVALID, RECORD_GONE (no such check), REASON_NEEDED.
    """
    try:
        calendar.period_bounds(period)
    except ValueError as error:
        raise Refusal(Reason.MONTH_INVALID, month=period[:20]) from error
    if code not in CODES:
        raise Refusal(Reason.RECORD_GONE)
    if not reason.strip():
        raise Refusal(Reason.REASON_NEEDED)
    number: int = session.execute(
        insert(CheckSkip)
        .values(period=period, code=code, reason=reason.strip(), skipped_at=now)
        .returning(CheckSkip.id)
    ).scalar_one()
    return journal.write(
        session, "check.skipped", "CheckSkip", number, now, month=period, check=code
    )


def unskip(session: Session, period: str, code: str, now: datetime) -> int:
    """Look at a check again; returns the journal line. Raises Refusal RECORD_GONE."""
    ids = list(
        session.execute(
            select(CheckSkip.id).where(
                CheckSkip.period == period, CheckSkip.code == code, CheckSkip.cancelled_at.is_(None)
            )
        ).scalars()
    )
    if not ids:
        raise Refusal(Reason.RECORD_GONE)
    _set(session, ids, now)
    return journal.write(
        session, "check.unskipped", "CheckSkip", ids[-1], now, month=period, check=code, ids=ids
    )


def _set(session: Session, ids: list[int], cancelled_at: datetime | None) -> None:
    session.execute(
        update(CheckSkip).where(CheckSkip.id.in_(ids)).values(cancelled_at=cancelled_at)
    )


def _again(session: Session, line: Line, now: datetime) -> None:
    assert line.record_id is not None
    _set(session, [line.record_id], now)


def _still_skipped(session: Session, line: Line, _now: datetime) -> None:
    _set(session, line.facts["ids"], None)


INVERSES: Inverses = {
    "check.skipped": _again,
    "check.unskipped": _still_skipped,
}
