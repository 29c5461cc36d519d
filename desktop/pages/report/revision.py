"""What a revision changes, as a table: each figure as it was sent, and as it is now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportlab.platypus import Flowable

from database.reports.counting.guard import JOINED
from database.reports.figures import Month
from database.reports.kept_figures import Difference, differences
from desktop.pages.drawing.paper import section
from desktop.pages.drawing.tables import Column, figures_table
from desktop.pages.drawing.words import item_type, ownership
from desktop.pages.report.found import drawings
from desktop.words.language import N_, _, listed, number
from desktop.words.titles import class_group

_HEADS = {
    "open_days": N_("Open days"), "visits": N_("Visits"), "loans": N_("Loans"),
    "members": N_("Members (valid card)"), "titles": N_("Titles"), "copies": N_("Copies"),
    "new_titles": N_("New titles"), "new_members": N_("New members"),
    "visits_per_open_day": N_("Visits per open day"), "busiest_hour": N_("Busiest hour"),
    "searches": N_("Literature searches"), "held_activities": N_("Activities"),
    "indicators": N_("Indicators"), "unbalanced": N_("Table 1"),
}  # fmt: skip
_BESIDE = {
    "now": N_("this month"),
    "last_month": N_("last month"),
    "last_year": N_("same month last year"),
}
_LEFT_OUT = frozenset({"year", "categories", "month", "loan_categories"})


def table_of(before: Month, after: Month) -> Flowable:
    """The table of differences, as a section of the report."""
    found = [one for one in differences(before, after) if one.where.split(".")[0] not in _LEFT_OUT]
    columns = [
        Column(_("Figure"), figures=False),
        Column(_("As it was sent"), fixed=True),
        Column(_("Revised"), fixed=True),
    ]
    rows = [[_said(one, after), _shown(one.before), _shown(one.after)] for one in found]
    return section(_("What this revision changes"), [figures_table(columns, rows)], [])


def _said(one: Difference, month: Month) -> str:
    part, *rest = one.where.split(".")
    drawing = drawings().get(part)
    names = [_(drawing.name if drawing else _HEADS.get(part, part))]
    words = {**_BESIDE, **(drawing.words if drawing else {})}
    names += [_name(piece, month, words) for piece in rest if not _is_key(piece, rest)]
    return " · ".join(names)


def _is_key(piece: str, rest: Sequence[str]) -> bool:
    """The field a row is known by says nothing that the row's name does not."""
    return piece in {"category", "class_group", "item_type", "title"} and piece == rest[-1]


def _name(piece: str, month: Month, words: Mapping[str, str]) -> str:
    if piece in words:
        return _(words[piece])
    if JOINED in piece or piece in month.categories:
        return listed([month.categories.get(one, one) for one in piece.split(JOINED)])
    if piece.isdecimal() and len(piece) == 3:
        return class_group(piece)
    if piece.isdecimal():
        return str(int(piece) + 1)
    return item_type(piece) if item_type(piece) != piece else ownership(piece)


def _shown(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, int | float):
        return number(value, 0 if float(value).is_integer() else 2)
    return str(value)
