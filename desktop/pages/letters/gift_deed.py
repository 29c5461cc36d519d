"""The deed of a gift: who gave what, and that it belongs to the library from that day on."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from database.holdings import accessions
from database.library import Session
from database.policy import house
from database.registers import registers
from desktop.file_names import safe
from desktop.pages.drawing.entry import Paper, newest_entry
from desktop.pages.drawing.letterhead import copies_of, deed_opening, number_or_dots, signers
from desktop.pages.drawing.paper import facts_table, paragraph, write_paper
from desktop.pages.drawing.signatures import Signature, parties
from desktop.pages.drawing.tables import Column, figures_table
from desktop.pages.drawing.words import day_in_words
from desktop.words.language import N_, _, ngettext, number
from desktop.words.wording import worded

PAPER, REGISTER = "gift-deed", "gift"


@worded(PAPER)
def write(target: str | Path | BinaryIO, session: Session, entry_id: int) -> None:
    """Write it, dated and signed with the day of the gift."""
    profile, told = house.profile(session), registers.one(session, entry_id).values
    day, giver = told["day"], told["partner"]
    count = told["quantity"]
    opening = _(
        "On {day}, {giver} gave {copies} to {library}. They belong to the library from this day "
        "on, without any condition, and are entered into its accession register."
    ).format(
        day=day_in_words(day),
        giver=giver,
        copies=ngettext("{n} copy", "{n} copies", count).format(n=number(count)),
        library=profile.name,
    )
    facts = [(_("What was given"), told["title"]), (_("Note"), told.get("note") or "")]
    ours, *seen = signers(session, PAPER, day)
    over = (_("Given by,"), _("Received by,"))
    story: list[Flowable] = [
        *deed_opening(session, _("DEED OF GIFT"), number_or_dots(session, PAPER, entry_id)),
        paragraph(opening),
        Spacer(0, 3 * mm),
        facts_table([row for row in facts if row[1]]),
        *_copies(session, giver, day),
        paragraph(_("Made in two copies, one for each party."), "after"),
        parties(Signature(giver), ours, over, profile.city, day, seen),
        *copies_of(session, PAPER),
    ]
    title, name = _("Deed of gift"), file_name(told)
    write_paper(target, story, title=title, author=profile.name, subject=title, file_name=name)


def file_name(told: Any) -> str:
    """The file's name without its ending."""
    day = told["day"].isoformat()
    return safe(_("Gift-{giver}-{day}").format(giver=told["partner"], day=day))


def _copies(session: Session, giver: str, day: date) -> list[Flowable]:
    """The copies entered on that day as given by them, if the catalogue has them already."""
    mine = [
        one
        for one in accessions.lines(session)
        if one.source == "gift"
        and one.entered_on == day
        and one.supplier.casefold().strip() == giver.casefold().strip()
        and not one.cancelled
    ]
    if not mine:
        return []
    columns = [
        Column(_("No."), fixed=True),
        Column(_("Accession no."), figures=False),
        Column(_("Title"), figures=False),
        Column(_("Author"), figures=False),
    ]
    cells = [
        [str(at), one.number or one.barcode, one.title, one.contributors]
        for at, one in enumerate(mine, start=1)
    ]
    table = figures_table(columns, cells)
    return [Spacer(0, 3 * mm), paragraph(_("Entered as"), "heading"), table]


PAPERS = (
    Paper(
        PAPER,
        N_("Deed of the newest gift"),
        write,
        newest_entry(REGISTER),
        N_("No gift has been recorded yet."),
    ),
)
