"""Table 7a: the satisfaction of readers."""

from __future__ import annotations

from database.registers.survey import Result
from database.reports.figures import Month
from database.reports.tables.survey import TABLE
from desktop.pages.drawing.tables import Column
from desktop.pages.report.table import Drawing, ReportTable, Row
from desktop.words import survey as words
from desktop.words.language import N_, _, counted, number
from desktop.words.register_words import field

NAME = N_("Table 7a")


def _draw(month: Month) -> list[ReportTable]:
    found = TABLE.of(month)
    heading = _("Table 7a. Satisfaction of readers")
    elements = [field(f"score_{at}") for at in range(1, 10)]
    columns = [Column(_("Answers"), fixed=True), *(Column(name) for name in elements)]
    if found is None:
        nothing = _("Nobody was asked in the period, or nobody answered.")
        return [ReportTable(heading, columns, [], nothing=nothing)]
    result = Result(found.answers, tuple(total / found.answers for total in found.sums))
    row: Row = [found.answers, *(number(mean, 2) for mean in result.means)]
    after = _("Index {index} of 100, grade {grade}, of {answers}.").format(
        index=number(result.index, 2),
        grade=words.grade(result.grade),
        answers=counted("answers", found.answers),
    )
    note = _(
        "Nine elements of Peraturan Menteri PANRB 14/2017, each answered 1 to 4; the index is "
        "their mean times 25."
    )
    return [ReportTable(heading, columns, [row], after=after, notes=[note])]


DRAWING = Drawing(95, NAME, _draw, {})
