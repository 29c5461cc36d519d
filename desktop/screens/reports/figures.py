"""What the month's page shows: headline tiles and the small tables of the report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from database.policy.calendar import period_months, shift_period
from database.reports.figures import Comparison, Month
from database.reports.tables import circulation, collection, membership, visit_rows
from desktop.pages.drawing.words import item_type, ownership
from desktop.pages.report.plans import in_percent
from desktop.widgets.figure import Figure
from desktop.widgets.pill import Pill
from desktop.widgets.table import Cell, Column, Table
from desktop.words.language import N_, _, month_short, number, period_short

TILES = (
    ("visits", N_("Visits")),
    ("loans", N_("Loans")),
    ("new_members", N_("New members")),
    ("new_titles", N_("New titles")),
    ("searches", N_("Literature searches")),
)


def fill_tiles(tiles: Sequence[Figure], month: Month | None) -> None:
    """Each figure beside last month's; a month to come has none."""
    for tile, (name, words) in zip(tiles, TILES, strict=True):
        figures: Comparison | None = getattr(month, name) if month is not None else None
        if month is None or figures is None:
            tile.set("–", _(words))
            tile.set_note("")
            continue
        tile.set(number(figures.now), _(words), pill=change(figures))
        tile.set_note(compared(figures, month.month))


def change(figures: Comparison) -> Pill | None:
    """How much more or less than the period before; nothing where nothing changed."""
    now, then = figures.now, figures.last_month
    if then is None or now == then:
        return None
    amount = in_percent(now, then) or number(abs(now - then))
    arrow, tone = ("▲", "good") if now > then else ("▼", "warn")
    return Pill(f"{arrow} {amount}", tone)  # type: ignore[arg-type]


def compared(figures: Comparison, period: str) -> str:
    """ "Sep 832 · Okt 2025 675": the period before, and the same one a year ago."""
    before, year_ago = shift_period(period, -1), f"{int(period[:4]) - 1}{period[4:]}"
    known = (
        (_short(before), figures.last_month),
        (period_short(year_ago), figures.last_year),
    )
    told = [f"{name} {number(count)}" for name, count in known if count is not None]
    return " · ".join(dict.fromkeys(told)) or _("nothing to compare with")


def members_table() -> Table:
    """Table 3 of the report."""
    keys = (
        ("start", _("At start")),
        ("joined", _("Joined")),
        ("ended", _("Ended")),
        ("end", _("At end")),
        ("male", _("Male")),
        ("female", _("Female")),
    )
    return _table(_("Members"), keys)


def visits_table(period: str) -> Table:
    """Table 4 of the report: by week of a month, by month of a longer period."""
    keys = [(f"{place}", title) for place, title in enumerate(_parts(period))]
    total = ("total", _("Total"))
    # Twelve months are wider than the card: the sum stands where it is seen.
    return _table(_("Visits"), [total, *keys] if len(keys) > 5 else [*keys, total])


def _parts(period: str) -> list[str]:
    months = period_months(period)
    if len(months) > 1:
        return [month_short(one) for one in months]
    return ["1–7", "8–14", "15–21", "22–28", "29–31"]


def circulation_table() -> Table:
    """Table 5a of the report."""
    keys = (
        ("lent", _("Lent")),
        ("renewed", _("Renewed")),
        ("returned", _("Returned")),
        ("returned_late", _("Late")),
        ("used_in_house", _("Read here")),
    )
    return _table(_("Circulation"), keys)


def collection_table() -> Table:
    """Table 1 of the report."""
    keys = (
        ("start", _("At start")),
        ("end", _("At end")),
        ("purchased", _("Bought")),
        ("donated", _("Given")),
        ("deposited", _("Deposited")),
        ("withdrawn", _("Weeded")),
        ("lost", _("Lost")),
        ("returned_to_owner", _("Returned")),
    )
    return _table(_("Collection"), keys)


def _table(name: str, keys: Sequence[tuple[str, str]]) -> Table:
    columns = [Column(_("Category"), "category", stretch=True)]
    columns += [Column(title, key, kind="number") for key, title in keys]
    return Table(columns, empty=_("No data yet."), name=name)


PARTS = ("membership", "visit_rows", "circulation", "collection")
"""What each table shows, as `behind` calls it."""


def fill_tables(tables: Sequence[Table], month: Month | None) -> None:
    """Members, visits, circulation and collection, each with its sum."""
    if month is None:
        for table in tables:
            table.set_rows([])
        return
    names = month.categories
    people, visits, desk, copies = tables
    people.set_rows(_summed([_plain(row, names) for row in membership.TABLE.of(month)]))
    desk.set_rows(_summed([_plain(row, names) for row in circulation.TABLE.of(month)]))
    rows = [
        {"category": _named(row.category, names), "total": row.total, "way": row.category}
        | {f"{place}": people for place, people in enumerate(row.weeks)}
        for row in visit_rows.TABLE.of(month)
    ]
    visits.set_rows(_summed(rows))
    stock = [
        {name: getattr(row, name) for name in row.__slots__}
        | {
            "category": f"{item_type(row.item_type)} · {ownership(row.ownership)}",
            "way": f"{row.item_type}.{row.ownership}",
        }
        for row in collection.TABLE.of(month)
    ]
    copies.set_rows(_summed(stock, "*.*"))


def behind_cell(part: str, row: dict[str, Any], column: Column) -> tuple[str, str] | None:
    """The name of the figure in a cell, as `behind` calls it, and as people do."""
    if not isinstance(column.key, str) or column.key == "category":
        return None
    category = row["category"]
    words = category.text if isinstance(category, Cell) else category
    return f"{part}.{row['way']}.{column.key}", f"{words} · {column.title}"


def _named(code: str, names: dict[str, str]) -> str:
    return names.get(code, code) or _("Without category")


def _short(period: str) -> str:
    return month_short(period) if len(period_months(period)) == 1 else period_short(period)


def _plain(row: Any, names: dict[str, str]) -> dict[str, Any]:
    found = {name: getattr(row, name) for name in row.__slots__}
    return found | {"category": _named(row.category, names), "way": row.category}


def _summed(rows: list[dict[str, Any]], way: str = "*") -> list[dict[str, Any]]:
    if not rows:
        return []
    keys = [key for key in rows[0] if isinstance(rows[0][key], int)]
    total: dict[str, Any] = {key: sum(row[key] for row in rows) for key in keys}
    return [*rows, total | {"category": Cell(_("Total"), strong=True), "way": way}]
