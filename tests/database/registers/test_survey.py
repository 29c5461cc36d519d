"""The index of satisfaction after Peraturan Menteri PANRB 14/2017."""

from __future__ import annotations

from datetime import date

import pytest

from database.refusal import Refusal
from database.registers import registers, survey
from database.registers.survey import Result
from database.standards.measuring import Year
from database.standards.register_measures import satisfaction
from tests.libraries import NOW

FIRST, LAST = date(2027, 1, 1), date(2027, 12, 31)


def answered(library, *sheets):
    with library.transaction() as session:
        for scores in sheets:
            survey.answer(session, scores, NOW)


def asked(library):
    with library.reading() as session:
        return survey.result(session, FIRST, LAST)


def test_each_answer_counts_once_and_a_line_by_its_people(library):
    assert asked(library) is None
    answered(library, [4] * 9, [3] * 8 + [1])
    found = asked(library)
    assert (found.answers, found.means[:1], found.means[-1]) == (2, (3.5,), 2.5)
    assert (found.index, found.grade) == (round((8 * 3.5 + 2.5) / 9 * 25, 2), "B")
    line = {"day": NOW.date(), "people": 8, **dict.fromkeys(survey.ELEMENTS, 2)}
    with library.transaction() as session:
        registers.add(session, "survey", line, NOW)
    found = asked(library)
    assert (found.answers, found.means[0]) == (10, (3.5 * 2 + 2 * 8) / 10)
    with library.reading() as session:
        assert satisfaction(session, Year(NOW.date())) == round(found.mean, 2)


@pytest.mark.parametrize("scores", [[4] * 8, [4] * 10, [0] + [4] * 8, [5] + [4] * 8])
def test_what_is_no_whole_sheet_is_refused(library, scores):
    with pytest.raises(Refusal), library.transaction() as session:
        survey.answer(session, scores, NOW)
    assert asked(library) is None


@pytest.mark.parametrize(
    ("mean", "grade"),
    [(1.0, "D"), (2.5996, "D"), (2.6, "C"), (3.064, "C"), (3.0644, "B"), (3.532, "B"),
     (3.5324, "A"), (4.0, "A")],
)  # fmt: skip
def test_grades_begin_where_the_annex_says(mean, grade):
    assert Result(10, (mean,) * 9).grade == grade
