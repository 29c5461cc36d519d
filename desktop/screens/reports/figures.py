"""What the month's page shows: headline tiles and the small tables of the report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from database.calendar import shift_month
from database.figures import Comparison, Month
from desktop.language import N_, _, month_short, number
from desktop.widgets.card import Figure
from desktop.widgets.pill import Pill
from desktop.widgets.table import Cell, Column, Table

TILES = (
    ("visits", N_("Visits")),
    ("loans", N_("Loans")),
    ("new_members", N_("New members")),
    ("new_titles", N_("New titles")),
    ("members", N_("Active members")),
)


def fill_tiles(tiles: Sequence[Figure], month: Month | None) -> None:
    """Each figure beside last month's; a month to come has none."""
    for tile, (name, words) in zip(tiles, TILES, strict=True):
        if month is None:
            tile.set("–", _(words))
            continue
        figures: Comparison = getattr(month, name)
        before = shift_month(month.month, -1) if name == "visits" else ""
        tile.set(number(figures.now), _(words), pill=change(figures, before))


def change(figures: Comparison, before: str = "") -> Pill:
    """How much more or less than last month, named where `before` is given."""
    now, then = figures.now, figures.last_month
    if then is None:
        return Pill(_("no data yet"), "plain")
    if now == then:
        return Pill(_("unchanged"), "plain")
    amount = number(abs(now - then))
    if then:
        amount = _("{n} %").format(n=number(abs(now - then) / then * 100))
    arrow, tone = ("▲", "good") if now > then else ("▼", "warn")
    if before:
        amount = _("{change} from {month}").format(change=amount, month=month_short(before))
    return Pill(f"{arrow} {amount}", tone)  # type: ignore[arg-type]


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


def visits_table() -> Table:
    """Table 4 of the report."""
    spans = ("1–7", "8–14", "15–21", "22–28", "29–31")
    return _table(_("Visits"), [*((span, span) for span in spans), ("total", _("Total"))])


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


def _table(name: str, keys: Sequence[tuple[str, str]]) -> Table:
    columns = [Column(_("Category"), "category", stretch=True)]
    columns += [Column(title, key, kind="number") for key, title in keys]
    return Table(columns, empty=_("No data yet."), name=name)


def fill_tables(tables: Sequence[Table], month: Month | None) -> None:
    """Members, visits and circulation, each with its sum."""
    members, visits, circulation = tables
    if month is None:
        for table in tables:
            table.set_rows([])
        return
    names = month.categories
    members.set_rows(_summed([_plain(row, names) for row in month.membership]))
    circulation.set_rows(_summed([_plain(row, names) for row in month.circulation]))
    spans = ("1–7", "8–14", "15–21", "22–28", "29–31")
    rows = [
        {"category": _named(row.category, names), "total": row.total}
        | dict(zip(spans, row.weeks, strict=True))
        for row in month.visit_rows
    ]
    visits.set_rows(_summed(rows))


def _named(code: str, names: dict[str, str]) -> str:
    return names.get(code, code) or _("Without category")


def _plain(row: Any, names: dict[str, str]) -> dict[str, Any]:
    found = {name: getattr(row, name) for name in row.__slots__}
    return found | {"category": _named(row.category, names)}


def _summed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if not rows:
        return []
    keys = [key for key in rows[0] if key != "category"]
    total: dict[str, Any] = {key: sum(row[key] for row in rows) for key in keys}
    return [*rows, total | {"category": Cell(_("Total"), strong=True)}]
