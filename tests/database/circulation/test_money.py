"""What is owed and paid: never more than owed, never lost, all of it undone one by one."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from database import undo
from database.circulation import cash_book, clearance, identify, lending, losses, money
from database.library import Library
from database.patrons import merging
from database.policy import settings
from database.privacy import forgetting, forgetting_steps, person_data
from database.refusal import Reason, Refusal
from database.reports import day_close, month_checks
from database.schema import Charge, Item, Payment
from tests.database.circulation.test_lending import give_back, lend, refused
from tests.database.circulation.test_sanctions import LATE, owed, patron
from tests.libraries import NOW


def do(library, act, *arguments):
    with library.transaction() as session:
        return act(session, *arguments)


def read(library, question, *arguments):
    with library.reading() as session:
        return question(session, *arguments)


def late(library, barcode="B000001", number="M0001"):
    """A copy three open days late: Rp 1.500."""
    lend(library, number, barcode)
    return give_back(library, barcode, LATE)


def charges(library, number="M0001"):
    return read(library, money.charges, patron(library, number).id)


def ids(library, number="M0001"):
    return [row.id for row in charges(library, number)]


def price(library, barcode, rupiah):
    with library.transaction() as session:
        session.execute(update(Item).where(Item.barcode == barcode).values(price=rupiah))


def status(library, barcode):
    return read(library, identify.find_item, barcode).status


def test_a_part_may_be_paid_and_the_rest_waived_with_a_reason(stocked):
    late(stocked)
    first = do(stocked, money.pay, ids(stocked), 500, LATE)
    assert (first.receipt, first.amount, first.left) == ("0001/KW/RSUD-BS/I/2027", 500, 1000)
    told = refused(stocked, money.waive, ids(stocked), 1000, " ", LATE)
    assert told.reason is Reason.WHY_MISSING
    rest = do(stocked, money.waive, ids(stocked), 1000, "sakit", LATE)
    assert (rest.receipt, rest.left) == ("", 0)
    assert owed(stocked, "M0001") == 0
    assert refused(stocked, money.pay, ids(stocked), 1, LATE).reason is Reason.NOTHING_OWED


@pytest.mark.parametrize(
    ("amount", "reason"), [(0, Reason.VALUE_INVALID), (-5, Reason.VALUE_INVALID),
                           (1501, Reason.MORE_THAN_OWED)],
)  # fmt: skip
def test_never_more_than_is_owed(stocked, amount, reason):
    late(stocked)
    assert refused(stocked, money.pay, ids(stocked), amount, LATE).reason is reason
    assert owed(stocked, "M0001") == 1500


def test_a_day_not_closed_is_well_once_the_next_close_agrees(stocked):
    def wrong():
        found = read(stocked, month_checks.checks, f"{LATE:%Y-%m}", LATE + timedelta(days=40))
        return [one.examples for one in found if one.code == "cash"]

    late(stocked)
    do(stocked, money.pay, ids(stocked), 1_500, LATE)
    assert wrong() == [(LATE.date().isoformat(),)]
    do(stocked, day_close.close, 1_500, 0, "", LATE + timedelta(days=1))
    assert wrong() == [()]
    do(stocked, day_close.reopen, LATE + timedelta(days=1))
    # A close in the month after counts the drawer of this one; one that differs proves nothing.
    do(stocked, day_close.close, 1_000, 0, "selisih", LATE + timedelta(days=35))
    assert wrong() == [(LATE.date().isoformat(),)]


def test_one_receipt_for_several_charges_the_oldest_first(stocked):
    late(stocked)
    late(stocked, "B000010")
    done = do(stocked, money.pay, ids(stocked), 2000, LATE)
    assert [row.left for row in charges(stocked)] == [0, 1000]
    rows = read(stocked, cash_book.receipt, done.receipt)
    assert [(row.amount, row.barcode) for row in rows] == [(1500, "B000001"), (500, "B000010")]
    assert rows[0].payer == "Ns. Rina Wati, S.Kep."


def test_a_receipt_taken_back_never_gives_its_number_again(stocked):
    late(stocked)
    first = do(stocked, money.pay, ids(stocked), 500, LATE)
    do(stocked, undo.undo, first.line, LATE)
    assert owed(stocked, "M0001") == 1500
    assert read(stocked, cash_book.receipt, first.receipt) == []
    again = do(stocked, money.pay, ids(stocked), 500, LATE)
    assert again.receipt == "0002/KW/RSUD-BS/I/2027"
    year = do(stocked, money.pay, ids(stocked), 500, LATE.replace(year=2028))
    assert year.receipt == "0001/KW/RSUD-BS/I/2028"


def test_the_cash_book_of_a_day(stocked):
    late(stocked)
    late(stocked, "B000010")
    do(stocked, money.pay, ids(stocked), 2000, LATE)
    do(stocked, money.waive, ids(stocked), 1000, "sakit", LATE)
    book = read(stocked, cash_book.cash_book, LATE.date(), LATE.date())
    assert (book.carried, book.taken, book.given_back, book.waived, book.balance) == (
        0,
        2000,
        0,
        1000,
        2000,
    )
    next_day = LATE.date() + timedelta(days=1)
    assert read(stocked, cash_book.cash_book, next_day, next_day).carried == 2000


def test_a_lost_copy_costs_its_price_and_what_it_is_late(stocked):
    price(stocked, "B000001", 90_000)
    lend(stocked, "M0001", "B000001")
    assert read(stocked, losses.usual_charge, "B000001") == 90_000
    done = do(stocked, losses.write_off, "B000001", 90_000, LATE)
    assert (done.act, done.charge, status(stocked, "B000001")) == ("lost", 91_500, "lost")
    assert [(row.kind, row.amount) for row in charges(stocked)] == [
        ("overdue", 1500),
        ("replacement", 90_000),
    ]
    do(stocked, undo.undo, done.line, LATE)
    assert charges(stocked) == []
    assert read(stocked, identify.find_item, "B000001").loan_id


def test_a_place_loses_a_copy_without_owing(stocked):
    price(stocked, "B000001", 90_000)
    lend(stocked, "W-MAWAR", "B000001")
    assert read(stocked, losses.usual_charge, "B000001") == 0
    assert do(stocked, losses.write_off, "B000001", 90_000, LATE).charge == 0


def test_found_again_lets_off_the_rest_and_gives_back_what_was_paid(stocked):
    lend(stocked, "M0001", "B000001")
    do(stocked, losses.write_off, "B000001", 99_000, NOW)
    assert read(stocked, losses.is_gone, "B000001")
    do(stocked, money.pay, ids(stocked), 39_000, NOW)
    assert read(stocked, losses.refunds, "B000001") == [], "still lost"
    found = do(stocked, losses.found, "B000001", NOW)
    assert (status(stocked, "B000001"), owed(stocked, "M0001")) == ("in_service", 0)
    (row,) = read(stocked, losses.refunds, "B000001")
    assert row.refundable == 39_000
    told = refused(stocked, money.refund, row.id, 40_000, "", NOW)
    assert told.reason is Reason.MORE_THAN_OWED
    back = do(stocked, money.refund, row.id, 39_000, "ditemukan", NOW)
    assert back.receipt.startswith("0002/")
    assert (owed(stocked, "M0001"), read(stocked, losses.refunds, "B000001")) == (0, [])
    assert read(stocked, cash_book.cash_book, NOW.date(), NOW.date()).balance == 0
    do(stocked, undo.undo, back.line, NOW)
    do(stocked, undo.undo, found.line, NOW)
    assert (status(stocked, "B000001"), owed(stocked, "M0001")) == ("lost", 60_000)


def test_a_payment_that_was_given_back_is_not_undone(stocked):
    lend(stocked, "M0001", "B000001")
    do(stocked, losses.write_off, "B000001", 99_000, NOW)
    paid = do(stocked, money.pay, ids(stocked), 99_000, NOW)
    do(stocked, losses.found, "B000001", NOW)
    do(stocked, money.refund, ids(stocked)[0], 99_000, "", NOW)
    with pytest.raises(Refusal) as told:
        do(stocked, undo.undo, paid.line, NOW)
    assert told.value.reason is Reason.CANNOT_UNDO


def test_a_damaged_copy_goes_to_repair_and_its_last_borrower_may_owe(stocked):
    lend(stocked, "M0001", "B000001")
    give_back(stocked, "B000001")
    assert read(stocked, losses.last_borrower, "B000001") == "Ns. Rina Wati, S.Kep."
    done = do(stocked, losses.damaged, "B000001", 25_000, "basah", NOW)
    assert (done.charge, status(stocked, "B000001"), owed(stocked, "M0001")) == (
        25_000,
        "repair",
        25_000,
    )
    do(stocked, undo.undo, done.line, NOW)
    assert (status(stocked, "B000001"), owed(stocked, "M0001")) == ("in_service", 0)


def test_a_damage_charges_nobody_who_is_forgotten(stocked):
    lend(stocked, "M0004", "B000001")
    give_back(stocked, "B000001")
    forgetting.run(stocked, NOW.date() + timedelta(days=60), NOW)
    assert read(stocked, losses.last_borrower, "B000001") == ""
    assert do(stocked, losses.damaged, "B000001", 25_000, "", NOW).charge == 0


def test_a_ward_may_keep_a_copy_and_a_nurse_may_not(stocked):
    price(stocked, "B000001", 20_000)
    lend(stocked, "W-MAWAR", "B000001")
    done = do(stocked, losses.give_away, "B000001", NOW)
    assert status(stocked, "B000001") == "given"
    do(stocked, undo.undo, done.line, NOW)
    give_back(stocked, "B000001")
    lend(stocked, "M0001", "B000001")
    assert refused(stocked, losses.give_away, "B000001", NOW).reason is Reason.VALUE_INVALID


def test_a_letter_of_clearance_waits_for_the_money(stocked):
    late(stocked)
    who = patron(stocked, "M0001").id
    told = refused(stocked, clearance.issue, who, "", LATE)
    (matter,) = told.facts["matters"]
    assert (told.reason, matter.kind, matter.amount) == (Reason.NOT_CLEAR, "money", 1500)
    do(stocked, money.waive, ids(stocked), 1500, "sakit", LATE)
    assert do(stocked, clearance.issue, who, "", LATE).number


def test_one_who_owes_is_not_forgotten_before_it_is_settled(stocked):
    late(stocked, number="M0003")
    who = patron(stocked, "M0003").id
    told = refused(stocked, forgetting.forget_now, who, LATE)
    assert told.reason is Reason.OWES_MONEY
    far = date(2040, 1, 1)
    forgetting.run(stocked, far, LATE)
    assert patron(stocked, "M0003"), "the person stays"
    with stocked.reading() as session:
        assert session.execute(select(Charge.patron_id)).scalar() == who
    do(stocked, money.pay, ids(stocked, "M0003"), charges(stocked, "M0003")[0].left, LATE)
    forgetting.run(stocked, far, LATE)
    assert patron(stocked, "M0003") is None
    with stocked.reading() as session:
        assert session.execute(select(Charge.patron_id, Charge.amount)).one()[0] is None
    assert read(stocked, cash_book.cash_book, LATE.date(), LATE.date()).taken > 0
    assert not forgetting.run(stocked, far, LATE)


def test_a_settled_charge_forgets_its_debtor_with_the_loan(stocked):
    late(stocked)
    do(stocked, money.pay, ids(stocked), 1500, LATE)
    with stocked.transaction() as session:
        assert forgetting_steps.untie_charges(session) == 0, "whose loan it was is known still"
    forgetting.run(stocked, LATE.date() + timedelta(days=800), LATE)
    with stocked.transaction() as session:
        assert session.execute(select(Charge.patron_id)).scalar() is None
        assert forgetting_steps.untie_charges(session) == 0, "nothing is done a second time"


def test_money_goes_over_with_a_merge_and_back(stocked):
    late(stocked)
    into, other = patron(stocked, "M0002").id, patron(stocked, "M0001").id
    line = do(stocked, merging.merge, into, other, LATE)
    assert owed(stocked, "M0002") == 1500
    do(stocked, undo.undo, line, LATE)
    assert owed(stocked, "M0001") == 1500


def test_a_person_is_told_of_the_money_too(stocked):
    late(stocked)
    held = read(stocked, person_data.held, patron(stocked, "M0001").id, LATE)
    assert [one["amount"] for one in held["money"]] == [1500]


# --- the end of the day


def test_a_day_is_closed_once_and_takes_no_money_then(stocked):
    late(stocked)
    late(stocked, "B000010")
    do(stocked, money.pay, ids(stocked), 2000, LATE)
    closed = do(stocked, day_close.close, 2000, 1500, "", LATE)
    assert (closed.returned, closed.taken, closed.recorded, closed.difference) == (2, 2000, 2000, 0)
    assert refused(stocked, day_close.close, 2000, 0, "", LATE).reason is Reason.DAY_CLOSED
    assert refused(stocked, money.pay, ids(stocked), 500, LATE).reason is Reason.DAY_CLOSED
    next_day = LATE + timedelta(days=1)
    assert read(stocked, day_close.figures, next_day.date()).carried == 500
    line = do(stocked, day_close.reopen, LATE)
    do(stocked, undo.undo, line, LATE)
    assert read(stocked, day_close.of_day, LATE.date()).counted == 2000


def test_a_day_is_not_closed_again_by_undo_once_more_was_paid(stocked):
    late(stocked)
    do(stocked, money.pay, ids(stocked), 1000, LATE)
    do(stocked, day_close.close, 1000, 0, "", LATE)
    line = do(stocked, day_close.reopen, LATE)
    do(stocked, money.pay, ids(stocked), 500, LATE)
    assert refused(stocked, undo.undo, line, LATE).reason is Reason.CANNOT_UNDO
    assert read(stocked, day_close.of_day, LATE.date()) is None


def test_what_was_paid_on_a_closed_day_is_not_taken_back_the_day_after(stocked):
    late(stocked)
    line = do(stocked, money.pay, ids(stocked), 1000, LATE).line
    do(stocked, day_close.close, 1000, 0, "", LATE)
    told = refused(stocked, undo.undo, line, LATE + timedelta(days=1))
    assert told.reason is Reason.CANNOT_UNDO


def test_an_earlier_day_that_is_closed_keeps_no_payment_from_being_taken_back(stocked):
    late(stocked)
    do(stocked, money.pay, ids(stocked), 500, LATE)
    do(stocked, day_close.close, 500, 0, "", LATE)
    next_day = LATE + timedelta(days=1)
    line = do(stocked, money.pay, ids(stocked), 1000, next_day).line
    do(stocked, undo.undo, line, next_day)
    assert read(stocked, day_close.figures, next_day.date()).taken == 0


def test_a_difference_is_kept_with_a_note_and_carried(stocked):
    late(stocked)
    do(stocked, money.pay, ids(stocked), 1500, LATE)
    told = refused(stocked, day_close.close, 1400, 0, " ", LATE)
    assert (told.reason, told.facts["field"]) == (Reason.WHY_MISSING, "note")
    closed = do(stocked, day_close.close, 1400, 0, "kembalian kurang", LATE)
    assert closed.difference == -100
    book = read(stocked, cash_book.cash_book, LATE.date(), LATE.date())
    assert (book.difference, book.balance) == (-100, 1400)
    next_day = LATE.date() + timedelta(days=1)
    assert read(stocked, day_close.figures, next_day).recorded == 1400


def test_more_than_is_there_cannot_be_handed_over(stocked):
    told = refused(stocked, day_close.close, 0, 5, "", LATE)
    assert (told.reason, told.facts["field"]) == (Reason.VALUE_INVALID, "handed_over")


def test_without_money_a_day_is_closed_all_the_same(stocked):
    do(stocked, settings.put, settings.MONEY, False)
    assert do(stocked, day_close.close, None, 0, "", NOW).recorded == 0


# --- any sequence

ACTS = st.lists(
    st.tuples(
        st.sampled_from(["lend", "return", "pay", "waive", "lose", "find", "refund", "undo"]),
        st.integers(0, 3),
        st.integers(1, 120_000),
    ),
    max_size=25,
)
TETAP = dict.fromkeys(
    (Reason.OWES_TOO_MUCH, Reason.HAS_OVERDUE, Reason.MEMBERSHIP_EXPIRED), "tetap"
)
BOOKS = ("B000001", "B000010", "B000011", "B000012")


def attempt(library, act, book, amount, now, lines):
    who = patron(library, "M0002").id
    rows = [row.id for row in read(library, money.charges, who)]
    code = BOOKS[book]
    deeds = {
        "lend": lambda s: lending.check_out(s, "M0002", code, now, TETAP).line,
        "return": lambda s: lending.check_in(s, code, now).line,
        "pay": lambda s: money.pay(s, rows[book:], amount, now).line,
        "waive": lambda s: money.waive(s, rows[book:], amount, "sakit", now).line,
        "lose": lambda s: losses.write_off(s, code, amount, now).line,
        "find": lambda s: losses.found(s, code, now).line,
        "refund": lambda s: (
            money.refund(s, rows[book % len(rows)] if rows else 0, amount, "", now).line
        ),
        "undo": lambda s: undo.undo(s, lines.pop(), now).action,
    }
    if act == "undo" and not lines:
        return
    try:
        with library.transaction() as session:
            done = deeds[act](session)
    except Refusal:
        return
    if act != "undo":
        lines.append(done)


@given(ACTS)
@trying(max_examples=12, deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
def test_sums_always_equal_the_rows(stocked, acts):
    lines, now = [], NOW
    for act, book, amount in acts:
        now += timedelta(days=6)
        attempt(stocked, act, book, amount, now, lines)
        with stocked.reading() as session:
            rows = money.charges(session, identify.find_patron(session, "M0002").id)
            assert all(0 <= row.left <= row.amount for row in rows)
            assert all(0 <= row.refunded <= row.paid for row in rows)
            assert money.owed(session, rows[0].patron_id if rows else 0) == sum(
                row.left for row in rows
            )
            book_ = cash_book.cash_book(session, date(2027, 1, 1), date(2030, 1, 1))
            stands = Payment.cancelled_at.is_(None)
            summed = select(Payment.kind, func.sum(Payment.amount)).where(stands)
            totals = dict(tuple(row) for row in session.execute(summed.group_by(Payment.kind)))
            assert book_.taken == totals.get("paid", 0)
            assert book_.balance == totals.get("paid", 0) - totals.get("refund", 0)


def test_why_something_was_waived_goes_with_the_person(stocked):
    late(stocked, number="M0003")
    do(stocked, money.waive, ids(stocked, "M0003"), 500, "anak dr. Bagus", LATE)
    do(stocked, money.pay, ids(stocked, "M0003"), charges(stocked, "M0003")[0].left, LATE)
    forgetting.run(stocked, date(2040, 1, 1), LATE)
    with stocked.reading() as session:
        assert set(session.execute(select(Payment.reason)).scalars()) == {""}


def test_where_no_money_is_taken_nothing_is_owed_or_waited_for(stocked):
    late(stocked)
    do(stocked, settings.put, settings.MONEY, False)
    who = patron(stocked, "M0001").id
    assert (owed(stocked, "M0001"), read(stocked, clearance.open_matters, who)) == (0, [])
    assert do(stocked, forgetting.forget_now, who, LATE).persons


def test_two_desks_never_take_one_sum_twice(stocked, where):
    late(stocked)
    wanted, told = ids(stocked), []
    ready = threading.Barrier(2)

    def at_desk(library):
        ready.wait(10)
        try:
            do(library, money.pay, wanted, 1500, LATE)
        except Refusal as refused_:
            told.append(refused_.reason)

    other = Library.open(where)
    try:
        desks = [threading.Thread(target=at_desk, args=(one,)) for one in (stocked, other)]
        for desk in desks:
            desk.start()
        for desk in desks:
            desk.join(30)
    finally:
        other.close()
    assert told == [Reason.NOTHING_OWED]
    assert read(stocked, cash_book.cash_book, LATE.date(), LATE.date()).taken == 1500


@pytest.mark.parametrize(
    ("setting", "value", "left"),
    [
        (settings.MONEY, True, 1_500),
        (settings.CARD_COUNTS_VISIT, False, 1_500),
        (settings.MONEY, False, 0),
    ],
)
def test_nothing_is_owed_only_where_the_library_takes_no_money(stocked, setting, value, left):
    late(stocked)
    do(stocked, settings.put, setting, not value)
    do(stocked, settings.put, setting, value)
    assert owed(stocked, "M0001") == left
