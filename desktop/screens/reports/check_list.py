"""The checks before signing, listed with what can be done about each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.screens.reports.checks import Check
from desktop.widgets.buttons import Button
from desktop.widgets.text import IconLabel, label
from desktop.words.language import _, ngettext, number


class CheckList(QWidget):
    """`mend(place)` and `skip(code)`, `again(code)` when a line's button is pressed."""

    mend = Signal(object)
    skip = Signal(str)
    again = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._grid = QGridLayout()
        whole.addLayout(self._grid)
        whole.addStretch(1)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self._texts: list[str] = []

    def show_checks(self, found: Sequence[Check]) -> None:
        """What is open first, then what was skipped; what is well in one line."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        lines = [one for one in found if one.state == "open"]
        lines += [one for one in found if one.state == "skipped"]
        good = sum(one.state == "good" for one in found)
        if good:
            text = ngettext("{n} check is well", "{n} checks are well", good)
            lines.append(Check("good", text.format(n=number(good))))
        self._texts = [one.text for one in lines]
        for row, one in enumerate(lines):
            self._show(2 * row, one)

    def _show(self, row: int, one: Check) -> None:
        top = Qt.AlignmentFlag.AlignTop
        good = one.state != "open"
        icon, role = ("check", "good_ink") if good else ("triangle-alert", "warn_ink")
        self._grid.addWidget(IconLabel(icon, role, 16), row, 0, top)
        look = "muted" if one.state == "skipped" else ""
        self._grid.addWidget(label(one.text, look, wrap=True), row, 1)
        buttons = QWidget()
        line = QHBoxLayout(buttons)
        line.setContentsMargins(0, 0, 0, 0)
        for words, signal, value in (
            (_("Mend"), self.mend, one.place if one.state == "open" else None),
            (_("Skip…"), self.skip, one.code if one.state == "open" else None),
            (_("Look again"), self.again, one.code if one.state == "skipped" else None),
        ):
            if value:
                line.addWidget(Button(words, partial(signal.emit, value), small=True, needs="look"))
        line.addStretch(1)
        if line.count() > 1:
            self._grid.addWidget(buttons, row + 1, 1)

    def texts(self) -> list[str]:
        """The sentences, as the eye reads them."""
        return self._texts
