"""The desk's rules, told as the stories tell them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from database import undo
from database.circulation import identify, in_house, lending, losses, visits
from database.policy import house
from database.refusal import NOTHING, Reason, Refusal
from database.schema import Loan, LoanRule, RoundPlan
from tests.libraries import NOW
from tests.undoing import take_back_last


def lend(library, patron, barcode, now=NOW, allowed=NOTHING):
    with library.transaction() as session:
        return lending.check_out(session, patron, barcode, now, allowed)


def give_back(library, barcode, now=NOW):
    with library.transaction() as session:
        return lending.check_in(session, barcode, now)


def refused(library, act, *arguments, **more):
    with pytest.raises(Refusal) as told, library.transaction() as session:
        act(session, *arguments, **more)
    return told.value


def test_a_nurse_has_two_weeks(stocked):
    done = lend(stocked, "M0001", "B000001")
    assert done.due_on == date(2027, 1, 25)
    assert done.title == "Buku Ajar Ilmu Penyakit Dalam. Jilid 1"


def test_what_was_done_names_its_loan_and_whose_it_is(stocked):
    lent = lend(stocked, "M0001", "B000001")
    with stocked.transaction() as session:
        renewed = lending.renew(session, "B000001", NOW + timedelta(days=7))
    back = give_back(stocked, "B000001", NOW + timedelta(days=8))
    with stocked.reading() as session:
        (loan,) = session.execute(select(Loan.id)).scalars()
    assert [one.loan_id for one in (lent, renewed, back)] == [loan] * 3
    assert {one.patron for one in (lent, renewed, back)} == {lent.patron} != {""}
    assert {one.audience for one in (lent, renewed, back)} == {"staff"}


def test_caps_lock_changes_nothing(stocked):
    assert lend(stocked, "m0001", " b000001 ").barcode == "B000001"


def test_the_database_itself_allows_one_open_loan(stocked):
    done = lend(stocked, "M0001", "B000001")
    with pytest.raises(IntegrityError), stocked.transaction() as session:
        item = identify.find_item(session, done.barcode)
        session.execute(
            insert(Loan).values(
                item_id=item.id, lent_at=NOW, lent_on=NOW.date(), due_on=NOW.date(), category="x"
            )
        )


def test_lent_twice_is_refused_and_says_to_whom(stocked):
    lend(stocked, "M0001", "B000001")
    told = refused(stocked, lending.check_out, "M0002", "B000001", NOW)
    assert told.reason is Reason.ALREADY_ON_LOAN
    assert told.facts["patron"] == "Ns. Rina Wati, S.Kep."
    assert told.facts["due_on"] == date(2027, 1, 25)
    again = refused(stocked, lending.check_out, "M0001", "B000001", NOW)
    assert again.reason is Reason.ALREADY_YOURS


def test_unknown_codes(stocked):
    assert refused(stocked, lending.check_out, "M0001", "X1", NOW).reason is Reason.UNKNOWN_ITEM
    assert refused(stocked, lending.check_out, "X1", "B000001", NOW).reason is (
        Reason.UNKNOWN_PATRON
    )
    assert refused(stocked, identify.identify, "nonsense").reason is Reason.UNKNOWN_CODE


def test_a_code_is_told_apart(stocked):
    with stocked.reading() as session:
        assert identify.identify(session, "b000001").item.title.startswith("Buku Ajar")
        assert identify.identify(session, "w-mawar").patron.kind == "place"
        assert identify.identify(session, "978-602-00-0002-2").isbn == "9786020000022"


def test_the_limit_can_be_passed_once_with_a_reason(stocked):
    lend(stocked, "M0003", "B000001")
    lend(stocked, "M0003", "B000010")
    told = refused(stocked, lending.check_out, "M0003", "B000011", NOW)
    assert (told.reason, told.facts["limit"], told.overridable) == (Reason.LIMIT_REACHED, 2, True)
    lend(stocked, "M0003", "B000011", allowed={Reason.LIMIT_REACHED: "ujian besok"})
    from sqlalchemy import select

    from database.schema import Journal

    with stocked.reading() as session:
        facts = session.execute(select(Journal.facts).order_by(Journal.id.desc()).limit(1)).scalar()
    assert "ujian besok" in facts


def test_reference_copies_are_read_here(stocked):
    told = refused(stocked, lending.check_out, "M0001", "B000099", NOW)
    assert (told.reason, told.overridable) == (Reason.REFERENCE_ONLY, True)
    with stocked.transaction() as session:
        in_house.use_in_house(session, "B000099", NOW)
    assert stocked.contents().loans == 0


def test_an_expired_card_lends_nothing(stocked):
    late = NOW + timedelta(days=5)
    told = refused(stocked, lending.check_out, "M0004", "B000001", late)
    assert told.reason is Reason.MEMBERSHIP_EXPIRED
    assert told.facts["valid_until"] == date(2027, 1, 15)
    passed = lend(
        stocked,
        "M0004",
        "B000001",
        late,
        allowed={Reason.MEMBERSHIP_EXPIRED: "keluarga kepala ruang"},
    )
    assert passed.due_on == date(2027, 1, 25)


def test_a_card_that_ends_first_cuts_the_due_date(stocked):
    done = lend(stocked, "M0004", "B000001")
    assert (done.due_on, done.notes) == (date(2027, 1, 15), ("card_ends",))


def test_a_card_that_ends_today_still_counts(stocked):
    done = lend(stocked, "M0004", "B000001", NOW + timedelta(days=4))
    assert (done.due_on, done.notes) == (date(2027, 1, 15), ("card_ends",))


def test_what_came_back_is_no_part_of_the_limit(stocked):
    for code in ("B000001", "B000010", "B000011"):
        lend(stocked, "M0003", code)
        give_back(stocked, code)
    lend(stocked, "M0003", "B000001")
    lend(stocked, "M0003", "B000010")
    assert refused(stocked, lending.check_out, "M0003", "B000011", NOW).reason is (
        Reason.LIMIT_REACHED
    )


def test_a_due_date_on_a_closed_day_moves_on(stocked):
    with stocked.transaction() as session:
        house.save_closed_day(session, date(2027, 1, 25), "Cuti bersama", NOW)
        house.save_closed_day(session, date(2027, 1, 26), "Libur", NOW)
    done = lend(stocked, "M0001", "B000001")
    assert (done.due_on, done.notes) == (date(2027, 1, 27), ("closed",))


def test_an_exception_can_open_a_closed_weekday(stocked):
    saturday = NOW + timedelta(days=5)
    with stocked.transaction() as session:
        house.save_closed_day(session, date(2027, 1, 30), "Buka", NOW, is_open=True)
    assert lend(stocked, "M0002", "B000001", saturday).due_on == date(2027, 1, 30)


def test_late_days_count_open_days_only_and_the_day_of_return(stocked):
    lend(stocked, "M0001", "B000001")  # due Mon 25 January
    back = give_back(stocked, "B000001", NOW + timedelta(days=21))  # Mon 1 February
    assert back.late_days == 5


def test_a_ward_borrows_without_any_person(stocked):
    done = lend(stocked, "W-MAWAR", "B000020")
    assert done.due_on == date(2027, 1, 18)
    with stocked.reading() as session:
        row = session.execute(select(Loan.category, Loan.unit, Loan.class_group)).one()
    assert tuple(row) == ("ward", "Mawar", "800")


@pytest.mark.parametrize(
    ("code", "period", "day"),
    [("W-MAWAR", "days", 15), ("W-MAWAR", "round", 12), ("M0001", "round", 15)],
)
def test_only_where_the_trolley_comes_a_loan_lasts_until_it_comes_again(stocked, code, period, day):
    with stocked.transaction() as session:
        session.execute(update(LoanRule).values(period=period, days=4))
        ward = identify.find_patron(session, "W-MAWAR").id
        session.add(RoundPlan(place_id=ward, weekday=1))
    assert lend(stocked, code, "B000020").due_on == date(2027, 1, day)


def test_taking_back_what_is_not_out(stocked):
    told = refused(stocked, lending.check_in, "B000001", NOW)
    assert told.reason is Reason.NOT_ON_LOAN
    assert told.facts["shelf"] == "616 SET b"


def test_renewals_are_counted_and_end(stocked):
    lend(stocked, "M0001", "B000001")
    days = NOW
    for _ in range(2):
        days += timedelta(days=7)
        with stocked.transaction() as session:
            done = lending.renew(session, "B000001", days)
    assert done.due_on == date(2027, 2, 8)
    told = refused(stocked, lending.renew, "B000001", days + timedelta(days=7))
    assert told.reason is Reason.NOT_RENEWABLE


def test_an_overdue_loan_is_not_renewed(stocked):
    lend(stocked, "M0001", "B000001")
    told = refused(stocked, lending.renew, "B000001", NOW + timedelta(days=20))
    assert told.reason is Reason.OVERDUE


def test_a_clock_years_back_lends_nothing(stocked):
    told = refused(stocked, lending.check_out, "M0001", "B000001", NOW.replace(year=2015))
    assert told.reason is Reason.CLOCK_WRONG
    eve = datetime(2023, 12, 31, 10, tzinfo=NOW.tzinfo)
    assert refused(stocked, lending.check_out, "M0001", "B000001", eve).reason is Reason.CLOCK_WRONG
    assert lend(stocked, "M0001", "B000001", eve + timedelta(days=1)).due_on == date(2024, 1, 15)


def test_undo_goes_back_step_by_step_and_leaves_both_lines(stocked):
    lend(stocked, "M0001", "B000001")
    give_back(stocked, "B000001")
    with stocked.transaction() as session:
        assert take_back_last(session, NOW).action == "loan.returned"
    assert stocked.contents().open_loans == 1
    with stocked.transaction() as session:
        assert take_back_last(session, NOW).action == "loan.checked_out"
    assert (stocked.contents().loans, stocked.contents().open_loans) == (0, 0)
    from sqlalchemy import func, select

    from database.schema import Journal

    with stocked.reading() as session:
        lines = session.execute(select(func.count()).where(Journal.kind == "Loan")).scalar_one()
    assert lines == 4


def test_undo_is_refused_once_something_stands_on_it(stocked):
    first = lend(stocked, "M0001", "B000001")
    back = give_back(stocked, "B000001")
    lend(stocked, "M0002", "B000001")
    assert refused(stocked, undo.undo, first.line, NOW).reason is Reason.CANNOT_UNDO
    assert refused(stocked, undo.undo, back.line, NOW).reason is Reason.CANNOT_UNDO
    assert stocked.contents().open_loans == 1


def test_the_same_act_is_undone_once(stocked):
    done = lend(stocked, "M0001", "B000001")
    with stocked.transaction() as session:
        undo.undo(session, done.line, NOW)
    assert refused(stocked, undo.undo, done.line, NOW).reason is Reason.NOTHING_TO_UNDO


def test_visits_are_counted_by_category_and_group(stocked):
    with stocked.transaction() as session:
        visits.count_visit(session, "nurse", NOW)
        visits.count_visit(session, "student", NOW, people=12, purpose="group")
        line = visits.count_visit(session, "nurse", NOW)
        undo.undo(session, line, NOW)
    with stocked.reading() as session:
        assert visits.visits_on(session, NOW.date()) == {"nurse": 1, "student": 12}
    assert refused(stocked, visits.count_visit, "nurse", NOW, people=0).reason is (
        Reason.VALUE_INVALID
    )


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["out", "in", "renew", "undo"]),
        st.sampled_from(["M0001", "M0002", "M0003", "W-MAWAR"]),
        st.sampled_from(["B000001", "B000010", "B000011"]),
    ),
    max_size=25,
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=ACTS)
def test_whatever_is_done_an_item_has_one_borrower_at_most(stocked, acts):
    """Our own model of who has what agrees with the library after any sequence of acts."""
    with stocked.transaction() as session:
        for barcode in ("B000001", "B000010", "B000011"):
            item = identify.find_item(session, barcode)
            if item.loan_id:
                lending.check_in(session, barcode, NOW)
    holders: dict[str, str] = {}
    past: list[dict[str, str]] = []
    lines: list[int] = []
    for act, patron, barcode in acts:
        before = dict(holders)
        try:
            with stocked.transaction() as session:
                if act == "out":
                    line = lending.check_out(session, patron, barcode, NOW).line
                    assert barcode not in holders
                    holders[barcode] = patron
                elif act == "in":
                    line = lending.check_in(session, barcode, NOW).line
                    del holders[barcode]
                elif act == "undo" and lines:
                    undo.undo(session, lines[-1], NOW)
                    holders = past[-1]
                    lines.pop(), past.pop()
                    continue
                else:
                    continue
            past.append(before)
            lines.append(line)
        except Refusal as told:
            assert told.reason in {
                Reason.ALREADY_ON_LOAN,
                Reason.ALREADY_YOURS,
                Reason.NOT_ON_LOAN,
                Reason.LIMIT_REACHED,
            }
    with stocked.reading() as session:
        found = {
            barcode: identify.find_item(session, barcode).patron_name
            for barcode in ("B000001", "B000010", "B000011")
        }
        names = {
            barcode: identify.find_patron(session, number).name
            for barcode, number in holders.items()
        }
    assert {barcode: name for barcode, name in found.items() if name} == names


def test_a_return_is_not_taken_back_past_whoever_had_the_copy_since(stocked):
    """The copy was lost by the next reader: nobody has it, and the first may not have it again."""
    lend(stocked, "M0001", "B000001")
    line = give_back(stocked, "B000001", NOW + timedelta(hours=1)).line
    lend(stocked, "M0002", "B000001", NOW + timedelta(hours=2))
    with stocked.transaction() as session:
        losses.write_off(session, "B000001", 0, NOW + timedelta(hours=3))
    told = refused(stocked, undo.undo, line, NOW + timedelta(hours=4))
    assert (told.reason, told.facts["act"]) == (Reason.CANNOT_UNDO, "loan.checked_out")
    with stocked.reading() as session:
        item = identify.find_item(session, "B000001")
    assert (item.loan_id, item.status) == (None, "lost")


def test_a_copy_found_again_and_lent_since_is_not_lost_again(stocked):
    lend(stocked, "M0001", "B000001")
    with stocked.transaction() as session:
        losses.write_off(session, "B000001", 0, NOW + timedelta(hours=1))
    with stocked.transaction() as session:
        line = losses.take_in(session, "B000001", NOW + timedelta(hours=2)).line
    lend(stocked, "M0002", "B000001", NOW + timedelta(hours=3))
    give_back(stocked, "B000001", NOW + timedelta(hours=4))
    told = refused(stocked, undo.undo, line, NOW + timedelta(hours=5))
    assert told.reason is Reason.CANNOT_UNDO
    with stocked.reading() as session:
        assert identify.find_item(session, "B000001").status == "in_service"
