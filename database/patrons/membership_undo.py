"""Taking back what was done to patrons; nothing of a person is read from the journal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from database.engine.among import among
from database.holdings import item_history
from database.journal import Inverses, Line
from database.patrons import before, merging, standing
from database.schema import (
    Charge,
    Consent,
    Hold,
    Loan,
    Patron,
    PatronBefore,
    PatronCode,
    PatronPhoto,
)

_PARTS: tuple[Any, ...] = (PatronBefore, PatronCode, PatronPhoto, Consent)


def cancel(session: Session, patron_ids: Sequence[int]) -> None:
    """Take patrons away as if they had never been enrolled; a loan taken back forgets them.

    Raises Refusal CANNOT_UNDO if one of them has borrowed or is what another hangs on.
    """
    ids = {"ids": list(patron_ids)}
    borrowed = select(Loan.id).where(among(Loan.patron_id, "ids"), Loan.cancelled_at.is_(None))
    if (loan := session.execute(borrowed.limit(1), ids).scalar()) is not None:
        raise item_history.lent_since(session, Loan.id == loan)
    quietly = {"synchronize_session": False}
    session.execute(
        update(Loan).where(among(Loan.patron_id, "ids")).values(patron_id=None),
        ids,
        execution_options=quietly,
    )
    # Only struck ones can be left, of loans that were taken back.
    session.execute(
        update(Charge).where(among(Charge.patron_id, "ids")).values(patron_id=None),
        ids,
        execution_options=quietly,
    )
    session.execute(
        update(Hold)
        .where(among(Hold.patron_id, "ids"), Hold.ended_at.is_not(None))
        .values(patron_id=None),
        ids,
        execution_options=quietly,
    )
    standing.drop(session, patron_ids)
    for part in _PARTS:
        session.execute(
            delete(part).where(among(part.patron_id, "ids")), ids, execution_options=quietly
        )
    session.execute(delete(Patron).where(among(Patron.id, "ids")), ids, execution_options=quietly)


def _unenrol(session: Session, line: Line, now: datetime) -> None:
    assert line.record_id is not None
    cancel(session, [line.record_id])


def _unchange(session: Session, line: Line, now: datetime) -> None:
    before.put_back(session, line, now)


def _unrotate(session: Session, line: Line, now: datetime) -> None:
    """The renewed and the changed are as they were; the enrolled are gone."""
    if line.facts["renewed"] or line.facts.get("changed"):
        before.put_back(session, line, now)
    cancel(session, line.facts["added"])


def _unmerge(session: Session, line: Line, now: datetime) -> None:
    other = line.facts["other"]
    before.put_back(session, line, now)
    for key, (record, column) in merging.MOVED.items():
        session.execute(
            update(record)
            .where(among(record.id, "ids"), column == line.record_id)
            .values({column: other}),
            {"ids": line.facts.get(key, [])},
            execution_options={"synchronize_session": False},
        )


INVERSES: Inverses = {
    "patron.enrolled": _unenrol,
    "patron.saved": _unchange,
    "patron.renewed": _unchange,
    "patron.photographed": _unchange,
    "patron.rotated": _unrotate,
    "patron.merged": _unmerge,
}
