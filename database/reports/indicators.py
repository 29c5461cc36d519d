"""The indicators of a report: each a formula of its figures; None where there is nothing to say."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import case, exists, func, select
from sqlalchemy.orm import Session

from database.registers import registers
from database.reports.counting.members import AT_END
from database.reports.counting.spans import Span
from database.reports.counting.table import balances
from database.reports.figures import Indicators, Month
from database.reports.tables import circulation, clinical, collection, membership
from database.schema import Biblio, Item, Loan, MembershipEvent, PatronCategory, PatronKind
from database.standards import measuring


def told(session: Session, month: Month, span: Span) -> Month:
    """The month with its indicators, and with the copies that keep T1 from adding up."""
    rows = collection.TABLE.of(month)
    if not all(balances(collection.TABLE, row) for row in rows):
        month = replace(month, unbalanced=collection.unbalanced(session, span))
    return replace(month, indicators=of(session, month, span))


def of(session: Session, month: Month, span: Span) -> Indicators:
    """All of them, of the figures of one period."""
    desk = circulation.TABLE.of(month)
    returned = sum(row.returned for row in desk)
    late = sum(row.returned_late for row in desk)
    staff = registers.standing(session, "staff", span.last)
    searches, borrowed = clinical.TABLE.of(month), _borrowed(session, span)
    loans, copies = month.loans.now, month.copies.now
    return Indicators(
        visits_per_open_day=month.visits_per_open_day,
        loans_per_member=measuring.ratio(*borrowed) if borrowed else None,
        turnover=_ratio(loans, copies),
        recent_share=_recent(session, span),
        active_share=measuring.percent(_active(session, span), _members(session, month))
        if borrowed
        else None,
        copies_per_staff=measuring.ratio(copies, len(staff)) if copies else None,
        late_share=measuring.percent(late, returned),
        on_time_share=measuring.percent(searches.on_time, searches.finished) if searches else None,
        not_back_share=_ratio(100 * _not_back(session, span), loans),
    )


def _ratio(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


def _borrowed(session: Session, span: Span) -> tuple[int, int] | None:
    """Loans of the period to known kinds of readers, and how many readers those were; None once
    some of them are forgotten, for then nobody can tell any more.

    Patients and their families are left out: they are forgotten within days.
    """
    loans, known, readers = session.execute(
        select(func.count(), func.count(Loan.patron_id), func.count(Loan.patron_id.distinct()))
        .select_from(Loan)
        .join(PatronCategory, PatronCategory.code == Loan.category)
        .where(Loan.lent_on.between(span.first, span.last), Loan.cancelled_at.is_(None), *_KNOWN)
    ).one()
    return (loans, readers) if loans == known else None


_KNOWN = (
    PatronCategory.kind == PatronKind.PERSON,
    PatronCategory.audience.not_in(["patient", "family"]),
)


def _members(session: Session, month: Month) -> int:
    """Members at the end, of the same kinds."""
    codes = set(session.scalars(select(PatronCategory.code).where(*_KNOWN)))
    return sum(row.end for row in membership.TABLE.of(month) if row.category in codes)


def _active(session: Session, span: Span) -> int:
    """Those of the members at the end who borrowed: who left is none of them, or a year of
    students would be more than all."""
    found: int = session.execute(
        select(func.count(Loan.patron_id.distinct()))
        .join(MembershipEvent, MembershipEvent.patron_id == Loan.patron_id)
        .join(PatronCategory, PatronCategory.code == MembershipEvent.category)
        .where(
            Loan.lent_on.between(span.first, span.last),
            Loan.cancelled_at.is_(None),
            *_KNOWN,
            AT_END,
        ),
        span.binds,
    ).scalar_one()
    return found


def _not_back(session: Session, span: Span) -> int:
    """Loans that ended in the period without their copy: given away or lost."""
    found: int = session.execute(
        select(func.count()).where(
            Loan.returned_on.between(span.first, span.last),
            Loan.outcome != "",
            Loan.cancelled_at.is_(None),
        )
    ).scalar_one()
    return found


def _recent(session: Session, span: Span) -> float | int | None:
    """Percent of the titles held at the end that were published in its last five years."""
    since = span.last.year - 4
    here = exists().where(Item.biblio_id == Biblio.id, measuring.held(span.last))
    titles, recent = session.execute(
        select(func.count(), func.sum(case((Biblio.year >= since, 1), else_=0))).where(
            Biblio.cancelled_at.is_(None), here
        )
    ).one()
    return measuring.percent(int(recent or 0), titles)
