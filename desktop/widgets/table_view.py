"""The view of a list: its keys, and how it is dressed."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desktop import theme
from desktop.widgets import modest


class TableView(QTableView):
    """`opened` by Enter, `resized` when there is more or less room for the columns."""

    opened = Signal()
    resized = Signal()
    modest = False
    """Whether it stands in a page that scrolls; see `modest.height`."""

    def __init__(self, model: QAbstractItemModel, *, many: bool) -> None:
        super().__init__()
        mode = QAbstractItemView.SelectionMode
        self.setModel(model)
        # The ring moves with the cursor, over the whole row.
        self.selectionModel().currentChanged.connect(lambda *_: self.viewport().update())
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(mode.ExtendedSelection if many else mode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setMinimumSize(120, 2 * theme.ROW_HEIGHT)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        side = self.verticalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultSectionSize(theme.ROW_HEIGHT)
        self._dress_header(self.horizontalHeader())
        # Painting a head asks whether its whole column is selected, which looks at every row:
        # two seconds at 100,000. A selection of its own, always empty, answers at once.
        self._no_selection = QItemSelectionModel(model)
        self.horizontalHeader().setSelectionModel(self._no_selection)

    def _dress_header(self, header: QHeaderView) -> None:
        header.setFixedHeight(30)
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(44)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def sizeHint(self) -> QSize:
        """As Qt would have it, or as high as it must be."""
        return modest.height(self, super().sizeHint())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; Home and End go to the first and last row, with Shift they choose all on
        the way; Ctrl+C copies the cell."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.currentIndex().data() or "")
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            row = 0 if event.key() == Qt.Key.Key_Home else self.model().rowCount() - 1
            self._go_to(row, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A ring round the row that keys act on, or round the list where none is chosen."""
        super().paintEvent(event)
        if not self.hasFocus():
            return
        row = self.visualRect(self.currentIndex())
        inside = self.viewport().rect()
        area = QRectF(0, row.top(), inside.width(), row.height()) if row.isValid() else inside
        painter = QPainter(self.viewport())
        painter.setPen(QPen(theme.colour("brand_ink"), 2))
        painter.drawRect(QRectF(area).adjusted(1, 1, -1, -2))
        painter.end()

    def _go_to(self, row: int, all_the_way: bool) -> None:
        here = self.currentIndex()
        there = self.model().index(row, max(here.column(), 0))
        if not all_the_way or self.selectionMode() is self.SelectionMode.SingleSelection:
            self.setCurrentIndex(there)
            return
        flags, rows = QItemSelectionModel.SelectionFlag, QItemSelection(here, there)
        self.selectionModel().setCurrentIndex(there, flags.NoUpdate)
        self.selectionModel().select(rows, flags.ClearAndSelect | flags.Rows)
