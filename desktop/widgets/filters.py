"""Buttons that narrow a list: what is chosen stands on the button, a menu counts the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop.widgets.buttons import Button
from desktop.widgets.range_popup import RangePopup
from desktop.widgets.row import Row
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
        popup = RangePopup(self, self._value or (None, None), self.choose_range)
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


class FilterBar(QWidget):
    """A row of filters with what clears them all; signal `changed`."""

    changed = Signal()

    def __init__(self, filters: Sequence[Filter], *more: QWidget) -> None:
        super().__init__()
        self.filters = list(filters)
        self.clear_button = Button(
            "", self.clear, small=True, kind="quiet", icon="x", tooltip=_("Clear the filters")
        )
        row = Row(gap=6)
        self.setLayout(row)
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
