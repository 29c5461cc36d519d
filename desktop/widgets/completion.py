"""Offering what is known while a line is typed.

A suggestion is taken by Enter or Tab and the key then goes on as it would without one, so that
the next word lands in the next field. Esc closes the list and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QStringListModel,
    Qt,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit

from desktop import theme

_TAKES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)

_TYPES = frozenset({QEvent.Type.Show, QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress})


def complete(line: QLineEdit, suggest: Callable[[str], list[str]]) -> None:
    """Offer what `suggest(text)` knows, from the second letter on."""
    known = QStringListModel(line)
    completer = QCompleter(known, line)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
    line.setCompleter(completer)
    line.textEdited.connect(
        lambda text: known.setStringList(suggest(text.strip()) if len(text.strip()) > 1 else [])
    )
    by_keys(line, completer)


def by_keys(line: QLineEdit, completer: QCompleter) -> None:
    """Let Enter, Tab and Esc do in the list of this line what they do in every list."""
    _Keys(line, completer)


class _Keys(QObject):
    """Hears the keys of the open list before the list does."""

    def __init__(self, line: QLineEdit, completer: QCompleter) -> None:
        super().__init__(line)
        self._line, self._completer = line, completer
        popup = completer.popup()
        assert popup is not None
        self._popup = popup
        theme.dress(popup)  # a list of its own, in no window
        popup.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Only while the list is open."""
        if event.type() not in _TYPES:
            return False
        popup = self._popup
        if event.type() == QEvent.Type.Show:
            # The last filter is asked first: before the form that goes on at Enter.
            self._line.installEventFilter(self)
            return False
        if not popup.isVisible() or not isinstance(event, QKeyEvent):
            return False
        ours = event.key() in _TAKES or event.key() == Qt.Key.Key_Escape
        if event.type() == QEvent.Type.ShortcutOverride and ours:
            event.accept()
            return True
        if event.type() != QEvent.Type.KeyPress or not ours:
            return False
        # The list marks the likeliest by itself; only what a hand went to is chosen.
        chosen = next(iter(popup.selectionModel().selectedIndexes()), QModelIndex())
        popup.hide()
        if event.key() == Qt.Key.Key_Escape:
            return True
        if chosen.isValid():
            self._line.setText(str(chosen.data(self._completer.completionRole()) or ""))
        press = QKeyEvent(QEvent.Type.KeyPress, event.key(), event.modifiers(), event.text())
        QCoreApplication.sendEvent(self._line, press)
        return True
