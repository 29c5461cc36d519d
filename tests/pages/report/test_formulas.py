"""What a formula says is what was counted: recomputed from its own words."""

from __future__ import annotations

import re

import pytest

from database.reports import indicators, statistics
from desktop.pages.report import formulas
from desktop.words import language
from desktop.words.language import _


def _number(text):
    return float(text.replace(".", "").replace(",", "."))


@pytest.mark.parametrize("period", ["2026-10", "2026-Q3", "2026"])
def test_every_printed_formula_gives_the_printed_value(lived, period):
    """In Indonesian: its names lead to the counts, its counts to the value beside it."""
    language.use("id")
    with lived.reading() as session:
        month = statistics.period(session, period)
    names = {_(said): part for part, said in formulas.PARTS.items()}
    assert len(names) == len(formulas.PARTS), "two counts have one name"
    for key in formulas.NAMES:
        said, _equals, counts = formulas.formula(key, month).partition(" = ")
        words = re.fullmatch(r"(.+?) ÷ (.+?)(?: × (\d+))?", said)
        part, whole = names[words[1]], names[words[2]]
        assert (part, whole) == (indicators.FORMULAS[key].part, indicators.FORMULAS[key].whole)
        first, second = re.match(r"([\d.]+) ÷ ([\d.]+)", counts).groups()
        assert _number(first) == month.indicator_parts[part]
        assert _number(second) == month.indicator_parts[whole]
        times = int(words[3] or 1)
        shown = formulas.value(key, month)
        decimals = indicators.FORMULAS[key].decimals
        computed = times * _number(first) / _number(second)
        assert _number(shown.removesuffix(" %")) == pytest.approx(computed, abs=0.6 * 10**-decimals)


def test_every_indicator_has_a_name_and_every_count_too():
    assert set(formulas.NAMES) == set(indicators.FORMULAS)
    assert set(formulas.PARTS) == set(indicators.PARTS)
    used = {name for one in indicators.FORMULAS.values() for name in (one.part, one.whole)}
    assert used == set(indicators.PARTS)
