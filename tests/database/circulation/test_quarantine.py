"""Quarantine by ward and kind of copy, the outbreak switch, the morning list (story A17)."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import insert, select, update

from database import undo
from database.circulation import hold_lists, holds, lending, quarantine
from database.holdings import item_facts, item_list, items
from database.policy import quarantine_rules, settings
from database.refusal import Reason, Refusal
from database.schema import Biblio, Item, Loan, Patron, Unit
from tests.database.circulation.test_holds import at, do, no
from tests.libraries import ANYTHING, NOW, WIB

BOOK = "B000020"


@pytest.fixture
def ruled(stocked):
    """72 hours for Anggrek, Isolasi keeps what it has; Laskar Pelangi is on Anggrek."""
    with stocked.transaction() as session:
        known = {one[1] for one in quarantine_rules.units(session)}
        for name in {"Anggrek", "Isolasi"} - known:
            session.execute(insert(Unit).values(name=name, ward=True))
        units = {name: unit_id for unit_id, name in quarantine_rules.units(session)}
        quarantine_rules.save_rule(session, units["Anggrek"], "", 72, NOW)
        quarantine_rules.save_rule(session, units["Isolasi"], "", 0, NOW, stays_out=True)
    do(stocked, lending.check_out, "W-ANGGREK", BOOK, NOW)
    stocked.units = units
    return stocked


def copy(library, barcode=BOOK):
    with library.reading() as session:
        return item_list.items_by_barcode(session, [barcode])[0]


def listed(library, now):
    with library.reading() as session:
        found = quarantine.today(session, now)
        assert quarantine.of_today(quarantine.resting(session, now), now) == found
        return [(one.barcode, one.over) for one in found]


def test_a17_a_copy_from_the_childrens_ward_rests_three_days(ruled):
    done = do(ruled, lending.check_in, BOOK, at(18))
    assert done.until == at(21)
    assert copy(ruled).status == "quarantine"
    with pytest.raises(Refusal) as told, ruled.transaction() as session:
        lending.check_out(session, "M0001", BOOK, at(20))
    assert told.value.reason is Reason.IN_QUARANTINE
    assert told.value.facts["until"].astimezone(WIB) == at(21)
    assert listed(ruled, at(20, 8)) == []
    assert listed(ruled, at(21, 8)) == [(BOOK, False)]
    assert listed(ruled, at(21, 9)) == [(BOOK, True)]
    assert do(ruled, lending.check_out, "M0001", BOOK, at(21, 9)).act == "lent"
    assert (copy(ruled).status, copy(ruled).status_until) == ("in_service", None)


def test_it_is_lendable_by_itself_and_listed_until_it_is_shelved(ruled):
    do(ruled, lending.check_in, BOOK, at(18))
    assert do(ruled, quarantine.release_due, at(21, 8)) == 0
    assert do(ruled, quarantine.release_due, at(21, 9)) == 1
    assert copy(ruled).status == "in_service"
    assert listed(ruled, at(22, 8)) == [(BOOK, True)]
    line = do(ruled, quarantine.shelve, [copy(ruled).id], at(22))
    assert listed(ruled, at(22, 8)) == []
    do(ruled, undo.undo, line, at(22))
    assert listed(ruled, at(22, 8)) == [(BOOK, True)]


DILAP = {Reason.IN_QUARANTINE: "dilap, izin IPCN"}


def test_before_its_time_only_with_a_reason_and_that_can_be_taken_back(ruled):
    do(ruled, lending.check_in, BOOK, at(18))
    done = do(ruled, lending.check_out, "W-MAWAR", BOOK, at(19), DILAP)
    assert copy(ruled).status == "in_service"
    do(ruled, undo.undo, done.line, at(19))
    assert (copy(ruled).status, copy(ruled).status_until) == ("quarantine", at(21))


def test_nothing_comes_back_from_isolation(ruled):
    with ruled.transaction() as session:
        session.execute(update(Loan).values(unit="Isolasi"))
    done = do(ruled, lending.check_in, BOOK, at(18))
    assert done.notes == ("stays_out",)
    assert copy(ruled).status == "given"
    with ruled.reading() as session:
        assert session.execute(select(Loan.outcome)).scalar() == "given"
    assert (
        no(ruled, lending.check_out, "M0001", BOOK, at(19), {Reason.IN_QUARANTINE: "boleh"})
        is Reason.NOT_IN_SERVICE
    )
    do(ruled, undo.undo, done.line, at(18))
    assert copy(ruled).status == "in_service"
    assert copy(ruled).due_on is not None


def test_of_two_wards_the_more_careful_rule_holds(ruled):
    """The patient was moved from isolation to the children's ward, or the unit was renamed."""
    with ruled.transaction() as session:
        session.execute(update(Loan).values(unit="Isolasi"))
        session.execute(update(Patron).values(unit="Anggrek"))
    assert do(ruled, lending.check_in, BOOK, at(18)).notes == ("stays_out",)


