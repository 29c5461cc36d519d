"""Label sheets: where each label lies on the paper. Sheets are data, in label-sheets.toml."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from itertools import islice
from typing import Any

from desktop.words import language
from desktop.words.language import _
from resources import FOLDER

SHIPPED = FOLDER / "label-sheets.toml"
LAYOUTS = FOLDER / "label-layouts.csv"
# Sheets are cut to about this; a label may not stick out of the paper by more.
TOLERANCE_MM = 0.05


class SheetImpossible(ValueError):  # noqa: N818 - says what is wrong with it
    """`why`: sizes, overlap_across, overlap_down, leaves_side or leaves_foot."""

    def __init__(self, sheet_id: str, why: str) -> None:
        super().__init__(f"{sheet_id}: {why}")
        self.why = why


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet (or one stretch of a roll) of equal labels; millimetres from the top left."""

    id: str
    name: str
    paper_width: float
    paper_height: float
    label_width: float
    label_height: float
    columns: int
    rows: int
    x0: float
    y0: float
    dx: float
    dy: float
    edge: float = 4.5
    dpi: int = 600
    check: bool = False

    def __post_init__(self) -> None:
        """Refuse a sheet whose labels overlap or leave the paper."""
        if min(self.label_width, self.label_height, self.columns, self.rows, self.dpi) <= 0:
            raise SheetImpossible(self.id, "sizes")
        if self.columns > 1 and self.dx < self.label_width - TOLERANCE_MM:
            raise SheetImpossible(self.id, "overlap_across")
        if self.rows > 1 and self.dy < self.label_height - TOLERANCE_MM:
            raise SheetImpossible(self.id, "overlap_down")
        right = self.x0 + (self.columns - 1) * self.dx + self.label_width
        bottom = self.y0 + (self.rows - 1) * self.dy + self.label_height
        if min(self.x0, self.y0) < 0 or right > self.paper_width + TOLERANCE_MM:
            raise SheetImpossible(self.id, "leaves_side")
        if bottom > self.paper_height + TOLERANCE_MM:
            raise SheetImpossible(self.id, "leaves_foot")

    @property
    def count(self) -> int:
        """Labels on one sheet."""
        return self.columns * self.rows

    def cell(self, n: int) -> tuple[float, float]:
        """Left and top edge of label `n`; 1 is top left, counting goes along the rows."""
        if not 1 <= n <= self.count:
            raise ValueError(f"{self.id} has labels 1 to {self.count}, not {n}")
        row, column = divmod(n - 1, self.columns)
        return self.x0 + column * self.dx, self.y0 + row * self.dy


def all_sheets(own: Iterable[Mapping[str, Any]] = ()) -> dict[str, Sheet]:
    """Sheets by id: those of the library (`of_row`) first, then those shipped; an id among its
    own stands for the one shipped."""
    mine = {row["id"]: of_row(row) for row in own}
    return mine | {
        key: sheet for key, sheet in _shipped(language.current()).items() if key not in mine
    }


def of_row(row: Mapping[str, Any]) -> Sheet:
    """A sheet as the library keeps it; SheetImpossible where its labels do not fit."""
    return Sheet(**row)


def to_row(sheet: Sheet) -> dict[str, Any]:
    """What the library keeps of a sheet."""
    return asdict(sheet)


def layouts() -> tuple[Sheet, ...]:
    """What makers sell, some 1,460 sheets of rectangular labels by their brand and number."""
    return _layouts(language.current())


@cache
def _layouts(_spoken: str) -> tuple[Sheet, ...]:
    with LAYOUTS.open(encoding="utf-8", newline="") as file:
        return tuple(_layout(row) for row in csv.reader(islice(file, 1, None)))


def _layout(row: list[str]) -> Sheet:
    brand, part, _description, *numbers = row
    paper_w, paper_h, label_w, label_h, columns, rows, left, top, right_by, down_by = numbers
    size = _size(float(label_w), float(label_h))
    return Sheet(
        f"{brand} {part}", f"{brand} {part} ({size})", float(paper_w), float(paper_h),
        float(label_w), float(label_h), int(columns), int(rows), float(left), float(top),
        float(right_by), float(down_by),
    )  # fmt: skip


@cache
def _shipped(_spoken: str) -> dict[str, Sheet]:
    with SHIPPED.open("rb") as file:
        tables = tomllib.load(file)
    return {sheet_id: _sheet(sheet_id, table) for sheet_id, table in tables.items()}


def _sheet(sheet_id: str, table: dict[str, Any]) -> Sheet:
    pairs = [table[key] for key in ("paper", "label", "grid", "first", "pitch")]
    values = [value for pair in pairs for value in pair]
    rest = {key: table[key] for key in ("edge", "dpi", "check") if key in table}
    return Sheet(sheet_id, _name(table), *values, **rest)


def _name(table: dict[str, Any]) -> str:
    """What a shipped sheet is called, its sizes as they are written here."""
    (columns, rows), size = table["grid"], _size(*table["label"])
    if table.get("roll"):
        if columns > 1:
            return _("Roll of {n} side by side, {size}").format(n=columns, size=size)
        paper = table["paper"][0]
        wide = f"{_figure(paper)} mm ({size})" if paper > table["label"][0] else size
        return _("Roll {size}").format(size=wide)
    if table["made"].startswith("No."):
        return f"{table['made']}, {columns} × {rows} ({size})"
    return f"A4, {columns} × {rows} ({size}, {table['made']})"


def _size(wide: float, high: float) -> str:
    return f"{_figure(wide)} × {_figure(high)} mm"


def _figure(side: float) -> str:
    return language.number(side, 0 if round(side, 1) == int(side) else 1)
