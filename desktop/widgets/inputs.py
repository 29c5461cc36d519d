"""The inputs behind the fields of a form; all speak `raw`, `set_raw`, `edited` and `left`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QPlainTextEdit

from desktop.widgets.completion import by_keys
from desktop.widgets.dates import parse_date
from desktop.widgets.line_edit import LineEdit
from desktop.widgets.tags import TagsInput
from desktop.widgets.text import tip
from desktop.words import language

__all__ = [
    "AreaInput",
    "CheckInput",
    "ChoiceInput",
    "DateInput",
    "LineInput",
    "OpenInput",
    "TagsInput",
]


class LineInput(LineEdit):
    """One line."""

    edited = Signal()
    left = Signal()

    def __init__(self, placeholder: str = "") -> None:
        super().__init__(placeholder)
        self.textChanged.connect(lambda _text: self.edited.emit())

    def raw(self) -> str:
        """The text as it stands."""
        return self.text()

    def set_raw(self, raw: str) -> None:
        """Show `raw` from its beginning."""
        self.setText(raw)
        self.setCursorPosition(0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A menu or another window in front is not leaving."""
        super().focusOutEvent(event)
        if event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        ):
            self.left.emit()


class DateInput(LineInput):
    """A date to type; Up and Down go by a day, Page Up and Page Down by 30."""

    _STEPS = {
        Qt.Key.Key_Up: 1,
        Qt.Key.Key_Down: -1,
        Qt.Key.Key_PageUp: 30,
        Qt.Key.Key_PageDown: -30,
    }

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step from the date that stands there."""
        step = self._STEPS.get(Qt.Key(event.key()))
        day = parse_date(self.text()) if step and not self.isReadOnly() else None
        if step is None or day is None:
            super().keyPressEvent(event)
        else:
            self.setText(language.date_plain(day + timedelta(days=step)))


class ChoiceInput(QComboBox):
    """A drop-down list that a passing mouse wheel does not change."""

    edited = Signal()
    left = Signal()

    def __init__(
        self, options: Sequence[tuple[Any, str]], placeholder: str = "", find: bool = False
    ) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setMaxVisibleItems(14)
        self.setPlaceholderText(placeholder)
        if find:
            self._make_findable(placeholder)
        self.set_options(options)
        self.currentIndexChanged.connect(lambda _index: self.edited.emit())
        self.currentTextChanged.connect(lambda text: self.setToolTip(tip(text)))

    def _make_findable(self, placeholder: str) -> None:
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        line = self.lineEdit()
        completer = self.completer()
        if line is None or completer is None:
            return
        line.setPlaceholderText(placeholder)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        by_keys(line, completer)
        line.editingFinished.connect(self._settle)

    def _settle(self) -> None:
        """What was typed counts only if it is one of the options."""
        index = self.findText(self.currentText(), Qt.MatchFlag.MatchFixedString)
        self.setCurrentIndex(index)
        if index < 0:
            self.clearEditText()
        self.left.emit()

    def set_options(self, options: Sequence[tuple[Any, str]]) -> None:
        """Offer others; the one chosen stays chosen if it is still there."""
        before = self.raw()
        self.blockSignals(True)
        self.clear()
        for value, text in options:
            self.addItem(text, value)
        self.blockSignals(False)
        self.set_raw(before)

    def raw(self) -> Any:
        """The value chosen, None if none."""
        return self.currentData() if self.currentIndex() >= 0 else None

    def set_raw(self, raw: Any) -> None:
        """Choose the option of this value."""
        values = [self.itemData(index) for index in range(self.count())]
        self.setCurrentIndex(values.index(raw) if raw in values else -1)
        self.setToolTip(tip(self.currentText()))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The open list is not leaving."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()


class OpenInput(QComboBox):
    """A line of text that offers words; a passing wheel changes nothing."""

    edited = Signal()
    left = Signal()

    def __init__(self, words: Sequence[str], placeholder: str = "") -> None:
        super().__init__()
        self.setEditable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setMaxVisibleItems(14)
        self.addItems(list(words))
        self.setCurrentIndex(-1)
        line = self.lineEdit()
        if line is not None:
            line.setPlaceholderText(placeholder)
        self.editTextChanged.connect(lambda _text: self.edited.emit())

    def raw(self) -> str:
        """The text as it stands."""
        return self.currentText()

    def set_raw(self, raw: str) -> None:
        """Show `raw`."""
        self.setCurrentIndex(self.findText(raw) if raw else -1)
        self.setEditText(raw)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The open list is not leaving."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()


class AreaInput(QPlainTextEdit):
    """Several lines; Tab goes on to the next field."""

    edited = Signal()
    left = Signal()

    def __init__(self, placeholder: str, lines: int) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setFixedHeight(int(lines * self.fontMetrics().lineSpacing()) + 20)
        self.textChanged.connect(self.edited)

    def raw(self) -> str:
        """The text as it stands."""
        return self.toPlainText()

    def set_raw(self, raw: str) -> None:
        """Show `raw`."""
        self.setPlainText(raw)

    def add_line(self, text: str) -> None:
        """A line of its own below what stands there, as a scanned code is noted."""
        before = self.toPlainText()
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.insertPlainText(("" if not before or before.endswith("\n") else "\n") + text + "\n")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the field was left."""
        super().focusOutEvent(event)
        self.left.emit()


class CheckInput(QCheckBox):
    """A box to tick."""

    edited = Signal()
    left = Signal()

    def __init__(self, text: str) -> None:
        super().__init__(text.replace("&", "&&"))
        self.toggled.connect(lambda _on: self.edited.emit())

    def raw(self) -> bool:
        """Ticked or not."""
        return self.isChecked()

    def set_raw(self, raw: Any) -> None:
        """Tick it or not."""
        self.setChecked(bool(raw))
