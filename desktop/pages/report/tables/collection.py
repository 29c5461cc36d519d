"""Table 1: the collection by type and owner."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from database.reports.figures import Month
from database.reports.tables.collection import TABLE, CollectionRow
from desktop.pages.drawing.tables import Column
from desktop.pages.drawing.words import item_type, ownership
from desktop.pages.report.pieces import no_copies, sums
from desktop.pages.report.table import Drawing, ReportTable, Row
from desktop.words.language import N_, _

MOST_NAMED = 30


def _draw(month: Month) -> list[ReportTable]:
    heading = _("Table 1. Collection by type and owner")
    counts = [_copy_counts(row) for row in TABLE.of(month)]
    rows: list[Row] = [
        [*names, row.titles_start, row.titles_end, *numbers]
        for names, row, numbers in zip(
            _names(TABLE.of(month)), TABLE.of(month), counts, strict=True
        )
    ]
    titles_before = month.titles.last_month
    total: Row | None = [
        _("Total"),
        "",
        titles_before,
        month.titles.now,
        *(sums(counts) if counts else []),
    ]
    notes = [
        _(
            "Copies at the start + added − removed = copies at the end. Deposited: lent to the "
            "library by the regional library office, which remains the owner; returned: given "
            "back to the owner. A title whose copies have different types or owners is counted "
            "with each of them and once in the total."
        ),
        *_unbalanced(TABLE.of(month)),
        *_breaking(month.unbalanced),
    ]
    if not rows:
        return [ReportTable(heading, _collection_columns(), rows, nothing=no_copies())]
    return [ReportTable(heading, _collection_columns(), rows, total, notes)]


def _collection_columns() -> list[Column]:
    copies, titles = _("Copies"), _("Titles")
    added, removed = _("Added"), _("Removed")
    return [
        Column(_("Type"), figures=False),
        Column(_("Owner"), figures=False),
        Column(_("At start"), titles),
        Column(_("At end"), titles),
        Column(_("At start"), copies),
        Column(_("Bought"), added),
        Column(_("Given"), added),
        Column(_("Deposited"), added),
        Column(_("Otherwise"), added),
        Column(_("Weeded"), removed),
        Column(_("Lost"), removed),
        Column(_("Returned"), removed),
        Column(_("At end"), copies),
    ]


def _copy_counts(row: CollectionRow) -> list[int]:
    return [
        row.start,
        row.purchased,
        row.donated,
        row.deposited,
        row.otherwise_added,
        row.withdrawn,
        row.lost,
        row.returned_to_owner,
        row.end,
    ]


def _names(rows: Sequence[CollectionRow]) -> list[tuple[str, str]]:
    """Type and owner a row; a type is named once, in the first of its rows."""
    types = [row.item_type for row in rows]
    repeated = [False, *(before == after for before, after in pairwise(types))]
    return [
        ("" if again else item_type(row.item_type), ownership(row.ownership))
        for row, again in zip(rows, repeated, strict=False)
    ]


def _unbalanced(rows: Sequence[CollectionRow]) -> list[str]:
    """A sentence for every row whose figures do not add up; there should be none."""
    sentence = _("Does not balance: {type}, {owner}. The copies concerned need to be checked.")
    found = []
    for row in rows:
        start, *moves, end = _copy_counts(row)
        if start + sum(moves[:4]) - sum(moves[4:]) != end:
            words = {"type": item_type(row.item_type), "owner": ownership(row.ownership)}
            found.append(sentence.format(**words))
    return found


def _breaking(barcodes: Sequence[str]) -> list[str]:
    """The copies that keep the table from adding up."""
    if not barcodes:
        return []
    more = "…" if len(barcodes) > MOST_NAMED else ""
    text = _("Copies whose dates and state contradict each other: {copies}")
    return [text.format(copies=", ".join(barcodes[:MOST_NAMED]) + more)]


DRAWING = Drawing(
    10,
    N_("Table 1"),
    _draw,
    {
        "start": N_("at the start"),
        "end": N_("at the end"),
        "titles_start": N_("titles at the start"),
        "titles_end": N_("titles at the end"),
        "purchased": N_("bought"),
        "donated": N_("given"),
        "deposited": N_("deposited"),
        "otherwise_added": N_("otherwise added"),
        "withdrawn": N_("weeded"),
        "lost": N_("lost"),
        "returned_to_owner": N_("returned to the owner"),
    },
)
