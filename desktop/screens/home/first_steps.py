"""What a new library does first, each with a tick once it is done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from database.reports.overview import FirstSteps
from desktop.widgets.buttons import Button
from desktop.widgets.text import IconLabel
from desktop.words.language import N_, _

STEPS: tuple[tuple[str, str, str, Any], ...] = (
    ("details", N_("Complete the library's details"), "settings", "library"),
    ("holidays", N_("Confirm the holidays of this year"), "settings", "closed"),
    ("titles", N_("Add the first title"), "catalogue", "new"),
    ("titles", N_("…or bring in what another program or Excel holds"), "moving", "home"),
    ("patrons", N_("Enrol the first patron"), "patrons", "new"),
    ("labels", N_("Print the first labels"), "catalogue", "labels"),
    ("loan", N_("Lend the first book"), "desk", None),
    ("backup", N_("Choose where a second backup goes, such as a stick"), "settings", "backups"),
)


class FirstStepsList(QWidget):
    """`go(place, what)` is where a step is done."""

    def __init__(self, go: Callable[[str, Any], object]) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 0, 14, 8)
        self._column.setSpacing(2)
        self.ticks: list[IconLabel] = []
        self.buttons: list[Button] = []
        for _key, words, place, what in STEPS:
            self._add(_(words), partial(go, place, what))
        self._column.addStretch(1)

    def _add(self, words: str, go: Callable[[], object]) -> None:
        tick, button = IconLabel("circle", "muted", 16), Button(words, go, kind="quiet", small=True)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(tick)
        row.addWidget(button)
        row.addStretch(1)
        self.ticks.append(tick)
        self.buttons.append(button)
        self._column.addWidget(line)

    def show_steps(self, done: FirstSteps, second_place: bool) -> None:
        """Tick what is done; nothing is left to show after the first lending day."""
        for (key, words, _place, _what), tick, button in zip(
            STEPS, self.ticks, self.buttons, strict=True
        ):
            is_done = second_place if key == "backup" else bool(getattr(done, key))
            tick.set_icon(
                "circle-check" if is_done else "circle", "good_ink" if is_done else "muted"
            )
            told = _("done: {step}") if is_done else "{step}"
            button.setAccessibleName(told.format(step=_(words)))
        self.setVisible(not done.over)
