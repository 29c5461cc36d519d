"""The loan rules as the settings change them."""

from __future__ import annotations

import pytest

from database import undo
from database.circulation import lending
from database.policy import loan_rule_list
from database.refusal import Reason, Refusal
from tests.libraries import NOW


def test_a_changed_rule_holds_for_the_next_loan(stocked):
    with stocked.reading() as session:
        found = {row.category: row for row in loan_rule_list.rules(session)}
    assert list(found)[:2] == ["doctor", "nurse"]
    nurse = found["nurse"]
    assert (nurse.loan_limit, nurse.days, nurse.renewals) == (3, 14, 2)
    with stocked.transaction() as session:
        loan_rule_list.save_rule(session, nurse.id, 1, 3, 0, NOW)
        done = lending.check_out(session, "M0001", "B000001", NOW)
        assert done.due_on == NOW.date().replace(day=14)
    with stocked.reading() as session:
        again = {row.category: row for row in loan_rule_list.rules(session)}["nurse"]
    assert (again.loan_limit, again.days, again.renewals) == (1, 3, 0)


def save(library, *values):
    with library.transaction() as session:
        loan_rule_list.save_rule(session, *values, NOW)


def test_what_cannot_be_is_refused(stocked):
    with stocked.reading() as session:
        rule_id = loan_rule_list.rules(session)[0].id
    with pytest.raises(Refusal) as told:
        save(stocked, rule_id, 1, -1, 0)
    assert (told.value.reason, told.value.facts["field"]) == (Reason.VALUE_INVALID, "days")
    with pytest.raises(Refusal) as told:
        save(stocked, 10_000, 1, 1, 0)
    assert told.value.reason is Reason.RECORD_GONE


# --- the matrix


def facts(**changes):
    return loan_rule_list.RuleFacts(
        **{
            "category": "nurse",
            "item_type": "audiovisual",
            "loan_limit": 1,
            "days": 2,
            "renewals": 0,
            **changes,
        }
    )


def in_one(library, act, *arguments):
    with library.transaction() as session:
        return act(session, *arguments)


def matrix(library):
    with library.reading() as session:
        return {
            (row.facts.category, row.facts.item_type): row for row in loan_rule_list.matrix(session)
        }


def test_a_rule_for_a_pair_is_added_changed_and_removed(stocked):
    added = in_one(stocked, loan_rule_list.add, facts(), NOW)
    row = matrix(stocked)["nurse", "audiovisual"]
    assert row.facts == facts()
    assert not row.general
    changed = in_one(
        stocked, loan_rule_list.save, row.id, facts(days=5, sanction="suspension"), NOW
    )
    assert matrix(stocked)["nurse", "audiovisual"].facts.days == 5
    removed = in_one(stocked, loan_rule_list.remove, row.id, NOW)
    assert ("nurse", "audiovisual") not in matrix(stocked)
    for line in (removed, changed):
        in_one(stocked, undo.undo, line, NOW)
    assert matrix(stocked)["nurse", "audiovisual"].facts == facts()
    in_one(stocked, undo.undo, added, NOW)
    assert ("nurse", "audiovisual") not in matrix(stocked)


def test_a_rule_for_every_kind_of_patron(stocked):
    in_one(stocked, loan_rule_list.add, facts(category=""), NOW)
    assert list(matrix(stocked))[-2:] == [("", "audiovisual"), ("", "reference")]


def test_one_rule_a_pair(stocked):
    in_one(stocked, loan_rule_list.add, facts(), NOW)
    with pytest.raises(Refusal) as told:
        in_one(stocked, loan_rule_list.add, facts(days=9), NOW)
    assert told.value.reason is Reason.RULE_STANDS


def test_the_general_rule_of_a_kind_in_use_stays(stocked):
    row = matrix(stocked)["nurse", ""]
    assert row.general
    for act, arguments in (
        (loan_rule_list.remove, (row.id, NOW)),
        (loan_rule_list.save, (row.id, facts(), NOW)),
    ):
        with pytest.raises(Refusal) as told:
            in_one(stocked, act, *arguments)
        assert told.value.reason is Reason.LAST_RULE


@pytest.mark.parametrize(
    ("field", "value"),
    [("loan_limit", -1), ("days", 9999), ("fine_per_day", -1), ("sanction", "cane"),
     ("period", "weeks"), ("category", "nobody"), ("grace_days", 400)],
)  # fmt: skip
def test_impossible_rules_are_refused(stocked, field, value):
    with pytest.raises(Refusal) as told:
        in_one(stocked, loan_rule_list.add, facts(**{field: value}), NOW)
    assert (told.value.reason, told.value.facts["field"]) == (Reason.VALUE_INVALID, field)
