"""Serials: what is expected, comes, lacks, is claimed and becomes a copy."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from database import undo
from database.circulation import lending
from database.holdings import item_list, serial_issues, serials
from database.refusal import Reason, Refusal
from tests.libraries import NOW

LATER = NOW + timedelta(minutes=5)
TODAY = NOW.date()


def write(library, act, *asked):
    with library.transaction() as session:
        return act(session, *asked)


def read(library, act, *asked):
    with library.reading() as session:
        return act(session, *asked)


def refused(library, act, *asked):
    with pytest.raises(Refusal) as told:
        write(library, act, *asked)
    return told.value.reason


@pytest.fixture
def title(stocked):
    values = {"title": "Majalah Kedokteran", "issn": "0377-1121"}
    number, _line = write(stocked, serials.add, values, NOW)
    facts = serials.SerialFacts("quarterly", 4, "Agen Jaya")
    write(stocked, serials.save, number, facts, NOW)
    return number


def expect(library, title, volume="12", number=3, first=date(2026, 1, 31), count=4):
    return write(library, serial_issues.expect, title, volume, number, first, count, NOW)


def named(library, title):
    return [row.name for row in read(library, serial_issues.issues, title)][::-1]


def test_issues_follow_the_frequency_and_the_volume(stocked, title):
    expect(stocked, title)
    assert named(stocked, title) == ["12(3), 2026", "12(4), 2026", "13(1), 2026", "13(2), 2026"]
    days = [row.expected_on for row in read(stocked, serial_issues.issues, title)][::-1]
    assert days == [date(2026, 1, 31), date(2026, 4, 30), date(2026, 7, 31), date(2026, 10, 31)]
    assert refused(stocked, serial_issues.expect, title, "13", 1, date(2026, 7, 1), 1, NOW) is (
        Reason.ISSUE_TAKEN
    )


def test_a_title_without_volumes_is_counted_on(stocked, title):
    expect(stocked, title, "", 101, date(2026, 1, 1), 6)
    assert named(stocked, title)[-1] == "106, 2027"


def test_what_is_late_is_claimed_and_comes(stocked, title):
    expect(stocked, title)
    [row] = read(stocked, serials.rows, TODAY)
    assert (row.title, row.received, row.late) == ("Majalah Kedokteran", 0, 4)
    late = read(stocked, serial_issues.late, TODAY)
    assert [one.supplier for one in late] == ["Agen Jaya"] * 4
    claimed = write(stocked, serial_issues.claim, [one.id for one in late], NOW)
    received = write(stocked, serial_issues.receive, late[0].id, NOW)
    assert refused(stocked, serial_issues.receive, late[0].id, NOW) is Reason.RECORD_GONE
    [row] = read(stocked, serials.rows, TODAY)
    assert (row.received, row.late, row.next_on) == (1, 3, None)
    write(stocked, undo.undo, received, LATER)
    write(stocked, undo.undo, claimed, LATER)
    assert all(one.claimed_on is None for one in read(stocked, serial_issues.late, TODAY))


def test_holdings_are_told_with_what_lacks(stocked, title):
    expect(stocked, title, "12", 1, date(2024, 1, 1), 13)
    rows = read(stocked, serial_issues.issues, title)[::-1]
    for place, row in enumerate(rows[:10]):
        if place not in (2, 4, 5, 6, 7):
            write(stocked, serial_issues.receive, row.id, NOW)
    held = serial_issues.holdings(read(stocked, serial_issues.issues, title))
    assert held.years == ((2024, 2024), (2026, 2026))
    assert held.lacks == ((2024, "3"), (2025, "1"), (2025, "2"), (2025, "3"), (2025, "4"))
    assert serial_issues.holdings([]) == serial_issues.Holdings((), ())


def test_an_issue_becomes_a_copy_to_lend(stocked, title):
    expect(stocked, title)
    issue = read(stocked, serial_issues.issues, title)[-1]
    assert refused(stocked, serial_issues.make_copy, issue.id, "", NOW) is Reason.RECORD_GONE
    received = write(stocked, serial_issues.receive, issue.id, NOW)
    barcode, line = write(stocked, serial_issues.make_copy, issue.id, "Rak majalah", NOW)
    [copy] = read(stocked, item_list.items_by_barcode, [barcode])
    assert (copy.volume, copy.item_type, copy.location) == ("12(3), 2026", "serial", "Rak majalah")
    assert read(stocked, serial_issues.issues, title)[-1].barcode == barcode
    assert refused(stocked, undo.undo, received, LATER) is Reason.CANNOT_UNDO
    write(stocked, undo.undo, line, LATER)
    assert read(stocked, item_list.items_of, title) == []
    assert read(stocked, serial_issues.issues, title)[-1].barcode == ""
    assert refused(stocked, lending.check_out, "M0001", barcode, NOW) is Reason.UNKNOWN_ITEM


def test_expecting_and_saving_are_taken_back(stocked, title):
    line = expect(stocked, title)
    facts = serials.SerialFacts("monthly", 12)
    saved = write(stocked, serials.save, title, facts, NOW)
    write(stocked, undo.undo, saved, LATER)
    [row] = read(stocked, serials.rows, TODAY)
    assert (row.frequency, row.issues_a_volume, row.supplier) == ("quarterly", 4, "Agen Jaya")
    write(stocked, undo.undo, line, LATER)
    assert read(stocked, serial_issues.issues, title) == []
    expect(stocked, title)
    write(stocked, serial_issues.receive, read(stocked, serial_issues.issues, title)[0].id, NOW)


@pytest.mark.parametrize(
    "facts", [serials.SerialFacts("daily", 4), serials.SerialFacts("monthly", 0)]
)
def test_what_cannot_be_is_refused(stocked, title, facts):
    assert refused(stocked, serials.save, title, facts, NOW) is Reason.VALUE_INVALID
    assert (
        refused(stocked, serial_issues.expect, title, "1", 0, TODAY, 1, NOW) is Reason.VALUE_INVALID
    )
    assert refused(stocked, serial_issues.expect, 9999, "1", 1, TODAY, 1, NOW) is Reason.RECORD_GONE


def test_the_next_issue_comes_after_the_newest(stocked, title):
    expect(stocked, title)
    listed = read(stocked, serial_issues.issues, title)[::-1]
    assert serial_issues.next_waited_for(listed[::-1]) == listed[0]
    write(stocked, serial_issues.receive, listed[1].id, NOW)
    rows = read(stocked, serial_issues.issues, title)
    assert serial_issues.next_waited_for(rows).id == listed[2].id
    for place in (2, 3):
        write(stocked, serial_issues.receive, listed[place].id, NOW)
    assert (
        serial_issues.next_waited_for(read(stocked, serial_issues.issues, title)).id == listed[0].id
    )
    write(stocked, serial_issues.receive, listed[0].id, NOW)
    assert serial_issues.next_waited_for(read(stocked, serial_issues.issues, title)) is None
