"""The letter of an interlibrary loan: asking a partner for a title, or sending one along."""

from __future__ import annotations

from pathlib import Path
from typing import Any, BinaryIO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from database.library import Session
from database.policy import house
from database.registers import registers
from desktop.file_names import safe
from desktop.pages.drawing.entry import Paper, newest_entry
from desktop.pages.drawing.letterhead import DOTS, copies_of, letter_opening, number_or_dots, signed
from desktop.pages.drawing.paper import facts_table, paragraph, write_paper
from desktop.words.language import N_, _, date_long, number
from desktop.words.wording import worded

PAPER, REGISTER = "interlibrary-letter", "interlibrary"


@worded(PAPER)
def write(target: str | Path | BinaryIO, session: Session, entry_id: int) -> None:
    """Write it as it was asked or sent, on that day."""
    profile, told = house.profile(session), registers.one(session, entry_id).values
    asking = told["kind"] == "requested"
    about = _("Request for an interlibrary loan") if asking else _("Interlibrary loan sent")
    to = [_("To the head of {office}").format(office=told["partner"])]
    first = _(
        "We ask to borrow the following for a reader of our library. We answer for it and return "
        "it in the state in which it came."
    )
    if not asking:
        first = _(
            "We send you the following on loan. Please confirm that it has come, and return it in "
            "the state in which it came."
        )
    story: list[Flowable] = [
        *letter_opening(session, number_or_dots(session, PAPER, entry_id), about, to),
        paragraph(first),
        Spacer(0, 3 * mm),
        facts_table(_facts(told, asking)),
        Spacer(0, 3 * mm),
        paragraph(_("We thank you for working together with us.")),
        signed(session, PAPER, told["day"], profile.city),
        *copies_of(session, PAPER),
    ]
    name = file_name(told)
    write_paper(target, story, title=about, author=profile.name, subject=about, file_name=name)


def file_name(told: Any) -> str:
    """The file's name without its ending."""
    return safe(_("Interlibrary-{partner}").format(partner=told["partner"]))


def _facts(told: Any, asking: bool) -> list[tuple[str, str]]:
    due = told.get("due")
    wish = date_long(due) if due else DOTS
    rows = [
        (_("Title"), told["title"]),
        (_("Author"), told.get("author") or ""),
        (_("Copies"), number(told["quantity"])),
        # For whom a copy is asked is not told to another house.
        (_("To be back by"), wish) if not asking else (_("Wanted until"), wish),
        (_("Note"), told.get("note") or ""),
    ]
    return [(name, value) for name, value in rows if value]


PAPERS = (
    Paper(
        PAPER,
        N_("Letter of the newest interlibrary loan"),
        write,
        newest_entry(REGISTER),
        N_("No interlibrary loan has been recorded yet."),
    ),
)
