"""Charts drawn by the window itself, with words of the program's own size: bars, and one line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count, pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.words.language import _, month_short, number

_GAP, _BAR_MOST = 8.0, 22.0
_CENTRE = Qt.AlignmentFlag.AlignCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Series:
    """One kind of bar: what it is called, the colour's name, a value for each place (None where
    nothing is known)."""

    name: str
    role: str
    values: Sequence[float | None]


@dataclass(frozen=True)
class Drawn:
    """What a chart shows: a name below each place, the series, perhaps a threshold; the values
    of the scale are written with so many `decimals`."""

    places: Sequence[str] = ()
    series: Sequence[Series] = ()
    threshold: float | None = None
    decimals: int = 0

    def known(self) -> list[float]:
        """Every value there is."""
        return [one for each in self.series for one in each.values if one is not None]


class Chart(QWidget):
    """Bars side by side; with `line` one series as a line through its places."""

    def __init__(self, description: str = "", line: bool = False) -> None:
        super().__init__()
        self._line = line
        self._drawn: Drawn | None = None
        self.setAccessibleName(description)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 90)

    def show_drawn(self, drawn: Drawn | None, told: str = "") -> None:
        """Show other values; None while they are counted. `told` says them to those who cannot
        see the picture."""
        self._drawn = drawn
        self.setAccessibleDescription(told)
        self.update()

    def drawn(self) -> Drawn | None:
        """What is shown."""
        return self._drawn

    def sizeHint(self) -> QSize:
        """Room for a year."""
        return QSize(320, 180)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Scale, bars or line, names below, legend."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(theme.SMALL_PX, figures=True))
        area = QRectF(self.contentsRect())
        if self._drawn is None or not any(self._drawn.known()):
            painter.setPen(theme.colour("muted"))
            said = _("Being counted…") if self._drawn is None else _("No data yet.")
            painter.drawText(area, _CENTRE, said)
        else:
            _paint(painter, area, self._drawn, self._line)
        painter.end()


def year_drawn(points: Sequence[tuple[str, int, int]]) -> tuple[Drawn, str]:
    """Months "2026-10" with their visits and loans, as bars and as a sentence for the ear."""
    months, visits, loans = zip(*points, strict=True) if points else ((), (), ())
    drawn = Drawn(
        [_month_name(at, month) for at, month in enumerate(months)],
        [Series(_("Visits"), "brand", visits), Series(_("Loans"), "brand_soft", loans)],
    )
    told = _("{month}: visits {visits}, loans {loans}")
    return drawn, "; ".join(
        told.format(month=month_short(month), visits=number(came), loans=number(lent))
        for month, came, lent in points
    )


def _month_name(at: int, month: str) -> str:
    year, _dash, _month = month.partition("-")
    return month_short(month) + (f"\n{year}" if not at or month.endswith("-01") else "")


def steps_to(largest: float, most: int, decimals: int = 0) -> list[float]:
    """Nought and at most `most` round steps up to the largest value or just above, each told in
    full by so many decimals: between 0 and 2 readers stands 1, never a second 0."""
    begin = math.floor(math.log10(largest)) - 1 if largest > 0 else 0
    sizes = (10.0**power * part for power in count(begin) for part in (1, 2, 2.5, 5))
    told = (size for size in sizes if math.isclose(size, round(size, decimals)))
    step = next(size for size in told if size * most >= largest)
    return [step * at for at in range(math.ceil(largest / step) + 1)]


def _paint(painter: QPainter, area: QRectF, drawn: Drawn, line: bool) -> None:
    metrics = QFontMetricsF(painter.font())
    high = metrics.height()
    largest = max([*drawn.known(), drawn.threshold or 0.0])
    steps = steps_to(largest, 2 if line else 4, drawn.decimals)
    words = [number(one, drawn.decimals) for one in steps]
    left = area.left() + max(map(metrics.horizontalAdvance, words)) + _GAP
    foot = area.bottom() - high - (_GAP if line else 2 * high + 2 * _GAP)
    frame = QRectF(left, area.top() + high / 2, area.right() - left, foot - area.top() - high / 2)
    for one, word in zip(steps, words, strict=True):
        y = frame.bottom() - frame.height() * one / steps[-1]
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(QPointF(left, y), QPointF(frame.right(), y))
        painter.setPen(theme.colour("muted"))
        label = QRectF(area.left(), y - high / 2, left - area.left() - _GAP, high)
        painter.drawText(label, _RIGHT, word)
    if drawn.threshold is not None:
        y = frame.bottom() - frame.height() * drawn.threshold / steps[-1]
        painter.setPen(QPen(theme.colour("warn_dot"), 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(left, y), QPointF(frame.right(), y))
    if line:
        _paint_line(painter, frame, drawn, steps[-1])
    else:
        _paint_bars(painter, frame, drawn, steps[-1])
        _paint_legend(painter, frame.left(), area.bottom() - high - 2, drawn)
    _paint_names(painter, frame, drawn, line)


def _paint_bars(painter: QPainter, frame: QRectF, drawn: Drawn, top: float) -> None:
    slot = frame.width() / max(len(drawn.places), 1)
    wide = min(slot * 0.72 / len(drawn.series), _BAR_MOST)
    for place in range(len(drawn.places)):
        left = frame.left() + slot * (place + 0.5) - wide * len(drawn.series) / 2
        for at, one in enumerate(drawn.series):
            tall = frame.height() * (one.values[place] or 0) / top
            bar = QRectF(left + at * wide, frame.bottom() - tall, wide - 1, tall)
            painter.fillRect(bar, theme.colour(one.role))


def _paint_line(painter: QPainter, frame: QRectF, drawn: Drawn, top: float) -> None:
    (one,) = drawn.series
    step = frame.width() / max(len(drawn.places) - 1, 1)
    points = [
        QPointF(frame.left() + step * place, frame.bottom() - frame.height() * value / top)
        for place, value in enumerate(one.values)
        if value is not None
    ]
    painter.setPen(QPen(theme.colour(one.role), 2))
    for before, after in pairwise(points):
        painter.drawLine(before, after)
    if len(points) == 1:
        painter.drawPoint(points[0])


def _paint_names(painter: QPainter, frame: QRectF, drawn: Drawn, line: bool) -> None:
    """Below each place; below a line only its two ends, and of many as many as have room."""
    painter.setPen(theme.colour("muted"))
    metrics = QFontMetricsF(painter.font())
    parts = [part for name in drawn.places for part in name.split("\n")]
    widest = max((metrics.horizontalAdvance(part) for part in parts), default=0.0) + _GAP / 2
    slot = frame.width() / max(len(drawn.places), 1)
    every = max(round(widest / slot + 0.49), 1)
    for place, name in enumerate(drawn.places):
        if place % every and not line:
            continue
        lines = 1 + name.count("\n")
        left, high = frame.left() + slot * place, metrics.height()
        box = QRectF(left, frame.bottom() + 4, slot, high * lines)
        if not line:
            painter.drawText(box.adjusted(-widest, 0, widest, 0), _CENTRE, name)
        elif place == 0:
            painter.drawText(QPointF(frame.left(), frame.bottom() + metrics.ascent() + 4), name)
        elif place == len(drawn.places) - 1:
            painter.drawText(box.adjusted(-widest, 0, 0, 0), _RIGHT, name)


def _paint_legend(painter: QPainter, left: float, top: float, drawn: Drawn) -> None:
    metrics = QFontMetricsF(painter.font())
    for one in drawn.series:
        side = metrics.ascent() - 2
        painter.fillRect(QRectF(left, top + 3, side, side), theme.colour(one.role))
        painter.setPen(theme.colour("ink"))
        painter.drawText(QPointF(left + side + 6, top + metrics.ascent() + 1), one.name)
        left += side + 6 + metrics.horizontalAdvance(one.name) + 2 * _GAP
