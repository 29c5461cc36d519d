"""Numbers asked by examples: a newcomer sees no pattern."""

from __future__ import annotations

import pytest

from database.policy import numbering, settings
from desktop.screens.guide.accession import AccessionPart, pattern_of
from tests.libraries import NOW


@pytest.mark.parametrize(
    ("example", "pattern", "hundredth"),
    [
        ("0123/PERP/2024", "{seq:4}/PERP/{year}", "0100/PERP/2027"),
        ("B-00417", "B-{seq:5}", "B-00100"),
        ("17", "{seq:2}", "100"),
        ("001.RSUD.H.2019", "{seq:3}.RSUD.H.{year}", "100.RSUD.H.2027"),
    ],
)
def test_a_number_one_has_tells_its_pattern(example, pattern, hundredth):
    assert pattern_of(example) == pattern
    assert numbering.check(pattern) == pattern
    assert numbering.write(pattern, 100, numbering.parts_of(NOW.date(), "")) == hundredth


@pytest.mark.parametrize("text", ["", "tanpa angka", "{seq}", "12{", "}"])
def test_what_is_no_number_is_no_pattern(text):
    assert pattern_of(text) == ""


def test_three_choices_are_shown_as_numbers_without_braces(program, show):
    part = show(AccessionPart(program))
    part.load()
    texts = [button.text() for button in part.choices.buttons()]
    assert not any("{" in text for text in texts)
    assert texts[0].startswith("0001/RSUD-BS/H/2027")
    assert not part.form.isVisible()
    assert part.draft() == {}


def test_ones_own_number_is_asked_for_and_kept(program, show):
    part = show(AccessionPart(program))
    part.load()
    part.choices.button(3).setChecked(True)
    assert part.form.isVisible()
    assert not part.check(), "nothing was written"
    part.form.put("own", "0123/PERP/2024")
    assert part.check()
    with program.library.transaction() as session:
        part.save(session)
        assert settings.get(session, settings.ACCESSION_PATTERN) == "{seq:4}/PERP/{year}"
