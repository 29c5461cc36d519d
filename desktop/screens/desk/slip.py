"""The slip of a transaction, printed or kept."""

from __future__ import annotations

from collections.abc import Sequence

from database import house
from database.circulation import Done
from database.membership import PatronRow
from desktop import pc
from desktop.language import _
from desktop.program import Program
from desktop.screen import Screen


def print_slip(
    screen: Screen, program: Program, patron: PatronRow | None, acts: Sequence[Done]
) -> None:
    """Print what was lent; with no printer the PDF is kept and its place is told."""
    lent = [act for act in acts if act.act in {"lent", "renewed"} and act.due_on]
    if patron is None or not lent:
        screen.notice.look(_("Nothing was lent in this transaction."))
        return
    from desktop.pages import output
    from desktop.pages.slip import Slip, SlipItem, write_slip
    from desktop.pages.words import initials

    profile = program.read(house.profile)
    private = patron.audience in {"patient", "family"}
    borrower = initials(patron.name) if private else patron.name
    # What a patient reads is nobody's business; the code is enough to find the copy by.
    items = tuple(
        SlipItem("" if private else act.title, act.barcode, act.due_on)
        for act in lent
        if act.due_on
    )
    slip = Slip((profile.name, profile.hospital), program.now(), borrower, items)
    folder = pc.data_folder() / "papers"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"slip-{program.now():%Y%m%d-%H%M%S}.pdf"
    write_slip(target, slip, program.pc.get(pc.SLIP_WIDTH))
    try:
        output.print_pdf(target, program.pc.get(pc.PRINTER) or None)
    except output.PrintFailed:
        screen.notice.look(_("No printer; the slip is kept as {file}").format(file=target))
    else:
        screen.notice.done(_("Slip printed"))
