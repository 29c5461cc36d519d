"""One measure over the last months as a line, with its threshold: for the screen as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reportlab.graphics.shapes import Drawing, Line, String
from reportlab.lib.colors import Color, HexColor

from desktop.pages.drawing import faces
from desktop.words.language import _, number, period_short

_TEXT = 9.0
_LEFT, _RIGHT, _FOOT, _TOP = 46.0, 10.0, 18.0, 10.0


def trend_chart(
    points: Sequence[tuple[str, float | int | None]],
    threshold: float | None,
    width: float,
    height: float,
    dark: bool = False,
) -> Drawing:
    """A line through the months that have a value; a thin one where the threshold lies."""
    faces.register()
    ink, quiet = (
        (HexColor("#2BB3A3"), HexColor("#9AA7B2"))
        if dark
        else (HexColor("#0F766E"), HexColor("#5B6876"))
    )
    drawing = Drawing(width, height, initialFontName=faces.REGULAR)
    known = [(at, float(value)) for at, (_month, value) in enumerate(points) if value is not None]
    if not known:
        _say(drawing, width / 2, height / 2, _("No data yet."), quiet, "middle")
        return drawing
    values = [value for _at, value in known] + ([threshold] if threshold is not None else [])
    low, high = min(0.0, *values), max(values) or 1.0
    step = (width - _LEFT - _RIGHT) / max(len(points) - 1, 1)

    def place(at: int, value: float) -> tuple[float, float]:
        tall = height - _FOOT - _TOP
        return _LEFT + at * step, _FOOT + tall * (value - low) / ((high - low) or 1.0)

    for value in (low, high):
        shown = number(value, 0 if high >= 10 else 2)
        _say(drawing, _LEFT - 6, place(0, value)[1] - 3, shown, quiet, "end")
    if threshold is not None:
        y = place(0, threshold)[1]
        drawing.add(Line(_LEFT, y, width - _RIGHT, y, strokeColor=quiet, strokeWidth=0.7))
    for before, after in pairwise(known):
        line = Line(*place(*before), *place(*after))
        line.strokeColor, line.strokeWidth = ink, 1.8
        drawing.add(line)
    for at, anchor in ((0, "start"), (len(points) - 1, "end")):
        _say(drawing, _LEFT + at * step, 4, period_short(points[at][0]), quiet, anchor)
    return drawing


def _say(drawing: Drawing, x: float, y: float, text: str, colour: Color, anchor: str) -> None:
    drawing.add(
        String(
            x, y, text, fontName=faces.REGULAR, fontSize=_TEXT, fillColor=colour, textAnchor=anchor
        )
    )
