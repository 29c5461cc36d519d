"""Type a few letters of what you want and press Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.widgets.finder import Finder
from desktop.widgets.keys import Key
from desktop.widgets.table import Column
from desktop.widgets.table_delegate import fold
from desktop.words.language import _

More = Callable[[str, Callable[[Sequence[Key]], object]], object]
MOST_RECENT = 12


class Palette(Finder):
    """A list of everything that can be done, filtered as one types.

    `more(text, done)` is asked for what else has these words and may answer later and again; of
    `recent` labels the newest is first, and what is taken joins them."""

    def __init__(
        self,
        parent: QWidget,
        actions: Sequence[Key],
        more: More = lambda text, done: None,
        recent: list[str] | None = None,
    ) -> None:
        self._recent = [] if recent is None else recent
        ranks = {label: place for place, label in enumerate(self._recent)}
        self._actions = sorted(actions, key=lambda act: ranks.get(act.label, len(ranks)))
        self._more = more
        super().__init__(
            parent,
            _("What do you want to do?"),
            [Column("", "label", stretch=True), Column("", "shown", align="right", muted=True)],
            self._fitting,
            self._do,
            empty=_("Nothing fits these letters"),
        )
        self.setAccessibleName(_("What do you want to do?"))
        self.list.view.horizontalHeader().hide()
        self.setFixedSize(min(520, parent.width() - 40), min(400, parent.height() - 40))
        self._filter("")

    def open(self) -> None:
        """Show it near the top of its window."""
        self.open_at(QPoint((self.host.width() - self.width()) // 2, 70))
        self.line.setFocus()

    def shown(self) -> list[str]:
        """The labels left by the filter."""
        return [action.label for action in self.list.rows()]

    def _filter(self, text: str) -> None:
        super()._filter(text)
        self._more(text, partial(self._add, text))

    def _add(self, text: str, found: Sequence[Key]) -> None:
        """An answer that comes late is for words that may be others by now."""
        if not isValid(self) or self.line.text() != text or not found:
            return
        at = self.list.current()
        self.list.set_rows([*self._fitting(text), *found])
        if at is None:
            self.list.select_first()

    def _do(self, action: Key) -> None:
        if action.label in self._recent:
            self._recent.remove(action.label)
        self._recent.insert(0, action.label)
        del self._recent[MOST_RECENT:]
        action.slot()

    def _fitting(self, text: str) -> list[Key]:
        words = fold(text).split()
        return [act for act in self._actions if all(word in fold(act.label) for word in words)]
