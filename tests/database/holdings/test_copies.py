"""Copies through their life: states, moves, history, and everything taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from database import undo
from database.circulation import lending
from database.holdings import item_facts, item_history, item_list, item_states, items, weeding
from database.holdings.item_states import Details
from database.refusal import Reason, Refusal
from tests.libraries import NOW
from tests.undoing import take_back_last

LATER = NOW + timedelta(hours=1)
MINUTES = Details(reason="Edisi lama", minutes="003/BA/2027")


def write(library, act, *asked):
    with library.transaction() as session:
        return act(session, *asked)


def copy(library, barcode):
    with library.reading() as session:
        return item_list.items_by_barcode(session, [barcode])[0]


def refused(library, act, *asked):
    with pytest.raises(Refusal) as told:
        write(library, act, *asked)
    return told.value.reason


def add_deposit(library):
    biblio_id = copy(library, "B000001").biblio_id
    facts = item_facts.ItemFacts(ownership="deposit", source="deposit", barcode="D1")
    return write(library, items.add_items, biblio_id, facts, 1, NOW)[0]


def test_a_copy_goes_to_repair_and_comes_back(stocked):
    row = copy(stocked, "B000001")
    day = date(2027, 1, 20)
    write(stocked, item_states.to_repair, [row.id], Details(day, "punggung lepas"), NOW)
    mended = copy(stocked, "B000001")
    assert mended.status == "repair"
    assert mended.status_until.astimezone(NOW.tzinfo).date() == day
    assert refused(stocked, lending.check_out, "M0001", "B000001", NOW) is Reason.NOT_IN_SERVICE
    assert refused(stocked, item_states.to_repair, [row.id], Details(), NOW) is Reason.STATE_FORBIDS
    write(stocked, item_states.back, [row.id], Details(), LATER)
    assert copy(stocked, "B000001").status == "in_service"
    assert copy(stocked, "B000001").status_until is None


def test_a_reference_copy_comes_back_as_one(stocked):
    row = copy(stocked, "B000099")
    write(stocked, item_states.missing, [row.id], Details(), NOW)
    write(stocked, item_states.found, [row.id], Details(), NOW)
    assert copy(stocked, "B000099").status == "reference"


def test_what_is_lost_leaves_the_stock_and_may_be_found(stocked):
    row = copy(stocked, "B000001")
    write(stocked, item_states.lost, [row.id], Details(minutes="BA 1/2027"), NOW)
    assert copy(stocked, "B000001").minutes == "BA 1/2027"
    write(stocked, item_states.found, [row.id], Details(), LATER)
    found = copy(stocked, "B000001")
    assert (found.status, found.minutes) == ("in_service", "")


def test_weeding_needs_reason_and_minutes(stocked):
    row = copy(stocked, "B000001")
    for details in (Details(), Details(reason="rusak"), Details(minutes="1")):
        assert refused(stocked, item_states.withdraw, [row.id], details, NOW) is (
            Reason.REASON_MISSING
        )
    write(stocked, item_states.withdraw, [row.id], MINUTES, NOW)
    gone = copy(stocked, "B000001")
    assert (gone.status, gone.minutes, gone.withdrawn_reason) == (
        "withdrawn",
        "003/BA/2027",
        "Edisi lama",
    )


@pytest.mark.parametrize("name", ["repair", "missing", "lost", "withdraw"])
def test_a_copy_on_loan_stays_as_it_is(stocked, name):
    write(stocked, lending.check_out, "M0001", "B000001", NOW)
    row = copy(stocked, "B000001")
    assert refused(stocked, item_states.ACTS[name], [row.id], MINUTES, NOW) is Reason.ITEM_ON_LOAN


def test_a_deposit_is_never_weeded_only_given_back(stocked):
    number = add_deposit(stocked)
    own = copy(stocked, "B000010")
    both = [own.id, number]
    assert refused(stocked, item_states.withdraw, both, MINUTES, NOW) is Reason.DEPOSIT_STAYS
    assert copy(stocked, "B000010").status == "in_service"
    assert refused(stocked, item_states.give_back, [own.id], MINUTES, NOW) is Reason.NOT_A_DEPOSIT
    saved = replace(
        item_facts.ItemFacts(), ownership="deposit", source="deposit", status="withdrawn"
    )
    assert refused(stocked, items.save_item, number, saved, NOW) is Reason.DEPOSIT_STAYS
    write(stocked, item_states.give_back, [number], Details(minutes="BAST 2"), NOW)
    assert copy(stocked, "D1").status == "returned_to_owner"


def test_several_copies_move_and_move_back(stocked):
    ids = [copy(stocked, code).id for code in ("B000001", "B000010")]
    lines = write(stocked, item_states.move, ids, " Rak 3 ", NOW)
    assert copy(stocked, "B000001").location == copy(stocked, "B000010").location == "Rak 3"
    assert write(stocked, item_states.move, ids, "Rak 3", NOW) == []
    for line in reversed(lines):
        write(stocked, undo.undo, line, LATER)
    assert copy(stocked, "B000001").location == ""


@pytest.mark.parametrize("name", ["repair", "missing", "lost", "withdraw"])
def test_each_act_is_taken_back_whole(stocked, name):
    before = copy(stocked, "B000001")
    [line] = write(stocked, item_states.ACTS[name], [before.id], MINUTES, NOW)
    assert copy(stocked, "B000001") != before
    write(stocked, undo.undo, line, LATER)
    assert copy(stocked, "B000001") == before


def test_saving_is_taken_back_but_not_over_a_later_change(stocked):
    before = copy(stocked, "B000001")
    facts = item_facts.ItemFacts(
        barcode="Z9",
        accession_number="9/X",
        location="Rak 1",
        price=5000,
        invoice="F-1",
        condition="baik",
        accessioned_on=date(2026, 5, 1),
        item_type="reference",
    )
    line = write(stocked, items.save_item, before.id, facts, NOW)
    saved = copy(stocked, "Z9")
    assert (saved.invoice, saved.condition, saved.price) == ("F-1", "baik", 5000)
    write(stocked, undo.undo, line, LATER)
    assert copy(stocked, "B000001") == before
    line = write(stocked, items.save_item, before.id, facts, NOW)
    write(stocked, item_states.move, [before.id], "Rak 2", NOW)
    assert refused(stocked, undo.undo, line, LATER) is Reason.CANNOT_UNDO


def test_a_copy_lent_since_is_not_put_back_into_repair(stocked):
    row = copy(stocked, "B000001")
    write(stocked, item_states.to_repair, [row.id], Details(), NOW)
    [line] = write(stocked, item_states.back, [row.id], Details(), NOW)
    write(stocked, lending.check_out, "M0001", "B000001", NOW)
    assert refused(stocked, undo.undo, line, LATER) is Reason.CANNOT_UNDO


def test_removing_is_taken_back_and_numbers_stay_used(stocked):
    row = copy(stocked, "B000001")
    line = write(stocked, items.remove_item, row.id, NOW)
    with stocked.reading() as session:
        assert item_list.items_of(session, row.biblio_id) == []
        [struck] = item_list.items_of(session, row.biblio_id, struck=True)
    assert struck.cancelled
    write(stocked, undo.undo, line, LATER)
    assert copy(stocked, "B000001") == row


def test_a_copy_taken_back_stays_visible_and_the_next_has_the_next_number(library):
    from database.catalogue import titles
    from database.description import marc, marc_form

    record = marc_form.apply(marc.Record(), {"title": "Buku"})
    number = write(library, titles.add_biblio, record, NOW)
    write(library, items.add_items, number, item_facts.ItemFacts(), 3, NOW)
    write(library, items.add_items, number, item_facts.ItemFacts(), 1, NOW)
    write(library, take_back_last, LATER)
    write(library, items.add_items, number, item_facts.ItemFacts(), 1, LATER)
    with library.reading() as session:
        listed = item_list.items_of(session, number, struck=True)
    assert [(row.barcode, row.cancelled) for row in listed] == [
        ("B000001", False),
        ("B000002", False),
        ("B000003", False),
        ("B000005", False),
        ("B000004", True),
    ]


def test_the_history_tells_all_and_names_nobody(stocked):
    row = copy(stocked, "B000001")
    write(stocked, lending.check_out, "M0001", "B000001", NOW)
    write(stocked, lending.renew, "B000001", NOW + timedelta(days=2))
    write(stocked, lending.check_in, "B000001", NOW + timedelta(days=3))
    [line] = write(stocked, item_states.move, [row.id], "Rak 3", NOW + timedelta(days=4))
    write(stocked, undo.undo, line, NOW + timedelta(days=4))
    with stocked.reading() as session:
        events = item_history.history(session, row.id)
    assert [event.action for event in events] == [
        "item.moved",
        "loan.returned",
        "loan.renewed",
        "loan.checked_out",
        "item.added",
    ]
    assert events[0].undone
    assert events[0].before == {"location": ""}
    assert events[0].after == {"location": "Rak 3"}
    assert "Rina" not in repr(events)


def test_the_history_tells_of_a_weeding_round(stocked):
    row = copy(stocked, "B000001")
    number = write(stocked, weeding.start, "Penyiangan 2027", NOW)
    write(stocked, weeding.decide, number, [row.id], "withdraw", "Rusak", NOW)
    line = write(stocked, weeding.close, number, "7/BA/2027", NOW)
    gone = copy(stocked, "B000001")
    assert (gone.status, gone.minutes, gone.withdrawn_reason) == ("withdrawn", "7/BA/2027", "Rusak")
    with stocked.reading() as session:
        event = item_history.history(session, row.id)[0]
    assert (event.action, event.after) == (
        "item.withdrawn",
        {"status": "withdrawn", "minutes": "7/BA/2027"},
    )
    write(stocked, undo.undo, line, LATER)
    assert copy(stocked, "B000001") == row
    with stocked.reading() as session:
        assert item_history.history(session, row.id)[0].undone
