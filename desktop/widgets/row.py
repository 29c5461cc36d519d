"""A row that goes on in the next line where its width ends: heads of pages, filters, acts, cards.

While all fits it is a row like any other. Where it does not, each thing first gives up what it
can (a button its key), then the row is broken.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QSpacerItem, QWidget

GAP = 10
BETWEEN_LINES = 8
_NO_BOUND = (1 << 24) - 1  # Qt's own word for "as wide as may be"
_Side = Qt.AlignmentFlag


@dataclass(slots=True)
class _Part:
    item: QLayoutItem
    stretch: int
    most: int = 0

    def is_seen(self) -> bool:
        return not self.item.isEmpty() or self.is_gap()

    def is_gap(self) -> bool:
        return self.item.spacerItem() is not None

    def least(self) -> int:
        return int(self.item.minimumSize().width())

    def wish(self) -> int:
        return int(max(self.item.sizeHint().width(), self.least()))


class Row(QLayout):
    """Speaks as a QHBoxLayout does. A broken line without anything that stretches stands at the
    right, where the row has a gap or a stretching part before it, else at the left. A `tall` one
    holds what may be higher: its lines share the height there is. What needs `together` pixels to
    stand side by side stands below each other in less."""

    def __init__(
        self, *widgets: QWidget, gap: int = GAP, tall: bool = False, together: int = 0
    ) -> None:
        super().__init__()
        self._parts: list[_Part] = []
        self._next, self._tall, self._together = 0, tall, together
        self._known: dict[object, Any] = {}
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(gap)
        for widget in widgets:
            self.addWidget(widget)

    def invalidate(self) -> None:
        """Something in it asks for other room: it is measured anew."""
        self._known.clear()
        super().invalidate()

    def _once(self, what: object, measure: Callable[[], Any]) -> Any:
        """What was measured for the same width before; Qt asks dozens of times."""
        if what not in self._known:
            self._known[what] = measure()
        return self._known[what]

    # --- what stands in it

    def addWidget(  # noqa: N802 - as Qt calls it
        self, widget: QWidget, stretch: int = 0, alignment: _Side | None = None
    ) -> None:
        """One more at the end."""
        self.insertWidget(len(self._parts), widget, stretch, alignment)

    def insertWidget(  # noqa: N802
        self, place: int, widget: QWidget, stretch: int = 0, alignment: _Side | None = None
    ) -> None:
        """One more at a place."""
        self._next = stretch
        super().addWidget(widget)  # comes back as addItem
        part = self._parts.pop()
        if alignment is not None:
            part.item.setAlignment(alignment)
        self._parts.insert(place, part)

    def addLayout(self, layout: QLayout, stretch: int = 0) -> None:  # noqa: N802
        """A row or column of its own, never broken."""
        self.addChildLayout(layout)
        self._parts.append(_Part(layout, stretch))
        self.invalidate()

    def addStretch(self, stretch: int = 1) -> None:  # noqa: N802
        """What is left of the width."""
        self.insertStretch(len(self._parts), stretch)

    def insertStretch(self, place: int, stretch: int = 1) -> None:  # noqa: N802
        """What is left of the width, at a place."""
        grows, stays = QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum
        self._parts.insert(place, _Part(QSpacerItem(0, 0, grows, stays), stretch))
        self.invalidate()

    def setStretch(self, place: int, stretch: int) -> None:  # noqa: N802
        """How much of what is left one takes."""
        self._parts[place].stretch = stretch

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802
        """Called by Qt for a widget."""
        self._parts.append(_Part(item, self._next))
        self._next = 0

    def count(self) -> int:
        """How many things there are."""
        return len(self._parts)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """The thing at a place, or None."""
        return self._parts[index].item if 0 <= index < len(self._parts) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """Remove the thing at a place."""
        return self._parts.pop(index).item if 0 <= index < len(self._parts) else None

    # --- how much room it asks for

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802
        """As wide as may be; never higher than it needs unless it is tall."""
        wide, high = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        return wide | high if self._tall else wide

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """Narrower means higher."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """The height of all lines at a width."""
        return int(self._once(("height", width), lambda: self._high(width)))

    def _high(self, width: int) -> int:
        around = self.contentsMargins()
        lines = self._lines(width - around.left() - around.right())
        between = BETWEEN_LINES * max(len(lines) - 1, 0)
        return sum(map(self._height, lines)) + between + around.top() + around.bottom()

    def sizeHint(self) -> QSize:
        """All in one line."""
        return QSize(self._once("hint", self._wish))

    def _wish(self) -> QSize:
        seen = self._seen()
        gaps = self.spacing() * max(sum(not one.is_gap() for one in seen) - 1, 0)
        return self._framed(sum(one.wish() for one in seen) + gaps, self._height(seen))

    def minimumSize(self) -> QSize:  # noqa: N802
        """The widest thing alone."""
        return QSize(self._once("least", self._least))

    def _least(self) -> QSize:
        seen = self._seen()
        return self._framed(max((one.least() for one in seen), default=0), self._height(seen))

    def _framed(self, wide: int, high: int) -> QSize:
        around = self.contentsMargins()
        return QSize(wide + around.left() + around.right(), high + around.top() + around.bottom())

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802
        """Put everything into its place."""
        super().setGeometry(rect)
        room = rect.marginsRemoved(self.contentsMargins())
        top, pushed = room.y(), False
        lines = self._lines(room.width())
        spare = max(room.height() - self.heightForWidth(room.width()), 0) // max(len(lines), 1)
        for line in lines:
            if self._tall:
                self._let_grow(line, alone=len(line) == 1 < len(lines))
            high = self._height(line) + (spare if self._tall else 0)
            self._place(line, QRect(room.x(), top, room.width(), high), pushed)
            pushed = pushed or any(one.stretch for one in line)
            top += high + BETWEEN_LINES

    def _height(self, line: list[_Part]) -> int:
        if self._tall:
            return max((one.item.minimumSize().height() for one in line), default=0)
        return max((one.item.sizeHint().height() for one in line), default=0)

    # --- lines

    def _seen(self) -> list[_Part]:
        return [one for one in self._parts if one.is_seen()]

    def _lines(self, width: int) -> list[list[_Part]]:
        if width < self._together:
            return [[one] for one in self._seen() if not one.is_gap()]
        lines: list[list[_Part]] = [[]]
        used = 0
        for one in self._seen():
            gap = self.spacing() if any(not other.is_gap() for other in lines[-1]) else 0
            if not one.is_gap() and gap and used + gap + one.least() > width:
                lines.append([])
                used = gap = 0
            lines[-1].append(one)
            used += one.least() + (0 if one.is_gap() else gap)
        return lines

    def _place(self, line: list[_Part], area: QRect, pushed: bool) -> None:
        gaps = self.spacing() * max(sum(not one.is_gap() for one in line) - 1, 0)
        sizes = _shared(line, area.width() - gaps)
        left = area.x()
        if self._tall and len(line) == 1:
            sizes = [area.width()]
        elif pushed and not any(one.stretch for one in line):
            left += area.width() - gaps - sum(sizes)
        for one, wide in zip(line, sizes, strict=True):
            if one.is_gap():
                left += wide
                continue
            place = QRect(left, area.y(), wide, area.height())
            one.item.setGeometry(place if self._tall else _within(one.item, place))
            left += wide + self.spacing()

    def _let_grow(self, line: list[_Part], *, alone: bool) -> None:
        """What a broken row leaves alone in its line is as wide as the line."""
        for one in line:
            widget = one.item.widget()
            if widget is None or alone == bool(one.most):
                continue
            if alone and widget.maximumWidth() < _NO_BOUND:
                one.most = widget.maximumWidth()
                widget.setMaximumWidth(_NO_BOUND)
            elif one.most:
                widget.setMaximumWidth(one.most)
                one.most = 0


def _shared(line: list[_Part], width: int) -> list[int]:
    """The width of each: what it wishes as far as there is room, what is left by stretch."""
    sizes = [one.least() for one in line]
    left = width - sum(sizes)
    wishes = [one.wish() - least for one, least in zip(line, sizes, strict=True)]
    if left >= sum(wishes):
        sizes = [least + wish for least, wish in zip(sizes, wishes, strict=True)]
        left -= sum(wishes)
        weight = sum(one.stretch for one in line)
        return [
            size + (left * one.stretch // weight if weight else 0)
            for one, size in zip(line, sizes, strict=True)
        ]
    for at in reversed(range(len(line))):
        given = min(max(left, 0), wishes[at])
        sizes[at] += given
        left -= given
    return sizes


def _within(item: QLayoutItem, area: QRect) -> QRect:
    """In the middle of the line's height, unless the thing says where it stands."""
    hint, side = item.sizeHint(), item.alignment()
    widget = item.widget()
    grows = widget is not None and widget.sizePolicy().verticalPolicy() in (
        QSizePolicy.Policy.Expanding,
        QSizePolicy.Policy.MinimumExpanding,
        QSizePolicy.Policy.Ignored,
    )
    high = (
        area.height() if grows or item.layout() is not None else min(hint.height(), area.height())
    )
    top = area.y() + (area.height() - high) // 2
    if side & _Side.AlignBottom:
        top = area.bottom() + 1 - high
    elif side & _Side.AlignTop:
        top = area.y()
    wide = min(hint.width(), area.width()) if side & _Side.AlignHorizontal_Mask else area.width()
    left = area.right() + 1 - wide if side & _Side.AlignRight else area.x()
    return QRect(QPoint(left, top), QSize(wide, high))
