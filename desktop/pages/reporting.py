"""The month's report as it leaves the house: figures, letterhead and signatures together."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from database import disclosure, house, periods
from database.calendar import month_bounds
from database.figures import Month
from database.periods import Report
from desktop.language import _
from desktop.pages.monthly_report import write_report
from desktop.pages.paper import Letterhead, Signature
from desktop.wording import worded


@worded("monthly-report")
def write_month(
    target: str | Path | BinaryIO,
    session: Any,
    month: Month,
    made_on: date,
    closed: Report | None = None,
) -> None:
    """Write a month's PDF. Who signs is who did on its last day, so old months keep old names.

    It leaves the house: small numbers of patients stand together with others. The paper of a
    `closed` month bears its number and digest, and that of a revision what it changes.
    """
    profile = house.profile(session)
    last = month_bounds(month.month)[1]
    guard = disclosure.guard(session)
    shown = disclosure.for_outside(month, guard)
    earlier = None
    if closed is not None and closed.revision:
        before = periods.revisions(session, month.month)[closed.revision - 1]
        earlier = disclosure.for_outside(before.figures, guard)
    write_report(
        target,
        shown,
        letterhead(session, profile),
        (signature(session, "head", last), signature(session, "librarian", last)),
        recipient=profile.dinas,
        place=profile.city,
        made_on=made_on,
        short_name=profile.short_name or profile.name,
        closed=closed,
        earlier=earlier,
    )


def letterhead(session: Any, profile: house.ProfileFacts) -> Letterhead:
    """The library's names, address and logos."""
    reached = " · ".join(part for part in (profile.address, profile.phone, profile.email) if part)
    lines = (profile.government, profile.hospital, profile.name, reached)
    return Letterhead(
        lines,
        house.picture(session, "government"),
        house.picture(session, "hospital"),
    )


def signature(session: Any, role: str, day: date) -> Signature:
    """Who signs as head or librarian on a day; dots where nobody is known."""
    signer = house.signer(session, role, day)
    if signer is None:
        return Signature(_("Head") if role == "head" else _("Librarian"))
    return Signature(signer.position, "", signer.name, signer.nip)
