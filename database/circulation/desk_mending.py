"""Mending a slip at the desk: the loan was another's. It moves with the moment it was made."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from database import journal
from database.circulation import identify, lending
from database.circulation.lending import Done
from database.journal import Inverses, Line
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
        raise Refusal(
            Reason.NOT_ON_LOAN,
            title=item.title,
            barcode=item.barcode,
            status=item.status,
            shelf=item.call_number,
        )
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


INVERSES: Inverses = {"loan.struck": unstrike}
