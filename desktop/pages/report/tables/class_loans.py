"""Table 5b: loans by class and category."""

from __future__ import annotations

from collections.abc import Sequence

from database.reports.figures import Month
from database.reports.tables.class_loans import TABLE
from desktop.pages.drawing.long_table import continued
from desktop.pages.drawing.tables import Column
from desktop.pages.report.pieces import category, nothing_lent, small_numbers, sums
from desktop.pages.report.table import Drawing, ReportTable, Row
from desktop.words.language import N_, _
from desktop.words.titles import class_group


def _draw(month: Month) -> list[ReportTable]:
    """Classes down, categories across; more of them than can be read beside each other on A4 are
    split over two or more tables."""
    heading = _("Table 5b. Loans by class and category")
    if not TABLE.of(month):
        return [ReportTable(heading, [], [], nothing=nothing_lent())]
    codes = month.loan_categories or tuple(month.categories)
    names = [category(month, code) for code in codes]
    for parts in range(1, len(names) + 1):
        size = -(-len(names) // parts)
        blocks = [range(at, min(at + size, len(names))) for at in range(0, len(names), size)]
        tables = [
            _class_block(
                month,
                names,
                block,
                continued(heading) if block.start else heading,
                _note_5b(block.stop == len(names), codes),
            )
            for block in blocks
        ]
        if all(one.is_readable for one in tables):
            break
    return tables


def _note_5b(last: bool, codes: Sequence[str]) -> list[str]:
    if not last:
        return []
    return [
        _(
            "Class and category as they were on the day of lending. A ward is a borrower of its "
            "own: books lent to it carry no data of patients."
        ),
        *small_numbers(*codes),
    ]


def _class_block(
    month: Month, names: Sequence[str], block: range, title: str, notes: list[str]
) -> ReportTable:
    """One part of table 5b; the total of all categories stands in every part."""
    columns = [Column(_("Class"), figures=False)]
    columns += [Column(names[index]) for index in block]
    columns.append(Column(_("Total, all") if len(block) < len(names) else _("Total")))
    counts = [[*(row.by_category[i] for i in block), row.total] for row in TABLE.of(month)]
    rows: list[Row] = [
        [class_group(row.class_group), *numbers]
        for row, numbers in zip(TABLE.of(month), counts, strict=True)
    ]
    return ReportTable(title, columns, rows, [_("Total"), *sums(counts)], notes)


DRAWING = Drawing(
    60,
    N_("Table 5, by class"),
    _draw,
    {"by_category": N_("by kind of patron"), "total": N_("in all")},
)