def test_a_deposit_from_isolation_is_kept_apart_and_never_lent(ruled):
    with ruled.transaction() as session:
        session.execute(update(Loan).values(unit="Isolasi"))
        session.execute(update(Item).where(Item.barcode == BOOK).values(ownership="deposit"))
    assert do(ruled, lending.check_in, BOOK, at(18)).notes == ("kept_apart",)
    with pytest.raises(Refusal) as told, ruled.transaction() as session:
        lending.check_out(session, "M0001", BOOK, at(25), ANYTHING)
    assert (told.value.reason, told.value.overridable) == (Reason.IN_QUARANTINE, False)


def test_undoing_a_return_takes_it_out_of_quarantine(ruled):
    done = do(ruled, lending.check_in, BOOK, at(18))
    do(ruled, undo.undo, done.line, at(18))
    assert (copy(ruled).status, copy(ruled).status_until) == ("in_service", None)


def test_staff_of_a_ward_read_elsewhere(ruled):
    with ruled.transaction() as session:
        lending.check_out(session, "M0001", "B000001", at(12))
        session.execute(update(Loan).values(unit="Anggrek"))
    assert do(ruled, lending.check_in, "B000001", at(18)).until is None


def test_in_an_outbreak_everything_rests(ruled):
    with ruled.transaction() as session:
        lending.check_out(session, "M0001", "B000001", at(12))
        settings.put(session, settings.OUTBREAK, True)
    assert do(ruled, lending.check_in, "B000001", at(18)).until == at(21)


@pytest.mark.parametrize(
    ("made", "hours"),
    [
        ([("", "", 24)], 24),
        ([("", "", 24), ("", "book", 48)], 48),
        ([("", "book", 48), ("Melati", "", 12)], 12),
        ([("Melati", "", 12), ("Melati", "book", 6), ("Melati", "children", 96)], 6),
    ],
)
def test_the_most_specific_rule_wins(ruled, made, hours):
    with ruled.transaction() as session:
        session.execute(insert(Unit).values(name="Melati", ward=True))
        units = {name: unit_id for unit_id, name in quarantine_rules.units(session)}
        for unit, kind, rest in made:
            quarantine_rules.save_rule(session, units.get(unit), kind, rest, NOW)
        session.execute(update(Loan).values(unit="Melati"))
        session.execute(update(Patron).values(unit="Melati"))
    done = do(ruled, lending.check_in, BOOK, at(18))
    assert (done.until - at(18)).total_seconds() == hours * 3600


def test_rules_are_kept_dropped_and_taken_back(ruled):
    unit = ruled.units["Anggrek"]
    line = do(ruled, quarantine_rules.save_rule, unit, "", 24, NOW)

    def hours():
        with ruled.reading() as session:
            return {one.unit: one.hours for one in quarantine_rules.rules(session)}

    assert hours() == {"Anggrek": 24, "Isolasi": 0}
    do(ruled, undo.undo, line, NOW)
    assert hours()["Anggrek"] == 72
    line = do(ruled, quarantine_rules.drop_rule, unit, "", NOW)
    assert hours() == {"Isolasi": 0}
    do(ruled, undo.undo, line, NOW)
    assert hours()["Anggrek"] == 72
    assert no(ruled, quarantine_rules.save_rule, unit, "", -1, NOW) is Reason.VALUE_INVALID
    assert no(ruled, quarantine_rules.drop_rule, None, "book", NOW) is Reason.RECORD_GONE


def test_a_copy_that_rests_lies_ready_when_it_has_rested(ruled):
    with ruled.transaction() as session:
        number = session.execute(
            select(Biblio.id).where(Biblio.title == "Laskar Pelangi")
        ).scalar_one()
        holds.place(session, "M0002", number, at(12))
    done = do(ruled, lending.check_in, BOOK, at(18))
    assert (done.hold, done.until) == ("dr. Bagus Santoso", at(21))
    with ruled.reading() as session:
        assert hold_lists.ready(session)[0].ready_until == datetime(2027, 1, 26).date()
        assert quarantine.today(session, at(21, 8))[0].held
    assert no(ruled, lending.check_out, "M0002", BOOK, at(20)) is Reason.IN_QUARANTINE
    assert do(ruled, lending.check_out, "M0002", BOOK, at(21)).act == "lent"


def test_the_log_of_wiping(ruled):
    do(ruled, lending.check_in, BOOK, at(18))
    line = do(ruled, quarantine.wipe, [copy(ruled).id], at(19))
    with ruled.reading() as session:
        assert [(one.barcode, one.at.astimezone(WIB)) for one in quarantine.wipings(session)] == [
            (BOOK, at(19))
        ]
        assert quarantine.resting(session, at(19))[0].wiped_on == at(19).date()
    do(ruled, undo.undo, line, at(19))
    with ruled.reading() as session:
        assert quarantine.wipings(session) == []


def test_whether_a_cover_can_be_wiped_is_kept_with_the_copy(stocked):
    row = copy(stocked, "B000001")
    assert row.wipeable is False
    do(stocked, items.save_item, row.id, item_facts.ItemFacts(wipeable=True), NOW)
    assert copy(stocked, "B000001").wipeable is True
