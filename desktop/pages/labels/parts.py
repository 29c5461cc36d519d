"""What a label is made of: its texts as asked, and lines and bars in their places."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from desktop.pages.drawing.bars import Bars, Code

Parts = Literal["both", "spine", "barcode"]


@dataclass(frozen=True, slots=True)
class LabelText:
    """What one copy's label says, as plain text. The parts of the call number bear the signs
    that part them (/PEA, .HIL); `more` is what it says of year, volume and copy itself."""

    library: str
    prefix: str
    classification: str
    letters: str
    title_letter: str
    volume: str
    copy: str
    barcode: str
    title: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class LabelStyle:
    """What a run of labels shows: which parts, in which code, for which printer (dots an inch;
    None for what the sheet is made for), and whether with a band in the colour of the class,
    with the labels' outlines, with marks to cut along."""

    parts: Parts = "both"
    code: Code = "code128"
    dpi: int | None = None
    band: bool = False
    outlines: bool = False
    marks: bool = False


class Box(NamedTuple):
    """A rectangle: left, foot, width, height."""

    x: float
    y: float
    w: float
    h: float


class Line(NamedTuple):
    """One line of text before it has a place."""

    font: str
    size: float
    text: str


class Piece(NamedTuple):
    """One line of text in its place: `x`, `y` is the start of its baseline."""

    font: str
    size: float
    x: float
    y: float
    text: str


class BarsPlace(NamedTuple):
    """Bars in their place."""

    bars: Bars
    x: float
    y: float
    module: float
    height: float


@dataclass(slots=True)
class Arrangement:
    """All that is drawn on one label."""

    pieces: list[Piece] = field(default_factory=list)
    rules: list[tuple[float, float, float]] = field(default_factory=list)
    bars: BarsPlace | None = None
    band: tuple[Box, str] | None = None
    warnings: list[str] = field(default_factory=list)
