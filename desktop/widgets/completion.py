"""Offering what is known while a line is typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit


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
