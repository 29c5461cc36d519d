"""The letter that a member owes the library nothing, to sign and stamp."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from database.circulation import clearance
from database.circulation.clearance import Letter
from database.library import Session
from database.patrons import finding
from database.policy import house
from desktop.file_names import safe
from desktop.pages.drawing.entry import Paper
from desktop.pages.drawing.letterhead import copies_of, letterhead, signed
from desktop.pages.drawing.paper import facts_table, letterhead_block, paragraph, write_paper
from desktop.words.language import N_, _, date_long
from desktop.words.wording import worded


def file_name(letter: Letter) -> str:
    """The file's name without its ending; a number has strokes, which a file cannot."""
    return safe(_("Clearance-{number}").format(number=letter.number))


@worded("clearance-letter")
def write(target: str | Path | BinaryIO, session: Session, letter: Letter) -> None:
    """Write a letter as it was on its day: number, date and who signed never change."""
    assert letter.patron_id is not None
    patron = finding.one(session, letter.patron_id)
    assert patron is not None
    profile = house.profile(session)
    day = date_long(letter.issued_on)
    statement = _(
        "owes {library} nothing as of {date}: every loan has been returned and nothing else is "
        "open. The membership card has been inactive since that day."
    )
    story: list[Flowable] = [
        *letterhead_block(letterhead(session, profile)),
        paragraph(_("LIBRARY CLEARANCE LETTER"), "title"),
        paragraph(_("Number: {number}").format(number=letter.number), "centre"),
        Spacer(0, 7 * mm),
        paragraph(_("We hereby state that:")),
        Spacer(0, 2 * mm),
        facts_table(_facts(patron)),
        Spacer(0, 3 * mm),
        paragraph(statement.format(library=profile.name, date=day)),
        Spacer(0, 3 * mm),
    ]
    if letter.purpose:
        story.append(paragraph(_("This letter is for: {purpose}.").format(purpose=letter.purpose)))
    if letter.cancelled_at:
        story.append(paragraph(_("THIS LETTER HAS BEEN CANCELLED"), "title"))
    story += [
        Spacer(0, 5 * mm),
        signed(session, clearance.PAPER, letter.issued_on, profile.city),
        *copies_of(session, clearance.PAPER),
        Spacer(0, 8 * mm),
        paragraph(_code_line(letter, profile.phone), "note"),
    ]
    title = _("Library clearance letter {number}").format(number=letter.number)
    write_paper(
        target, story, title=title, author=profile.name, subject=title, file_name=file_name(letter)
    )


def _facts(patron: finding.PatronRow) -> list[tuple[str, str]]:
    rows = [
        (_("Name"), patron.name),
        (_("Member number"), patron.number),
        (_("Staff or student number"), patron.staff_number),
        (_("Kind"), patron.category_name),
        (_("Institution"), patron.institution),
        (_("Unit"), patron.unit),
    ]
    return [(name, value) for name, value in rows if value]


def _code_line(letter: Letter, phone: str) -> str:
    code = clearance.shown_code(letter.code)
    if not phone:
        return _("Check code {code}. The library can confirm this letter by it.").format(code=code)
    text = _("Check code {code}. The library can confirm this letter by it, phone {phone}.")
    return text.format(code=code, phone=phone)


def _newest(session: Session, _now: datetime) -> tuple[Letter] | None:
    letter = clearance.newest(session)
    return (letter,) if letter is not None else None


PAPERS = (
    Paper(
        "clearance-letter",
        N_("Newest clearance letter"),
        write,
        _newest,
        N_("No clearance letter has been issued yet."),
    ),
)
