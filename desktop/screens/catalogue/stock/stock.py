"""Stocktakes and weedings: the rounds at the left, the one chosen at the right."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QHBoxLayout, QListWidgetItem, QStackedWidget

from database.holdings import stock_balance, stocktake, weeding
from database.holdings.stock_balance import Scope
from database.schema import Ownership
from database.text.dates import local_day
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.catalogue.page import Page
from desktop.screens.catalogue.stock.shelf import ShelfView
from desktop.screens.catalogue.stock.weeding import WeedView
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.empty import Empty
from desktop.widgets.form import Choice, Field
from desktop.widgets.form_dialog import FormDialog
from desktop.widgets.side_list import SideList
from desktop.words.codes import OWNERSHIPS
from desktop.words.language import _, date_plain

LIST_PX, _LINES_PX = 276, 48


class StockPage(Page):
    """`open_round(kind, id)` shows one; kinds are "stocktake" and "weeding"."""

    section = "stock"

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(program, host)
        self._rounds: list[tuple[str, Any]] = []
        new, weed = self._acts()
        self.column.addLayout(self.head(Button.of(weed), Button.of(new, kind="primary")))
        self.shelf = ShelfView(program, host, self.reload)
        self.weed = WeedView(program, host, self.reload)
        self._stack = QStackedWidget()
        nothing = Card()
        text = _(
            "Compare the shelves with the catalogue while the library stays open, or decide "
            "what has served its time. Nothing changes before a round is closed."
        )
        nothing.body.addWidget(Empty(text, new, "library", weed))
        for view in (nothing, self.shelf, self.weed):
            self._stack.addWidget(view)
        self.column.addLayout(self._body(), 1)

    def _body(self) -> QHBoxLayout:
        self.list = SideList(_("Rounds"))
        self.list.currentRowChanged.connect(self._chosen)
        self._side = Card(flush=True)
        self._side.be_side(LIST_PX)
        self._side.body.setContentsMargins(6, 6, 6, 6)
        self._side.body.addWidget(self.list)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._side)
        row.addWidget(self._stack, 1)
        return row

    def _acts(self) -> tuple[Key, Key]:
        return (
            Key("new", _("New stocktake"), self.new_stocktake, needs="catalogue"),
            Key("new_other", _("New weeding"), self.new_weeding, needs="catalogue"),
        )

    def page_keys(self) -> list[Key]:
        """Those of the page and of the round in sight."""
        view = self._stack.currentWidget()
        own = view.keys() if isinstance(view, ShelfView | WeedView) else []
        return [*self._acts(), Key("reload", _("Read the figures anew"), self.reload), *own]

    def focus_first(self) -> None:
        """To the box that is scanned into, else the list."""
        if self._stack.currentWidget() is self.shelf:
            self.shelf.focus_first()
        else:
            self.list.setFocus()

    # --- rounds

    def reload(self) -> None:
        """Read the rounds, and the one in sight."""
        kept = self._current()
        taken, weeded = self.program.read(
            lambda session: (stocktake.rounds(session), weeding.rounds(session))
        )
        rounds = [("stocktake", one) for one in taken] + [("weeding", one) for one in weeded]
        self._rounds = sorted(rounds, key=lambda pair: pair[1].started_at, reverse=True)
        self.list.blockSignals(True)
        self.list.clear()
        for kind, one in self._rounds:
            item = QListWidgetItem(_named(kind, one))
            item.setSizeHint(QSize(LIST_PX - 24, _LINES_PX))
            self.list.addItem(item)
        self.list.blockSignals(False)
        self._side.setVisible(bool(self._rounds))
        if self._rounds:
            self.open_round(*(kept or (self._rounds[0][0], self._rounds[0][1].id)))
        else:
            self._stack.setCurrentIndex(0)

    def _current(self) -> tuple[str, int] | None:
        at = self.list.currentRow()
        return (
            (self._rounds[at][0], self._rounds[at][1].id) if 0 <= at < len(self._rounds) else None
        )

    def open_round(self, kind: str, number: int) -> None:
        """Choose a round."""
        for place, (which, one) in enumerate(self._rounds):
            if (which, one.id) == (kind, number):
                if self.list.currentRow() == place:
                    self._chosen(place)
                self.list.setCurrentRow(place)

    def _chosen(self, place: int) -> None:
        if not 0 <= place < len(self._rounds):
            return
        kind, one = self._rounds[place]
        view: Any = self.shelf if kind == "stocktake" else self.weed
        self._stack.setCurrentWidget(view)
        view.show_round(one)
        self.host.renew_keys()

    # --- beginning one

    def new_stocktake(self) -> None:
        """Ask for a name and the scope."""
        locations = self.program.read(stock_balance.locations)
        owners = [("", _("All owners")), *((one.value, _(OWNERSHIPS[one])) for one in Ownership)]
        places = [("", _("All locations")), *((one, one) for one in locations)]
        fields = [
            Field("name", _("Name"), required=True),
            Choice("ownership", _("Owner"), options=owners),
            Choice("location", _("Location"), options=places),
        ]
        name = _("Stocktake {year}").format(year=self.program.now().year)
        values = {"name": name, "ownership": Ownership.HOSPITAL.value, "location": ""}
        hint = _("Lending goes on; nothing is marked by beginning.")
        self.box = FormDialog(self, _("New stocktake"), _("Begin"), fields, values, hint=hint)
        self.box.accepted.connect(lambda: self._begin_stocktake(self.box.form.values()))
        self.box.open()

    def _begin_stocktake(self, typed: dict[str, Any]) -> None:
        scope = Scope(typed["ownership"] or "", typed["location"] or "")
        now = self.program.now()
        number = self.program.attempt(
            self.host, lambda session: stocktake.start(session, typed["name"], scope, now)
        )
        if number:
            self.reload()
            self.open_round("stocktake", number)
            # After the question has given its focus back.
            QTimer.singleShot(0, self.shelf.focus_first)

    def new_weeding(self) -> None:
        """Begin a round at once; its name says the year."""
        now = self.program.now()
        name = _("Weeding {year}").format(year=now.year)
        number = self.program.attempt(self.host, lambda session: weeding.start(session, name, now))
        if number:
            self.reload()
            self.open_round("weeding", number)


def _named(kind: str, one: Any) -> str:
    state = (
        one.minutes
        if one.closed_at
        else _("since {day}").format(day=date_plain(local_day(one.started_at)))
    )
    return f"{one.name}\n{state}"
