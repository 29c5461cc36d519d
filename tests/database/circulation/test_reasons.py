"""A reason answers one refusal; the next one is told in its turn."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from database import undo
from database.circulation import lending, money, sanctions
from database.circulation.identify import find_item, find_patron
from database.policy import loan_rule_list, settings
from database.refusal import Reason, Refusal
from database.schema import Item, Journal, Loan, Patron
from tests.libraries import NOW

LATE = NOW + timedelta(days=17)
"""Three open days after the due day of a book lent `NOW`."""


def act(library, deed):
    with library.transaction() as session:
        return deed(session)


def ask(library, question):
    with library.reading() as session:
        return question(session)


def patron(library, number):
    return ask(library, lambda s: find_patron(s, number))


def owed(library, number):
    return ask(library, lambda s: money.owed(s, find_patron(s, number).id))


def noes(library, deed, most=12):
    """Every refusal met one after the other, each answered by a reason of its own."""
    allowed = {}
    for _step in range(most):
        try:
            return list(allowed), act(library, lambda s: deed(s, dict(allowed)))
        except Refusal as told:
            assert told.overridable, told.reason
            assert told.reason not in allowed
            allowed[told.reason] = f"sebab {told.reason}"
    raise AssertionError(list(allowed))


def test_each_no_needs_its_own_reason_and_the_journal_has_them_all(stocked):
    day = NOW.date()
    with stocked.transaction() as session:
        settings.put(session, settings.LATE_BLOCKS, True)
    for code in ("B000010", "B000011"):
        act(stocked, lambda s, code=code: lending.check_out(s, "M0003", code, NOW))
    later = NOW + timedelta(days=40)
    with stocked.transaction() as session:
        session.execute(
            update(Patron)
            .where(Patron.number == "M0003")
            .values(
                blocked_reason="kartu hilang",
                suspended_until=day + timedelta(days=90),
                valid_until=day + timedelta(days=20),
            )
        )
        session.execute(update(Item).where(Item.barcode == "B000001").values(status="reference"))
    found, done = noes(stocked, lambda s, a: lending.check_out(s, "M0003", "B000001", later, a))
    assert found == [
        Reason.REFERENCE_ONLY,
        Reason.PATRON_BLOCKED,
        Reason.PATRON_SUSPENDED,
        Reason.MEMBERSHIP_EXPIRED,
        Reason.HAS_OVERDUE,
        Reason.LIMIT_REACHED,
    ]
    facts = ask(
        stocked, lambda s: s.execute(select(Journal.facts).where(Journal.id == done.line)).scalar()
    )
    assert json.loads(facts)["override"] == {each: f"sebab {each}" for each in found}


def test_a_reason_for_another_refusal_answers_none(stocked):
    with stocked.transaction() as session:
        session.execute(
            update(Patron).where(Patron.number == "M0001").values(blocked_reason="kartu hilang")
        )
    wrong = {Reason.REFERENCE_ONLY: "dibaca di ruang dokter"}
    with pytest.raises(Refusal) as told, stocked.transaction() as session:
        lending.check_out(session, "M0001", "B000099", NOW, wrong)
    assert told.value.reason is Reason.PATRON_BLOCKED


def test_what_ended_is_passed_by_no_reason(stocked):
    with stocked.transaction() as session:
        session.execute(update(Patron).where(Patron.number == "M0001").values(ended_on=NOW.date()))
    with pytest.raises(Refusal) as told, stocked.transaction() as session:
        lending.check_out(session, "M0001", "B000001", NOW)
    assert (told.value.reason, told.value.overridable) == (Reason.MEMBERSHIP_ENDED, False)


@pytest.fixture
def overdue(stocked):
    """B000001 and B000010 at M0001, both late; 500 a day."""
    for code in ("B000001", "B000010"):
        act(stocked, lambda s, code=code: lending.check_out(s, "M0001", code, NOW))
    return stocked


def test_an_overdue_loan_is_renewed_for_a_reason_and_its_fine_is_booked(overdue):
    found, done = noes(overdue, lambda s, a: lending.renew(s, "B000001", LATE, a))
    assert found == [Reason.OVERDUE]
    assert (done.late_days, done.charge) == (3, 1500)
    assert owed(overdue, "M0001") == 1500
    assert done.due_on > LATE.date()
    other = ask(overdue, lambda s: find_item(s, "B000010"))
    assert (other.due_on, other.renewals) == (date(2027, 1, 25), 0)
    back = act(overdue, lambda s: lending.check_in(s, "B000001", LATE + timedelta(days=1)))
    assert back.charge == 0, "what was booked is not asked for again"
    act(overdue, lambda s: undo.undo(s, back.line, LATE))
    assert owed(overdue, "M0001") == 1500, "the return alone was taken back"
    act(overdue, lambda s: undo.undo(s, done.line, LATE))
    assert owed(overdue, "M0001") == 0
    loan = ask(overdue, lambda s: find_item(s, "B000001"))
    assert (loan.due_on, loan.renewals) == (date(2027, 1, 25), 0)


def test_a_late_renewal_that_was_paid_for_stays(overdue):
    _found, done = noes(overdue, lambda s, a: lending.renew(s, "B000001", LATE, a))
    rows = ask(overdue, lambda s: money.charges(s, find_patron(s, "M0001").id))
    act(overdue, lambda s: money.pay(s, [rows[0].id], 500, LATE))
    with pytest.raises(Refusal) as told, overdue.transaction() as session:
        undo.undo(session, done.line, LATE)
    assert told.value.reason is Reason.CANNOT_UNDO
    assert ask(overdue, lambda s: find_item(s, "B000001")).renewals == 1


def _suspends(library):
    row = next(
        one
        for one in ask(library, loan_rule_list.matrix)
        if one.facts.category == "nurse" and not one.facts.item_type
    )
    from dataclasses import replace

    facts = replace(row.facts, sanction="suspension")
    act(library, lambda s: loan_rule_list.save(s, row.id, facts, NOW))


def test_what_was_lifted_no_later_undo_brings_back(overdue):
    _suspends(overdue)
    first = act(overdue, lambda s: lending.check_in(s, "B000001", LATE))
    second = act(overdue, lambda s: lending.check_in(s, "B000010", LATE + timedelta(days=3)))
    who = patron(overdue, "M0001")
    assert who.suspended_until == second.suspended_until is not None
    lifted = act(overdue, lambda s: sanctions.lift(s, who.id, "dinas", LATE))
    act(overdue, lambda s: undo.undo(s, second.line, LATE))
    assert patron(overdue, "M0001").suspended_until is None
    with pytest.raises(Refusal):
        act(overdue, lambda s: undo.undo(s, second.line, LATE))
    act(overdue, lambda s: undo.undo(s, lifted, LATE))
    # The copy that is out again suspends nobody: what the other brought stands once more.
    assert patron(overdue, "M0001").suspended_until == first.suspended_until


def test_lifting_leaves_the_suspension_of_others(overdue):
    _suspends(overdue)
    act(overdue, lambda s: lending.check_out(s, "M0002", "B000011", NOW))
    with overdue.transaction() as session:
        session.execute(
            update(Patron).where(Patron.number == "M0002").values(suspended_until=date(2027, 3, 1))
        )
        loan = select(Loan.id).join(Patron, Patron.id == Loan.patron_id)
        session.execute(
            update(Loan)
            .where(Loan.id.in_(loan.where(Patron.number == "M0002")))
            .values(suspended_until=date(2027, 3, 1))
        )
    act(overdue, lambda s: lending.check_in(s, "B000001", LATE))
    act(overdue, lambda s: sanctions.lift(s, patron(overdue, "M0001").id, "dinas", LATE))
    assert patron(overdue, "M0002").suspended_until == date(2027, 3, 1)
    kept = ask(overdue, lambda s: s.execute(select(Loan.suspended_until)).scalars().all())
    assert kept.count(date(2027, 3, 1)) == 1


def test_an_act_of_a_file_answers_one_no_with_each_reason(stocked):
    from desktop.commands import desk

    with stocked.transaction() as session:
        session.execute(
            update(Patron).where(Patron.number == "M0001").values(blocked_reason="kartu hilang")
        )
    given = {"patron": "M0001", "item": "B000099"}
    one = desk.act(stocked, "checkout", given, NOW, NOW, ["boleh"])
    assert (one["result"], one["reason"]) == ("refused", "patron_blocked")
    both = desk.act(stocked, "checkout", given, NOW, NOW, ["boleh", "izin kepala"])
    assert both["result"] == "done", both


def test_undo_of_a_lift_brings_nothing_back_of_a_renewal_that_was_undone(overdue):
    """Neither of its own, nor because another loan was renewed."""
    _suspends(overdue)
    _found, done = noes(overdue, lambda s, a: lending.renew(s, "B000001", LATE, a))
    assert patron(overdue, "M0001").suspended_until is not None
    who = patron(overdue, "M0001").id
    lifted = act(overdue, lambda s: sanctions.lift(s, who, "dinas", LATE))
    act(overdue, lambda s: lending.check_out(s, "M0002", "B000011", NOW))
    act(overdue, lambda s: lending.renew(s, "B000011", NOW + timedelta(days=7)))
    act(overdue, lambda s: undo.undo(s, done.line, LATE))
    own = select(Loan.suspended_until).join(Item, Item.id == Loan.item_id)
    own = own.where(Item.barcode == "B000001")
    act(overdue, lambda s: undo.undo(s, lifted, LATE))
    assert ask(overdue, lambda s: s.scalar(own)) is None
