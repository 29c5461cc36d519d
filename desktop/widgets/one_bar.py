"""What scrolls as one where it is higher than its room: no scroll bar inside another.

With room enough every list in it has the rest of the room and a bar of its own. Without, the lists
grow to all of their rows and the whole has the bar; a list too long for that keeps its own bar, is
as high as the room, and what stands above it goes out of sight as the list is scrolled.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QFrame,
    QLayout,
    QListView,
    QPlainTextEdit,
    QScrollArea,
    QTableView,
    QWidget,
)

from desktop.widgets import modest

MOST_ROWS = 40
"""A list of more keeps a bar of its own."""
LEAST_PX = 90
_ROW_PX = 36
_ROUNDS = 3
_AROUND_PX = 24


class OneBar(QScrollArea):
    """Holds `content`."""

    modest = False
    """Whether it stands in a page that scrolls; see `modest.height`."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumHeight(LEAST_PX)
        self.viewport().setAutoFillBackground(False)
        self.content = content
        self.setWidget(content)
        content.setAutoFillBackground(False)
        self._asked = 0
        self._given: dict[QAbstractScrollArea, tuple[int, int]] = {}
        self._heard: set[int] = set()
        self._settled: object = None
        self._busy = False
        self._follows = False

    def sizeHint(self) -> QSize:
        """As Qt would have it, or as high as it must be."""
        return modest.height(self, super().sizeHint())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.settle()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.settle()
        app = QApplication.instance()
        if isinstance(app, QApplication) and not self._follows:
            self._follows = True
            app.focusChanged.connect(self._bring)

    def _bring(self, _old: QWidget | None, new: QWidget | None) -> None:
        """What was led to by a key comes into sight, whoever led there; what is under the mouse
        stays under it."""
        if new is None or QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            return
        if self.content.isAncestorOf(new) and new.height() < self.viewport().height():
            self.ensureWidgetVisible(new, 0, _AROUND_PX)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Something in it asks for more or less room."""
        if watched is self.content and event.type() == QEvent.Type.LayoutRequest:
            self.settle()
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        """As wide as what it holds and the bar beside it: nothing is pushed sideways. As low as
        may be."""
        return QSize(self._asked_for() + 2 * self.frameWidth(), LEAST_PX)

    def _asked_for(self) -> int:
        bar = self.verticalScrollBar()
        return self._least() + (bar.sizeHint().width() if bar.isVisibleTo(self) else 0)

    def _least(self) -> int:
        return self.content.minimumSizeHint().width()

    def settle(self) -> None:
        """Give what it holds its room."""
        if self._busy or not self.isVisible():
            return
        self._busy = True
        try:
            self._settle()
        finally:
            self._busy = False

    def _settle(self) -> None:
        self._be_modest()
        room = self.maximumViewportSize()
        self._ask()
        if self._given and self._state(room) == self._settled:
            return
        self._ease()
        self.content.resize(self._size(room))
        for _round in range(_ROUNDS):
            if self.needed(room.width()) <= room.height() and not self._given:
                break
            if not self._grow(room):
                break
            # Narrower by the bar, words wrap anew and what holds them must be higher.
            self.content.resize(self._size(room))
        self._settled = self._state(room) if self._given else None
        self._ask()

    def _ask(self) -> None:
        if self._asked != self._asked_for():
            self._asked = self._asked_for()
            self.updateGeometry()

    def _state(self, room: QSize) -> object:
        """What it was settled for; while that stands nothing is measured again."""
        wants = tuple((id(one), one.isVisible(), _whole(one)) for one in self._inner())
        return room.width(), room.height(), self.needed(room.width()), wants

    def _size(self, room: QSize) -> QSize:
        least = self._least()
        wide = max(room.width(), least)
        high = self.needed(wide)
        if high > room.height() and self._bar_is_seen():
            wide = max(room.width() - self.verticalScrollBar().sizeHint().width(), least)
            high = self.needed(wide)
        return QSize(wide, max(room.height(), high))

    def _bar_is_seen(self) -> bool:
        return self.verticalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff

    def needed(self, wide: int) -> int:
        """How high what it holds has to be at this width, in pixels."""
        layout = self.content.layout()
        if layout is None:
            return self.content.minimumSizeHint().height()
        if layout.hasHeightForWidth():
            return layout.totalMinimumHeightForWidth(max(wide, self._least()))
        return max(layout.totalMinimumSize().height(), self.content.minimumHeight())

    # --- the lists in it

    def _be_modest(self) -> None:
        for one in self.content.findChildren(QAbstractScrollArea):
            if getattr(one, "modest", True) is False:
                one.modest = True  # type: ignore[attr-defined]
                self._renew(one)

    def _inner(self) -> list[QAbstractScrollArea]:
        """Those in sight that no other of them holds."""
        found = []
        for one in self.content.findChildren(QAbstractScrollArea):
            if one.isVisibleTo(self) and self._holder(one) is self:
                found.append(one)
        return found

    def _holder(self, one: QWidget) -> QWidget | None:
        holder = one.parentWidget()
        while holder is not None and not isinstance(holder, QAbstractScrollArea):
            if holder.isWindow():
                return None  # the list of a choice that is open
            holder = holder.parentWidget()
        return holder

    def _ease(self) -> None:
        for one, (least, most) in self._given.items():
            one.setMinimumHeight(least)
            one.setMaximumHeight(most)
            self._renew(one)
        self._given.clear()
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def _grow(self, room: QSize) -> bool:
        """Make room for all rows of each; whether any grew."""
        grew = False
        for one in self._inner():
            whole = _whole(one)
            if not 0 <= whole <= MOST_ROWS * _ROW_PX:
                whole = room.height()
                self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
                self._hear(one)
            if whole <= one.minimumHeight():
                continue
            before = self._given[one] if one in self._given else _bounds(one)
            self._given[one] = before
            one.setMinimumHeight(whole)
            if one.maximumHeight() == before[1] < whole:
                one.setMaximumHeight(whole)
            self._renew(one)
            grew = True
        return grew

    def _renew(self, one: QWidget) -> None:
        """Every layout between it and the whole measures anew now, not at the next event."""
        holder: QWidget | None = one
        while holder is not None and holder is not self.content:
            holder.updateGeometry()
            holder = holder.parentWidget()
            _forget(holder.layout() if holder is not None else None)

    def _hear(self, one: QAbstractScrollArea) -> None:
        """As a long list is scrolled by hand, it gets the room of what stands above it."""
        if id(one) in self._heard:
            return
        self._heard.add(id(one))
        bar = one.verticalScrollBar()
        bar.actionTriggered.connect(lambda _action: self._follow(one, bar.sliderPosition()))

    def _follow(self, one: QAbstractScrollArea, at: int) -> None:
        if at > 0 and one in self._given:
            self.verticalScrollBar().setValue(one.mapTo(self.content, QPoint(0, 0)).y())


def _forget(layout: QLayout | None) -> None:
    """A layout forgets what it measured, and so do the rows and columns in it."""
    if layout is None:
        return
    layout.invalidate()
    for place in range(layout.count()):
        item = layout.itemAt(place)
        inner = item.layout() if item is not None else None
        _forget(inner)


def _bounds(one: QWidget) -> tuple[int, int]:
    return one.minimumHeight(), one.maximumHeight()


def _whole(one: QAbstractScrollArea) -> int:
    """How high it must be to need no bar, in pixels; -1 where it cannot be told."""
    frame = 2 * one.frameWidth()
    if isinstance(one, OneBar):
        return one.needed(one.width()) + frame
    if isinstance(one, QTableView):
        head = one.horizontalHeader()
        high = one.verticalHeader().length() + frame
        return high + (head.height() if head.isVisibleTo(one) else 0)
    if isinstance(one, QPlainTextEdit):
        lines = round(one.document().size().height())
        margins = one.contentsMargins()
        around = margins.top() + margins.bottom() + 2 * round(one.document().documentMargin())
        return (lines + 1) * one.fontMetrics().lineSpacing() + around + frame
    if isinstance(one, QListView):
        rows = one.model().rowCount()
        return sum(max(one.sizeHintForRow(row), 0) for row in range(min(rows, 200))) + 8 + frame
    if isinstance(one, QAbstractItemView):
        return one.verticalScrollBar().maximum() + one.viewport().height() + frame
    return -1
