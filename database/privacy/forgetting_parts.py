"""What stays in the place of whoever is forgotten; and forgetting who waited for what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import String, case, cast, func, literal, select, update
from sqlalchemy.orm import Session

from database import journal
from database.engine.among import among
from database.holdings import hold_queue
from database.patrons import standing
from database.schema import Hold, HoldState, Loan, Patron, PatronKind, Unit
from database.vocabulary import NO_VALUES


def due(category_id: int, days: int, on: date) -> Any:
    """Holds of persons of a kind that ended longer ago than loans of that kind are known."""
    return (
        select(Hold.id)
        .join(Patron, Patron.id == Hold.patron_id)
        .where(
            Patron.category_id == category_id,
            Patron.kind == PatronKind.PERSON,
            Hold.ended_on < on - timedelta(days=days),
        )
    )


def untie(session: Session, ids: Sequence[int]) -> None:
    """That somebody waited stays; who, does not."""
    session.execute(
        update(Hold).where(among(Hold.id, "ids")).values(patron_id=None), {"ids": list(ids)}
    )


def give_up(session: Session, patron_ids: Sequence[int], now: datetime) -> None:
    """Who is forgotten waits no more; what lay ready goes on to the next who waits."""
    lay = select(Hold.copy_id).where(
        among(Hold.patron_id, "ids"), Hold.state == HoldState.READY, Hold.copy_id.is_not(None)
    )
    copies = list(session.execute(lay, {"ids": list(patron_ids)}).scalars())
    session.execute(
        update(Hold)
        .where(among(Hold.patron_id, "ids"), Hold.ended_at.is_(None))
        .values(state=HoldState.CANCELLED, ended_at=now, ended_on=now.date()),
        {"ids": list(patron_ids)},
    )
    for copy_id in copies:
        assert copy_id is not None
        hold_queue.pass_on(session, copy_id, now)
    journal.touch(session, "Hold")


def unit_kept() -> Any:
    """Of a patient's or relative's loan only the ward stays: by its group where the ward
    itself tells of an illness, and not at all where the words name no ward of the library."""
    kept = case((Unit.sensitive, Unit.report_group), else_=Unit.name)
    ward = select(kept).where(Unit.name == Loan.unit).scalar_subquery()
    return func.coalesce(ward, "")


def emptied(of_a_ward: bool, now: datetime) -> dict[str, Any]:
    """What stands in the place of a person: nothing but what the figures count."""
    blank = (
        "name",
        "name_key",
        "search_key",
        "institution",
        "phone",
        "email",
        "note",
        "bed",
        "guardian",
        "guarantor",
        "blocked_reason",
    )
    none = ("staff_number", "blocked_until", "suspended_until", "place_id")
    values: dict[str, Any] = {**dict.fromkeys(blank, ""), **dict.fromkeys(none)}
    if of_a_ward:
        values["unit"] = ""
    number = literal("X-") + cast(Patron.id, String)
    return {**values, "number": number, "child": False, "own": NO_VALUES, "forgotten_at": now}


def end_today(session: Session, patron_id: int, now: datetime) -> None:
    """Who is forgotten is no member from today on; one who ended earlier ended then."""
    today = now.date()
    session.execute(
        update(Patron)
        .where(
            Patron.id == patron_id,
            func.coalesce(Patron.ended_on, Patron.valid_until, today) >= today,
        )
        .values(ended_on=today)
    )
    standing.keep(session, [patron_id], now)
