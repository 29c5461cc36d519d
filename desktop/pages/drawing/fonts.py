"""Inter, embedded in every PDF, and the measuring of text set in it."""

from __future__ import annotations

import struct
from functools import cache, lru_cache
from threading import Lock
from typing import Any

from resources import FOLDER

REGULAR = "Inter"
BOLD = "Inter-Bold"
SEMIBOLD = "Inter-SemiBold"
ITALIC = "Inter-Italic"
# Inter with figures of equal width, for columns of numbers.
FIGURES = "Inter-Figures"
FIGURES_BOLD = "Inter-Figures-Bold"

ELLIPSIS = "…"
_REGISTERING = Lock()
_FILES = {
    REGULAR: "Regular",
    BOLD: "Bold",
    SEMIBOLD: "SemiBold",
    ITALIC: "Italic",
    FIGURES: "Regular",
    FIGURES_BOLD: "SemiBold",
}
_TABULAR = {
    "zero": "0",
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
}


def register() -> None:
    """Make the Inter faces known to ReportLab; the second call costs nothing. Whoever comes while
    another thread does it waits: a face made known twice would spoil a page that is being drawn."""
    with _REGISTERING:
        _register()


@cache
def _register() -> None:
    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    # Plain binary streams: a quarter smaller than ASCII85 and faster to write.
    rl_config.useA85 = 0
    for name, file in _FILES.items():
        font = TTFont(name, str(FOLDER / "fonts" / f"Inter-{file}.ttf"))
        if name in (FIGURES, FIGURES_BOLD):
            _use_tabular_figures(font.face)
        pdfmetrics.registerFont(font)
    pdfmetrics.registerFontFamily(REGULAR, REGULAR, BOLD, ITALIC, SEMIBOLD)


def _use_tabular_figures(face: Any) -> None:
    """Point the digits at Inter's tabular glyphs: ReportLab knows no OpenType features."""
    # ReportLab takes two fonts whose faces have one name for one font.
    face.name += b"-Figures"
    glyphs = _glyph_names(face.get_table("post"))
    metrics = face.get_table("hmtx")
    scale = 1000 / face.unitsPerEm
    for name, digit in _TABULAR.items():
        glyph = glyphs.get(f"{name}.tf")
        if glyph is None:
            continue
        (advance,) = struct.unpack_from(">H", metrics, glyph * 4)
        face.charToGlyph[ord(digit)] = glyph
        face.charWidths[ord(digit)] = advance * scale


def _glyph_names(post: bytes) -> dict[str, int]:
    """Glyph numbers by name out of a version 2 `post` table; only names of the font's own."""
    (count,) = struct.unpack_from(">H", post, 32)
    indices = struct.unpack_from(f">{count}H", post, 34)
    names: list[str] = []
    at = 34 + 2 * count
    while at < len(post):
        length = post[at]
        names.append(post[at + 1 : at + 1 + length].decode("latin-1"))
        at += 1 + length
    return {names[index - 258]: glyph for glyph, index in enumerate(indices) if index >= 258}


@lru_cache(maxsize=65536)
def unit_width(text: str, font: str) -> float:
    """The width of `text` at size 1, in points."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    from desktop.pages.drawing.scripts import drawn

    return float(stringWidth(drawn(text), font, 1))


def width(text: str, font: str, size: float) -> float:
    """The width of `text` in points."""
    return unit_width(text, font) * size


def elide(text: str, font: str, size: float, room: float) -> str:
    """`text`, cut with an ellipsis where it would leave `room` points."""
    if width(text, font, size) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle].rstrip() + ELLIPSIS, font, size) <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + ELLIPSIS if low else ""


def wrap(text: str, font: str, size: float, room: float, most: int) -> list[str]:
    """`text` in at most `most` lines of `room` points; the last one is cut if it must be."""
    lines: list[str] = []
    line = ""
    words = text.split()
    for index, word in enumerate(words):
        longer = f"{line} {word}" if line else word
        if not line or width(longer, font, size) <= room:
            line = longer
            continue
        if len(lines) == most - 1:
            line = " ".join([line, *words[index:]])
            break
        lines.append(line)
        line = word
    return [elide(each, font, size, room) for each in [*lines, line]]


def break_anywhere(text: str, font: str, size: float, room: float) -> list[str]:
    """`text` in as many lines as it takes, broken between any two characters."""
    lines: list[str] = []
    line = ""
    for character in text:
        if line and width(line + character, font, size) > room:
            lines.append(line.strip())
            line = ""
        line += character
    return [*lines, line.strip()]


def largest(text: str, font: str, size: float, least: float, room: float) -> float:
    """The largest size from `size` down to `least` at which `text` stays within `room`."""
    natural = unit_width(text, font)
    return max(least, min(size, room / natural)) if natural else size


def clean(text: str) -> str:
    """One line of text: no line breaks, tabs or runs of blanks."""
    return " ".join(text.split())
