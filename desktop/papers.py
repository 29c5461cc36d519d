"""Every paper the library can print, each made from its own data without asking anything.

Where a paper needs a choice it takes the sensible one: the last month, today, the newest batch.
Where the library has nothing for it yet, the paper says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from desktop.language import N_, _

Write = Callable[[BytesIO, Any, datetime], None]
_MOST = 100_000


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: its name on the command line, its title, how it is written."""

    name: str
    title: str
    write: Write

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


def _last_month(now: datetime) -> str:
    return f"{now.date().replace(day=1) - timedelta(days=1):%Y-%m}"


def _nothing(target: BytesIO, session: Any, title: str, sentence: str) -> None:
    """A page that says why there is nothing on it."""
    from database import house
    from desktop.pages.paper import letterhead_block, paragraph, write_paper
    from desktop.pages.reporting import letterhead

    profile = house.profile(session)
    head = letterhead_block(letterhead(session, profile))
    story = [*head, paragraph(title, "title"), paragraph(sentence, "empty")]
    write_paper(
        target, story, title=title, author=profile.name, subject=title, file_name=title
    )  # fmt: skip


# --- the stock ----------------------------------------------------------------------


def _register(target: BytesIO, session: Any, now: datetime) -> None:
    from desktop.pages import shelf_books

    shelf_books.write_register(target, session, now)


def _shelf_list(target: BytesIO, session: Any, now: datetime) -> None:
    from desktop.pages import shelf_books

    shelf_books.write_shelf_list(target, session, now)


def _new_titles(target: BytesIO, session: Any, now: datetime) -> None:
    from database import worklists
    from desktop.pages import new_titles

    month = _last_month(now)
    rows = worklists.rows(session, "new", worklists.Asked(now.date(), month))
    new_titles.write(target, session, rows, month, now.date())


def _labels(target: BytesIO, session: Any, _now: datetime) -> None:
    from database import house, items
    from desktop.pages import labels, sheets

    rows = items.items_to_label(session, only_new=True)
    if not rows:
        _nothing(target, session, _("Labels"), _("There is no copy to make a label for."))
        return
    name = house.profile(session).name
    sheet = sheets.all_sheets()["a4-3x7"]
    labels.write_labels(target, [labels.label_of(row, name) for row in rows], sheet)


def _label_test(target: BytesIO, _session: Any, _now: datetime) -> None:
    from desktop.pages import labels, sheets

    labels.calibration_page(target, sheets.all_sheets()["a4-3x7"])


def _claims(target: BytesIO, session: Any, now: datetime) -> None:
    from database import serials
    from desktop.pages import claims

    claims.write(target, session, serials.late(session, now.date()), now.date())


def _handover(target: BytesIO, session: Any, now: datetime, *, given_back: bool) -> None:
    from database import deposits
    from desktop.pages import handover

    found = deposits.rows(session)
    if given_back:
        found = [one for one in found if one.returned]
    if not found:
        title = _("Minutes of handover")
        _nothing(target, session, title, _("No batch has been handed over yet."))
        return
    handover.write(target, session, found[0].id, now.date(), given_back=given_back)


def _received(target: BytesIO, session: Any, now: datetime) -> None:
    _handover(target, session, now, given_back=False)


def _given_back(target: BytesIO, session: Any, now: datetime) -> None:
    _handover(target, session, now, given_back=True)


def _stocktake(target: BytesIO, session: Any, _now: datetime) -> None:
    from database import stocktake
    from desktop.pages import minutes

    closed = [one for one in stocktake.rounds(session) if one.closed_at is not None]
    if closed:
        minutes.write_stocktake(target, session, closed[0].id)
    else:
        sentence = _("No stocktake has been closed yet.")
        _nothing(target, session, _("Minutes of stocktake"), sentence)


def _weeding(target: BytesIO, session: Any, _now: datetime) -> None:
    from database import weeding
    from desktop.pages import minutes

    closed = [one for one in weeding.rounds(session) if one.closed_at is not None]
    if closed:
        minutes.write_weeding(target, session, closed[0])
    else:
        sentence = _("No weeding has been closed yet.")
        _nothing(target, session, _("Minutes of weeding"), sentence)


# --- readers ------------------------------------------------------------------------


def _cards(target: BytesIO, session: Any, now: datetime) -> None:
    from database import cards, membership
    from desktop.pages import cards as page

    _count, found = membership.search(session, membership.PatronFilter(), _MOST)
    ids = [one.id for one in found if one.kind == "person" and one.ended_on is None]
    rows = cards.of_patrons(session, ids)
    if not rows:
        _nothing(target, session, _("Cards"), _("Nobody is a member yet."))
        return
    page.write_cards(target, rows, page.house_of(session, now.date()))


def _ward_cards(target: BytesIO, session: Any, now: datetime) -> None:
    from database import cards, wards
    from desktop.pages import cards as page

    found = [one.id for one in wards.rows(session, now.date())]
    rows = cards.of_patrons(session, found)
    if not rows:
        _nothing(target, session, _("Ward cards"), _("No ward yet."))
        return
    page.write_ward_cards(target, rows, page.house_of(session, now.date()))


def _member_form(target: BytesIO, session: Any, now: datetime) -> None:
    from desktop.pages import blank_sheets

    blank_sheets.write_member_form(target, session, now)


