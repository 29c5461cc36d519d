"""Paints the cells of a table: pills, bars, notes, found words, one hairline a row."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from desktop import theme
from desktop.widgets.meter import draw_meter
from desktop.widgets.pill import PADDING, Pill, draw_pill, pill_width
from desktop.widgets.table_model import CELL_ROLE, Bar, Cell, Column, TableModel
from desktop.widgets.text import tip

SIDE = 10
Index = QModelIndex | QPersistentModelIndex


def fold(text: str) -> str:
    """Letters without case and accents, one for one, so that places stay the same."""
    return "".join((unicodedata.normalize("NFD", letter)[0].lower())[:1] for letter in text)


def runs(text: str, words: Sequence[str]) -> list[tuple[str, bool]]:
    """`text` in pieces; True for those that are the start of a word and match one of `words`."""
    plain = fold(text)
    pieces: list[tuple[str, bool]] = []
    done = at = 0
    while at < len(text):
        starts = at == 0 or not plain[at - 1].isalnum()
        length = max((len(w) for w in words if plain.startswith(w, at)), default=0) if starts else 0
        if length:
            pieces += [(text[done:at], False), (text[at : at + length], True)]
            done = at = at + length
        else:
            at += 1
    pieces.append((text[done:], False))
    return [piece for piece in pieces if piece[0]]


class CellDelegate(QStyledItemDelegate):
    """The one delegate of every table."""

    def __init__(self, model: TableModel, parent: QAbstractItemView) -> None:
        super().__init__(parent)
        self._model = model
        self.words: list[str] = []
        self.cells = False
        self.row_height = theme.ROW_HEIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as its content, one row high."""
        return QSize(self.wanted(index), self.row_height)

    def wanted(self, index: Index) -> int:
        """How wide a column must be to show this cell whole."""
        value = index.data(CELL_ROLE)
        if isinstance(value, Pill):
            return int(pill_width(value.text)) + 2 * SIDE + 1
        metrics = QFontMetricsF(_font(self._model.columns[index.column()]))
        if isinstance(value, Cell) and value.second:
            return self._wanted_of_two(value, index.column())
        width = metrics.horizontalAdvance(index.data() or "") + 2 * SIDE + 1
        return int(width + (2 * PADDING if isinstance(value, Cell) and value.pill else 0)) + 1

    def _wanted_of_two(self, cell: Cell, place: int) -> int:
        """The longer of two lines."""
        first = _font(self._model.columns[place], cell.strong)
        small = QFontMetricsF(theme.font(theme.SMALL_PX))
        pill = pill_width(cell.pill.text) + 6 if cell.pill else 0
        note = small.horizontalAdvance(cell.note) + 6 if cell.note else 0
        lines = (
            QFontMetricsF(first).horizontalAdvance(cell.text) + pill + note,
            small.horizontalAdvance(cell.second),
        )
        return int(max(lines)) + 2 * SIDE + 2

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, hairline, then what the cell holds."""
        area = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(area, theme.colour("selection"))
        painter.fillRect(QRectF(area.left(), area.bottom() - 1, area.width(), 1), _line())
        if self.cells and chosen and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.colour("brand_ink"))
            painter.drawRect(area.adjusted(1, 1, -2, -3))
        inner = area.adjusted(SIDE, 0, -SIDE, 0)
        painter.setClipRect(area)
        self._paint_value(painter, inner, index)
        painter.restore()

    def _paint_value(self, painter: QPainter, area: QRectF, index: Index) -> None:
        value = index.data(CELL_ROLE)
        column = self._model.columns[index.column()]
        if isinstance(value, Pill):
            draw_pill(painter, value, area.left(), area.center().y(), area.width())
        elif isinstance(value, Bar):
            bar = QRectF(area.left(), area.center().y() - 4, area.width(), 8)
            draw_meter(painter, bar, value.fraction, value.tone)
        elif isinstance(value, Cell) and value.second:
            half = area.height() / 2
            self._paint_cell(painter, area.adjusted(0, 5, 0, 3 - half), value, column)
            below = area.adjusted(0, half - 1, 0, -6)
            _draw(painter, below, value.second, theme.font(theme.SMALL_PX), "muted")
        elif isinstance(value, Cell):
            self._paint_cell(painter, area, value, column)
        else:
            self._paint_text(painter, area, index.data() or "", column)

    def _paint_cell(self, painter: QPainter, area: QRectF, cell: Cell, column: Column) -> None:
        pill_room = pill_width(cell.pill.text) + 6 if cell.pill else 0
        room = QRectF(area)
        room.setWidth(max(area.width() - pill_room, 40))
        used = self._paint_text(painter, room, cell.text, column, cell.strong)
        if cell.note:
            rest = room.adjusted(used + 6, 0, 0, 0)
            used += 6 + _draw(painter, rest, cell.note, theme.font(theme.SMALL_PX), "muted")
        if cell.pill:
            left = area.left() + used + 6
            draw_pill(painter, cell.pill, left, area.center().y(), area.right() - left)

    def _paint_text(
        self, painter: QPainter, area: QRectF, text: str, column: Column, strong: bool = False
    ) -> float:
        font = _font(column, strong)
        role = "muted" if column.muted else "ink"
        pieces = runs(text, self.words) if self.words and column.kind == "text" else []
        if any(hit for _piece, hit in pieces):
            return self._paint_runs(painter, area, pieces, font, role)
        return _draw(painter, area, text, font, role, column.alignment)

    def _paint_runs(
        self,
        painter: QPainter,
        area: QRectF,
        pieces: list[tuple[str, bool]],
        font: QFont,
        role: str,
    ) -> float:
        found = QFont(font)
        found.setWeight(QFont.Weight.DemiBold)
        found.setUnderline(True)
        left = area.left()
        for piece, hit in pieces:
            room = QRectF(left, area.top(), area.right() - left, area.height())
            worn = found if hit else font
            left += _draw(painter, room, piece, worn, role)
            if QFontMetricsF(worn).horizontalAdvance(piece) > room.width():
                break
        return left - area.left()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """The whole text, where it is cut, and what a pill has to say besides."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return False
        cut = self.wanted(index) > view.visualRect(index).width()
        value = index.data(CELL_ROLE)
        said = [index.data() or ""] if cut else []
        if isinstance(value, Pill) and value.more:
            said.append(value.more)
        QToolTip.showText(event.globalPos(), tip("\n".join(said)), view)
        return True


def _font(column: Column, strong: bool = False) -> QFont:
    weight = QFont.Weight.DemiBold if strong or column.strong else QFont.Weight.Normal
    return theme.font(weight=weight, figures=column.kind in ("number", "money", "date"))


def _line() -> QColor:
    return theme.colour("line")


def _draw(
    painter: QPainter,
    area: QRectF,
    text: str,
    font: QFont,
    role: str,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
) -> float:
    """Draw one line, elided to its room; return how wide it became."""
    metrics = QFontMetricsF(font)
    cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(area.width(), 0) + 0.5)
    painter.setFont(font)
    painter.setPen(theme.colour(role))
    painter.drawText(area, align, cut)
    return metrics.horizontalAdvance(cut)
