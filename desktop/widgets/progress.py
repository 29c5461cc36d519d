"""Long work in sight: what, how many of how many, how long still, Cancel."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop.widgets.buttons import Button
from desktop.widgets.text import Elided, label
from desktop.words import language
from desktop.words.language import _, ngettext

_SURE_AFTER = 2.0  # seconds of work before we dare to say how long it will take


class Progress(QWidget):
    """Hidden until `start`; feed `advance` from `background.run`."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._cancel: Callable[[], object] | None = None
        self._what = Elided("", "strong")
        self._detail = label("", "small")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._button = Button(_("Cancel"), self._stop, small=True)
        top = QHBoxLayout()
        top.addWidget(self._what, 1)
        top.addWidget(self._detail)
        top.addWidget(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self._bar)
        self.hide()

    def start(self, what: str, cancel: Callable[[], object] | None = None) -> None:
        """Begin; `cancel` is what the button does."""
        self._began, self._cancel = self._clock(), cancel
        self._what.set_text(what)
        self._detail.setText("")
        self._bar.setRange(0, 0)
        self._button.setVisible(cancel is not None)
        self._button.setEnabled(True)
        self.show()

    def advance(self, done: int, total: int | None = None) -> None:
        """So many of so many; without a total only how many."""
        if not total:
            self._detail.setText(language.number(done))
            return
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        text = _("{done} of {total}").format(
            done=language.number(done), total=language.number(total)
        )
        left = self._left(done, total)
        self._detail.setText(f"{text} · {left}" if left else text)

    def _left(self, done: int, total: int) -> str:
        spent = self._clock() - self._began
        if spent < _SURE_AFTER or not done or done >= total:
            return ""
        seconds = max(round(spent * (total - done) / done), 1)
        if seconds < 90:
            text = ngettext("{n} second left", "{n} seconds left", seconds)
            return text.format(n=seconds)
        minutes = round(seconds / 60)
        return ngettext("{n} minute left", "{n} minutes left", minutes).format(n=minutes)

    def detail(self) -> str:
        """The text at the right, as the eye reads it."""
        return self._detail.text()

    def finish(self) -> None:
        """Be gone."""
        self._cancel = None
        self.hide()

    def _stop(self) -> None:
        self._button.setEnabled(False)
        self._detail.setText(_("stopping…"))
        if self._cancel:
            self._cancel()
