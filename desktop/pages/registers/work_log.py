"""The work log of a month: what each officer did, counted from the journal, to be claimed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from database.library import Session
from database.policy import house
from database.policy.calendar import month_bounds
from database.registers.fields import Entry
from database.reports import work_log
from database.reports.work_log import Work
from desktop.pages.drawing.entry import Paper, last_month
from desktop.pages.drawing.letterhead import deed_opening, signed
from desktop.pages.drawing.paper import no_data, paragraph, section, write_paper
from desktop.pages.drawing.tables import Column, figures_table
from desktop.words.language import N_, _, date_plain, number, period_long
from desktop.words.register_words import register, word
from desktop.words.wording import worded

PAPER = "work-log"
KINDS = {
    "described": (N_("Describing titles"), N_("titles")),
    "accessioned": (N_("Entering copies into the accession register"), N_("copies")),
    "headings": (N_("Keeping headings"), N_("headings")),
    "circulated": (N_("Serving loans, returns and renewals"), N_("transactions")),
    "held": (N_("Serving holds"), N_("holds")),
    "enrolled": (N_("Serving memberships and clearance"), N_("persons")),
    "rounds": (N_("Rounds through the wards"), N_("rounds")),
    "handouts": (N_("Handing out leaflets for patients"), N_("times")),
    "reminded": (N_("Reminding of late returns"), N_("reminders")),
    "serials": (N_("Receiving and claiming serials"), N_("issues")),
    "mended": (N_("Caring for copies: repair and quarantine"), N_("copies")),
    "counted": (N_("Stocktaking"), N_("copies")),
    "weeded": (N_("Weeding"), N_("decisions")),
    "digital": (N_("Adding digital documents"), N_("files")),
    "reported": (N_("Making the report of the library"), N_("reports")),
}


@worded(PAPER)
def write(target: str | Path | BinaryIO, session: Session, month: str) -> None:
    """Write the log of a month: a table an officer, then what the registers recorded."""
    profile, (first, last) = house.profile(session), month_bounds(month)
    story: list[Flowable] = [
        *deed_opening(session, _("WORK LOG OF THE LIBRARIAN")),
        paragraph(period_long(month), "centre"),
        Spacer(0, 4 * mm),
    ]
    officers = work_log.of_officers(session, first, last)
    for name, done in officers.items():
        told = name or _("Officer not named on the PC")
        story.append(section(told, [_acts(done)], []))
    kept = work_log.recorded(session, first, last)
    for name, lines in kept.items():
        story.append(section(register(name), [_lines(lines)], []))
    if not officers and not kept:
        story.append(no_data())
    note = _(
        "Counted from what was done in the program; what was taken back is not counted. Which "
        "credits it earns follows from the rules for librarians in force."
    )
    story += [paragraph(note, "note"), signed(session, PAPER, last, profile.city)]
    title = _("Work log, {month}").format(month=period_long(month))
    write_paper(
        target, story, title=title, author=profile.name, subject=title, file_name=file_name(month)
    )


def file_name(month: str) -> str:
    """The file's name without its ending."""
    return _("Work-log-{month}").format(month=month)


def _acts(done: Sequence[Work]) -> Flowable:
    columns = [
        Column(_("No."), fixed=True),
        Column(_("Work"), figures=False),
        Column(_("How many"), fixed=True),
        Column(_("Unit of count"), figures=False),
        Column(_("Days"), fixed=True),
    ]
    rows = [
        [str(at), _(KINDS[one.kind][0]), number(one.count), _(KINDS[one.kind][1]), number(one.days)]
        for at, one in enumerate(done, start=1)
    ]
    return figures_table(columns, rows)


def _lines(lines: Sequence[Entry]) -> Flowable:
    columns = [
        Column(_("Date"), fixed=True),
        Column(_("Work"), figures=False),
        Column(_("Kind"), figures=False),
        Column(_("Hours"), fixed=True),
    ]
    rows = []
    for one in lines:
        values = one.values
        what = values.get("title") or values.get("question") or number(values.get("quantity") or 0)
        hours = values.get("hours") or 0
        rows.append(
            [
                date_plain(values["day"]),
                str(what),
                word(str(values.get("kind") or "")),
                number(hours, 2) if hours else "–",
            ]
        )
    return figures_table(columns, rows)


def _last_month(_session: Session, now: datetime) -> tuple[str]:
    return (last_month(now),)


PAPERS = (Paper(PAPER, N_("Work log of the last month"), write, _last_month),)
