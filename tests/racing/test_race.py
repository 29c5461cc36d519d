"""A short race on each engine; `python -m tests.races` runs a long one."""

from __future__ import annotations

import random

import pytest
from sqlalchemy import text

from tests.libraries import NOW
from tests.racing import invariants, race

SEED = random.SystemRandom().randrange(1_000_000)


def test_nothing_breaks_where_four_desks_act_at_random(where, library):
    library.close()
    told = race.run(where, NOW, count=300, programs=4, seed=SEED)
    assert not told.errors, f"seed {SEED}\n" + "\n".join(told.errors)
    assert not told.broken, f"seed {SEED}: {told.broken}"
    done = {name for (name, what), _count in told.counts.items() if what == "done"}
    assert done >= {"lend", "return", "undo", "hold"}, told.lines()


@pytest.mark.parametrize(
    ("spoil", "name"),
    [
        ("UPDATE loan SET renewals = 5", "renewals are those there are"),
        (
            "UPDATE loan SET returned_on = date '2000-01-01', returned_at = lent_at",
            "a loan comes back after it was lent",
        ),
        ("DELETE FROM journal WHERE action = 'loan.checked_out'", "every lending is journalled"),
    ],
)
def test_the_checker_sees_what_is_broken(stocked, spoil, name):
    from database.circulation import lending

    with stocked.transaction() as session:
        lending.check_out(session, "M0001", "B000001", NOW)
    assert invariants.broken(stocked) == []
    with stocked.transaction() as session:
        literal = spoil if not stocked.is_file else spoil.replace("date '", "'")
        session.execute(text(literal))
    assert any(one.startswith(name) for one in invariants.broken(stocked))
