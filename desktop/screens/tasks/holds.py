"""Holds: what lies ready, who waits, what nobody fetched today."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from database.circulation import hold_lists, holds
from database.circulation.hold_lists import HoldRow
from database.library import Session
from database.policy import clock
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.tasks.hold_rows import expired_row, ready_row, waiting_row, waiting_table
from desktop.screens.tasks.part import TaskPart
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.scan_box import COPIES, ScanBox
from desktop.widgets.table import Column, Table
from desktop.words.language import _, number
from desktop.words.sentences import shorten


class HoldsPart(TaskPart):
    """Two lists; what was not fetched in time has gone on to the next when it is opened."""

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(program, host)
        self.scan_box = ScanBox(_("Scan a copy from the shelf to lay it ready…"), wants=COPIES)
        self.scan_box.scanned.connect(self.lay_ready)
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.scan_box, 1)
        top.addWidget(Button(_("Hold slip"), self.print_slip, key="print", icon="printer"))
        top.addWidget(Button(_("Cancel hold"), self.cancel, key="remove", needs="desk"))
        self.column.addLayout(top)
        self._lists()

    def _lists(self) -> None:
        self.ready, self.waiting = self._make_ready(), waiting_table()
        self.ready_card = Card(_("Ready to be fetched"), flush=True)
        self.ready_card.body.addWidget(self.ready)
        earlier, later = _("Earlier in the queue (Alt+Up)"), _("Later in the queue (Alt+Down)")
        shift = partial(Button, "", small=True)
        up = shift(partial(self.shift, "up"), icon="chevron-up", tooltip=earlier)
        down = shift(partial(self.shift, "down"), icon="chevron-down", tooltip=later)
        self.waiting_card = Card(_("Waiting"), up, down, flush=True)
        self.waiting_card.body.addWidget(self.waiting)
        self.column.addWidget(self.ready_card, 1)
        self.column.addWidget(self.waiting_card, 1)

    def _make_ready(self) -> Table:
        return Table(
            [
                Column(_("Fetch by"), "until", kind="pill", width=170),
                Column(_("Title"), "title", stretch=True),
                Column(_("Copy"), "copy"),
                Column(_("For"), "who"),
                Column(_("Unit"), "unit", optional=True, muted=True),
            ],
            on_open=lambda row: self.lend(row),
            empty=_("Nothing lies ready. A copy somebody waits for is laid here at its return."),
            name=_("Ready to be fetched"),
        )

    def keys(self) -> list[Key]:
        """What can be done with holds."""
        return [
            Key("print", _("Print the hold slip"), self.print_slip),
            Key("remove", _("Cancel the chosen hold"), self.cancel, needs="desk"),
            Key("up", _("Earlier in the queue"), partial(self.shift, "up"), needs="desk"),
            Key("down", _("Later in the queue"), partial(self.shift, "down"), needs="desk"),
        ]

    def focus_first(self) -> None:
        """The box for copies from the shelf."""
        self.scan_box.line.setFocus()

    def reload(self) -> None:
        """What was not fetched goes on first; then both lists."""
        now = self.program.now()
        today = now.date()
        ready, waiting, expired = self.program.read(
            lambda s: (hold_lists.ready(s), hold_lists.waiting(s), hold_lists.expired(s, today))
        )
        unfetched = any(row.ready_until and row.ready_until < today for row in ready)
        if unfetched and self.program.read(lambda s: clock.asked(s, now)) is None:
            self.program.attempt(self.host, lambda session: holds.expire_due(session, now))
            return  # the change reloads this
        gone = [expired_row(row) for row in expired]
        self.ready.set_rows([*gone, *(ready_row(row, today) for row in ready)])
        self.ready_card.set_title(_("Ready to be fetched"), number(len(ready)))
        self.waiting.set_rows([waiting_row(row) for row in waiting])
        self.waiting_card.set_title(_("Waiting"), number(len(waiting)))
        self.counted.emit(len(ready) + len(gone))

    def _chosen(self) -> HoldRow | None:
        """In the list with the focus, else what is chosen in the first."""
        lists = (
            (self.waiting, self.ready)
            if self.waiting.view.hasFocus()
            else (self.ready, self.waiting)
        )
        rows = [row for row in (one.current() for one in lists) if row is not None]
        if not rows:
            self.host.notice.look(_("Choose a hold in the list first."))
            return None
        found: HoldRow = rows[0]["hold"]
        return found

    def lay_ready(self, code: str) -> None:
        """A copy from the shelf for the first who waits."""
        now = self.program.now()
        missing = object()

        def act(session: Session) -> Any:
            return holds.set_aside(session, code, now) or missing

        found = self.program.attempt(self.host, act)
        if found is missing:
            self.host.notice.look(_("Nobody waits for this copy."))
        elif found is not None:
            hold, line = found
            told = _("Lay ready for {name}").format(name=hold.shown)
            self.host.notice.done(told, partial(self.program.undo, self.host, line))

    def cancel(self) -> None:
        """The chosen hold ends."""
        row = self._chosen()
        if row is None:
            return
        now = self.program.now()
        told = _("Hold cancelled: {title}").format(title=shorten(row.title, 60))
        self.act(lambda session: holds.cancel(session, row.id, now), told)

    def shift(self, to: str) -> None:
        """Earlier or later in the queue."""
        chosen = self.waiting.current()
        if chosen is None:
            self.host.notice.look(_("Choose a hold in the list first."))
            return
        now, hold_id = self.program.now(), chosen["id"]
        told = _("Moved in the queue: {title}").format(title=shorten(chosen["title"], 60))
        self.act(lambda session: holds.move(session, hold_id, to, now), told)

    def lend(self, row: Any) -> None:
        """Enter: to the desk with the holder."""
        self.host.leave_for.emit("desk", ("patron", row["hold"].number))

    def print_slip(self) -> None:
        """The slip of the chosen hold."""
        chosen = self.ready.current()
        if chosen is None or chosen["hold"].state != "ready":
            self.host.notice.look(_("Choose a hold that lies ready first."))
            return
        self.print_slips(partial(_slip, chosen["hold"]), "hold")


def _slip(row: HoldRow, target: BytesIO, session: Session, width: int) -> None:
    from desktop.pages.slips import care_slips

    care_slips.write_held(target, session, [row], width)
