"""Mending an open loan at the desk: it was another's, or is wanted back on a picked day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from database import journal
from database.circulation import identify, lending
from database.circulation.lending import Done
from database.journal import Inverses, Line
from database.policy import calendar
from database.refusal import NOTHING, Allowed, Reason, Refusal
from database.schema import Loan


def move(
    session: Session, barcode: str, patron_number: str, now: datetime, allowed: Allowed = NOTHING
) -> Done:
    """Give an open loan to the patron it was meant for, under that patron's own rule.

    Nobody sees two loans of it: the first is struck. Raises Refusal UNKNOWN_ITEM, NOT_ON_LOAN,
    ALREADY_YOURS and every reason of lending.
    """
    item = identify.item_scanned(session, barcode)
    if item.loan_id is None:
        raise _not_on_loan(item)
    meant = identify.find_patron(session, patron_number)
    if meant is not None and meant.id == item.patron_id:
        raise Refusal(Reason.ALREADY_YOURS, title=item.title, due_on=item.due_on)
    lent_at = session.execute(select(Loan.lent_at).where(Loan.id == item.loan_id)).scalar_one()
    struck = _strike(session, item.loan_id, now)
    at = lent_at.astimezone(now.tzinfo)
    done = lending.check_out(session, patron_number, barcode, at, allowed)
    line = journal.write(
        session,
        "loan.moved",
        "Loan",
        done.loan_id,
        now,
        lines=[struck, done.line],
        barcode=item.barcode,
    )
    return replace(done, act="moved", line=line)


def pick_due(
    session: Session, barcode: str, day: date, now: datetime, allowed: Allowed = NOTHING
) -> Done:
    """Let an open loan be due on a picked day; one that is closed moves on to the next open one.

    Raises Refusal UNKNOWN_ITEM, NOT_ON_LOAN, VALUE_INVALID (a day gone by), OVERDUE (it is to be
    renewed, which books its fine), and unless allowed BEYOND_RULE for a later day than the rule
    gave.
    """
    item = identify.item_scanned(session, barcode)
    if item.loan_id is None or item.due_on is None:
        raise _not_on_loan(item)
    if day < now.date():
        raise Refusal(Reason.VALUE_INVALID, field="day")
    if item.due_on < now.date():
        raise Refusal(Reason.OVERDUE, title=item.title, due_on=item.due_on)
    if day > item.due_on and Reason.BEYOND_RULE not in allowed:
        raise Refusal(Reason.BEYOND_RULE, overridable=True, title=item.title, due_on=item.due_on)
    wanted = calendar.load(session, day, day).next_open(day)
    values = {"due_on": wanted, "due_at": None}
    session.execute(update(Loan).where(Loan.id == item.loan_id).values(**values))
    line = journal.write(
        session,
        "loan.due_picked",
        "Loan",
        item.loan_id,
        now,
        before=item.due_on.isoformat(),
        hour_before=item.due_at and item.due_at.isoformat(),
        after=wanted.isoformat(),
        **lending.why(allowed),
    )
    notes = ("closed",) if wanted != day else ()
    return Done(
        "picked", line, item.title, item.barcode, item.patron_name or "", due_on=wanted, notes=notes
    )


def _unpick(session: Session, line: Line, _now: datetime) -> None:
    """Raises Refusal CANNOT_UNDO where the loan ended, or is due on another day since."""
    hour = line.facts["hour_before"]
    done = session.execute(
        update(Loan)
        .where(
            Loan.id == line.record_id,
            Loan.due_on == date.fromisoformat(line.facts["after"]),
            Loan.returned_at.is_(None),
            Loan.cancelled_at.is_(None),
        )
        .values(
            due_on=date.fromisoformat(line.facts["before"]),
            due_at=datetime.fromisoformat(hour) if hour else None,
        )
        .returning(Loan.id)
    ).first()
    if done is None:
        raise Refusal(Reason.CANNOT_UNDO)


def _not_on_loan(item: identify.ItemAtDesk) -> Refusal:
    return Refusal(
        Reason.NOT_ON_LOAN,
        title=item.title,
        barcode=item.barcode,
        status=item.status,
        shelf=item.call_number,
    )


def _strike(session: Session, loan_id: int, now: datetime) -> int:
    session.execute(update(Loan).where(Loan.id == loan_id).values(cancelled_at=now))
    return journal.write(session, "loan.struck", "Loan", loan_id, now)


def unstrike(session: Session, line: Line, _now: datetime) -> None:
    """The inverse of striking. Raises Refusal CANNOT_UNDO where the copy is out again, or the
    loan's patron has been forgotten since."""
    done = session.execute(
        update(Loan)
        .where(
            Loan.id == line.record_id,
            Loan.cancelled_at.is_not(None),
            Loan.patron_id.is_not(None),
        )
        .values(cancelled_at=None)
        .returning(Loan.id)
    ).first()
    if done is None:
        raise Refusal(Reason.CANNOT_UNDO)


INVERSES: Inverses = {"loan.struck": unstrike, "loan.due_picked": _unpick}
