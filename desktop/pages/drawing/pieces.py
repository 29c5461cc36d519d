"""Equal pieces to be cut out of a sheet: where each lies, and the marks to cut along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from desktop.pages.drawing import faces
from desktop.pages.drawing.bars import POINTS_PER_MM as MM
from desktop.words.language import current

T = TypeVar("T")
Target = str | Path | BinaryIO
MARK = (2.0, 6.0)
"""From the pieces' edge to a mark's near and far end, mm."""


@dataclass(frozen=True, slots=True)
class Grid:
    """`columns` by `rows` pieces of this size in the middle of the paper; millimetres."""

    paper: tuple[float, float]
    piece: tuple[float, float]
    columns: int
    rows: int

    @property
    def count(self) -> int:
        """Pieces on one sheet."""
        return self.columns * self.rows

    @property
    def left(self) -> float:
        """From the paper's left edge to the first piece."""
        return (self.paper[0] - self.columns * self.piece[0]) / 2

    @property
    def top(self) -> float:
        """From the paper's top edge to the first piece."""
        return (self.paper[1] - self.rows * self.piece[1]) / 2

    def place(self, at: int, *, mirrored: bool = False) -> tuple[float, float]:
        """Lower left corner of piece `at` (from 0); `mirrored` for the back of the sheet."""
        down, across = divmod(at, self.columns)
        column = self.columns - 1 - across if mirrored else across
        x = self.left + column * self.piece[0]
        return x, self.paper[1] - self.top - (down + 1) * self.piece[1]


def cut_marks(canvas: Any, grid: Grid) -> None:
    """Where to cut, outside the pieces only."""
    near, far = MARK
    left, top, height = grid.left, grid.top, grid.paper[1]
    canvas.setLineWidth(0.4)
    canvas.setStrokeGray(0.3)
    for column in range(grid.columns + 1):
        x = left + column * grid.piece[0]
        for start, end in ((top - far, top - near), (height - top + near, height - top + far)):
            canvas.line(x * MM, start * MM, x * MM, end * MM)
    right = grid.paper[0] - left
    for down in range(grid.rows + 1):
        y = top + down * grid.piece[1]
        for start, end in ((left - far, left - near), (right + near, right + far)):
            canvas.line(start * MM, y * MM, end * MM, y * MM)
    canvas.setStrokeGray(0)


def open_canvas(target: Target, paper: tuple[float, float], title: str) -> Any:
    """A canvas for pieces: printed at its true size, with fonts and metadata of ours."""
    from desktop.pages.drawing.scripts import Page

    faces.register()
    where = str(target) if isinstance(target, Path) else target
    canvas = Page(
        where,
        pagesize=(paper[0] * MM, paper[1] * MM),
        pageCompression=1,
        lang=current(),
        initialFontName=faces.REGULAR,
    )
    canvas.setTitle(title)
    canvas.setAuthor("Selasar")
    canvas.setCreator("Selasar")
    canvas.setViewerPreference("PrintScaling", "None")
    return canvas


def write_pieces(
    target: Target, pieces: Sequence[T], grid: Grid, draw: Callable[[Any, T], object], title: str
) -> int:
    """All pieces, sheet after sheet; `draw` has its origin at a piece's lower left corner.
    Gives the sheets."""
    canvas = open_canvas(target, grid.paper, title)
    for start in range(0, len(pieces), grid.count):
        for at, piece in enumerate(pieces[start : start + grid.count]):
            canvas.saveState()
            canvas.translate(*(side * MM for side in grid.place(at)))
            draw(canvas, piece)
            canvas.restoreState()
        cut_marks(canvas, grid)
        canvas.showPage()
    canvas.save()
    return -(-len(pieces) // grid.count)
