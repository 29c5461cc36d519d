"""A call number broken into lines: at its blanks, and never at the point of a class."""

from __future__ import annotations

from desktop.pages.drawing.fonts import width

LEAST_SIZE = 8.0
"""Points below which a part is broken inside its words rather than shrunk further."""
_POINTS = ".,"


def part_lines(text: str, font: str, size: float, room: float) -> list[str]:
    """A part of a call number in lines: 616.994 490 083 is broken between its threes, and WY 159
    before its number, only where it must be; inside a word at the least size alone, for
    shrinking is tried first."""
    if width(text, font, size) <= room:
        return [text] if text else []
    return flow(text, font, size, room, inside=size <= LEAST_SIZE)


def flow(text: str, font: str, size: float, room: float, *, inside: bool = True) -> list[str]:
    """`text` in as many lines of `room` points as it takes, with every sign of it. A word longer
    than a line is broken where `inside`, else it stands alone and sticks out."""
    lines: list[str] = []
    for word in text.split():
        if lines and width(f"{lines[-1]} {word}", font, size) <= room:
            lines[-1] += f" {word}"
        elif inside and width(word, font, size) > room:
            lines += _pieces(word, font, size, room)
        else:
            lines.append(word)
    return lines


def _pieces(word: str, font: str, size: float, room: float) -> list[str]:
    """A word in pieces that fit. A point keeps a sign on either side of it: "616." over "994"
    would be read as two numbers."""
    lines = [""]
    for sign in word:
        longer = lines[-1] + sign
        if not lines[-1] or width(longer, font, size) <= room:
            lines[-1] = longer
            continue
        if sign not in _POINTS and lines[-1][-1] not in _POINTS:
            lines.append(sign)
            continue
        kept = lines[-1].rstrip(_POINTS)[:-1]
        lines[-1:] = [kept, longer[len(kept) :]] if kept else [longer]
    return lines
