"""Holds: the queue, what lies ready, and what a hold keeps others from."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from database import undo
from database.catalogue import titles
from database.circulation import hold_lists, holds, identify, lending
from database.holdings import hold_queue, item_facts, item_list, item_states, items
from database.policy import settings
from database.privacy import forgetting
from database.refusal import Reason, Refusal
from database.schema import Biblio, Hold, Item, ItemStatus, LoanRule
from database.search import filters, listing, search
from tests.libraries import ANYTHING, NOW, WIB, enrol

B2 = "Ilmu Kebidanan"


def at(day, hour=9, minute=0):
    return datetime(2027, 1, day, hour, minute, tzinfo=WIB)


def do(library, act, *arguments, **more):
    with library.transaction() as session:
        return act(session, *arguments, **more)


def no(library, act, *arguments, **more):
    with pytest.raises(Refusal) as told, library.transaction() as session:
        act(session, *arguments, **more)
    return told.value.reason


def title(library, name=B2):
    with library.reading() as session:
        return session.execute(select(Biblio.id).where(Biblio.title == name)).scalar_one()


def hold(library, number, now=NOW, name=B2, item_id=None):
    return do(library, holds.place, number, title(library, name), now, item_id)


def states(library):
    with library.reading() as session:
        return list(session.execute(select(Hold.state).order_by(Hold.id)).scalars())


def more_copies(library, count):
    ids = do(library, items.add_items, title(library), item_facts.ItemFacts(), count, NOW)
    with library.reading() as session:
        return [one.barcode for one in item_list.items_by_id(session, ids)]


@pytest.fixture
def lent(stocked):
    """B000010 is with Rina until Monday 25 January."""
    do(stocked, lending.check_out, "M0001", "B000010", at(11))
    return stocked


def test_a13_renewal_is_refused_and_the_copy_lies_ready_three_open_days(lent):
    placed = hold(lent, "M0002", at(20))
    assert (placed.queue, placed.title) == (1, B2)
    assert no(lent, lending.renew, "B000010", at(25)) is Reason.HELD_BY_OTHERS
    done = do(lent, lending.check_in, "B000010", at(25))
    assert (done.hold, done.hold_id) == ("dr. Bagus Santoso", placed.id)
    with lent.reading() as session:
        row = hold_lists.ready(session)[0]
    assert (row.ready_until, row.copy) == (date(2027, 1, 28), "B000010")
    assert do(lent, holds.expire_due, at(28)) == []
    assert len(do(lent, holds.expire_due, at(29))) == 1
    with lent.reading() as session:
        assert [one.id for one in hold_lists.expired(session, date(2027, 1, 29))] == [placed.id]


def test_what_lies_ready_goes_to_its_holder_alone_and_lending_fills_the_hold(lent):
    hold(lent, "M0002", at(20))
    do(lent, lending.check_in, "B000010", at(21))
    with pytest.raises(Refusal) as told, lent.transaction() as session:
        lending.check_out(session, "M0003", "B000010", at(21))
    assert (told.value.reason, told.value.overridable) == (Reason.ON_HOLD, True)
    assert told.value.facts["patron"] == "dr. Bagus Santoso"
    assert told.value.facts["waiting"] == 1
    do(lent, lending.check_out, "M0002", "B000010", at(21))
    assert states(lent) == ["filled"]


def test_an_exception_lends_it_all_the_same_and_the_holder_waits_again(lent):
    hold(lent, "M0002", at(20))
    do(lent, lending.check_in, "B000010", at(21))
    done = do(lent, lending.check_out, "M0003", "B000010", at(21), {Reason.ON_HOLD: "ujian"})
    assert states(lent) == ["waiting"]
    do(lent, undo.undo, done.line, at(21))
    assert states(lent) == ["ready"]


def test_undoing_a_loan_or_a_return_puts_the_hold_back(lent):
    hold(lent, "M0002", at(20))
    back = do(lent, lending.check_in, "B000010", at(21))
    out = do(lent, lending.check_out, "M0002", "B000010", at(21))
    assert states(lent) == ["filled"]
    do(lent, undo.undo, out.line, at(21))
    assert states(lent) == ["ready"]
    do(lent, undo.undo, back.line, at(21))
    assert states(lent) == ["waiting"]


def test_the_queue_is_in_order_of_placing_and_can_be_moved(lent):
    first, second, third = (hold(lent, one, at(12)) for one in ("M0002", "M0003", "W-MAWAR"))
    assert [one.queue for one in (first, second, third)] == [1, 2, 3]

    def order():
        with lent.reading() as session:
            return [one.id for one in hold_lists.waiting(session)]

    line = do(lent, holds.move, third.id, "first", at(12))
    assert order() == [third.id, first.id, second.id]
    do(lent, holds.move, third.id, "down", at(12))
    assert order() == [first.id, third.id, second.id]
    assert no(lent, undo.undo, line, at(12)) is Reason.CANNOT_UNDO
    do(lent, holds.move, third.id, "last", at(12))
    do(lent, holds.cancel, first.id, at(12))
    assert order() == [second.id, third.id]
    assert do(lent, lending.check_in, "B000010", at(13)).hold_id == second.id


def test_a_hold_that_ends_passes_its_copy_on_and_can_be_taken_back(lent):
    first, second = hold(lent, "M0002", at(12)), hold(lent, "M0003", at(12))
    do(lent, lending.check_in, "B000010", at(13))
    line = do(lent, holds.cancel, first.id, at(13))
    assert states(lent) == ["cancelled", "ready"]
    do(lent, undo.undo, line, at(13))
    assert states(lent) == ["ready", "waiting"]
    do(lent, holds.expire_due, at(29))
    assert states(lent) == ["expired", "ready"]
    with lent.reading() as session:
        assert hold_lists.ready(session)[0].id == second.id
    do(lent, lending.check_out, "M0003", "B000010", at(29))
    assert states(lent) == ["expired", "filled"]


def test_at_the_desk_what_was_not_fetched_in_time_is_no_bar(lent):
    hold(lent, "M0002", at(12))
    do(lent, lending.check_in, "B000010", at(13))
    do(lent, lending.check_out, "M0003", "B000010", at(29))
    assert states(lent) == ["expired"]


def test_what_may_not_be_held(lent):
    assert no(lent, holds.place, "M0001", title(lent), NOW) is Reason.ALREADY_YOURS
    assert no(lent, holds.place, "M0002", title(lent, "Farmakologi dan Terapi"), NOW) is (
        Reason.ON_SHELF
    )
    assert no(lent, holds.place, "M0002", title(lent, "Kamus Kedokteran Dorland"), NOW) is (
        Reason.NO_COPIES
    )
    hold(lent, "M0002")
    assert no(lent, holds.place, "M0002", title(lent), NOW) is Reason.ALREADY_HELD
    assert no(lent, holds.place, "M0004", title(lent), at(20)) is Reason.MEMBERSHIP_EXPIRED
    do(lent, settings.put, settings.HOLD_LIMIT, 0)
    assert no(lent, holds.place, "M0003", title(lent), NOW) is Reason.HOLD_LIMIT
    with lent.transaction() as session:
        session.execute(update(LoanRule).values(holds_allowed=False))
        settings.put(session, settings.HOLD_LIMIT, 5)
    assert no(lent, holds.place, "M0003", title(lent), NOW) is Reason.HOLDS_NOT_ALLOWED


def test_a_ward_asks_for_what_stands_on_the_shelf_and_it_is_laid_ready(stocked):
    placed = hold(stocked, "W-MAWAR")
    found, line = do(stocked, holds.set_aside, "B000010", NOW)
    assert (found.id, found.shown) == (placed.id, "Ruang Mawar")
    assert do(stocked, holds.set_aside, "B000010", NOW) is None
    do(stocked, undo.undo, line, NOW)
    assert states(stocked) == ["waiting"]
    do(stocked, undo.undo, placed.line, NOW)
    assert states(stocked) == ["cancelled"]


def test_a_copy_that_is_lost_or_struck_lies_ready_for_nobody(lent):
    hold(lent, "M0002", at(12))
    do(lent, lending.check_in, "B000010", at(13))
    with lent.reading() as session:
        (row,) = item_list.items_by_barcode(session, ["B000010"])
    assert row.aside
    do(lent, item_states.missing, [row.id], item_states.Details(), at(13))
    assert states(lent) == ["waiting"]
    do(lent, item_states.found, [row.id], item_states.Details(), at(13))
    do(lent, holds.set_aside, "B000010", at(13))
    assert states(lent) == ["ready"]


def test_relatives_are_shown_by_their_number(lent):
    hold(lent, "M0004")
    assert do(lent, lending.check_in, "B000010", at(12)).hold == "M0004"


def test_lists_and_search_count_no_copy_that_lies_ready(lent):
    hold(lent, "M0002")
    do(lent, lending.check_in, "B000010", at(12))
    with lent.reading() as session:
        assert search.search(session, "kebidanan").rows[0].available == 0
        wanted = filters.Filters(availability="available")
        found = listing.find(session, "kebidanan", wanted)
        assert listing.read(session, found, 0, 10) == []


def test_a_title_is_found_by_barcode_isbn_or_words(stocked):
    wanted = title(stocked)
    with stocked.reading() as session:
        for typed in ("b000010", "978-602-00-0002-2", "kebidanan", str(wanted)):
            assert hold_lists.find_title(session, typed) == wanted
        with pytest.raises(Refusal) as told:
            hold_lists.find_title(session, "zzzz")
        assert told.value.reason is Reason.NOT_ONE_TITLE


def test_a_struck_title_is_not_held(stocked):
    number = title(stocked)
    with stocked.transaction() as session:
        items.remove_item(session, identify.find_item(session, "B000010").id, NOW)
        titles.cancel_biblio(session, number, NOW)
    assert no(stocked, holds.place, "M0002", number, NOW) is Reason.RECORD_GONE


def test_a_hold_that_ended_is_forgotten_like_a_loan(lent):
    number = enrol(lent, "Bu Tini", "patient", number="P0001", valid_until=date(2027, 1, 31))
    placed = hold(lent, "P0001", at(12))
    do(lent, holds.cancel, placed.id, at(12))
    hold(lent, "M0002", at(12))

    def link():
        with lent.reading() as session:
            found = select(Hold.patron_id).where(Hold.id == placed.id)
            return session.execute(found).scalar()

    forgetting.run(lent, date(2027, 1, 19), NOW)
    assert link() == number
    assert forgetting.run(lent, date(2027, 1, 20), NOW).loans["patient"] == 1
    assert link() is None
    assert states(lent) == ["cancelled", "waiting"]


def test_who_is_forgotten_waits_no_more(lent):
    number = enrol(lent, "Bu Tini", "patient", number="P0001", valid_until=date(2027, 1, 31))
    hold(lent, "P0001", at(12))
    do(lent, forgetting.forget_now, number, at(13))
    assert states(lent) == ["cancelled"]
    assert do(lent, lending.check_in, "B000010", at(13)).hold == ""


def test_two_desks_cannot_lay_one_copy_ready_twice(lent):
    first = hold(lent, "M0002", at(12))
    second = hold(lent, "M0003", at(12))
    do(lent, lending.check_in, "B000010", at(13))
    with lent.reading() as session:
        copy = hold_queue.one(session, first.id).copy_id
    from sqlalchemy.exc import IntegrityError

    with pytest.raises(IntegrityError), lent.transaction() as session:
        session.execute(
            update(Hold)
            .where(Hold.id == second.id)
            .values(state="ready", copy_id=copy, ready_at=NOW, ready_until=at(20).date())
        )


def test_after_a_weekend_the_days_that_count_are_open_ones(lent):
    hold(lent, "M0002", at(12))
    do(lent, lending.check_in, "B000010", at(15))
    with lent.reading() as session:
        assert hold_lists.ready(session)[0].ready_until == date(2027, 1, 20)
        assert timedelta(days=5) == date(2027, 1, 20) - date(2027, 1, 15)


# --- what lay ready goes on


def ready_for(library):
    with library.reading() as session:
        return [(one.name, one.copy) for one in hold_lists.ready(session)]


def test_what_lay_ready_for_one_who_is_forgotten_goes_on_to_the_next(lent):
    number = enrol(lent, "Bu Tini", "patient", number="P0001", valid_until=date(2027, 1, 31))
    hold(lent, "P0001", at(12))
    hold(lent, "M0002", at(12, 10))
    hold(lent, "M0003", at(12, 11))
    do(lent, lending.check_in, "B000010", at(13))
    do(lent, forgetting.forget_now, number, at(14))
    assert states(lent) == ["cancelled", "ready", "waiting"]
    assert ready_for(lent) == [("dr. Bagus Santoso", "B000010")]


def test_a_resting_copy_of_one_who_is_forgotten_goes_on_from_the_day_its_rest_is_over(lent):
    number = enrol(lent, "Bu Tini", "patient", number="P0001", valid_until=date(2027, 1, 31))
    do(lent, settings.put, settings.OUTBREAK, True)
    hold(lent, "P0001", at(12))
    hold(lent, "M0002", at(12, 10))
    do(lent, lending.check_in, "B000010", at(13))
    do(lent, forgetting.forget_now, number, at(13, 10))
    assert ready_for(lent) == [("dr. Bagus Santoso", "B000010")]
    with lent.reading() as session:
        assert hold_lists.ready(session)[0].ready_until > date(2027, 1, 18)


def test_a_hold_of_one_forgotten_does_not_come_back_by_undo(lent):
    number = enrol(lent, "Bu Tini", "patient", number="P0001", valid_until=date(2027, 1, 31))
    placed = hold(lent, "P0001", at(12))
    hold(lent, "M0002", at(12, 10))
    do(lent, lending.check_in, "B000010", at(13))
    line = do(lent, holds.cancel, placed.id, at(13, 10))
    do(lent, forgetting.forget_now, number, at(13, 11))
    assert no(lent, undo.undo, line, at(13, 12)) is Reason.CANNOT_UNDO
    assert states(lent) == ["cancelled", "ready"]


def test_who_takes_another_copy_passes_the_one_that_lay_ready_on(lent):
    (other,) = more_copies(lent, 1)
    do(lent, lending.check_out, "M0004", other, at(11))
    hold(lent, "M0002", at(12))
    hold(lent, "M0003", at(12, 10))
    do(lent, lending.check_in, "B000010", at(13))
    assert ready_for(lent) == [("dr. Bagus Santoso", "B000010")]
    do(lent, lending.check_in, other, at(13, 10))
    do(lent, lending.check_out, "M0002", other, at(13, 11), ANYTHING)
    assert ready_for(lent) == [("Fikri Ramadhan", "B000010")]


def test_a_copy_of_one_title_is_not_laid_ready_for_who_waits_for_another(lent):
    do(lent, lending.check_out, "M0003", "B000011", at(11))
    hold(lent, "M0002", at(12), "Farmakologi dan Terapi")
    assert do(lent, lending.check_in, "B000010", at(13)).hold == ""
    assert states(lent) == ["waiting"]
    assert do(lent, lending.check_in, "B000011", at(13)).hold == "dr. Bagus Santoso"


@pytest.mark.parametrize("forbids", [{"holds_allowed": False}, {"lendable": False}])
def test_nothing_is_laid_ready_for_whose_rule_no_longer_lets_them_wait(lent, forbids):
    hold(lent, "M0002")
    with lent.transaction() as session:
        session.execute(update(LoanRule).values(**forbids))
    back = do(lent, lending.check_in, "B000010", at(13))
    assert (back.hold, states(lent)) == ("", ["waiting"])


def test_what_lay_ready_waits_again_and_nobody_else_does(stocked):
    """Two copies of two titles lie ready: a return taken back moves the one hold alone."""
    for barcode, reader, holder, name in (
        ("B000010", "M0001", "M0002", B2),
        ("B000011", "M0003", "M0002", "Farmakologi dan Terapi"),
    ):
        do(stocked, lending.check_out, reader, barcode, NOW)
        hold(stocked, holder, name=name)
        do(stocked, lending.check_in, barcode, NOW + timedelta(hours=1))
    assert states(stocked) == ["ready", "ready"]
    with stocked.reading() as session:
        (first, copy), (second, other) = session.execute(
            select(Hold.id, Hold.copy_id).order_by(Hold.id)
        ).all()
    assert no(stocked, hold_queue.unready, first, other) is Reason.CANNOT_UNDO
    do(stocked, hold_queue.unready, first, copy)
    assert states(stocked) == ["waiting", "ready"]
    assert no(stocked, hold_queue.unready, first, copy) is Reason.CANNOT_UNDO
    with stocked.reading() as session:
        assert hold_queue.lies_ready(session, other)
        assert not hold_queue.lies_ready(session, copy)
        assert hold_queue._still_there(session, copy)
        assert not hold_queue._still_there(session, other), "it lies ready for another"
    do(stocked, lending.check_out, "M0001", "B000010", NOW + timedelta(hours=2), ANYTHING)
    with stocked.reading() as session:
        assert not hold_queue._still_there(session, copy), "it is out"
    assert second != first


def test_where_one_copy_is_gone_no_other_hold_changes(lent):
    """Neither what lies ready of another copy, nor what was fetched of this one before."""
    hold(lent, "M0002", at(12))
    do(lent, lending.check_in, "B000010", at(13))
    do(lent, lending.check_out, "M0002", "B000010", at(13, 10))
    do(lent, lending.check_out, "M0003", "B000011", at(13))
    hold(lent, "M0004", at(14), "Farmakologi dan Terapi")
    do(lent, lending.check_in, "B000011", at(14))
    hold(lent, "M0003", at(14))
    do(lent, lending.check_in, "B000010", at(14))
    assert states(lent) == ["filled", "ready", "ready"]
    with lent.reading() as session:
        (row,) = item_list.items_by_barcode(session, ["B000010"])
    do(lent, item_states.missing, [row.id], item_states.Details(), at(15))
    assert states(lent) == ["filled", "ready", "waiting"]


def test_a_copy_that_rests_without_an_end_goes_to_nobody(lent):
    placed = hold(lent, "M0002", at(12))
    hold(lent, "M0003", at(12, 10))
    do(lent, lending.check_in, "B000010", at(13))
    with lent.transaction() as session:
        copy = session.scalar(select(Hold.copy_id).where(Hold.id == placed.id))
        hold_queue.unready(session, placed.id, copy)
        rests = {"status": ItemStatus.QUARANTINE, "status_until": None}
        session.execute(update(Item).where(Item.id == copy).values(**rests))
        assert hold_queue.pass_on(session, copy, at(13)) is None
        session.execute(update(Item).where(Item.id == copy).values(status_until=at(20)))
        assert hold_queue.pass_on(session, copy, at(13)).id == placed.id
