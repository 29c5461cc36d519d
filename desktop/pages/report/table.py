"""A table of the report as data: drawn on paper, or taken along as a sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Spacer, Table

from database.reports.figures import Month
from desktop.pages.drawing.long_table import LongTable
from desktop.pages.drawing.paper import ROOM, paragraph, section
from desktop.pages.drawing.tables import Column, figures_table, is_readable, natural_width
from desktop.pages.drawing.tagged import Columns
from desktop.pages.drawing.words import figure
from desktop.words.language import _

MOST_WHOLE = 10
"""Rows of a table that is never torn apart."""
LEAST_BEGUN = 28 * mm
"""Room for a heading and a few rows: with less a long table begins on the next page."""
GAP = 3 * mm
MOST_BESIDE = 13
"""Rows of a table that may stand beside another: what stands so is never torn apart."""
LONGEST = 132.0
"""Points of a text that stands in one line where a table is set in two columns."""
BETWEEN = 6 * mm
HALF = (ROOM - BETWEEN) / 2
Value = str | int | None
Row = Sequence[Value]


@dataclass(frozen=True)
class ReportTable:
    """One table of the report, on paper or in a sheet: figures are numbers, not yet words.

    `notes` are the definitions below it; `after` is a line of text under the figures. `nothing`
    says why there are no rows: a table of a form is there, with nil in it."""

    heading: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    total: Sequence[Value] | None = None
    notes: Sequence[str] = ()
    after: str = ""
    nothing: str = ""

    @property
    def nil(self) -> str:
        """What stands in the place of no rows."""
        return " ".join(one for one in (_("Nil."), self.nothing) if one)

    def as_sheet(self) -> tuple[str, list[str], list[list[Any]]]:
        """The table as a sheet: its name, head and rows."""
        head = [
            f"{column.group}: {column.title}" if column.group else column.title
            for column in self.columns
        ]
        rows: list[list[Any]] = [list(row) for row in self.rows]
        rows += [list(self.total)] if self.total else []
        rows += [] if rows else [[self.nil]]
        rows += [[], *([note] for note in self.notes)] if self.notes else []
        return self.heading, head, rows

    def _written(self) -> list[list[str]]:
        """Every row as it is printed, the total last."""
        listed = [*self.rows, *([self.total] if self.total else [])]
        return [[_shown(one) for one in row] for row in listed]

    @property
    def is_narrow(self) -> bool:
        """Whether half the page holds it, with no text in more lines than on a whole one."""
        if len(self.rows) > MOST_BESIDE:
            return False
        return not self.rows or natural_width(self.columns, self._written()) <= HALF

    @property
    def is_readable(self) -> bool:
        """Whether a page holds all its columns beside each other."""
        return is_readable(self.columns, self._written())

    def _body(self, room: float) -> list[Flowable]:
        if not self.rows:
            return [paragraph(self.nil, "empty")]
        written = self._written()
        rows, total = (written[:-1], written[-1]) if self.total else (written, None)
        table = figures_table(self.columns, rows, total, room)
        return [table, *([paragraph(self.after, "after")] if self.after else [])]

    def drawn(self) -> list[Flowable]:
        """The table on paper: whole on a page, but for a long one, which goes on on the next, or
        in two columns where its rows are short."""
        if self._is_in_columns:
            return [section(self.heading, [_side_by_side(*self._columns())], list(self.notes), GAP)]
        body = self._body(ROOM)
        if len(self.rows) <= MOST_WHOLE:
            return [section(self.heading, body, list(self.notes), GAP)]
        notes = [paragraph(note, "note") for note in self.notes]
        begin = [CondPageBreak(LEAST_BEGUN), paragraph(self.heading, "heading")]
        return [*begin, LongTable(self.heading, body[0], [*body[1:], *notes]), Spacer(0, GAP)]

    @property
    def _is_in_columns(self) -> bool:
        short = natural_width(self.columns, self._written(), LONGEST) <= HALF
        return MOST_BESIDE < len(self.rows) <= 2 * MOST_BESIDE and short

    def _columns(self) -> tuple[list[Flowable], list[Flowable]]:
        """The rows in two blocks, the total at the foot of the second."""
        at = -(-(len(self.rows) + bool(self.total)) // 2)
        left = replace(self, rows=self.rows[:at], total=None, after="")
        right = replace(self, rows=self.rows[at:])
        return left._body(HALF), right._body(HALF)

    def half(self) -> list[Flowable]:
        """The table on half the page's width, for a place beside another."""
        notes = [paragraph(note, "note") for note in self.notes]
        return [paragraph(self.heading, "heading"), *self._body(HALF), *notes]


def drawn(tables: Sequence[ReportTable]) -> list[Flowable]:
    """The tables on paper in their order; two narrow ones that follow each other side by side."""
    found: list[Flowable] = []
    at = 0
    while at < len(tables):
        pair = tables[at : at + 2]
        if len(pair) == 2 and all(one.is_narrow for one in pair):
            found += [_beside(*pair), Spacer(0, GAP)]
            at += 2
        else:
            found += tables[at].drawn()
            at += 1
    return found


def _beside(left: ReportTable, right: ReportTable) -> Table:
    return _side_by_side(left.half(), right.half())


def _side_by_side(left: list[Flowable], right: list[Flowable]) -> Table:
    looks = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
    ]
    cells, widths = [[left, "", right]], [HALF, BETWEEN, HALF]
    return Table(cells, widths, style=looks, hAlign="LEFT", renderCB=Columns())


def _shown(value: Value) -> str:
    if value is None:
        return "–"
    return figure(value) if isinstance(value, int) else value


@dataclass(frozen=True)
class Drawing:
    """How a table of the report is drawn: a file of `pages/report/tables` declares it as DRAWING,
    under the name of the file in `database/reports/tables` that counts it.

    `place` is its place among the tables, `name` what a revision calls it and `words` its columns.
    `draw` gives no table only where a period of this length has none.
    """

    place: int
    name: str
    draw: Callable[[Month], list[ReportTable]]
    words: Mapping[str, str] = field(default_factory=dict)
