"""The scale of a chart fits every largest figure."""

from __future__ import annotations

from desktop.pages.drawing.charts import _ticks


def test_every_largest_figure_has_two_to_four_round_steps():
    for largest in [*range(1, 3000), 99_999, 100_000, 1_234_567]:
        ticks = _ticks(largest)
        assert ticks[0] == 0
        assert ticks[-1] >= largest
        assert 2 <= len(ticks) <= 5, largest
