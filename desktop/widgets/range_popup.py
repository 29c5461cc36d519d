"""The two years a list is narrowed to, asked for in a popup."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.widgets.buttons import Button
from desktop.widgets.form import Form, NumberField
from desktop.widgets.popup import PopupFrame
from desktop.words.language import _


class _YearField(NumberField):
    """A year has no point in it."""

    def write(self, value: Any) -> str:
        """2026, not 2.026"""
        return "" if value is None else str(value)


class RangePopup(PopupFrame):
    """Enter in the second line, or the button, takes both."""

    def __init__(
        self,
        parent: QWidget,
        value: tuple[int | None, int | None],
        take: Callable[[int | None, int | None], object],
    ) -> None:
        super().__init__(parent)
        self._take = take
        self.form = Form([(_YearField("first", _("From year")), _YearField("last", _("To year")))])
        self.form.set_values({"first": value[0], "last": value[1]})
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(10)
        column.addWidget(self.form)
        row = QHBoxLayout()
        row.addWidget(Button(_("All years"), self._all, small=True, kind="quiet"))
        row.addStretch(1)
        row.addWidget(Button(_("Show"), self._show_these, small=True, kind="primary"))
        column.addLayout(row)
        # Above the form's own filter, which takes Enter to the next field.
        self.form.input("last").installEventFilter(self)
        self.setFixedWidth(260)
        self.adjustSize()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the last line is done."""
        is_press = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if is_press and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # type: ignore[attr-defined]
            self._show_these()
            return True
        return super().eventFilter(watched, event)

    def _show_these(self) -> None:
        """Take both, if they can be read."""
        if not self.form.errors():
            first, last = self.form.value("first"), self.form.value("last")
            self.dismiss()
            self._take(first, last)

    def _all(self) -> None:
        self.dismiss()
        self._take(None, None)
