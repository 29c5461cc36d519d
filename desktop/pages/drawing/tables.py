"""Tables of figures: measured columns, plain strings, hairlines, a header on every page."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, product

from reportlab.platypus import Table

from desktop.pages.drawing import faces, fonts
from desktop.pages.drawing.paper import HAIRLINE, ROOM, SHADE
from desktop.pages.drawing.tagged import Cells

BODY = 8.0
HEADER_SIZES = (7.5, 7.0, 6.5, 6.0)
PAD = 3.0
WIDE_TEXT, LEAST_TEXT = 104.0, 62.0
WIDEST_FIGURES = 64.0
MOST_NUMBER = 150.0
"""Points that a number in a column of text is given whole, however narrow the others become."""
MOST_LINES = 3
MOST_TITLE_LINES = 6
_DIGIT = re.compile(r"\d")
_STROKE = re.compile(r"/(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, the title it shares with its neighbours, and what it holds.

    A fixed column keeps the width it needs, however much room there is.
    """

    title: str
    group: str = ""
    figures: bool = True
    fixed: bool = False


def figures_table(
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    total: Sequence[str] | None = None,
    room: float = ROOM,
) -> Table:
    """A table `room` points wide: text left, figures right, the total last and bold."""
    faces.register()
    body = [*rows, total] if total else list(rows)
    size, widths = _widths(columns, body, room)
    header = _header(columns, widths, size)
    cells = [
        [
            _cell(text, column, width)
            for text, column, width in zip(row, columns, widths, strict=True)
        ]
        for row in body
    ]
    named = Cells(len(header), sides=not columns[0].figures)
    table = Table([*header, *cells], widths, repeatRows=len(header), hAlign="LEFT", renderCB=named)
    table.setStyle(_style(columns, len(header), size, bool(total)))
    return table


def natural_width(
    columns: Sequence[Column], body: Sequence[Sequence[str]], longest: float = math.inf
) -> float:
    """The width at which every text stands in one line, or in two where one line would be longer
    than `longest`, and no title in more than it needs."""
    return sum(
        _least(column, index, body, HEADER_SIZES[0], 0.0)
        if column.figures
        else max(min(_natural(index, body), longest), _natural(index, body) / 2, LEAST_TEXT)
        for index, column in enumerate(columns)
    )


def is_readable(columns: Sequence[Column], body: Sequence[Sequence[str]]) -> bool:
    """Whether the page's width holds all columns, with texts in two lines at most and titles no
    smaller than the smallest but one."""
    size = HEADER_SIZES[-2]
    needed = (_least(one, at, body, size, WIDE_TEXT) for at, one in enumerate(columns))
    return bool(sum(needed) <= ROOM)


def _widths(
    columns: Sequence[Column], body: Sequence[Sequence[str]], room: float
) -> tuple[float, list[float]]:
    """The header's size and the widths of all columns, which add up to `room`."""
    # Texts in two lines under a smaller header, rather than in narrow columns of many.
    for text, size in product((WIDE_TEXT, LEAST_TEXT), HEADER_SIZES):
        shares = _group_shares(columns, size)
        least = [
            max(_least(column, index, body, size, text), shares[index])
            for index, column in enumerate(columns)
        ]
        if sum(least) <= room:
            return size, _spread(columns, body, least, room)
    return size, [width * room / sum(least) for width in least]


def _least(
    column: Column, index: int, body: Sequence[Sequence[str]], size: float, text: float
) -> float:
    """What a column needs: figures whole, its longest word; text wraps at the width `text`."""
    if not column.figures:
        natural = _natural(index, body)
        title = fonts.width(column.title, faces.SEMIBOLD, size) + 2 * PAD + 1
        if column.fixed:
            return max(natural, title)
        return max(min(text, max(natural, LEAST_TEXT)), _longest_number(index, body))
    parts = _parted(column.title).split()
    words = max((fonts.width(part, faces.SEMIBOLD, size) for part in parts), default=0)
    cells = max((fonts.width(row[index], faces.FIGURES_BOLD, BODY) for row in body), default=0)
    return max(words, cells) + 2 * PAD + 0.5


def _longest_number(index: int, body: Sequence[Sequence[str]]) -> float:
    """The width of the longest number of a letter, a copy or a book: one that is cut is none."""
    numbers = {word for row in body for word in row[index].split() if _DIGIT.search(word)}
    widest = max((fonts.width(one, faces.SEMIBOLD, BODY) for one in numbers), default=0.0)
    return min(widest + 2 * PAD + 1, MOST_NUMBER)


