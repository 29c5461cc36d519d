"""T6: rounds with the trolley, what was handed out, what did not come back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from database.reports.counting.table import Asked, Table
from database.schema import Handout, Loan
from database.wards import rounds

READERS = ("ward", "patient", "family")


@dataclass(frozen=True, slots=True)
class WardServices:
    """Rounds, wards come to, copies lent on them; handed out for good; not brought back."""

    rounds: int
    wards: int
    lent: int
    leaflets: int
    free: int
    given: int
    lost: int


def count(asked: Asked) -> WardServices | None:
    """Rounds, hand-outs, and books that readers on the wards did not bring back; None where the
    library has never gone round nor handed anything out."""
    session, span = asked.session, asked.span
    made = rounds.figures(session, span.first, span.last)
    ever = session.execute(select(func.count()).select_from(Handout)).scalar_one()
    ever += rounds.figures(session, date(1900, 1, 1), span.last).rounds
    if not ever:
        return None
    handed = dict(
        session.execute(
            select(Handout.kind, func.sum(Handout.copies))
            .where(Handout.handed_on.between(span.first, span.last), Handout.cancelled_at.is_(None))
            .group_by(Handout.kind)
        ).all()
    )
    kept = dict(
        session.execute(
            select(Loan.outcome, func.count())
            .where(
                Loan.returned_on.between(span.first, span.last),
                Loan.cancelled_at.is_(None),
                Loan.outcome != "",
                Loan.category.in_(READERS),
            )
            .group_by(Loan.outcome)
        ).all()
    )
    return WardServices(
        made.rounds,
        made.stops,
        made.lent,
        int(handed.get("leaflet", 0)),
        int(handed.get("free", 0)),
        int(kept.get("given", 0)),
        int(kept.get("lost", 0)),
    )


TABLE: Table[WardServices | None] = Table("wards", count, None)
