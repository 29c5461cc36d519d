"""The slip of a transaction, printed or kept."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from database.circulation.lending import Done
from database.patrons.finding import PatronRow
from database.policy import house
from desktop import pc
from desktop.printing import printer
from desktop.program import Program
from desktop.screen import Screen
from desktop.words import wording
from desktop.words.language import _


def print_slip(
    screen: Screen, program: Program, patron: PatronRow | None, acts: Sequence[Done]
) -> None:
    """Print what was lent."""
    lent = [act for act in acts if act.act in {"lent", "renewed"} and act.due_on]
    if patron is None or not lent:
        screen.notice.look(_("Nothing was lent in this transaction."))
        return
    from desktop.pages.drawing.words import initials
    from desktop.pages.slips.slip import Slip, SlipItem, write_slip

    profile = program.read(house.profile)
    private = patron.audience in {"patient", "family"}
    borrower = initials(patron.name) if private else patron.name
    # What a patient reads is nobody's business; the code is enough to find the copy by.
    items = tuple(
        SlipItem("" if private else act.title, act.barcode, act.due_on)
        for act in lent
        if act.due_on
    )
    words = program.read(lambda session: wording.words_of(session, "loan-slip"))
    heads = (profile.name, profile.hospital)
    target, width = BytesIO(), program.pc.get(pc.SLIP_WIDTH)
    write_slip(target, Slip(heads, program.now(), borrower, items, words=words), width)
    printer.print_or_keep(screen, program, "slip", target.getvalue(), "slip")
