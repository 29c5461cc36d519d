"""The scale of a chart says what its lines are worth."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.widgets.chart import steps_to


@pytest.mark.parametrize(
    ("largest", "steps"),
    [
        (1, [0, 1]),
        (2, [0, 1, 2]),
        (5, [0, 2, 4, 6]),
        (12, [0, 5, 10, 15]),
        (90, [0, 25, 50, 75, 100]),
    ],
)
def test_whole_numbers_have_whole_steps(largest, steps):
    assert steps_to(largest, 4) == steps


def test_a_share_has_steps_of_two_decimals():
    assert steps_to(0.9, 2, 2) == [0, 0.5, 1]
    assert steps_to(0.02, 2, 2) == [0, 0.01, 0.02]


@given(st.floats(0, 1e9), st.sampled_from([2, 4]), st.sampled_from([0, 2]))
def test_no_two_lines_are_told_alike_and_each_is_told_truly(largest, most, decimals):
    steps = steps_to(largest, most, decimals)
    assert steps[-1] >= largest
    assert len(steps) <= most + 2
    assert [float(f"{one:.{decimals}f}") for one in steps] == pytest.approx(steps)
    assert len({f"{one:.{decimals}f}" for one in steps}) == len(steps)
