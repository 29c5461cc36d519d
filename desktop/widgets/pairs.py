"""Lines that repeat, each with a second word beside it: names and what they did."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.buttons import Button
from desktop.widgets.completion import complete
from desktop.widgets.inputs import LineInput, OpenInput
from desktop.words.language import _

PARTS = "\t"
_GAP = 6
_SECOND = 168


class _Row(QWidget):
    """One line, its second word, and the cross that takes both away."""

    edited = Signal()
    left = Signal()
    dropped = Signal()

    def __init__(self, placeholder: str, name: str, second: str, seconds: Sequence[str]) -> None:
        super().__init__()
        self.line = LineInput(placeholder)
        self.line.setAccessibleName(name)
        self.second = OpenInput(seconds, second)
        self.second.setFixedWidth(_SECOND)
        self.second.setAccessibleName(second)
        self.cross = Button(
            "",
            self.dropped.emit,
            icon="x",
            kind="quiet",
            small=True,
            tooltip=_("Take this row away"),
        )
        self.cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        row.addWidget(self.line, 1)
        row.addWidget(self.second)
        row.addWidget(self.cross)
        for part in (self.line, self.second):
            part.edited.connect(self.edited)
            part.left.connect(self.left)

    def text(self) -> str:
        """Both parts, or "" where there is no first."""
        first, second = self.line.text().strip(), self.second.raw().strip()
        return f"{first}{PARTS}{second}" if first and second else first

    def put(self, text: str) -> None:
        """Show both parts."""
        first, _sign, second = text.partition(PARTS)
        self.line.set_raw(first)
        self.second.set_raw(second)


class PairsInput(QWidget):
    """Rows, the last of them always empty. Enter goes on to the next; on the empty one it
    leaves the field. `usual` is the second word a new row begins with."""

    edited = Signal()
    left = Signal()

    def __init__(
        self,
        placeholder: str,
        name: str,
        second: str,
        seconds: Sequence[str],
        suggest: Callable[[str], list[str]] | None = None,
    ) -> None:
        super().__init__()
        self._words = (placeholder, name, second, tuple(seconds))
        self._suggest = suggest
        self._rows: list[_Row] = []
        self._quiet = False
        self.usual = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(_GAP)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._add()

    @property
    def line(self) -> LineInput:
        """Where the next one is typed."""
        return self._rows[-1].line

    def _add(self) -> _Row:
        row = _Row(*self._words)
        if self._suggest:
            complete(row.line, self._suggest)
        row.edited.connect(partial(self._typed, row))
        row.left.connect(self._leave)
        row.dropped.connect(partial(self._drop, row))
        row.line.installEventFilter(self)
        row.second.installEventFilter(self)
        self._column.addWidget(row)
        if self._rows:
            QWidget.setTabOrder(self._rows[-1].second, row.line)
        QWidget.setTabOrder(row.line, row.second)
        self._rows.append(row)
        self._fit()
        return row

    def _fit(self) -> None:
        for row in self._rows:
            row.cross.setVisible(row is not self._rows[-1])
        self.setFocusProxy(self._rows[-1].line)
        self.setFixedHeight(len(self._rows) * (theme.FIELD_HEIGHT + _GAP) - _GAP)
        self.updateGeometry()

    def raw(self) -> list[str]:
        """Every row that says something."""
        return [text for text in (row.text() for row in self._rows) if text]

    def set_raw(self, raw: Sequence[str]) -> None:
        """Show these rows and an empty one."""
        self._quiet = True
        while len(self._rows) > len(raw) + 1:
            self._remove(self._rows[-1])
        while len(self._rows) < len(raw) + 1:
            self._add()
        for row, text in zip(self._rows, [*raw, ""], strict=True):
            row.put(text)
        self._quiet = False
        self._fit()
        self.edited.emit()

    def _typed(self, row: _Row) -> None:
        if self._quiet:
            return
        if row is self._rows[-1] and row.line.text().strip():
            if self.usual and not row.second.raw():
                self._quiet = True
                row.second.set_raw(self.usual)
                self._quiet = False
            self._add()
        self.edited.emit()

    def _drop(self, row: _Row) -> None:
        place = self._rows.index(row)
        self._remove(row)
        self._fit()
        self._rows[min(place, len(self._rows) - 1)].line.setFocus()
        self.edited.emit()

    def _remove(self, row: _Row) -> None:
        self._rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _leave(self) -> None:
        """Rows left empty between others are closed up."""
        for row in self._rows[:-1]:
            if not row.line.text().strip() and not row.isAncestorOf(self.focusWidget() or self):
                self._remove(row)
        self._fit()
        self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on to the next row; on the empty last one to the next field."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        place = next(at for at, row in enumerate(self._rows) if watched in (row.line, row.second))
        if place + 1 < len(self._rows):
            self._rows[place + 1].line.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            QCoreApplication.sendEvent(self, QKeyEvent(event))
        return True
