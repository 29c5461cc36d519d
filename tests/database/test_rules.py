"""The loan rules as the settings change them."""

from __future__ import annotations

import pytest

from database import circulation, rules
from database.refusal import Reason, Refusal
from tests.libraries import NOW


def test_a_changed_rule_holds_for_the_next_loan(stocked):
    with stocked.reading() as session:
        found = {row.category: row for row in rules.rules(session)}
    assert list(found)[:2] == ["doctor", "nurse"]
    nurse = found["nurse"]
    assert (nurse.loan_limit, nurse.days, nurse.renewals) == (3, 14, 2)
    with stocked.transaction() as session:
        rules.save_rule(session, nurse.id, 1, 3, 0, NOW)
        done = circulation.check_out(session, "M0001", "B000001", NOW)
        assert done.due_on == NOW.date().replace(day=14)
    with stocked.reading() as session:
        again = {row.category: row for row in rules.rules(session)}["nurse"]
    assert (again.loan_limit, again.days, again.renewals) == (1, 3, 0)


def save(library, *values):
    with library.transaction() as session:
        rules.save_rule(session, *values, NOW)


def test_what_cannot_be_is_refused(stocked):
    with stocked.reading() as session:
        rule_id = rules.rules(session)[0].id
    with pytest.raises(Refusal) as told:
        save(stocked, rule_id, 1, -1, 0)
    assert (told.value.reason, told.value.facts["field"]) == (Reason.VALUE_INVALID, "days")
    with pytest.raises(Refusal) as told:
        save(stocked, 10_000, 1, 1, 0)
    assert told.value.reason is Reason.RECORD_GONE
