"""Label sheets: where each label lies on the paper. Sheets are data, in label-sheets.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from resources import FOLDER

SHIPPED = FOLDER / "label-sheets.toml"
# Sheets are cut to about this; a label may not stick out of the paper by more.
TOLERANCE_MM = 0.05


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
            raise ValueError(f"{self.id}: sizes and counts must be above zero")
        if self.columns > 1 and self.dx < self.label_width - TOLERANCE_MM:
            raise ValueError(f"{self.id}: labels overlap sideways")
        if self.rows > 1 and self.dy < self.label_height - TOLERANCE_MM:
            raise ValueError(f"{self.id}: labels overlap downwards")
        right = self.x0 + (self.columns - 1) * self.dx + self.label_width
        bottom = self.y0 + (self.rows - 1) * self.dy + self.label_height
        if min(self.x0, self.y0) < 0 or right > self.paper_width + TOLERANCE_MM:
            raise ValueError(f"{self.id}: labels leave the paper sideways")
        if bottom > self.paper_height + TOLERANCE_MM:
            raise ValueError(f"{self.id}: labels leave the paper at the foot")

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


def all_sheets(own: Path | None = None) -> dict[str, Sheet]:
    """The shipped sheets by id, with those of the library's `own` file added or replacing."""
    sheets = _read(SHIPPED)
    if own is not None and own.exists():
        sheets |= _read(own)
    return sheets


def _read(path: Path) -> dict[str, Sheet]:
    with path.open("rb") as file:
        tables = tomllib.load(file)
    return {sheet_id: _sheet(sheet_id, table) for sheet_id, table in tables.items()}


def _sheet(sheet_id: str, table: dict[str, Any]) -> Sheet:
    pairs = [table[key] for key in ("paper", "label", "grid", "first", "pitch")]
    values = [value for pair in pairs for value in pair]
    rest = {key: table[key] for key in ("edge", "dpi", "check") if key in table}
    return Sheet(sheet_id, table["name"], *values, **rest)
