"""How an assessment for accreditation is told: answered, points, result."""

from __future__ import annotations

from database.standards.accreditation import Question, Result, Standing
from desktop.widgets.table import Bar, Cell
from desktop.words.language import _, counted, number


def result_text(result: Result, answered: int) -> str:
    """ "62,4 of 100 · passes, worth C (3 years) · 31 answered"."""
    points = _("{n} of 100").format(n=number(result.total, 1))
    verdict = _("does not pass yet")
    if result.predicate:
        verdict = _("passes, worth {predicate} ({years})").format(
            predicate=result.predicate, years=counted("years", result.years)
        )
    total = sum(one.component.questions for one in result.standings)
    done = _("{n} of {total} answered").format(n=number(answered), total=number(total))
    return f"{points} · {verdict} · {done}"


def answered_text(one: Standing) -> str:
    """How many questions of a component are answered."""
    return _("{n} of {total}").format(n=one.answered, total=one.component.questions)


def points_text(one: Standing) -> str:
    """Its points of those there are."""
    return _("{n} of {total}").format(n=number(one.points, 1), total=number(one.component.weight))


def points_bar(one: Standing) -> Bar:
    """Its points, as a bar."""
    return Bar(one.points / one.component.weight)


def question_cell(one: Question) -> Cell:
    """A question; below it the note kept with it."""
    return Cell(one.words or _("not typed in yet"), note=one.note)
