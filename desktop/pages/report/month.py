"""The month's report as it leaves the house: figures, letterhead and signatures together."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from database.engine.whole_file import write_whole
from database.library import Session
from database.policy import house, signing
from database.policy.calendar import period_bounds
from database.registers import registers
from database.reports import disclosure, period_annex, period_marks, period_words, periods
from database.reports.counting import guard
from database.reports.counting.guard import Guard
from database.reports.figures import Month
from database.reports.period_annex import Annex
from database.reports.periods import Report
from database.text.dates import here
from desktop.pages.drawing.entry import Paper, last_month
from desktop.pages.drawing.letterhead import letterhead, signers
from desktop.pages.drawing.signatures import spots
from desktop.pages.report.annex import annexes
from desktop.pages.report.enclosed import Enclosed, digest_of, enclose, files_of
from desktop.pages.report.found import tables_of
from desktop.pages.report.monthly_report import write_report
from desktop.pages.report.narrative import draft
from desktop.pages.report.parts import Behind, Cover, agreement_said
from desktop.pages.report.year_words import chapters
from desktop.words.language import N_, _, period_long
from desktop.words.wording import worded

LETTER = "report-letter"


@worded("monthly-report")
def write_month(
    target: str | Path | BinaryIO,
    session: Session,
    month: Month,
    made_on: date,
    closed: Report | None = None,
) -> None:
    """Write a period's PDF, with its figures inside. Who signs is who did on its last day, so old
    months keep old names.

    It leaves the house: small numbers of patients stand together with others. The paper of a
    `closed` period bears its number and digest, and that of a revision what it changes.
    """
    profile, by = house.profile(session), guard.guard(session)
    made, last = BytesIO(), period_bounds(month.month)[1]
    shown = disclosure.for_outside(month, by)
    earlier = _corrected(session, closed, by)
    annex = annex_of(session, shown, made_on, closed)
    with spots() as places:
        write_report(
            made,
            shown,
            letterhead(session, profile),
            signers(session, period_marks.PAPER, last),
            recipient=profile.dinas,
            place=profile.city,
            made_on=made_on,
            short_name=profile.short_name or profile.name,
            draft=closed is None,
            closed=closed,
            earlier=earlier,
            behind=Behind(
                _cover(session, month.month, profile, last),
                texts(session, shown, closed),
                annex,
                periods.journal_mark(session, closed),
            ),
        )
    whole = _enclosing(made.getvalue(), shown, session, closed, annex, by)
    _write(target, enclose(made.getvalue(), whole, places if closed is not None else ()))


def _enclosing(
    pdf: bytes, shown: Month, session: Session, closed: Report | None, annex: Annex, by: Guard
) -> list[Enclosed]:
    """The figures and tables of a report, to lie inside its PDF."""
    drawn: dict[str, Any] = {"pages": digest_of(pdf), "small_number": by.least}
    if annex.literacy:
        drawn["iplm"] = {one.column: one.value for one in annex.literacy}
    tables = [*tables_of(shown), *annexes(shown, annex)]
    return files_of(shown, house.profile(session), closed, tables, drawn)


def _corrected(session: Session, closed: Report | None, by: Guard) -> Month | None:
    """The figures that a revision corrects."""
    if closed is None or not closed.revision:
        return None
    before = periods.revisions(session, closed.period)[closed.revision - 1]
    return disclosure.for_outside(before.figures, by)


def _write(target: str | Path | BinaryIO, pdf: bytes) -> None:
    if isinstance(target, str | Path):
        write_whole(Path(target), pdf)
    else:
        target.write(pdf)


def annex_of(session: Session, shown: Month, made_on: date, closed: Report | None) -> Annex:
    """As it was kept; of an open period as it would be."""
    if closed is not None:
        return closed.annex
    return period_annex.made(session, shown, here(datetime.combine(made_on, time(23, 59))))


def texts(session: Session, shown: Month, closed: Report | None) -> dict[str, str]:
    """The words of a report: as closed; else as written, the rest drafted from the figures."""
    if closed is not None and any(closed.words.values()):
        return closed.words
    return {**_draft(session, shown), **period_words.written(session, shown.month)}


def drafted(session: Session, month: Month) -> dict[str, str]:
    """What the figures say, as it may leave the house: the words of parts nobody wrote."""
    return _draft(session, disclosure.for_outside(month, guard.guard(session)))


def _draft(session: Session, shown: Month) -> dict[str, str]:
    if len(shown.month) != len("2026"):
        return draft(shown)
    profile = house.profile(session)
    return {**chapters(shown, profile.name, profile.hospital), **draft(shown)}


def _cover(session: Session, period: str, profile: house.ProfileFacts, last: date) -> Cover:
    agreements = [
        one.values
        for one in registers.standing(session, "cooperation", last)
        if one.values["kind"] == "agreement" and _is_dinas(one.values["partner"], profile.dinas)
    ]
    named = agreement_said(agreements[0]["number"], agreements[0]["day"]) if agreements else ""
    copies = [*signing.of(session, LETTER).copies_to]
    if not copies and profile.hospital and house.signer(session, "director", last) is None:
        copies.append(_("Director of {hospital}").format(hospital=profile.hospital))
    return Cover(
        profile.dinas,
        profile.name,
        period_long(period),
        signers(session, LETTER, last),
        named,
        [*copies, _("Archive")],
        profile.city,
    )


def _is_dinas(partner: str, dinas: str) -> bool:
    """Whether an agreement's partner is the office the report goes to."""
    name = partner.strip().casefold()
    return bool(name) and (name in dinas.casefold() or name.startswith("dinas perpustakaan"))


def _last_month(session: Session, now: datetime) -> tuple[Month, date, Report | None]:
    figures, closed = periods.month_of(session, last_month(now), now.date())
    return figures, closed.closed_on if closed else now.date(), closed


PAPERS = (Paper("monthly-report", N_("Report of the last month"), write_month, _last_month),)
