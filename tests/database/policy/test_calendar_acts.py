"""Holidays proposed and confirmed, what is due on a day that is closed later, visits corrected."""

from __future__ import annotations

from datetime import date

from database import undo
from database.circulation import identify, lending, visits
from database.patrons import finding
from database.policy import holidays, house, settings
from database.refusal import Reason
from tests.database.circulation.test_holds import at, do, no
from tests.libraries import NOW


def read(library, question, *arguments):
    with library.reading() as session:
        return question(session, *arguments)


def due(library, number="M0001"):
    with library.reading() as session:
        patron = identify.find_patron(session, number)
        return [one.due_on for one in finding.loans_in_hand(session, patron.id)]


def test_the_holidays_of_a_year_are_proposed_on_days_the_house_is_open(stocked):
    found = {one.day: one for one in read(stocked, holidays.proposed, 2027)}
    assert found[date(2027, 8, 17)].name == "Hari Kemerdekaan Republik Indonesia"
    assert found[date(2027, 12, 24)].leave
    assert "perkiraan" in found[date(2027, 3, 10)].name
    assert date(2027, 12, 25) not in found, "a Saturday is closed anyhow"
    do(stocked, holidays.close, [(date(2027, 8, 17), "HUT RI")], NOW)
    found = {one.day: one for one in read(stocked, holidays.proposed, 2027)}
    assert found[date(2027, 8, 17)].kept


def test_what_is_due_on_a_day_that_is_closed_later_moves_and_comes_back(stocked):
    do(stocked, lending.check_out, "M0001", "B000001", NOW)
    monday = date(2027, 1, 25)
    assert read(stocked, holidays.due_on, monday) == 1
    days = [(monday, "Cuti bersama"), (date(2027, 1, 26), "Cuti bersama")]
    line, moved = do(stocked, holidays.close, days, NOW, move=True)
    assert (moved, due(stocked)) == (1, [date(2027, 1, 27)])
    do(stocked, undo.undo, line, NOW)
    assert due(stocked) == [monday]
    assert read(stocked, house.closed_days, monday, date(2027, 1, 26)) == []


def test_without_moving_a_due_day_stays(stocked):
    do(stocked, lending.check_out, "M0001", "B000001", NOW)
    line, moved = do(stocked, holidays.close, [(date(2027, 1, 25), "Libur")], NOW)
    assert (moved, due(stocked)) == (0, [date(2027, 1, 25)])
    do(stocked, house.drop_closed_day, date(2027, 1, 25), NOW)
    assert no(stocked, undo.undo, line, NOW) is Reason.CANNOT_UNDO


def test_an_exception_that_was_open_comes_back(stocked):
    saturday = date(2027, 1, 16)
    do(stocked, house.save_closed_day, saturday, "Bazar", NOW, is_open=True)
    line, _moved = do(stocked, holidays.close, [(saturday, "Batal")], NOW)
    do(stocked, undo.undo, line, NOW)
    assert read(stocked, house.closed_days, saturday, saturday) == [(saturday, "Bazar", True)]


# --- visits


def counts(library, month="2027-01"):
    return read(library, visits.month_grid, month)


def patron(library, number="M0001"):
    return read(library, identify.find_patron, number).id


def test_a10_the_first_scan_of_a_card_on_a_day_counts_a_visitor(stocked):
    rina = patron(stocked)
    assert do(stocked, visits.count_card, rina, "nurse", at(11)) is not None
    assert do(stocked, visits.count_card, rina, "nurse", at(11, 15)) is None
    assert do(stocked, visits.count_card, rina, "nurse", at(12)) is not None
    assert sum(counts(stocked).values()) == 2
    do(stocked, settings.put, settings.CARD_COUNTS_VISIT, False)
    assert do(stocked, visits.count_card, rina, "nurse", at(13)) is None


def test_a_day_is_corrected_up_and_down_and_taken_back(stocked):
    for _ in range(3):
        do(stocked, visits.count_visit, "nurse", at(12))
    do(stocked, visits.count_visit, "student", at(12), 12, "discuss")
    day = date(2027, 1, 12)
    assert do(stocked, visits.correct, day, "nurse", 3, at(13)) is None
    line = do(stocked, visits.correct, day, "nurse", 5, at(13))
    assert counts(stocked)[day, "nurse"] == 5
    do(stocked, undo.undo, line, at(13))
    assert counts(stocked)[day, "nurse"] == 3
    line = do(stocked, visits.correct, day, "student", 4, at(13))
    assert counts(stocked)[day, "student"] == 4
    do(stocked, visits.correct, day, "student", 6, at(13))
    assert no(stocked, undo.undo, line, at(13)) is Reason.CANNOT_UNDO
    do(stocked, visits.correct, day, "student", 0, at(13))
    assert (day, "student") not in counts(stocked)
    assert no(stocked, visits.correct, day, "nurse", -1, at(13)) is Reason.VALUE_INVALID
    assert no(stocked, visits.correct, at(14).date(), "nurse", 1, at(13)) is Reason.TIME_TO_COME


def test_the_guest_book_tells_no_names(stocked):
    do(stocked, visits.count_visit, "student", at(12), 12, "discuss")
    (line,) = read(stocked, visits.guest_book, date(2027, 1, 12))
    assert (line.category, line.purpose, line.people) == ("student", "discuss", 12)
