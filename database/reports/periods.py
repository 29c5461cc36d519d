"""Closing a month (a quarter, a year): its figures and words are kept as they were, for ever. A
correction is a revision.

Reclassifying a title, weeding a copy or forgetting a patron changes nothing of a closed month;
what was sent to the dinas can be printed again as it was, with who signed then.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from database import journal
from database.journal import Inverses, Line
from database.policy import calendar
from database.refusal import Reason, Refusal
from database.reports import period_annex, statistics
from database.reports.figures import Month
from database.reports.kept_figures import canonical, differences, digest, restored, shaped
from database.reports.period_annex import Annex
from database.reports.period_words import CHAPTERS, PARTS, written
from database.schema import PeriodReport
from database.text import chained


@dataclass(frozen=True, slots=True)
class Report:
    """One closed report: a month's figures, and what became of the paper."""

    id: int
    period: str
    revision: int
    figures: Month
    digest: str
    program: str
    reason: str
    narrative: str
    problems: str
    plans: str
    annex: Annex
    number: str
    closed_at: datetime
    closed_on: date
    signed_on: date | None
    sent_on: date | None
    sent_by: str

    @property
    def words(self) -> dict[str, str]:
        """Every part of its words."""
        return {**dict(self.annex.chapters), **{part: getattr(self, part) for part in PARTS}}


Words = Callable[[Session, Month], Mapping[str, str]]
"""Makes the parts that nobody wrote from the figures."""


@dataclass(frozen=True, slots=True)
class Counted:
    """All that takes time about a period that is over, read at one moment and not kept yet."""

    figures: Month
    annex: Annex
    words: Mapping[str, str]


def counted(session: Session, month: str, now: datetime, words: Words | None = None) -> Counted:
    """Count a period that is over; in a read by itself, so that the desks go on meanwhile.

    Raises Refusal MONTH_INVALID, MONTH_NOT_OVER.
    """
    figures = _over(session, month, now)
    made = words(session, figures) if words else {}
    return Counted(figures, period_annex.made(session, figures, now), made)


def close(session: Session, found: Counted, program: str, now: datetime) -> int:
    """Close a period as it was counted; returns the journal line. Raises Refusal MONTH_CLOSED."""
    month = found.figures.month
    if standing(session, month) is not None:
        raise Refusal(Reason.MONTH_CLOSED, month=month)
    return _keep(session, found, 0, program, "", now)


def revise(session: Session, found: Counted, reason: str, program: str, now: datetime) -> int:
    """Keep a closed period as it was counted anew, as its next revision; the journal line.

    Raises Refusal MONTH_NOT_CLOSED, REASON_NEEDED, NOTHING_DIFFERS.
    """
    month, figures = found.figures.month, found.figures
    before = standing(session, month)
    if before is None:
        raise Refusal(Reason.MONTH_NOT_CLOSED, month=month)
    if not reason.strip():
        raise Refusal(Reason.REASON_NEEDED)
    mine = written(session, month)
    reworded = any(before.words.get(part) != mine[part] for part in mine)
    if not reworded and not differences(before.figures, figures):
        raise Refusal(Reason.NOTHING_DIFFERS, month=month)
    return _keep(session, found, before.revision + 1, program, reason.strip(), now)


def _bounds(period: str) -> tuple[date, date]:
    try:
        return calendar.period_bounds(period)
    except ValueError as error:
        raise Refusal(Reason.MONTH_INVALID, month=period[:20]) from error


def _over(session: Session, month: str, now: datetime) -> Month:
    if _bounds(month)[1] >= now.date():
        raise Refusal(Reason.MONTH_NOT_OVER, month=month)
    return statistics.period(session, month)


def _keep(
    session: Session, found: Counted, revision: int, program: str, reason: str, now: datetime
) -> int:
    figures = found.figures
    text = canonical(figures)
    words = {**found.words, **written(session, figures.month)}
    said = {part: one.strip() for part, one in words.items()}
    chapters = tuple((part, said[part]) for part in CHAPTERS if said.get(part))
    annex = replace(found.annex, chapters=chapters)
    number = session.execute(
        insert(PeriodReport)
        .values(
            period=figures.month,
            revision=revision,
            figures=text,
            digest=digest(text),
            program=program,
            reason=reason,
            closed_at=now,
            closed_on=now.date(),
            annex=json.dumps(asdict(annex), ensure_ascii=False),
            **{part: said.get(part, "") for part in PARTS},
        )
        .returning(PeriodReport.id)
    ).scalar_one()
    return journal.write(
        session, "month.closed", "PeriodReport", number, now, month=figures.month, revision=revision
    )


def journal_mark(session: Session, closed: Report | None) -> str:
    """The line of the journal that closed a period and the beginning of its sum, "" of one that is
    open: whoever changes the journal up to there cannot change the paper."""
    if closed is None:
        return ""
    line = journal.line_about(session, "month.closed", closed.id)
    return chained.shown(line, journal.chain_of(session, line))


def standing(session: Session, month: str) -> Report | None:
    """The newest revision of a closed month."""
    row = session.execute(
        select(PeriodReport)
        .where(PeriodReport.period == month)
        .order_by(PeriodReport.revision.desc())
        .limit(1)
    ).scalar()
    return _report(row) if row else None


def revisions(session: Session, month: str) -> list[Report]:
    """Every revision, the oldest first."""
    rows = session.execute(
        select(PeriodReport).where(PeriodReport.period == month).order_by(PeriodReport.revision)
    )
    return [_report(row) for row in rows.scalars()]


def month_of(session: Session, month: str, today: date) -> tuple[Month, Report | None]:
    """A period as it is told: as it was closed, else as it is counted now.

    Raises Refusal MONTH_INVALID, MONTH_TO_COME.
    """
    report = standing(session, month)
    if report is not None:
        return report.figures, report
    if _bounds(month)[0] > today:
        raise Refusal(Reason.MONTH_TO_COME, month=month)
    return statistics.period(session, month, today), None


def _report(row: PeriodReport) -> Report:
    """Raises Refusal FIGURES_CHANGED when what is stored is not what was closed."""
    if digest(row.figures) != row.digest:
        raise Refusal(Reason.FIGURES_CHANGED, month=row.period)
    values = {field.name: getattr(row, field.name) for field in fields(Report)}
    try:
        annex = shaped(Annex, json.loads(row.annex))
        figures = restored(json.loads(row.figures))
    except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise Refusal(Reason.FIGURES_CHANGED, month=row.period) from error
    return Report(**{**values, "figures": figures, "annex": annex})


def _reopen(session: Session, line: Line, _now: datetime) -> None:
    """A close is taken back only while nothing went out. Raises Refusal CANNOT_UNDO."""
    gone = session.execute(
        delete(PeriodReport)
        .where(
            PeriodReport.id == line.record_id,
            PeriodReport.signed_on.is_(None),
            PeriodReport.sent_on.is_(None),
        )
        .returning(PeriodReport.id)
    ).first()
    if gone is None:
        raise Refusal(Reason.CANNOT_UNDO)


INVERSES: Inverses = {
    "month.closed": _reopen,
}
