"""What is out past its due day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from database.policy import lateness
from database.schema import Biblio, Item, Loan, Patron, PatronCategory


@dataclass(frozen=True, slots=True)
class OverdueRow:
    """A late loan; `late_days` are counted as its rule says."""

    loan_id: int
    patron_id: int
    number: str
    name: str
    category: str
    audience: str
    barcode: str
    title: str
    due_on: date
    late_days: int


def overdue(session: Session, now: datetime) -> list[OverdueRow]:
    """Every loan past its due day, the longest first; one by hours is late past its hour."""
    today = now.date()
    rows = session.execute(
        select(
            Loan.id.label("loan_id"),
            Patron.id.label("patron_id"),
            Patron.number,
            Patron.name,
            PatronCategory.code.label("category"),
            PatronCategory.audience,
            Item.barcode,
            Biblio.title,
            Loan.due_on,
            Loan.due_at,
            Item.item_type,
        )
        .join(Patron, Patron.id == Loan.patron_id)
        .join(PatronCategory, PatronCategory.id == Patron.category_id)
        .join(Item, Item.id == Loan.item_id)
        .join(Biblio, Biblio.id == Item.biblio_id)
        .where(
            Loan.returned_at.is_(None),
            Loan.cancelled_at.is_(None),
            or_(Loan.due_on < today, Loan.due_at < now),
        )
        .order_by(Loan.due_on, func.lower(Patron.name), Loan.id)
    ).all()
    late = lateness.of(session, rows, now)
    shown = [name for name in OverdueRow.__slots__ if name != "late_days"]
    return [
        OverdueRow(**{name: row._mapping[name] for name in shown}, late_days=one.days)
        for row, one in zip(rows, late, strict=True)
    ]
