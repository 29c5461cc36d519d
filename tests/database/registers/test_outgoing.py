"""One series of numbers for every letter that leaves the house, and its register."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from database import undo
from database.circulation import clearance
from database.engine import engines
from database.holdings import deposit_copies, deposits, stocktake, weeding
from database.holdings.stock_balance import Scope
from database.library import Library
from database.policy import signing
from database.refusal import Reason, Refusal
from database.registers import outgoing
from database.registers.outgoing import Letter
from database.storage import places
from tests.database.storage.first_version import FIRST_VERSION
from tests.libraries import NOW

OTHER = Letter("other", recipient="Kepala Bidang Diklat", subject="Undangan rapat")


def act(library, deed, *arguments, **named):
    with library.transaction() as session:
        return deed(session, *arguments, **named)


def listed(library, year=2027):
    with library.reading() as session:
        return outgoing.rows(session, date(year, 1, 1), date(year, 12, 31))


def refused(library, deed, *arguments, **named):
    with pytest.raises(Refusal) as told:
        act(library, deed, *arguments, **named)
    return told.value.reason


def test_every_kind_takes_its_number_from_one_series(stocked):
    act(stocked, outgoing.write, OTHER, NOW)
    act(stocked, clearance.issue, 1, "pindah", NOW)
    number = act(stocked, stocktake.start, "Opname", Scope(), NOW)
    act(stocked, stocktake.close, number, "BA tulisan tangan", NOW)
    weeded = act(stocked, weeding.start, "Penyiangan", NOW)
    with stocked.reading() as session:
        usual = outgoing.proposed(session, weeding.PAPER, NOW.date())
    act(stocked, weeding.close, weeded, usual, NOW)
    facts = deposits.DepositFacts("Paket I", "Dinas", "T1", date(2027, 1, 4))
    batch, _line = act(stocked, deposits.receive, facts, NOW)
    act(stocked, deposit_copies.finish, batch, NOW)
    assert [one.number for one in listed(stocked)] == [
        "001/UM/RSUD-BS/I/2027",
        "002/SKBP/RSUD-BS/I/2027",
        "BA tulisan tangan",
        "003/BA-PS/RSUD-BS/I/2027",
        "004/BAST/RSUD-BS/I/2027",
    ]
    assert [one.recipient for one in listed(stocked)][-1] == "Dinas"


def test_a_number_is_never_given_twice_and_a_cancelled_one_is_a_told_gap(library):
    first, line = act(library, outgoing.write, OTHER, NOW)
    act(library, undo.undo, line, NOW)
    second, _line = act(library, outgoing.write, OTHER, NOW)
    assert (first, second) == ("001/UM/RSUD-BS/I/2027", "002/UM/RSUD-BS/I/2027")
    assert [one.cancelled_at is not None for one in listed(library)] == [True, False]
    # Neither a number that stands nor one that was cancelled is another letter's.
    for taken in (first, second):
        assert refused(library, outgoing.write, OTHER, NOW, taken) is Reason.LETTER_NUMBER_TAKEN
    found = listed(library)[1].id
    assert refused(library, outgoing.cancel, found, " ", NOW) is Reason.REASON_NEEDED
    struck = act(library, outgoing.cancel, found, "salah ketik", NOW)
    assert refused(library, outgoing.cancel, found, "lagi", NOW) is Reason.RECORD_GONE
    assert listed(library)[1].reason == "salah ketik"
    act(library, undo.undo, struck, NOW)
    assert listed(library)[1].cancelled_at is None


def test_a_number_typed_ahead_is_not_given_again(library):
    act(library, outgoing.write, OTHER, NOW, "007/UM/RSUD-BS/I/2027")
    assert act(library, outgoing.write, OTHER, NOW)[0] == "008/UM/RSUD-BS/I/2027"
    act(library, outgoing.write, OTHER, NOW, "B/12/Sekretariat")
    assert act(library, outgoing.write, OTHER, NOW)[0] == "009/UM/RSUD-BS/I/2027"
    next_year = NOW + timedelta(days=365)
    assert act(library, outgoing.write, OTHER, next_year)[0] == "001/UM/RSUD-BS/I/2028"


def test_what_was_taken_back_may_be_closed_again_under_its_number(stocked):
    number = act(stocked, stocktake.start, "Opname", Scope(), NOW)
    line = act(stocked, stocktake.close, number, "BA 1", NOW)
    act(stocked, undo.undo, line, NOW)
    assert listed(stocked)[0].cancelled_at is not None
    act(stocked, stocktake.close, number, "BA 1", NOW)
    assert [(one.number, one.cancelled_at) for one in listed(stocked)] == [("BA 1", None)]


def test_the_register_names_a_patron_while_one_is_known_and_copies_as_chosen(stocked):
    act(stocked, signing.put, "clearance-letter", ["head"], ["Bidang Diklat", " "], NOW)
    act(stocked, clearance.issue, 1, "pindah", NOW)
    with stocked.reading() as session:
        known = clearance.newest(session).patron
    (found,) = listed(stocked)
    assert (found.recipient, found.copies_to) == (known, "Bidang Diklat")


def test_roles_are_added_and_papers_signed_by_them(library):
    act(library, signing.add_role, "Kepala  Bidang Diklat", NOW)
    assert refused(library, signing.add_role, "kepala bidang diklat", NOW) is Reason.NAME_TAKEN
    assert refused(library, signing.add_role, " ", NOW) is Reason.NAME_MISSING
    assert refused(library, signing.put, "claims", ["nobody"], [], NOW) is Reason.VALUE_INVALID
    line = act(library, signing.put, "claims", ["Kepala Bidang Diklat", "head"], ["Arsip"], NOW)
    with library.reading() as session:
        how = signing.of(session, "claims")
        assert signing.of(session, "cash-book").roles == ("head", "librarian")
    assert (how.roles, how.copies_to) == (("Kepala Bidang Diklat", "head"), ("Arsip",))
    act(library, undo.undo, line, NOW)
    with library.reading() as session:
        assert signing.of(session, "claims").roles == ("librarian",)


_OLDER = (
    "INSERT INTO counter (series, value) VALUES ('reminder.2027', 4), ('clearance.2027', 9)",
    "INSERT INTO reminder (patron_id, category, subject, channel, level, number, copies, sent_at,"
    " sent_on) VALUES (1, 'nurse', 'loans', 'letter', 1, '004/STG', 1, '2027-01-05 02:00:00',"
    " '2027-01-05')",
    "INSERT INTO clearance (patron_id, number, code, category, purpose, issued_at, issued_on,"
    " cancelled_at) VALUES (1, '009/SKBP', 'ABCD2345', 'nurse', '', '2027-01-06 02:00:00',"
    " '2027-01-06', '2027-01-07 02:00:00')",
    "INSERT INTO stocktake (name, ownership, location, started_at, closed_at, minutes) VALUES"
    " ('a', '', '', '2027-01-01 02:00:00', '2027-01-02 20:00:00+00:00', 'BA 1'),"
    " ('b', '', '', '2027-01-01 02:00:00', '2027-01-03 02:00:00', 'BA 1')",
)


def test_letters_of_an_older_library_stand_in_the_register(new_place):
    """The series goes on above both that there were; a number typed twice stands once."""
    with places.new_place(new_place) as building:
        engine = engines.connect(building)
        places.migrate(engine, "0001")
        with engine.begin() as connection:
            for statement in FIRST_VERSION:
                connection.execute(text(statement.replace(":", r"\:")))
        places.migrate(engine, "0028")
        with engine.begin() as connection:
            for statement in _OLDER:
                connection.execute(text(statement.replace(":", r"\:")))
        engine.dispose()
    library = Library.open(new_place)
    told = [(one.number, one.issued_on.day, one.recipient) for one in listed(library)]
    assert told == [("BA 1", 3, ""), ("004/STG", 5, "Rina"), ("009/SKBP", 6, "Rina")]
    assert listed(library)[2].cancelled_at is not None
    assert act(library, outgoing.write, OTHER, NOW)[0].startswith("010/UM/")
    library.close()
