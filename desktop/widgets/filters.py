"""Buttons that narrow a list: what is chosen stands on the button, a menu counts the rest."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.widgets.buttons import Button
from desktop.widgets.form import Form, NumberField
from desktop.widgets.popup import PopupFrame
from desktop.widgets.text import label, tip
from desktop.words import language
from desktop.words.language import _

Option = tuple[Any, str, int]
"""A value, its name, how many rows it would leave."""
_LONGEST = 17
_MOST = 60


class Filter(Button):
    """One narrowing button; signal `changed` when something else is chosen."""

    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__(name, small=True)
        self._name = name
        self._drop = True
        self._value: Any = None
        self.setCheckable(True)
        self.clicked.connect(self._clicked)

    def value(self) -> Any:
        """What is chosen; None for no narrowing."""
        return self._value

    def _clicked(self) -> None:
        # A click opens; only a choice presses the button down.
        self.setChecked(self._value is not None)
        self.open()

    def open(self) -> None:
        """Offer what can be chosen."""

    def show_value(self, value: Any, words: str) -> None:
        """Show what is chosen, telling nobody."""
        self._value = value
        short = words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
        self.setToolTip(tip(f"{self._name}: {words}") if words else "")
        self.set_text(self._name if value is None else short)
        self.setChecked(value is not None)

    def choose(self, value: Any, words: str = "") -> None:
        """Choose as a click in the menu would."""
        if value != self._value:
            self.show_value(value, words)
            self.changed.emit()


class FilterMenu(Filter):
    """One of several; `options(give)` is asked when the menu opens, so that its counts are true,
    and gives them at once or a little later."""

    def __init__(
        self,
        name: str,
        everything: str,
        options: Callable[[Callable[[Sequence[Option]], object]], object],
    ) -> None:
        super().__init__(name)
        self._everything, self._options = everything, options
        self.menu_of = QMenu(self)

    def open(self) -> None:
        """The menu, with how many titles each choice leaves."""
        self.fill()
        self.menu_of.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def fill(self) -> None:
        """Ask for the choices now."""
        menu = self.menu_of
        menu.clear()
        menu.addAction(self._everything).triggered.connect(lambda: self.choose(None))
        menu.addSeparator()
        self._counting = menu.addAction(_("Counting…"))
        self._counting.setEnabled(False)
        self._options(self._offer)

    def _offer(self, options: Sequence[Option]) -> None:
        menu = self.menu_of
        menu.removeAction(self._counting)
        for value, words, count in list(options)[:_MOST]:
            shown = f"{words}\t{language.number(count)}".replace("&", "&&")
            action = menu.addAction(shown)
            action.setCheckable(True)
            action.setChecked(value == self._value)
            action.triggered.connect(lambda _on=False, v=value, w=words: self.choose(v, w))


class FilterRange(Filter):
    """From one year to another; the value is (from, to) or None."""

    def open(self) -> None:
        """Two lines to type in."""
        popup = _RangePopup(self, self._value or (None, None), self.choose_range)
        popup.open_at(self.mapTo(self.window(), QPoint(0, self.height() + 4)))
        popup.form.focus("first")

    def choose_range(self, first: int | None, last: int | None) -> None:
        """Choose as Enter in the popup would."""
        if first is None and last is None:
            self.choose(None)
            return
        if first is not None and last is not None:
            first, last = min(first, last), max(first, last)
        if first == last:
            words = str(first)
        elif last is None:
            words = _("from {year}").format(year=first)
        elif first is None:
            words = _("to {year}").format(year=last)
        else:
            words = f"{first}–{last}"
        self.choose((first, last), words)


class _YearField(NumberField):
    """A year has no point in it."""

    def write(self, value: Any) -> str:
        """2026, not 2.026"""
        return "" if value is None else str(value)


class _RangePopup(PopupFrame):
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


class FilterBar(QWidget):
    """A row of filters with what clears them all; signal `changed`."""

    changed = Signal()

    def __init__(self, filters: Sequence[Filter], *more: QWidget) -> None:
        super().__init__()
        self.filters = list(filters)
        self.clear_button = Button(
            "", self.clear, small=True, kind="quiet", icon="x", tooltip=_("Clear the filters")
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(label(_("Filter"), "small"))
        for one in self.filters:
            row.addWidget(one)
            one.changed.connect(self._changed)
        row.addWidget(self.clear_button)
        row.addStretch(1)
        for widget in more:
            row.addWidget(widget)
        self._count()

    def active(self) -> int:
        """How many narrow the list now."""
        return sum(one.value() is not None for one in self.filters)

    def clear(self) -> None:
        """Narrow no more; told once."""
        for one in self.filters:
            one.show_value(None, "")
        self._changed()

    def _changed(self) -> None:
        self._count()
        self.changed.emit()

    def _count(self) -> None:
        count = self.active()
        self.clear_button.set_text(_("Clear ({n})").format(n=count))
        self.clear_button.setVisible(bool(count))


class ColumnsButton(Button):
    """A menu of columns to tick; signal `chosen(names)`."""

    chosen = Signal(object)

    def __init__(self, columns: Sequence[tuple[str, str]], shown: Collection[str]) -> None:
        super().__init__(
            small=True, icon="sliders-horizontal", kind="quiet", tooltip=_("Columns to show")
        )
        self.menu_of = QMenu(self)
        for name, words in columns:
            action = self.menu_of.addAction(words)
            action.setData(name)
            action.setCheckable(True)
            action.setChecked(name in shown)
            action.toggled.connect(lambda _on: self.chosen.emit(self.names()))
        self.clicked.connect(lambda: self.menu_of.popup(self.mapToGlobal(self.rect().bottomLeft())))

    def names(self) -> list[str]:
        """The names ticked."""
        return [action.data() for action in self.menu_of.actions() if action.isChecked()]
