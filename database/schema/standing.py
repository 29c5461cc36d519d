"""How memberships stood, as events with snapshots, so that past figures stand still."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, and_, case, or_
from sqlalchemy.orm import Mapped, mapped_column

from database.schema.base import Base, one_of
from database.vocabulary import PatronKind, Standing


class MembershipEvent(Base):
    """What a membership was from `since` on, up to the day before `until` (None: till now).

    `event` tells what made it so; `category` (its code), `kind`, `sex` and the three days are
    snapshots of the patron. `recorded_on` is the day the event was written: what is mended on
    that same day is mended in it. No name is held here, so it stays when a person is forgotten.
    """

    __tablename__ = "membership_event"
    __table_args__ = (
        Index("ix_membership_event_patron_id", "patron_id", "since"),
        one_of("event", Standing),
        one_of("kind", PatronKind),
        CheckConstraint("until > since", name="order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    patron_id: Mapped[int] = mapped_column(ForeignKey("patron.id"))
    event: Mapped[str]
    since: Mapped[date]
    until: Mapped[date | None]
    kind: Mapped[str]
    category: Mapped[str]
    sex: Mapped[str]
    joined_on: Mapped[date]
    valid_until: Mapped[date | None]
    ended_on: Mapped[date | None]
    recorded_on: Mapped[date]


class Borrowed(Base):
    """That a person of this category borrowed in a month ("2026-10"), and how often: written when
    the loans themselves no longer tell whose they were, so that counts of persons stand still. No
    title, no day; of patients and their families nothing at all."""

    __tablename__ = "borrowed"

    patron_id: Mapped[int] = mapped_column(ForeignKey("patron.id"), primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    category: Mapped[str] = mapped_column(primary_key=True)
    loans: Mapped[int]


def stood_on(day: Any, event: Any = MembershipEvent) -> ColumnElement[bool]:
    """Whether an event (or an alias of it) is the one that tells how things stood on a day."""
    return and_(event.since <= day, or_(event.until.is_(None), event.until > day))


def member_on(day: Any, event: Any = MembershipEvent) -> ColumnElement[bool]:
    """Whether an event tells of somebody who was a member on a day."""
    return and_(
        stood_on(day, event),
        event.joined_on <= day,
        or_(event.ended_on.is_(None), event.ended_on > day),
        or_(event.valid_until.is_(None), event.valid_until >= day),
    )


def began_between(first: Any, last: Any, event: Any = MembershipEvent) -> ColumnElement[bool]:
    """Whether an event is a first joining that took effect in these days."""
    began = case((event.joined_on > event.since, event.joined_on), else_=event.since)
    return and_(
        event.event == Standing.JOINED,
        began.between(first, last),
        or_(event.until.is_(None), event.until > began),
    )
