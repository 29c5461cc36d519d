"""What two of the lists to work through may be asked for: a month, and an age."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from database.catalogue import worklists
from desktop.widgets.buttons import Button, FilterButton
from desktop.widgets.text import label
from desktop.words.language import _, month_long, ngettext

YEARS = (3, 5, 7, 10, 15)


class ListOptions(QWidget):
    """Signals: `stepped(months on)`, and `aged` when another age is chosen."""

    stepped = Signal(int)
    aged = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.earlier = self._step(-1, "chevron-left", _("The month before"))
        self.later = self._step(1, "chevron-right", _("The month after"))
        self.month_name = label("", "strong")
        options = [
            (count, ngettext("{n} year", "{n} years", count).format(n=count)) for count in YEARS
        ]
        self.years = FilterButton(_("Older than"), options, small=True)
        self.years.choose(worklists.USUAL_YEARS)
        self.years.chosen.connect(lambda _years: self.aged.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.earlier, self.month_name, self.later, self.years):
            row.addWidget(widget)

    def _step(self, months: int, icon: str, told: str) -> Button:
        return Button("", partial(self.stepped.emit, months), icon=icon, small=True, tooltip=told)

    def show_list(self, which: str, month: str, newest: str) -> None:
        """What belongs to the list in sight; no month after the `newest` can be asked for."""
        for widget in (self.earlier, self.month_name, self.later):
            widget.setVisible(which == "new")
        self.month_name.setText(month_long(month))
        self.later.setEnabled(month < newest)
        self.years.setVisible(which == "old")
        self.setVisible(which in ("new", "old"))
