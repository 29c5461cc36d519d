"""Letters I, II and III to whoever keeps copies too long (surat tagihan)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Spacer, Table

from database.circulation import reminder_list
from database.circulation.reminder_list import Person
from database.library import Session
from database.policy import calendar, house, signing
from desktop.pages.drawing import faces
from desktop.pages.drawing.entry import Paper
from desktop.pages.drawing.letterhead import copies_block, letterhead, signed
from desktop.pages.drawing.paper import (
    HAIRLINE,
    ROOM,
    SHADE,
    facts_table,
    letterhead_block,
    paragraph,
    write_paper,
)
from desktop.words.language import N_, _, date_long, date_plain, number
from desktop.words.wording import worded

ROMAN = ("I", "II", "III")
DAYS_LEFT = 7
_ASKS = (
    N_(
        "Our records show that the books below have not come back yet. Please return them by {day}."
    ),
    N_(
        "We wrote to you before about the books below, and they have not come back. Please "
        "return them by {day}."
    ),
    N_(
        "This is our third letter about the books below. Please return them by {day}; after that "
        "we shall ask you to replace them."
    ),
)


def file_name(day: date) -> str:
    """The file's name without its ending."""
    return _("Reminders-{day}").format(day=day.isoformat())


@worded("reminder-letters")
def write(
    target: str | Path | BinaryIO, session: Session, letters: list[tuple[Person, str]], day: date
) -> None:
    """One page each: whom it is for with the number of the letter."""
    profile = house.profile(session)
    story: list[Flowable] = []
    for at, (who, letter_number) in enumerate(letters):
        if at:
            story.append(PageBreak())
        story += _letter(session, profile, who, letter_number, day)
    title = _("Reminder letters")
    write_paper(
        target, story, title=title, author=profile.name, subject=title, file_name=file_name(day)
    )


def _letter(
    session: Session, profile: house.ProfileFacts, who: Person, letter_number: str, day: date
) -> list[Flowable]:
    wanted = day + timedelta(days=DAYS_LEFT)
    until = calendar.load(session, day, wanted).next_open(wanted)
    enclosed = [
        (_("Number"), letter_number),
        (_("About"), _("Reminder letter {level}").format(level=ROMAN[who.level - 1])),
    ]
    to = [who.name, _("Member number {number}").format(number=who.number), who.unit]
    return [
        *letterhead_block(letterhead(session, profile)),
        facts_table(enclosed, 0.16),
        Spacer(0, 5 * mm),
        paragraph(_("To")),
        *(paragraph(line) for line in to if line),
        Spacer(0, 5 * mm),
        paragraph(_("Dear Sir or Madam,")),
        Spacer(0, 2 * mm),
        paragraph(_(_ASKS[who.level - 1]).format(day=date_long(until))),
        Spacer(0, 3 * mm),
        _copies(who),
        Spacer(0, 3 * mm),
        paragraph(
            _(
                "If they have come back meanwhile, please take no notice of this letter. "
                "If something is in the way, tell us: {phone}."
            ).format(phone=profile.phone or profile.name)
        ),
        Spacer(0, 5 * mm),
        signed(session, "reminder-letters", day, profile.city),
        *copies_block(_copies_to(session, who)),
    ]


def _copies_to(session: Session, who: Person) -> list[str]:
    """From the second letter on the unit is told that there is one; others as the library says."""
    unit = _("Head of {unit}").format(unit=who.unit)
    told = [] if who.level == 1 or not who.unit or who.private else [unit]
    return [*told, *signing.of(session, "reminder-letters").copies_to]


def _copies(who: Person) -> Table:
    """What is late. What patients and relatives read stands in no letter: the number does."""
    heads = [_("No."), _("Title"), _("Accession no."), _("Lent"), _("Due"), _("Days late")]
    rows: list[list[Any]] = [[paragraph(head, "cell") for head in heads]]
    for at, one in enumerate(who.copies, start=1):
        cells = (
            str(at),
            one.title or _("library book"),
            one.accession or one.barcode,
            date_plain(one.lent_on),
            date_plain(one.due_on),
            number(one.late_days),
        )
        rows.append([paragraph(cell, "cell") for cell in cells])
    shares = (0.07, 0.27, 0.21, 0.15, 0.15, 0.15)
    looks = [
        ("FONTNAME", (0, 0), (-1, -1), faces.REGULAR),
        ("GRID", (0, 0), (-1, -1), 0.5, HAIRLINE),
        ("BACKGROUND", (0, 0), (-1, 0), SHADE),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    return Table(rows, [ROOM * share for share in shares], style=looks, repeatRows=1)


def _late(session: Session, now: datetime) -> tuple[list[tuple[Person, str]], date] | None:
    """Letters as they would go out today; they get their numbers when they are sent."""
    today = now.date()
    late = [one for one in reminder_list.people(session, now) if one.wants_letter(today)]
    return ([(one, "." * 30) for one in late], now.date()) if late else None


PAPERS = (
    Paper("reminder-letters", N_("Reminder letters"), write, _late, N_("No letter is for today.")),
)
