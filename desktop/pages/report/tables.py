"""The tables of the monthly report, each with its definitions in plain words."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from itertools import pairwise

from database.policy.calendar import period_months
from database.reports.disclosure import JOINED
from database.reports.figures import CollectionRow, Month, VisitRow
from desktop.pages.drawing.tables import Column
from desktop.pages.drawing.words import class_group, item_type, ownership
from desktop.pages.report.annex import by_month
from desktop.pages.report.service_tables import service_tables
from desktop.pages.report.table import ReportTable, Row
from desktop.words.language import _, listed, month_short, number

# More member categories than this beside each other would not be readable on A4.
MOST_CATEGORIES = 7
MOST_NAMED = 30


def tables_of(month: Month) -> list[ReportTable]:
    """Tables 1 to 10; what the library never recorded is left out from table 6 on."""
    return [
        _collection(month),
        _classes(month),
        _members(month),
        _visits(month),
        _circulation(month),
        *_class_loans(month),
        _top_titles(month),
        *service_tables(month),
        *by_month(month),
    ]


def _sums(rows: Sequence[Sequence[int]]) -> list[int]:
    return [sum(column) for column in zip(*rows, strict=True)]


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


def _collection(month: Month) -> ReportTable:
    heading = _("Table 1. Collection by type and owner")
    counts = [_copy_counts(row) for row in month.collection]
    rows: list[Row] = [
        [*names, row.titles_start, row.titles_end, *numbers]
        for names, row, numbers in zip(
            _names(month.collection), month.collection, counts, strict=True
        )
    ]
    titles_before = month.titles.last_month
    total: Row | None = [
        _("Total"),
        "",
        titles_before,
        month.titles.now,
        *(_sums(counts) if counts else []),
    ]
    notes = [
        _(
            "Copies at the start + added − removed = copies at the end. Deposited: lent to the "
            "library by the regional library office, which remains the owner; returned: given "
            "back to the owner. A title whose copies have different types or owners is counted "
            "with each of them and once in the total."
        ),
        *_unbalanced(month.collection),
        *_breaking(month.unbalanced),
    ]
    return ReportTable(heading, _collection_columns(), rows, total, notes)


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


def _classes(month: Month) -> ReportTable:
    columns = [Column(_("Class"), figures=False), Column(_("Titles")), Column(_("Copies"))]
    counts = [[row.titles, row.copies] for row in month.classes]
    rows: list[Row] = [
        [class_group(row.class_group), *numbers]
        for row, numbers in zip(month.classes, counts, strict=True)
    ]
    total: Row | None = [_("Total"), *_sums(counts)] if counts else None
    notes = [
        _(
            "State at the end of the month. Class 610 is split into 610 to 619 because a "
            "hospital library holds most of its books there; 600 is the rest of that class."
        )
    ]
    return ReportTable(_("Table 2. Collection by class"), columns, rows, total, notes)


def _members(month: Month) -> ReportTable:
    columns = [
        Column(_("Category"), figures=False),
        Column(_("At start")),
        Column(_("Joined")),
        Column(_("Ended")),
        Column(_("At end")),
        Column(_("Male")),
        Column(_("Female")),
    ]
    counts = [
        [row.start, row.joined, row.ended, row.end, row.male, row.female]
        for row in month.membership
    ]
    rows: list[Row] = [
        [category(month, row.category), *numbers]
        for row, numbers in zip(month.membership, counts, strict=True)
    ]
    total: Row | None = [_("Total"), *_sums(counts)] if counts else None
    notes = [
        _(
            "Members whose membership is valid. Members at the start + joined − ended = members "
            "at the end. Ended: expired or closed. Men and women are those among the members at "
            "the end whose sex has been recorded."
        ),
        *_together(*(row.category for row in month.membership)),
    ]
    return ReportTable(_("Table 3. Members"), columns, rows, total, notes)


def category(month: Month, code: str) -> str:
    """The name of a kind, or of the kinds counted as one."""
    names = [month.categories.get(one, one) for one in code.split(JOINED)]
    return listed(names) or _("Without category")


def _together(*codes: str) -> list[str]:
    """A word under a table in which kinds stand together."""
    if not any(JOINED in code for code in codes):
        return []
    return [_("Small numbers of patients are counted together with others.")]


def _visits(month: Month) -> ReportTable:
    titles = _parts_of(month.month)
    columns = [
        Column(_("Category"), figures=False),
        *(Column(title) for title in titles),
        Column(_("Total")),
    ]
    counts = [_week_counts(row, len(titles)) for row in month.visit_rows]
    rows: list[Row] = [
        [category(month, row.category), *numbers]
        for row, numbers in zip(month.visit_rows, counts, strict=True)
    ]
    total: Row | None = [_("Total"), *_sums(counts)] if counts else None
    notes = [
        _(
            "A visit is each arrival, also of one person twice a day; groups are counted per "
            "person. The average uses the days on which the library was open."
        ),
        *_together(*(row.category for row in month.visit_rows)),
    ]
    heading = _("Table 4. Visits by category and week")
    if len(period_months(month.month)) > 1:
        heading = _("Table 4. Visits by category and month")
    return ReportTable(heading, columns, rows, total, notes, _opening(month))


def _parts_of(period: str) -> list[str]:
    """The weeks of a month, or the months of a longer period."""
    months = period_months(period)
    if len(months) > 1:
        return [month_short(one) for one in months]
    days = monthrange(*map(int, period.split("-")))[1]
    spans = [(1, 7), (8, 14), (15, 21), (22, 28), (29, days)][: 5 if days > 28 else 4]
    return [_("Days {first}–{last}").format(first=a, last=b) for a, b in spans]


def _week_counts(row: VisitRow, weeks: int) -> list[int]:
    return [*row.weeks[:weeks], row.total]


def _opening(month: Month) -> str:
    """Open days, the average and the busiest hour; "no data yet" for what is not known."""
    average, hour = month.visits_per_open_day, month.busiest_hour
    unknown = _("no data yet")
    span = _("{first}:00–{last}:00")
    return _("Open days: {days}.  Average per open day: {average}.  Busiest hour: {hour}.").format(
        days=number(month.open_days),
        average=unknown if average is None else number(average, 1),
        hour=unknown if hour is None else span.format(first=f"{hour:02}", last=f"{hour + 1:02}"),
    )


def _circulation(month: Month) -> ReportTable:
    columns = [
        Column(_("Category"), figures=False),
        Column(_("Lent")),
        Column(_("Renewed")),
        Column(_("Returned")),
        Column(_("Of these late")),
        Column(_("Used in the library")),
    ]
    counts = [
        [row.lent, row.renewed, row.returned, row.returned_late, row.used_in_house]
        for row in month.circulation
    ]
    rows: list[Row] = [
        [category(month, row.category), *numbers]
        for row, numbers in zip(month.circulation, counts, strict=True)
    ]
    total: Row | None = [_("Total"), *_sums(counts)] if counts else None
    notes = [
        _(
            "Loans are counted per copy by the date of lending; a renewal is not counted as a "
            "new loan. Late: returned after the due date. Used in the library: read on the spot "
            "and not lent."
        ),
        *_together(*(row.category for row in month.circulation)),
    ]
    return ReportTable(_("Table 5a. Circulation by category"), columns, rows, total, notes)


def _class_loans(month: Month) -> list[ReportTable]:
    """Classes down, categories across; many categories are split over two or more tables."""
    heading = _("Table 5b. Loans by class and category")
    if not month.class_loans:
        return [ReportTable(heading, [], [])]
    codes = month.loan_categories or tuple(month.categories)
    names = [category(month, code) for code in codes]
    parts = max(1, -(-len(names) // MOST_CATEGORIES))
    size = -(-len(names) // parts)
    blocks = [range(at, min(at + size, len(names))) for at in range(0, len(names), size)]
    sections = []
    for index, block in enumerate(blocks):
        last = index == len(blocks) - 1
        title = heading if index == 0 else _("Table 5b, continued")
        sections.append(_class_block(month, names, block, title, _note_5b(last, codes)))
    return sections


def _note_5b(last: bool, codes: Sequence[str]) -> list[str]:
    if not last:
        return []
    return [
        _(
            "Class and category as they were on the day of lending. A ward is a borrower of its "
            "own: books lent to it carry no data of patients."
        ),
        *_together(*codes),
    ]


def _class_block(
    month: Month, names: Sequence[str], block: range, title: str, notes: list[str]
) -> ReportTable:
    """One part of table 5b; the total of all categories stands in every part."""
    columns = [Column(_("Class"), figures=False)]
    columns += [Column(names[index]) for index in block]
    columns.append(Column(_("Total, all") if len(block) < len(names) else _("Total")))
    counts = [[*(row.by_category[i] for i in block), row.total] for row in month.class_loans]
    rows: list[Row] = [
        [class_group(row.class_group), *numbers]
        for row, numbers in zip(month.class_loans, counts, strict=True)
    ]
    return ReportTable(title, columns, rows, [_("Total"), *_sums(counts)], notes)


def _top_titles(month: Month) -> ReportTable:
    columns = [Column(_("No."), fixed=True), Column(_("Title"), figures=False), Column(_("Loans"))]
    rows: list[Row] = [
        [number(place), row.title, row.loans] for place, row in enumerate(month.top_titles, start=1)
    ]
    notes = [_("All copies of a title together.")]
    return ReportTable(_("Table 5c. Titles lent most often"), columns, rows, None, notes)
