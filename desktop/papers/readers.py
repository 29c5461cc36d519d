"""Papers of the readers: cards, sheets, slips, letters, the round."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from desktop.papers.usual import MOST, nothing
from desktop.words.language import _
from desktop.words.wording import words_of


def cards(target: BytesIO, session: Any, now: datetime) -> None:
    from database.patrons import cards, finding
    from desktop.pages.cards import cards as page

    _count, found = finding.search(session, finding.PatronFilter(), MOST)
    ids = [one.id for one in found if one.kind == "person" and one.ended_on is None]
    rows = cards.of_patrons(session, ids)
    if not rows:
        nothing(target, session, _("Cards"), _("Nobody is a member yet."))
        return
    page.write_cards(target, rows, page.house_of(session, now.date()))


def ward_cards(target: BytesIO, session: Any, now: datetime) -> None:
    from database.patrons import cards
    from database.wards import wards
    from desktop.pages.cards import cards as page

    found = [one.id for one in wards.rows(session, now.date())]
    rows = cards.of_patrons(session, found)
    if not rows:
        nothing(target, session, _("Ward cards"), _("No ward yet."))
        return
    page.write_ward_cards(target, rows, page.house_of(session, now.date()))


def member_form(target: BytesIO, session: Any, now: datetime) -> None:
    from desktop.pages.registers import blank_sheets

    blank_sheets.write_member_form(target, session, now)


def loan_sheet(target: BytesIO, session: Any, now: datetime) -> None:
    from desktop.pages.registers import blank_sheets

    blank_sheets.write_loan_sheet(target, session, now)


def guest_book(target: BytesIO, session: Any, now: datetime) -> None:
    from desktop.pages.registers import blank_sheets

    blank_sheets.write_guest_book(target, session, now)


def policies(target: BytesIO, session: Any, now: datetime) -> None:
    from desktop.pages.letters import policies

    policies.write(target, session, now)


def reminders(target: BytesIO, session: Any, now: datetime) -> None:
    """Letters as they would go out today; they get their numbers when they are sent."""
    from database.circulation import reminder_list
    from desktop.pages.letters import reminder_letter

    late = [one for one in reminder_list.people(session, now) if one.kind == "overdue"]
    if not late:
        nothing(target, session, _("Reminder letters"), _("Nothing is overdue."))
        return
    pairs = [(one, "." * 30) for one in late]
    reminder_letter.write(target, session, pairs, now.date())


def lost(target: BytesIO, session: Any, now: datetime) -> None:
    """For whoever owes for the newest loss."""
    from database.circulation import losses
    from desktop.pages.letters import lost_letter

    patron = losses.newest_debtor(session)
    if patron is None:
        title = _("Notice of copies to replace")
        nothing(target, session, title, _("Nobody owes for a lost or damaged copy."))
        return
    lost_letter.write(target, session, patron, now.date())


def loan_slip(target: BytesIO, session: Any, now: datetime) -> None:
    """Of the newest loan to a person of the staff."""
    from database.patrons import finding
    from database.policy import house
    from desktop.pages.slips.slip import Slip, SlipItem, write_slip

    borrower = finding.newest_borrower(session)
    patron = finding.one(session, borrower) if borrower else None
    if patron is None:
        nothing(target, session, _("Loan slip"), _("Nobody has a book now."))
        return
    profile, words = house.profile(session), words_of(session, "loan-slip")
    loans = finding.loans_in_hand(session, patron.id)
    lent = tuple(SlipItem(one.title, one.barcode, one.due_on) for one in loans)
    heads = (profile.name, profile.hospital)
    write_slip(target, Slip(heads, now, patron.name, lent, words=words))


def hold_slips(target: BytesIO, session: Any, _now: datetime) -> None:
    from database.circulation import hold_lists
    from desktop.pages.slips import care_slips

    found = hold_lists.ready(session)
    if found:
        care_slips.write_held(target, session, found)
    else:
        nothing(target, session, _("Hold slips"), _("Nothing lies ready."))


def quarantine(target: BytesIO, session: Any, now: datetime) -> None:
    from database.circulation import quarantine
    from desktop.pages.slips import care_slips

    found = quarantine.resting(session, now)
    if found:
        care_slips.write_resting(target, session, found)
    else:
        nothing(target, session, _("Quarantine labels"), _("Nothing is in quarantine."))


def clearance(target: BytesIO, session: Any, _now: datetime) -> None:
    from database.circulation import clearance as letters
    from desktop.pages.letters import clearance

    newest = letters.newest(session)
    if newest is None:
        sentence = _("No clearance letter has been issued yet.")
        nothing(target, session, _("Library clearance letter"), sentence)
        return
    clearance.write(target, session, newest)


def the_round(target: BytesIO, session: Any, now: datetime) -> None:
    from database.wards import wards
    from desktop.pages.slips import round_sheet

    every = [one.id for one in wards.rows(session, now.date())]
    round_sheet.write(target, session, every, now)


def personal_data(target: BytesIO, session: Any, _now: datetime) -> None:
    """Only for a person who asks: here it is there for its words."""
    from desktop.pages.letters import person_papers

    told = _("Printed from a person's own page, when that person asks for it.")
    nothing(target, session, _(person_papers.COPY), told)


def deletion_receipt(target: BytesIO, session: Any, _now: datetime) -> None:
    """Only when somebody was forgotten: here it is there for its words."""
    from desktop.pages.letters import person_papers

    told = _("Printed when somebody was forgotten at their own request.")
    nothing(target, session, _(person_papers.RECEIPT), told)
