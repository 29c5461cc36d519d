"""Small registers beside the library's own work: activities, agreements, staff, rooms, money; and
the catalogues of partners."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from database.schema.base import Base


class RegisterEntry(Base):
    """One line of a register; which fields it has stands in resources/registers.toml.

    What figures are made of are columns: `day` and `until` (a span, or a deadline's end),
    `kind`, `men` and `women` or `people`, `quantity`, `amount` in rupiah, `minutes` of work,
    `score` in hundredths. All else is in `facts`, as JSON; so is what was `spent`, for nothing
    told is not nought."""

    __tablename__ = "register_entry"
    __table_args__ = (
        Index("ix_register_entry_register", "register", "day"),
        CheckConstraint("until IS NULL OR until >= day", name="until_after_day"),
        CheckConstraint(
            "men >= 0 AND women >= 0 AND people >= 0 AND quantity >= 0 AND amount >= 0"
            " AND spent >= 0 AND minutes >= 0",
            name="not_negative",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    register: Mapped[str]
    day: Mapped[date]
    until: Mapped[date | None]
    kind: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    number: Mapped[str] = mapped_column(default="")
    partner: Mapped[str] = mapped_column(default="")
    men: Mapped[int] = mapped_column(default=0)
    women: Mapped[int] = mapped_column(default=0)
    people: Mapped[int] = mapped_column(default=0)
    quantity: Mapped[int] = mapped_column(default=0)
    amount: Mapped[int] = mapped_column(default=0)
    spent: Mapped[int] = mapped_column(default=0)
    minutes: Mapped[int] = mapped_column(default=0)
    score: Mapped[int | None]
    facts: Mapped[str] = mapped_column(Text, default="{}")
    note: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]


class Threshold(Base):
    """A number of a standard that a librarian with the regulation in hand has confirmed."""

    __tablename__ = "threshold"

    standard: Mapped[str] = mapped_column(primary_key=True)
    indicator: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
    article: Mapped[str]
    verified_by: Mapped[str]
    verified_on: Mapped[date]


class PeriodReport(Base):
    """A month's (quarter's, year's) report once closed: its figures as they were, for ever.

    A later correction is another row with the next `revision`; nothing here is changed but the
    number, the signing and the sending. `narrative`, `problems` and `plans` are its words;
    `annex` holds as JSON how the library stood to the standards and which checks were open."""

    __tablename__ = "period_report"
    __table_args__ = (Index("uq_period_report_period", "period", "revision", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    period: Mapped[str]
    revision: Mapped[int]
    figures: Mapped[str] = mapped_column(Text)
    digest: Mapped[str]
    program: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    narrative: Mapped[str] = mapped_column(Text, default="")
    problems: Mapped[str] = mapped_column(Text, default="", server_default="")
    plans: Mapped[str] = mapped_column(Text, default="", server_default="")
    annex: Mapped[str] = mapped_column(Text, default="{}", server_default="{}")
    number: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime]
    closed_on: Mapped[date]
    signed_on: Mapped[date | None]
    sent_on: Mapped[date | None]
    sent_by: Mapped[str] = mapped_column(default="")


class PeriodText(Base):
    """What the librarian wrote for a period not closed yet, `part` by part ("narrative",
    "problems", "plans"); closing takes the words into the report."""

    __tablename__ = "period_text"

    period: Mapped[str] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(Text)


class CheckSkip(Base):
    """A check of the month's end that was left open, with the reason."""

    __tablename__ = "check_skip"
    __table_args__ = (Index("ix_check_skip_period", "period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    period: Mapped[str]
    code: Mapped[str]
    reason: Mapped[str]
    skipped_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]


class AssessmentQuestion(Base):
    """A question of an accreditation instrument: its text and answers a to e as typed or
    brought in, and the library's own score (5 for a to 1 for e), if it has one."""

    __tablename__ = "assessment_question"
    __table_args__ = (CheckConstraint("score BETWEEN 1 AND 5", name="score"),)

    instrument: Mapped[str] = mapped_column(primary_key=True)
    component: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(Text, default="")
    answers: Mapped[str] = mapped_column(Text, default="[]")
    score: Mapped[int | None]
    note: Mapped[str] = mapped_column(default="")


class Evidence(Base):
    """A file (by the SHA-256 of its content), or a link, that proves something: `owner` is
    "register" with the id of a line, "threshold" with "standard/indicator", or an accreditation
    instrument with a component."""

    __tablename__ = "evidence"
    __table_args__ = (Index("ix_evidence_owner", "owner", "owner_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[str]
    owner_key: Mapped[str]
    name: Mapped[str]
    url: Mapped[str] = mapped_column(default="")
    sha256: Mapped[str] = mapped_column(default="")
    media_type: Mapped[str] = mapped_column(default="")
    size: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]


class WorkTimer(Base):
    """A clock that runs on a line of a register, as while a literature search is worked on."""

    __tablename__ = "work_timer"

    entry_id: Mapped[int] = mapped_column(ForeignKey("register_entry.id"), primary_key=True)
    started_at: Mapped[datetime]


class SavedQuestion(Base):
    """A list the library built for itself: what it is called, and what it asks, as JSON."""

    __tablename__ = "saved_question"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    asked: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]


class Neighbour(Base):
    """A partner whose catalogue is kept beside ours: harvested at `address` (OAI-PMH), or out of a
    file of that name. `since` is the moment, by its own clock, from which it is asked for changes;
    what a harvest that was not finished goes on with is `begun`, `resume` (its token) and `round`.
    One with `removed_at` is on its way out."""

    __tablename__ = "neighbour"
    __table_args__ = (CheckConstraint("kind IN ('oai', 'file')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]
    address: Mapped[str]
    part: Mapped[str] = mapped_column(default="")
    since: Mapped[str] = mapped_column(default="")
    begun: Mapped[str] = mapped_column(default="")
    resume: Mapped[str] = mapped_column(default="")
    round: Mapped[int] = mapped_column(default=0)
    titles: Mapped[int] = mapped_column(default=0)
    harvested_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class NeighbourTitle(Base):
    """A title of a neighbour, never one of ours: the record as it came, and what lists show of it.
    `round` is the harvest that met it last."""

    __tablename__ = "neighbour_title"
    __table_args__ = (UniqueConstraint("neighbour_id", "identifier"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    neighbour_id: Mapped[int] = mapped_column(ForeignKey("neighbour.id"))
    identifier: Mapped[str]
    marc: Mapped[str] = mapped_column(Text)
    round: Mapped[int]


class NeighbourVocabulary(Base):
    """The words of the catalogues of neighbours, to mend a slip in a search of them."""

    __tablename__ = "neighbour_vocabulary"

    word: Mapped[str] = mapped_column(primary_key=True)
