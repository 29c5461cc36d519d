"""Reminders sent, e-mails on their way, and cards seen at the door today."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from database.schema.base import Base, partial

_STANDS = "cancelled_at IS NULL"


class Reminder(Base):
    """Somebody was written to: about `loans`, or about a `hold` that lies ready; never twice on
    one day about the same. `level` is 1 to 3 for a printed letter, 0 for anything else;
    `number` is the letter's."""

    __tablename__ = "reminder"
    __table_args__ = (
        CheckConstraint("subject IN ('loans', 'hold')", name="subject"),
        CheckConstraint("channel IN ('whatsapp', 'copied', 'letter', 'email')", name="channel"),
        CheckConstraint("level BETWEEN 0 AND 3", name="level"),
        partial(
            "uq_reminder_once_a_day", "patron_id", "subject", "sent_on", unique=True, where=_STANDS
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    patron_id: Mapped[int | None] = mapped_column(ForeignKey("patron.id"))
    category: Mapped[str]
    subject: Mapped[str]
    channel: Mapped[str]
    level: Mapped[int] = mapped_column(default=0)
    number: Mapped[str | None] = mapped_column(unique=True)
    copies: Mapped[int]
    sent_at: Mapped[datetime]
    sent_on: Mapped[date]
    cancelled_at: Mapped[datetime | None]


class Mail(Base):
    """An e-mail that the program sends by itself: one a reminder, never a second. What it says
    and to which address is kept only until it is sent.

    "sending" is set before the post is asked and ends with its answer; where it stays so, nobody
    knows whether the e-mail arrived. `next_at` is when it may be tried, `error` what the post
    said last."""

    __tablename__ = "mail"
    __table_args__ = (
        CheckConstraint("state IN ('queued', 'sending', 'sent', 'failed')", name="state"),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_whole"),
        CheckConstraint("state <> 'sent' OR body = ''", name="body_gone"),
        Index("ix_mail_state", "state", "next_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    patron_id: Mapped[int] = mapped_column(ForeignKey("patron.id"), index=True)
    reminder_id: Mapped[int] = mapped_column(ForeignKey("reminder.id"), unique=True)
    address: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    state: Mapped[str] = mapped_column(default="queued")
    tries: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(default="")
    queued_at: Mapped[datetime]
    next_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]


class CardSeen(Base):
    """A card was scanned on a day, so that its second scan counts no second visit. Kept for
    that day only; the visit itself names nobody."""

    __tablename__ = "card_seen"

    patron_id: Mapped[int] = mapped_column(ForeignKey("patron.id"), primary_key=True)
    seen_on: Mapped[date] = mapped_column(primary_key=True)
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"))
