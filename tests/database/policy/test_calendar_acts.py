"""Holidays proposed and confirmed, what is due on a day that is closed later, visits corrected."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from database import undo
from database.circulation import identify, lending, visits
from database.patrons import finding
from database.policy import calendar, closings, holidays, house, settings
from database.refusal import Reason, Refusal
from tests.database.circulation.test_holds import at, do, no
from tests.libraries import NOW, WIB, enrol


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


# --- every year, ranges, confirmed years

INDEPENDENCE, CHRISTMAS = (8, 17, "HUT RI"), (12, 25, "Natal")


def is_open(library, day):
    with library.reading() as session:
        return calendar.load(session, day, day).is_open(day)


def test_a_day_closed_every_year_is_closed_in_each_from_then_on(stocked):
    do(stocked, closings.close_yearly, *INDEPENDENCE, NOW)
    do(stocked, closings.close_yearly, *CHRISTMAS, NOW)
    assert [is_open(stocked, date(year, 8, 17)) for year in (2026, 2027, 2028, 2032)] == [
        True,
        False,
        False,
        False,
    ]
    assert is_open(stocked, date(2027, 8, 18))


def test_an_exception_of_one_day_decides_over_every_year(stocked):
    do(stocked, closings.close_yearly, *INDEPENDENCE, NOW)
    do(stocked, house.save_closed_day, date(2027, 8, 17), "Lomba", NOW, is_open=True)
    assert [is_open(stocked, date(year, 8, 17)) for year in (2027, 2028)] == [True, False]
    listed = read(stocked, closings.of_year, 2027), read(stocked, closings.of_year, 2028)
    assert [(one.name, one.open) for one in listed[0]] == [("Lomba", True)]
    assert [(one.name, one.open) for one in listed[1]] == [("HUT RI", False)]


def test_what_is_no_day_or_closed_already_is_refused(stocked):
    do(stocked, closings.close_yearly, *INDEPENDENCE, NOW)
    assert no(stocked, closings.close_yearly, 2, 30, "x", NOW) is Reason.VALUE_INVALID
    assert no(stocked, closings.close_yearly, 13, 1, "x", NOW) is Reason.VALUE_INVALID
    assert no(stocked, closings.close_yearly, 8, 17, "x", NOW) is Reason.NAME_TAKEN
    do(stocked, closings.close_yearly, 2, 29, "Kabisat", NOW)
    assert [is_open(stocked, date(2028, 2, day)) for day in (28, 29)] == [True, False]
    assert is_open(stocked, date(2027, 3, 1))


def test_a_yearly_closing_and_its_end_are_taken_back_and_others_stay(stocked):
    do(stocked, closings.close_yearly, *CHRISTMAS, NOW)
    line, moved = do(stocked, closings.close_yearly, *INDEPENDENCE, NOW)
    number = read(stocked, closings.of_year, 2027)[0].yearly
    dropped = do(stocked, closings.drop_yearly, number, at(13))
    assert is_open(stocked, date(2027, 8, 17))
    assert no(stocked, undo.undo, line, at(13)) is Reason.CANNOT_UNDO
    assert no(stocked, closings.drop_yearly, number, at(13)) is Reason.RECORD_GONE
    do(stocked, undo.undo, dropped, at(13))
    assert not is_open(stocked, date(2027, 8, 17))
    do(stocked, undo.undo, line, at(13))
    assert (moved, is_open(stocked, date(2027, 8, 17))) == (0, True)
    assert [one.name for one in read(stocked, closings.of_year, 2027)] == ["Natal"]


def test_what_was_dropped_and_closed_anew_is_not_closed_twice(stocked):
    do(stocked, closings.close_yearly, *INDEPENDENCE, NOW)
    number = read(stocked, closings.of_year, 2027)[0].yearly
    dropped = do(stocked, closings.drop_yearly, number, at(13))
    do(stocked, closings.close_yearly, *INDEPENDENCE, at(13))
    assert no(stocked, undo.undo, dropped, at(13)) is Reason.CANNOT_UNDO


def test_what_is_due_on_a_day_closed_every_year_moves_and_comes_back(stocked):
    do(stocked, lending.check_out, "M0001", "B000001", NOW)
    do(stocked, lending.check_out, "M0003", "B000010", NOW)
    assert read(stocked, closings.due_yearly, 1, 25, NOW.date()) == 1
    line, moved = do(stocked, closings.close_yearly, 1, 25, "Ulang tahun", NOW, move=True)
    assert (moved, due(stocked), due(stocked, "M0003")) == (
        1,
        [date(2027, 1, 26)],
        [date(2027, 1, 18)],
    )
    do(stocked, undo.undo, line, NOW)
    assert due(stocked) == [date(2027, 1, 25)]


def test_a_range_is_closed_as_one_act_and_taken_back_whole(stocked):
    lebaran = closings.span(date(2027, 3, 8), date(2027, 3, 14))
    do(stocked, holidays.close, [(date(2027, 3, 15), "Nyepi")], NOW)
    line, _moved = do(stocked, holidays.close, [(day, "Lebaran") for day in lebaran], NOW)
    assert len(lebaran) == 7
    assert read(stocked, lambda s: calendar.load(s, *lebaran[::6]).next_open(lebaran[0])) == date(
        2027, 3, 16
    )
    do(stocked, undo.undo, line, NOW)
    assert [one.name for one in read(stocked, closings.of_year, 2027)] == ["Nyepi"]


@pytest.mark.parametrize(
    ("first", "last"),
    [(date(2027, 3, 9), date(2027, 3, 8)), (date(2027, 1, 1), date(2028, 1, 2))],
)
def test_a_range_that_ends_before_it_begins_or_never_is_refused(first, last):
    with pytest.raises(Refusal) as told:
        closings.span(first, last)
    assert told.value.reason is Reason.VALUE_INVALID


def test_a_house_closed_for_a_hundred_days_opens_after_them(stocked):
    days = closings.span(date(2027, 1, 20), date(2027, 4, 30))
    do(stocked, holidays.close, [(day, "Renovasi") for day in days], NOW)
    do(stocked, lending.check_out, "M0001", "B000001", NOW)
    assert due(stocked) == [date(2027, 5, 3)]


def test_the_next_year_is_to_be_confirmed_from_october_until_it_is(stocked):
    ask = (date(2027, 9, 30), date(2027, 10, 1), date(2028, 1, 2))
    do(stocked, holidays.confirm, 2027, [], NOW)
    assert [read(stocked, closings.to_confirm, day) for day in ask] == [None, 2028, 2028]
    line, _moved = do(stocked, holidays.confirm, 2028, [(date(2028, 1, 1), "Tahun baru")], NOW)
    assert [read(stocked, closings.to_confirm, day) for day in ask] == [None, None, None]
    do(stocked, undo.undo, line, NOW)
    assert read(stocked, closings.to_confirm, ask[1]) == 2028
    assert read(stocked, closings.of_year, 2028) == []
    assert read(stocked, closings.is_confirmed, 2027)


def test_a_due_day_in_a_later_year_that_nobody_confirmed_says_so(stocked):
    december = datetime(2027, 12, 18, 9, 0, tzinfo=WIB)
    enrol(stocked, "Ayu", "nurse", number="M0009", valid_until=date(2029, 12, 31))
    told = do(stocked, lending.check_out, "M0009", "B000001", december)
    assert (told.due_on, told.notes) == (date(2028, 1, 3), ("closed", "unconfirmed"))
    do(stocked, holidays.confirm, 2028, [(date(2028, 1, 3), "Tahun baru")], december)
    told = do(stocked, lending.check_out, "M0009", "B000010", december)
    assert (told.due_on, told.notes) == (date(2028, 1, 4), ("closed",))


def test_a_single_day_saved_or_dropped_is_taken_back_where_nothing_stands_on_it(stocked):
    saturday, sunday = date(2027, 1, 16), date(2027, 1, 17)
    do(stocked, house.save_closed_day, sunday, "Pameran", NOW, is_open=True)
    saved = do(stocked, house.save_closed_day, saturday, "Bazar", NOW, is_open=True)
    dropped = do(stocked, house.drop_closed_day, saturday, NOW)
    assert no(stocked, undo.undo, saved, NOW) is Reason.CANNOT_UNDO
    do(stocked, undo.undo, dropped, NOW)
    assert is_open(stocked, saturday)
    do(stocked, undo.undo, saved, NOW)
    assert (is_open(stocked, saturday), is_open(stocked, sunday)) == (False, True)


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


def test_a_visitor_counted_by_a_loan_goes_when_the_loan_is_undone_and_others_stay(stocked):
    for number, kind in (("M0001", "nurse"), ("M0002", "doctor")):
        do(stocked, visits.count_card, patron(stocked, number), kind, at(11))
    line = do(stocked, lending.check_out, "M0001", "B000001", at(11)).line
    other = do(stocked, lending.check_out, "M0001", "B000010", at(11)).line
    do(stocked, undo.undo, line, at(11))
    assert counts(stocked) == {(date(2027, 1, 11), "nurse"): 1, (date(2027, 1, 11), "doctor"): 1}
    do(stocked, undo.undo, other, at(11))
    assert counts(stocked) == {(date(2027, 1, 11), "doctor"): 1}
    assert do(stocked, visits.count_card, patron(stocked), "nurse", at(11, 15)) is not None
    assert counts(stocked)[date(2027, 1, 11), "nurse"] == 1


def test_who_gave_a_book_back_came_though_a_loan_is_undone(stocked):
    do(stocked, lending.check_out, "M0001", "B000010", at(8))
    do(stocked, visits.count_card, patron(stocked), "nurse", at(11))
    do(stocked, lending.check_in, "B000010", at(11))
    line = do(stocked, lending.check_out, "M0001", "B000001", at(11)).line
    do(stocked, undo.undo, line, at(11))
    assert counts(stocked) == {(date(2027, 1, 11), "nurse"): 1}


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
