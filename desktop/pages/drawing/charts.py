"""The year's visits and loans as bars: one drawing for the paper and, as SVG, the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import escape

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import Color, HexColor

from database.reports.figures import MonthPoint
from desktop.pages.drawing import faces, fonts
from desktop.words.language import _, month_short, number, period_short

Colours = Literal["screen", "grey", "dark"]
TEXT = 8.0
ALONE = 12.0
"""Of words that stand where a chart would: beside no figure, and read on a screen too."""
HATCH_STEP = 3.2
TOP_ROOM = 8.0
FOOT_ROOM = 42.0


@dataclass(frozen=True, slots=True)
class _Palette:
    visits: Color
    loans: Color
    hatched: bool
    text: Color
    quiet: Color


_PALETTES = {
    "screen": _Palette(
        HexColor("#0F766E"), HexColor("#9AD0C9"), False, HexColor("#1F2A33"), HexColor("#5B6876")
    ),
    "grey": _Palette(
        HexColor("#222222"), HexColor("#444444"), True, HexColor("#111111"), HexColor("#555555")
    ),
    "dark": _Palette(
        HexColor("#2BB3A3"), HexColor("#C9D6DE"), False, HexColor("#E6EBEF"), HexColor("#9AA7B2")
    ),
}


def year_chart(
    points: Sequence[MonthPoint], width: float, height: float, colours: Colours = "screen"
) -> Drawing:
    """Visits and loans month by month; loans are hatched where colour may be lost."""
    faces.register()
    palette = _PALETTES[colours]
    drawing = Drawing(width, height, initialFontName=faces.REGULAR)
    largest = max((max(point.visits, point.loans) for point in points), default=0)
    if not largest:
        _text(drawing, width / 2, height / 2, _("No data yet."), palette.quiet, "middle", ALONE)
        return drawing
    ticks = _ticks(largest)
    left = max(fonts.width(number(tick), faces.REGULAR, TEXT) for tick in ticks) + 8
    tall = height - TOP_ROOM - FOOT_ROOM
    for tick in ticks:
        y = FOOT_ROOM + tall * tick / ticks[-1]
        _text(drawing, left - 6, y - 2.8, number(tick), palette.quiet, "end")
    _bars(drawing, points, (left, width, tall / ticks[-1]), palette)
    drawing.add(Line(left, FOOT_ROOM, width, FOOT_ROOM, strokeColor=palette.quiet, strokeWidth=0.7))
    _legend(drawing, left, palette)
    return drawing


def chart_told(points: Sequence[MonthPoint]) -> str:
    """What the chart shows, for whoever does not see it."""
    text = _("{month}: visits {visits}, loans {loans}")
    return "; ".join(
        text.format(
            month=period_short(point.month), visits=number(point.visits), loans=number(point.loans)
        )
        for point in points
    )


def _ticks(largest: int) -> list[int]:
    """Nought and two to four round steps up to the largest figure or just above."""
    magnitude = 10 ** (len(str(largest)) - 1)
    steps = sorted({max(1, magnitude * part // 20) for part in (1, 2, 4, 5, 10, 20, 40, 50, 100)})
    step = next(step for step in steps if step * 4 >= largest)
    return list(range(0, -(-largest // step) * step + 1, step))


def _bars(
    drawing: Drawing,
    points: Sequence[MonthPoint],
    frame: tuple[float, float, float],
    palette: _Palette,
) -> None:
    """Two bars a month, its short name below, and the year where one begins."""
    left, right, scale = frame
    slot = (right - left) / len(points)
    bar = min(slot * 0.36, 22)
    for index, point in enumerate(points):
        middle = left + slot * (index + 0.5)
        visits, loans = point.visits * scale, point.loans * scale
        drawing.add(_rect(middle - bar - 0.6, visits, bar, palette.visits))
        if palette.hatched:
            _hatched(drawing, middle + 0.6, loans, bar, palette.loans)
        else:
            drawing.add(_rect(middle + 0.6, loans, bar, palette.loans))
        _text(drawing, middle, FOOT_ROOM - 11, month_short(point.month), palette.text, "middle")
        if index == 0 or point.month.endswith("-01"):
            year = point.month.split("-")[0]
            _text(drawing, middle, FOOT_ROOM - 20, year, palette.quiet, "middle", TEXT - 1)


def _rect(x: float, height: float, width: float, colour: Color) -> Rect:
    return Rect(x, FOOT_ROOM, width, height, fillColor=colour, strokeColor=None)


def _hatched(
    drawing: Drawing, x: float, height: float, width: float, colour: Color, foot: float = FOOT_ROOM
) -> None:
    """An outlined bar with diagonal lines, cut to the bar by arithmetic: no clip paths."""
    drawing.add(Rect(x, foot, width, height, fillColor=None, strokeColor=colour, strokeWidth=0.5))
    start = -width + HATCH_STEP
    while start < height:
        x1, y1 = (0.0, start) if start >= 0 else (-start, 0.0)
        reach = min(width - x1, height - y1)
        line = Line(x + x1, foot + y1, x + x1 + reach, foot + y1 + reach)
        line.strokeColor, line.strokeWidth = colour, 0.5
        drawing.add(line)
        start += HATCH_STEP


def _legend(drawing: Drawing, left: float, palette: _Palette) -> None:
    foot, side = 3.0, 8.0
    visits, loans = _("Visits"), _("Loans")
    drawing.add(Rect(left, foot, side, side, fillColor=palette.visits, strokeColor=None))
    _text(drawing, left + side + 4, foot + 1.2, visits, palette.text)
    x = left + side + 4 + fonts.width(visits, faces.REGULAR, TEXT) + 14
    if palette.hatched:
        _hatched(drawing, x, side, side, palette.loans, foot)
    else:
        drawing.add(Rect(x, foot, side, side, fillColor=palette.loans, strokeColor=None))
    _text(drawing, x + side + 4, foot + 1.2, loans, palette.text)


def _text(
    drawing: Drawing,
    x: float,
    y: float,
    text: str,
    colour: Color,
    anchor: str = "start",
    size: float = TEXT,
) -> None:
    drawing.add(
        String(
            x, y, text, fontName=faces.REGULAR, fontSize=size, fillColor=colour, textAnchor=anchor
        )
    )


def to_svg(drawing: Drawing) -> bytes:
    """The drawing as SVG Tiny, which Qt's SVG reader draws in full.

    Written here because the drawing has rectangles, lines and texts only, and
    ReportLab's writer speaks of clip paths and fonts in ways Qt does not follow.
    """
    shapes = "".join(_svg(shape, drawing.height) for shape in drawing.contents)
    size = f'width="{drawing.width:g}" height="{drawing.height:g}"'
    box = f'viewBox="0 0 {drawing.width:g} {drawing.height:g}"'
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg"'
    return f'{head} version="1.2" baseProfile="tiny" {size} {box}>{shapes}</svg>'.encode()


def _svg(shape: Rect | Line | String, height: float) -> str:
    if isinstance(shape, Rect):
        place = f'x="{shape.x:.2f}" y="{height - shape.y - shape.height:.2f}"'
        size = f'width="{shape.width:.2f}" height="{shape.height:.2f}"'
        return f'<rect {place} {size} fill="{_hex(shape.fillColor)}"{_stroke(shape)}/>'
    if isinstance(shape, Line):
        ends = f'x1="{shape.x1:.2f}" y1="{height - shape.y1:.2f}"'
        ends += f' x2="{shape.x2:.2f}" y2="{height - shape.y2:.2f}"'
        return f"<line {ends}{_stroke(shape)}/>"
    look = f'font-family="Inter" font-size="{shape.fontSize:g}" fill="{_hex(shape.fillColor)}"'
    place = f'x="{shape.x:.2f}" y="{height - shape.y:.2f}" text-anchor="{shape.textAnchor}"'
    return f"<text {place} {look}>{escape(shape.text)}</text>"


def _stroke(shape: Rect | Line) -> str:
    if shape.strokeColor is None:
        return ""
    return f' stroke="{_hex(shape.strokeColor)}" stroke-width="{shape.strokeWidth:g}"'


def _hex(colour: Color | None) -> str:
    return f"#{colour.hexval()[2:]}" if colour is not None else "none"