def _loan_sheet(target: BytesIO, session: Any, now: datetime) -> None:
    from desktop.pages import blank_sheets

    blank_sheets.write_loan_sheet(target, session, now)


def _guest_book(target: BytesIO, session: Any, now: datetime) -> None:
    from desktop.pages import blank_sheets

    blank_sheets.write_guest_book(target, session, now)


def _policies(target: BytesIO, session: Any, now: datetime) -> None:
    from desktop.pages import policies

    policies.write(target, session, now)


def _reminders(target: BytesIO, session: Any, now: datetime) -> None:
    """Letters as they would go out today; they get their numbers when they are sent."""
    from database import reminders
    from desktop.pages import reminder_letter

    late = [one for one in reminders.people(session, now) if one.kind == "overdue"]
    if not late:
        _nothing(target, session, _("Reminder letters"), _("Nothing is overdue."))
        return
    pairs = [(one, "." * 30) for one in late]
    reminder_letter.write(target, session, pairs, now.date())


def _clearance(target: BytesIO, session: Any, _now: datetime) -> None:
    from database import clearance as letters
    from desktop.pages import clearance

    newest = letters.newest(session)
    if newest is None:
        sentence = _("No clearance letter has been issued yet.")
        _nothing(target, session, _("Library clearance letter"), sentence)
        return
    clearance.write(target, session, newest)


def _round(target: BytesIO, session: Any, now: datetime) -> None:
    from database import wards
    from desktop.pages import round_sheet

    every = [one.id for one in wards.rows(session, now.date())]
    round_sheet.write(target, session, every, now)


# --- the house ----------------------------------------------------------------------


def _month(target: BytesIO, session: Any, now: datetime) -> None:
    from database import periods
    from desktop.pages.reporting import write_month

    figures, closed = periods.month_of(session, _last_month(now))
    write_month(target, session, figures, closed.closed_on if closed else now.date(), closed)


def _profile_sheet(target: BytesIO, session: Any, now: datetime) -> None:
    from desktop.pages import profile_sheet

    profile_sheet.write(target, session, now)


def _cash_book(target: BytesIO, session: Any, now: datetime) -> None:
    from database.calendar import month_bounds
    from desktop.pages import cash_book

    cash_book.write(target, session, *month_bounds(_last_month(now)))


def _day_end(target: BytesIO, session: Any, now: datetime) -> None:
    from desktop.pages import cash_book

    cash_book.write(target, session, now.date(), now.date())


def _receipt(target: BytesIO, session: Any, now: datetime) -> None:
    """The newest of the last year."""
    from database import money
    from desktop.pages import receipt

    book = money.cash_book(session, now.date() - timedelta(days=365), now.date())
    numbers = [row.receipt for row in book.rows if row.receipt]
    if numbers:
        receipt.write(target, session, numbers[-1])
    else:
        _nothing(target, session, _("RECEIPT"), _("Nothing has been paid yet."))


def _breach(target: BytesIO, session: Any, now: datetime) -> None:
    from database import settings, traces
    from desktop.pages import breach

    facts = breach.Facts(
        traces.persons_known(session),
        settings.get(session, settings.BACKUPS_KEPT),
        settings.get(session, settings.PROTECTION_OFFICER),
    )
    breach.write(target, session, facts, now)


PAPERS = {
    paper.name: paper
    for paper in (
        Paper("accession-register", N_("Accession register"), _register),
        Paper("shelf-list", N_("Shelf list"), _shelf_list),
        Paper("new-titles", N_("New titles of the last month"), _new_titles),
        Paper("labels", N_("Labels of copies without one"), _labels),
        Paper("label-test", N_("Test page for label sheets"), _label_test),
        Paper("claims", N_("Issues not received"), _claims),
        Paper("handover", N_("Handover of the newest batch"), _received),
        Paper("handover-back", N_("Handover of the newest batch given back"), _given_back),
        Paper("stocktake-minutes", N_("Minutes of stocktake"), _stocktake),
        Paper("weeding-minutes", N_("Minutes of weeding"), _weeding),
        Paper("member-cards", N_("Cards of all members"), _cards),
        Paper("ward-cards", N_("Ward cards"), _ward_cards),
        Paper("member-form", N_("Membership form"), _member_form),
        Paper("loan-sheet", N_("Loan sheet without a computer"), _loan_sheet),
        Paper("guest-book", N_("Visitors' book"), _guest_book),
        Paper("loan-policies", N_("How to borrow"), _policies),
        Paper("reminder-letters", N_("Reminder letters"), _reminders),
        Paper("clearance-letter", N_("Newest clearance letter"), _clearance),
        Paper("round-sheet", N_("Round sheet"), _round),
        Paper("monthly-report", N_("Report of the last month"), _month),
        Paper("profile-sheet", N_("Profile sheet for accreditation"), _profile_sheet),
        Paper("cash-book", N_("Cash book of the last month"), _cash_book),
        Paper("day-end", N_("Cash book of today"), _day_end),
        Paper("receipt", N_("Newest receipt"), _receipt),
        Paper("breach-sheet", N_("Breach of personal data"), _breach),
    )
}
"""Every paper by its name, in the order they are listed."""
