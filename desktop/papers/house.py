"""Papers of the house: the month, the money, a breach of personal data."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from desktop.papers.usual import last_month, nothing
from desktop.words.language import _


def month(target: BytesIO, session: Any, now: datetime) -> None:
    from database.reports import periods
    from desktop.pages.report.month import write_month

    figures, closed = periods.month_of(session, last_month(now), now.date())
    write_month(target, session, figures, closed.closed_on if closed else now.date(), closed)


def profile_sheet(target: BytesIO, session: Any, now: datetime) -> None:
    from desktop.pages.letters import profile_sheet

    profile_sheet.write(target, session, now)


def cash_book(target: BytesIO, session: Any, now: datetime) -> None:
    from database.policy.calendar import month_bounds
    from desktop.pages.registers import cash_book

    cash_book.write(target, session, *month_bounds(last_month(now)))


def day_end(target: BytesIO, session: Any, now: datetime) -> None:
    from desktop.pages.registers import cash_book

    cash_book.write(target, session, now.date(), now.date())


def receipt(target: BytesIO, session: Any, now: datetime) -> None:
    """The newest of the last year."""
    from database.circulation import cash_book as books
    from desktop.pages.slips import receipt

    book = books.cash_book(session, now.date() - timedelta(days=365), now.date())
    numbers = [row.receipt for row in book.rows if row.receipt]
    if numbers:
        receipt.write(target, session, numbers[-1])
    else:
        nothing(target, session, _("RECEIPT"), _("Nothing has been paid yet."))


def breach(target: BytesIO, session: Any, now: datetime) -> None:
    from database.policy import settings
    from database.privacy import traces
    from desktop.pages.letters import breach

    facts = breach.Facts(
        traces.persons_known(session),
        settings.get(session, settings.BACKUPS_KEPT),
        settings.get(session, settings.PROTECTION_OFFICER),
    )
    breach.write(target, session, facts, now)
