"""A table of the report as data: drawn on paper, or taken along as a sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from reportlab.platypus import Flowable, KeepTogether

from database.reports.figures import Month
from desktop.pages.drawing.paper import no_data, paragraph, section
from desktop.pages.drawing.tables import Column, figures_table
from desktop.pages.drawing.words import figure

Value = str | int | None
Row = Sequence[Value]


@dataclass(frozen=True)
class ReportTable:
    """One table of the report, on paper or in a sheet: figures are numbers, not yet words.

    `notes` are the definitions below it; `after` is a line of text under the figures."""

    heading: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    total: Sequence[Value] | None = None
    notes: Sequence[str] = ()
    after: str = ""

    def drawn(self) -> KeepTogether:
        """The table on paper; "no data yet" in the place of an empty one."""
        body: list[Flowable] = [no_data()]
        if self.rows:
            total = [_shown(one) for one in self.total] if self.total else None
            rows = [[_shown(one) for one in row] for row in self.rows]
            body = [figures_table(self.columns, rows, total)]
            if self.after:
                body.append(paragraph(self.after, "after"))
        return section(self.heading, body, list(self.notes))


def _shown(value: Value) -> str:
    if value is None:
        return "–"
    return figure(value) if isinstance(value, int) else value


@dataclass(frozen=True)
class Drawing:
    """How a table of the report is drawn: a file of `pages/report/tables` declares it as DRAWING,
    under the name of the file in `database/reports/tables` that counts it.

    `place` is its place among the tables, `name` what a revision calls it and `words` its columns;
    `draw` gives no table where the library never recorded what it counts.
    """

    place: int
    name: str
    draw: Callable[[Month], list[ReportTable]]
    words: Mapping[str, str] = field(default_factory=dict)
