"""What wards ask for, by their page or on the round: met, or given up."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from database.text.dates import local_day
from database.wards import wishes
from database.wards.wishes import Wish
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.tasks.part import TaskPart
from desktop.widgets.buttons import Button
from desktop.widgets.card import Band, Card
from desktop.widgets.table import Column, Table
from desktop.words.language import _, clock, date_short, number
from desktop.words.sentences import shorten


class RequestsPart(TaskPart):
    """One list, who has waited longest at the top."""

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(program, host)
        top = QHBoxLayout()
        top.setSpacing(10)
        self.band = Band()
        top.addWidget(self.band, 1)
        top.addStretch(0)
        top.addWidget(Button(_("Open the ward"), self.open_ward))
        top.addWidget(Button(_("Cannot be met"), self.give_up, key="remove", needs="desk"))
        top.addWidget(Button(_("Met"), self.meet, key="save", kind="primary", needs="desk"))
        self.column.addLayout(top)
        self.table = Table(
            [
                Column(_("Asked"), "asked", width=130),
                Column(_("Ward"), "ward"),
                Column(_("Bed"), "bed", optional=True),
                Column(_("Wish"), "wish", stretch=True),
            ],
            empty=_("Nobody waits for an answer. What wards ask for on their page comes here."),
            on_open=self.open_ward,
            name=_("Requests of wards"),
        )
        self.card = Card(_("Requests of wards"), flush=True)
        self.card.body.addWidget(self.table)
        self.column.addWidget(self.card, 1)

    def keys(self) -> list[Key]:
        """What can be done with a request."""
        return [
            Key("save", _("Note that the request was met"), self.meet, needs="desk"),
            Key("remove", _("Note that the request cannot be met"), self.give_up, needs="desk"),
            Key("", _("Open the ward"), self.open_ward),
        ]

    def focus_first(self) -> None:
        """The list."""
        self.table.view.setFocus()

    def reload(self) -> None:
        """What is not yet answered."""
        found = self.program.read(wishes.wishes)
        self.table.set_rows([_row(one) for one in found])
        self.card.set_title(_("Requests of wards"), number(len(found)))
        self.band.set(
            _("Nothing is lent or held by itself: answer with the next round.") if found else ""
        )
        self.counted.emit(len(found))

    def _chosen(self) -> Wish | None:
        row = self.table.current()
        if row is None:
            self.host.notice.look(_("Choose a request first."))
            return None
        found: Wish = row["row"]
        return found

    def meet(self) -> None:
        """The chosen request was met."""
        self._settle(True, _("Wish met: {wish}"))

    def give_up(self) -> None:
        """The chosen request cannot be met."""
        self._settle(False, _("Given up: {wish}"))

    def _settle(self, met: bool, told: str) -> None:
        one, now = self._chosen(), self.program.now()
        if one is not None:
            said = told.format(wish=shorten(one.wish, 60))
            self.act(lambda session: wishes.settle(session, one.id, met, now), said)

    def open_ward(self, _row: object = None) -> None:
        """The ward that asks, to lend to it or to put it on the next round."""
        one = self._chosen()
        if one is not None:
            self.host.leave_for.emit("wards", ("ward", one.place_id))


def _row(one: Wish) -> dict[str, Any]:
    return {
        "id": one.id,
        "row": one,
        "asked": f"{date_short(local_day(one.asked_at))} {clock(one.asked_at)}",
        "ward": one.ward,
        "bed": one.bed,
        "wish": one.wish,
    }
