"""What persons of the demo library asked it for: a letter that they owe nothing, a copy of what is
kept of them, to be forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from database.circulation import clearance
from database.demo.holdings import Act
from database.privacy import forgetting, requests
from database.schema import Charge, Loan, Patron, PatronCategory, RequestKind


def acts(now: datetime) -> list[tuple[datetime, Act]]:
    """What was asked, and when."""
    return [
        (now - timedelta(days=6), _ask),
        (now - timedelta(days=4), _clear),
        (now - timedelta(days=2), _forget),
    ]


def _clear(session: Session, at: datetime) -> None:
    """A student whose practice is over owes nothing."""
    over = Patron.valid_until < at.date()
    who = session.execute(
        _who_owe_nothing("student", at).where(over).order_by(Patron.valid_until.desc(), Patron.id)
    )
    clearance.issue(session, who.scalars().first() or 0, "Selesai praktik klinik", at)


def _who_owe_nothing(category: str, at: datetime) -> Select[Any]:
    """Those of a kind who borrowed and have nothing of the library's any more."""
    lent = select(Loan.patron_id).where(Loan.returned_on < at.date())
    had = select(Loan.patron_id).where(
        Loan.patron_id.is_not(None),
        Loan.returned_at.is_(None) | (Loan.returned_on >= at.date()),
    )
    owing = select(Charge.patron_id).where(Charge.patron_id.is_not(None))
    return (
        select(Patron.id)
        .join(PatronCategory, PatronCategory.id == Patron.category_id)
        .where(
            PatronCategory.code == category,
            Patron.forgotten_at.is_(None),
            Patron.id.in_(lent),
            Patron.id.not_in(had),
            Patron.id.not_in(owing),
        )
    )


def _ask(session: Session, at: datetime) -> None:
    """A relative of a patient wants to know what is kept of her, and is told."""
    who = session.execute(_who_owe_nothing("family", at).order_by(Patron.id.desc()))
    asked = requests.ask(session, who.scalars().first() or 0, RequestKind.COPY, at)
    requests.answered(session, asked, at + timedelta(minutes=20))


def _forget(session: Session, at: datetime) -> None:
    """Another, whose patient went home long ago, wants to be forgotten, and is."""
    who = session.execute(_who_owe_nothing("family", at).order_by(Patron.id))
    number = who.scalars().first() or 0
    asked = requests.ask(session, number, RequestKind.FORGET, at)
    requests.answered(session, asked, at)
    forgetting.forget_now(session, number, at)
