"""Today's visitors by kind, one press each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QGridLayout, QLabel

from database.circulation import visits
from database.patrons import membership
from database.patrons.finding import PatronRow
from database.patrons.membership import Category
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.choice_popup import ChoicePopup
from desktop.widgets.text import Elided, label
from desktop.words.language import _, number


class VisitorsCard(Card):
    """Rows of kind, count and +1; `count(code)` is called at a press."""

    def __init__(self, count: Callable[[str], None]) -> None:
        super().__init__(_("Visitors today"))
        self._count = count
        self._total = label("0", "figure")
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self._numbers: dict[str, QLabel] = {}
        self._names: dict[str, str] = {}
        self._asked: dict[str, str] = {}
        self._chosen = ""
        self.popup: ChoicePopup | None = None
        self.body.addWidget(self._total)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)

    def show_counts(self, kinds: Sequence[Category], counted: Mapping[str, int]) -> None:
        """Rows are made once for the library's kinds; their numbers change."""
        if list(self._names) != [kind.code for kind in kinds]:
            self._build(kinds)
        for code, shown in self._numbers.items():
            shown.setText(number(counted.get(code, 0)))
        self._total.setText(number(sum(counted.values())))

    def _build(self, kinds: Sequence[Category]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._names = {kind.code: kind.name for kind in kinds}
        self._numbers = {}
        for row, kind in enumerate(kinds):
            self._numbers[kind.code] = label("0", "strong")
            self._grid.addWidget(Elided(kind.name), row, 0)
            self._grid.addWidget(self._numbers[kind.code], row, 1)
            tooltip = _("Count one: {kind}").format(kind=kind.name)
            press = Button("+1", partial(self._press, kind.code), small=True, tooltip=tooltip)
            self._grid.addWidget(press, row, 2)

    def _press(self, code: str) -> None:
        self._chosen = code
        self._count(code)

    def ask(self, program: Program, host: Screen) -> None:
        """Count one of a kind chosen by its figure, or by arrows and Enter; the kind counted last
        is ready. Where there is but one, nothing is asked."""
        kinds = [one for one in program.read(membership.categories) if one.kind == "person"]
        self._asked = {one.code: one.name for one in kinds}
        if len(kinds) == 1:
            self._press(kinds[0].code)
            return
        self.popup = ChoicePopup(
            host,
            _("Which kind of visitor?"),
            [(one.code, one.name) for one in kinds],
            self._chosen,
            self._press,
        )
        self.popup.open_at(_below_its_button(host))

    def name(self, code: str) -> str:
        """A kind's name."""
        return self._names.get(code) or self._asked.get(code, code)


def _below_its_button(host: Screen) -> QPoint:
    """Where the eye is that has just pressed it."""
    shown = (one for one in host.findChildren(Button) if one.key_name == "visitor")
    button = next((one for one in shown if one.isVisible()), None)
    if button is None:
        return QPoint(host.window().width() // 3, host.window().height() // 5)
    return button.mapTo(host.window(), QPoint(0, button.height() + 4))


def count_card(program: Program, host: Screen, patron: PatronRow) -> None:
    """The first scan of a person's card today is a visitor."""
    now = program.now()
    if patron.kind == "person":
        program.attempt(
            host, lambda session: visits.count_card(session, patron.id, patron.category, now)
        )