def _group_shares(columns: Sequence[Column], size: float) -> list[float]:
    """What each column must give so that the title it shares with its neighbours fits."""
    shares: list[float] = []
    for group, run in groupby(columns, key=lambda column: column.group):
        count = len(list(run))
        needed = fonts.width(group, faces.SEMIBOLD, size) + 2 * PAD + 0.5 if group else 0.0
        shares += [needed / count] * count
    return shares


def _spread(
    columns: Sequence[Column], body: Sequence[Sequence[str]], least: list[float], room: float
) -> list[float]:
    """Hand out what is left: to texts up to their natural width, to figures, then to the first."""
    widths = list(least)
    for index, column in enumerate(columns):
        if column.figures:
            continue
        spare = room - sum(widths)
        widths[index] += max(0.0, min(_natural(index, body) - widths[index], spare))
    takers = [i for i, column in enumerate(columns) if column.figures and not column.fixed]
    share = max(0.0, room - sum(widths)) / max(1, len(takers))
    for index in takers:
        widths[index] += min(share, max(0.0, WIDEST_FIGURES - widths[index]))
    rest = max(0.0, room - sum(widths))
    texts = [i for i, one in enumerate(columns) if not one.figures and not one.fixed]
    if texts:
        widths[texts[0]] += rest
        return widths
    return [width + rest / len(widths) for width in widths]


def _natural(index: int, body: Sequence[Sequence[str]]) -> float:
    """The width of a text column whose cells all stand in one line."""
    widest = max((fonts.width(row[index], faces.SEMIBOLD, BODY) for row in body), default=0.0)
    return widest + 2 * PAD + 1


def _cell(text: str, column: Column, width: float) -> str:
    if column.figures:
        return text
    return "\n".join(fonts.wrap(text, faces.SEMIBOLD, BODY, width - 2 * PAD, MOST_LINES)) or text


def _parted(title: str) -> str:
    """A title that may also be broken behind a stroke: "Dokter/" above "Residen"."""
    return _STROKE.sub("/ ", title)


def _title(title: str, size: float, width: float) -> str:
    """A title in the lines it takes; none is ever cut, for who reads a paper cannot ask."""
    room = width - 2 * PAD + 0.1
    words = fonts.wrap(title, faces.SEMIBOLD, size, room, MOST_TITLE_LINES)
    if all(fonts.width(line, faces.SEMIBOLD, size) <= room for line in words) and not any(
        line.endswith(fonts.ELLIPSIS) for line in words
    ):
        return "\n".join(words)
    lines = fonts.wrap(_parted(title), faces.SEMIBOLD, size, room, MOST_TITLE_LINES)
    return "\n".join(lines).replace("/ ", "/")


def _header(columns: Sequence[Column], widths: list[float], size: float) -> list[list[str]]:
    titles = [
        _title(column.title, size, width) for column, width in zip(columns, widths, strict=True)
    ]
    if not any(column.group for column in columns):
        return [titles]
    above = [column.group or title for column, title in zip(columns, titles, strict=True)]
    below = [title if column.group else "" for column, title in zip(columns, titles, strict=True)]
    return [above, below]


def _style(
    columns: Sequence[Column], header: int, size: float, total: bool
) -> list[tuple[object, ...]]:
    commands: list[tuple[object, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.5, HAIRLINE),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("FONT", (0, 0), (-1, -1), faces.REGULAR, BODY, BODY + 1.4),
        ("FONT", (0, 0), (-1, header - 1), faces.SEMIBOLD, size, size + 1.8),
        ("BACKGROUND", (0, 0), (-1, header - 1), SHADE),
        ("LEFTPADDING", (0, 0), (-1, -1), PAD),
        ("RIGHTPADDING", (0, 0), (-1, -1), PAD),
        ("TOPPADDING", (0, 0), (-1, -1), 0.9),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.9),
    ]
    for index, column in enumerate(columns):
        if column.figures:
            commands.append(("ALIGN", (index, 0), (index, -1), "RIGHT"))
            commands.append(("FONTNAME", (index, header), (index, -1), faces.FIGURES))
    if total:
        commands.append(("FONTNAME", (0, -1), (-1, -1), faces.FIGURES_BOLD))
        commands.append(("BACKGROUND", (0, -1), (-1, -1), SHADE))
    return commands + (_spans(columns) if header == 2 else [])


def _spans(columns: Sequence[Column]) -> list[tuple[object, ...]]:
    """Shared titles across their columns, other titles down both header rows."""
    commands: list[tuple[object, ...]] = []
    at = 0
    for group, run in groupby(columns, key=lambda column: column.group):
        length = len(list(run))
        if group:
            commands.append(("SPAN", (at, 0), (at + length - 1, 0)))
            commands.append(("ALIGN", (at, 0), (at + length - 1, 0), "CENTER"))
        else:
            commands += [("SPAN", (i, 0), (i, 1)) for i in range(at, at + length)]
        at += length
    return commands
