"""T6 to T10 of a month: the wards, clinical services, activities, what is late, deposits."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from database.registers import registers
from database.reports.figures import (
    ActivityRow,
    ClinicalServices,
    DepositFigures,
    LateLoans,
    WardServices,
)
from database.reports.spans import Span
from database.schema import Deposit, Handout, Item, ItemStatus, Loan
from database.wards import rounds

READERS = ("ward", "patient", "family")
_CHILDREN = "story_hour"


def wards(session: Session, span: Span) -> WardServices | None:
    """Rounds, hand-outs, and books that readers on the wards did not bring back; None where the
    library has never gone round nor handed anything out."""
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


def clinical(session: Session, span: Span) -> ClinicalServices | None:
    """Literature searches, interlibrary loans, user trainings, uses of the discussion room; None
    where none of them was ever recorded."""
    names = ("literature_search", "interlibrary", "room_use", "reference_question")
    if not any(registers.entries(session, name) for name in names):
        return None
    found = {name: registers.entries(session, name, span.first, span.last) for name in names}
    searches = [one.values for one in found["literature_search"]]
    done = [one for one in searches if one.get("until") is not None]
    trainings = [
        one.values
        for one in registers.entries(session, "activity", span.first, span.last)
        if one.values["kind"] == "user_training"
    ]
    ill = [one.values for one in found["interlibrary"]]
    return ClinicalServices(
        searches=len(searches),
        minutes=sum(round((one.get("hours") or 0) * 60) for one in searches),
        finished=len(done),
        on_time=sum(one["until"] <= one["due"] for one in done),
        requested=sum(one["quantity"] for one in ill if one["kind"] == "requested"),
        supplied=sum(one["quantity"] for one in ill if one["kind"] == "supplied"),
        questions=sum(one.values["quantity"] for one in found["reference_question"]),
        trainings=len(trainings),
        trained=sum((one["men"] or 0) + (one["women"] or 0) for one in trainings),
        room_uses=len(found["room_use"]),
    )


def activities(session: Session, span: Span) -> tuple[ActivityRow, ...]:
    """What was held in the month, by day."""
    lines = registers.entries(session, "activity", span.first, span.last)
    return tuple(
        ActivityRow(
            one.values["day"].isoformat(),
            one.values["title"],
            one.values["kind"],
            one.values["partner"] or "",
            one.values["men"] or 0,
            one.values["women"] or 0,
        )
        for one in reversed(lines)
    )


def late(session: Session, span: Span) -> LateLoans:
    """Loans that were past their due day at the month's end, by how long; no names."""
    # Two questions with an index each; as one, every loan there ever was would be read. What was
    # due before the end was lent before it.
    rows: list[tuple[date, int]] = []
    for still_out in (Loan.returned_at.is_(None), Loan.returned_on > span.last):
        found = session.execute(
            select(Loan.due_on, func.count())
            .where(still_out, Loan.cancelled_at.is_(None), Loan.due_on < span.last)
            .group_by(Loan.due_on)
        )
        rows += [(due_on, count) for due_on, count in found]
    week = month = longer = 0
    for due_on, count in rows:
        days = (span.last - due_on).days
        if days <= 7:
            week += count
        elif days <= 30:
            month += count
        else:
            longer += count
    lost = session.execute(
        select(func.count()).where(
            Item.cancelled_at.is_(None),
            Item.status == ItemStatus.LOST,
            Item.left_on.between(span.first, span.last),
        )
    ).scalar_one()
    return LateLoans(week, month, longer, int(lost))


def deposits(session: Session, span: Span) -> tuple[DepositFigures, ...]:
    """Each batch of the dinas that was in the house in the month: received = returned + lost +
    here (of those, lent)."""
    gone = Item.left_on <= span.last
    out = (
        select(Loan.id)
        .where(
            Loan.item_id == Item.id,
            Loan.cancelled_at.is_(None),
            Loan.lent_on <= span.last,
            or_(Loan.returned_on.is_(None), Loan.returned_on > span.last),
        )
        .exists()
    )

    def count(condition: Any) -> Any:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    back = Item.status == ItemStatus.RETURNED_TO_OWNER
    rows = session.execute(
        select(
            Deposit.name,
            func.count(Item.id),
            count(and_(gone, back)),
            count(and_(gone, ~back)),
            count(out),
        )
        .join(Item, Item.deposit_id == Deposit.id)
        .where(
            Deposit.cancelled_at.is_(None),
            Deposit.received_on <= span.last,
            or_(Deposit.returned_on.is_(None), Deposit.returned_on >= span.first),
            Item.cancelled_at.is_(None),
        )
        .group_by(Deposit.id)
        .order_by(Deposit.id)
    )
    return tuple(
        DepositFigures(
            name,
            int(total),
            int(returned),
            int(lost),
            int(lent),
            int(total) - int(returned) - int(lost),
        )
        for name, total, returned, lost, lent in rows
    )
