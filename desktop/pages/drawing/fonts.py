"""The measuring of text set in our faces: its width, cut, broken and made to fit."""

from __future__ import annotations

from functools import lru_cache

ELLIPSIS = "…"


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
