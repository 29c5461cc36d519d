"""The sheet for the safe: the code by which the head of the library gets a new PIN."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from database.library import Session
from database.policy import house
from desktop.pages.drawing.entry import Paper
from desktop.pages.drawing.letterhead import letterhead, signature
from desktop.pages.drawing.paper import facts_table, letterhead_block, paragraph, write_paper
from desktop.pages.drawing.signatures import signature_block
from desktop.words.language import N_, _, date_long
from desktop.words.wording import worded

UNFILLED = "____-____-____-____-____"


def file_name(now: datetime) -> str:
    """The file's name without its ending."""
    return _("Recovery-{day}").format(day=now.date().isoformat())


@worded("recovery-sheet")
def write(target: str | Path | BinaryIO, session: Session, code: str, now: datetime) -> None:
    """Write the sheet with its `code`; it is nowhere else."""
    profile = house.profile(session)
    day = now.date()
    story: list[Flowable] = [
        *letterhead_block(letterhead(session, profile)),
        paragraph(_("RECOVERY SHEET"), "title"),
        paragraph(_("for the library's program; keep it closed, in the safe"), "centre"),
        Spacer(0, 8 * mm),
        facts_table(
            [
                (_("Library"), profile.name),
                (_("Made on"), date_long(day)),
                (_("Recovery code"), code),
            ]
        ),
        Spacer(0, 6 * mm),
        paragraph(
            _(
                "When nobody who names the staff knows their PIN any more: start the program, "
                "choose “PIN forgotten…”, type this code and a new PIN. The head of the library "
                "then signs in with it. A code is good for one time; print a new sheet afterwards "
                "under Settings, Staff accounts."
            )
        ),
        Spacer(0, 10 * mm),
        signature_block(
            signature(session, "head", day),
            signature(session, "librarian", day),
            profile.city,
            day,
        ),
    ]
    title = _("Recovery sheet")
    write_paper(
        target, story, title=title, author=profile.name, subject=title, file_name=file_name(now)
    )


def _unfilled(_session: Session, now: datetime) -> tuple[str, datetime]:
    return UNFILLED, now


PAPERS = (Paper("recovery-sheet", N_("Recovery sheet"), write, _unfilled),)
