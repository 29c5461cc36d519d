"""Every paper the library can print, each made from its own data without asking anything.

Where a paper needs a choice it takes the sensible one: the last month, today, the newest batch.
Where the library has nothing for it yet, the paper says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from desktop.papers import house, readers, stock
from desktop.papers.usual import Kind, Write
from desktop.words.language import N_


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: its name on the command line, its title, how it is written; the name its own
    words are kept by, where others share them; the kind of printer it is for."""

    name: str
    title: str
    write: Write
    words: str = ""
    kind: Kind = "paper"

    @property
    def wording(self) -> str:
        """What its own words are kept by."""
        return self.words or self.name

    @property
    def file_name(self) -> str:
        """The file it is written to."""
        return f"{self.name}.pdf"


@dataclass(frozen=True, slots=True)
class Made:
    """A paper as written."""

    paper: Paper
    file: Path
    pages: int


def make(paper: Paper, folder: Path, session: Any, now: datetime) -> Made:
    """Write a paper into `folder`, whole or not at all."""
    import pypdfium2

    target = BytesIO()
    paper.write(target, session, now)
    content = target.getvalue()
    document = pypdfium2.PdfDocument(content)
    pages = len(document)
    document.close()
    file = folder / paper.file_name
    partial = file.with_name(file.name + ".partial")
    partial.write_bytes(content)
    partial.replace(file)
    return Made(paper, file, pages)


PAPERS = {
    paper.name: paper
    for paper in (
        Paper("accession-register", N_("Accession register"), stock.register),
        Paper("shelf-list", N_("Shelf list"), stock.shelf_list),
        Paper("new-titles", N_("New titles of the last month"), stock.new_titles),
        Paper("labels", N_("Labels of copies without one"), stock.labels, kind="label"),
        *(
            Paper(name, title, stock.of_copies(write, title))
            for name, title, write in (
                ("pockets", N_("Book pockets"), stock.pockets),
                ("book-cards", N_("Book cards"), stock.book_cards),
                ("due-slips", N_("Due-date slips"), stock.due_slips),
                ("catalogue-cards", N_("Catalogue cards"), stock.catalogue_cards),
            )
        ),
        Paper("label-test", N_("Test page for label sheets"), stock.label_test, kind="label"),
        Paper("claims", N_("Issues not received"), stock.claims),
        Paper("handover", N_("Handover of the newest batch"), stock.received),
        Paper(
            "handover-back",
            N_("Handover of the newest batch given back"),
            stock.given_back,
            "handover",
        ),
        Paper("stocktake-minutes", N_("Minutes of stocktake"), stock.stocktake),
        Paper("weeding-minutes", N_("Minutes of weeding"), stock.weeding),
        Paper("member-cards", N_("Cards of all members"), readers.cards, "cards", "card"),
        Paper("ward-cards", N_("Ward cards"), readers.ward_cards, "cards", "card"),
        Paper("member-form", N_("Membership form"), readers.member_form),
        Paper("loan-sheet", N_("Loan sheet without a computer"), readers.loan_sheet),
        Paper("guest-book", N_("Visitors' book"), readers.guest_book),
        Paper("loan-policies", N_("How to borrow"), readers.policies),
        Paper("reminder-letters", N_("Reminder letters"), readers.reminders),
        Paper("lost-letter", N_("Notice of copies to replace"), readers.lost),
        Paper("loan-slip", N_("Newest loan slip"), readers.loan_slip, kind="slip"),
        Paper("hold-slips", N_("Slips of what lies ready"), readers.hold_slips, kind="slip"),
        Paper("quarantine-labels", N_("Quarantine labels"), readers.quarantine, kind="slip"),
        Paper("personal-data", N_("Copy of personal data"), readers.personal_data),
        Paper("deletion-receipt", N_("Receipt of a deletion"), readers.deletion_receipt),
        Paper("clearance-letter", N_("Newest clearance letter"), readers.clearance),
        Paper("round-sheet", N_("Round sheet"), readers.the_round),
        Paper("monthly-report", N_("Report of the last month"), house.month),
        Paper("profile-sheet", N_("Profile sheet for accreditation"), house.profile_sheet),
        Paper("cash-book", N_("Cash book of the last month"), house.cash_book),
        Paper("day-end", N_("Cash book of today"), house.day_end, "cash-book"),
        Paper("receipt", N_("Newest receipt"), house.receipt),
        Paper("breach-sheet", N_("Breach of personal data"), house.breach),
    )
}
"""Every paper by its name, in the order they are listed."""
