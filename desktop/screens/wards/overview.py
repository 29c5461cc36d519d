"""All wards at the left; who reads on the chosen one, and what they asked for, at the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from database.wards import rounds, wards, wishes
from database.wards.wards import ReaderRow, WardRow
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.wards import renewing
from desktop.screens.wards.dialogs import HandoutDialog, PlanDialog, WishDialog
from desktop.screens.wards.discharge import DischargeDialog
from desktop.screens.wards.handouts import HandoutsDialog
from desktop.screens.wards.told import (
    bed_text,
    leaves_pill,
    reads,
    ward_about,
    ward_pill,
    wish_pill,
)
from desktop.widgets.buttons import Button, MenuButton
from desktop.widgets.card import Card, heading
from desktop.widgets.table import Column, Table
from desktop.widgets.text import label
from desktop.words.language import _

LEFT_PX = 390


class Overview(QWidget):
    """The wards and the readers of one; a round and its sheet are begun where they stand."""

    def __init__(
        self,
        program: Program,
        host: Screen,
        begin_round: Callable[[], None],
        show_sheet: Callable[[], None],
    ) -> None:
        super().__init__()
        self.program, self.host = program, host
        self._begin_round, self._show_sheet = begin_round, show_sheet
        self._round = Button(
            _("Start a round"), begin_round, key="new", kind="primary", needs="desk"
        )
        self.wards = self._make_wards()
        self.readers = self._make_readers()
        self._arrange()

    def _make_wards(self) -> Table:
        return Table(
            [
                Column(_("Ward"), "name", strong=True),
                Column("", ward_pill, kind="pill", stretch=True),
                Column(_("Readers"), "readers", kind="number", optional=True),
                Column(_("Copies"), "copies", kind="number"),
            ],
            on_open=lambda row: self.readers.setFocus(),
            on_select=self._show_ward,
            empty=_(
                "No ward yet. Enrol wards as patrons of the kind “ward”; their card hangs on "
                "the wall and borrows without anybody's name."
            ),
            empty_action=Key(
                "", _("Enrol a ward"), lambda: self._leave("patrons", "new"), needs="patrons"
            ),
            name=_("Wards"),
        )

    def _make_readers(self) -> Table:
        return Table(
            [
                Column(_("Bed"), bed_text, strong=True),
                Column(_("Who reads what"), reads, stretch=True),
                Column(
                    _("Goes home"),
                    lambda row: leaves_pill(row, self.program.now().date()),
                    kind="pill",
                ),
                Column(_("Wish"), wish_pill, kind="pill"),
            ],
            on_open=lambda row: self.lend(),
            empty=_("Nothing is out on this ward."),
            on_select=lambda row: self._show_acts(),
            id_key="id",
            name=_("Readers of the ward"),
            tall=True,
        )

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        more = MenuButton(
            _("More"),
            [(_("Handed out…"), self.show_handouts), (_("Days of the rounds…"), self.plan)],
        )
        sheet = Button(_("Round sheet"), self._show_sheet, key="print", icon="printer")
        column.addLayout(heading(_("Wards"), more, sheet, self._round))
        left = Card(flush=True)
        left.be_side(LEFT_PX)
        left.body.addWidget(self.wards, 1)
        self.right = Card(" ", flush=True)
        self.right.body.addLayout(self._acts())
        self.right.body.addWidget(self.readers, 1)
        note = _(
            "A patient's name shows only while there is something on loan or to come; "
            "then it is forgotten, and the figures stay."
        )
        quiet = label(note, "small", wrap=True)
        quiet.setContentsMargins(14, 0, 14, 8)
        self.right.body.addWidget(quiet)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(left)
        row.addWidget(self.right, 1)
        column.addLayout(row, 1)

    def _acts(self) -> QHBoxLayout:
        """What is known of the ward, and what can be done with whom is chosen on it."""
        row = QHBoxLayout()
        row.setContentsMargins(14, 0, 14, 4)
        row.setSpacing(6)
        row.addStretch(1)
        lend = Button(_("Lend"), self.lend, small=True, needs="desk")
        renew = Button(_("Renew"), self.renew, key="renew", small=True, needs="desk")
        wish = Button(_("Wish…"), self.wish, small=True, needs="desk")
        hand = Button(_("Hand out…"), self.hand_out, small=True, needs="desk")
        self._home = Button(_("Going home…"), self.discharge, small=True, needs="desk")
        for button in (lend, renew, wish, hand, self._home):
            row.addWidget(button)
        return row

    def _show_acts(self) -> None:
        """Somebody goes home only where one is chosen, or a pile that is the ward's own."""
        chosen: ReaderRow | None = self.readers.current()
        ward = self.ward()
        own = ward is not None and any(row.id == ward.id for row in self.readers.rows())
        self._home.setVisible(chosen is not None or own)

    def keys(self) -> list[Key]:
        """What can be done with the wards."""
        return [
            Key("new", _("Start a round, or go on with it"), self._begin_round, needs="desk"),
            Key("print", _("Round sheet"), self._show_sheet),
            Key("lend", _("Lend to the chosen ward, bed or person"), self.lend, needs="desk"),
            Key("wish", _("Note a wish"), self.wish, needs="desk"),
            Key("met", _("The wish was met"), self.meet, needs="desk"),
            Key("", _("Count leaflets handed out"), self.hand_out, needs="desk"),
            Key("", _("A patient goes home"), self.discharge, needs="desk"),
            Key("", _("What was handed out this month"), self.show_handouts),
            Key("renew", _("Renew the loans listed"), self.renew, needs="desk"),
            Key("", _("Days of the rounds…"), self.plan, needs="report"),
        ]

    def focus_first(self) -> None:
        """The list of wards."""
        self.wards.view.setFocus()
        if self.wards.current() is None:
            self.wards.select_first()

    def reload(self) -> None:
        """Count every ward anew."""
        today = self.program.now().date()
        self.wards.set_rows(self.program.read(lambda session: wards.rows(session, today)))
        if self.wards.current() is None:
            self.wards.select_first()
        self._show_ward(self.ward())
        standing = self.program.read(rounds.open_one) is not None
        self._round.set_text(_("Go on with the round") if standing else _("Start a round"))

    def pick(self, ward_id: int) -> None:
        """Show a ward."""
        self.wards.select_ids([ward_id])

    def ward(self) -> WardRow | None:
        """The ward chosen."""
        row: WardRow | None = self.wards.current()
        return row

    def chosen_for_sheet(self) -> list[int]:
        """The wards the trolley comes to today; all when none is planned."""
        rows: list[WardRow] = self.wards.rows()
        return [row.id for row in rows if row.round_today] or [row.id for row in rows]

    def _show_ward(self, row: WardRow | None) -> None:
        if row is None:
            self.right.set_title(" ")
            self.readers.set_rows([])
            return
        today = self.program.now().date()
        self.readers.set_rows(self.program.read(lambda s: wards.readers(s, row.id, today)))
        self.right.set_title(row.name, ward_about(row))
        self._show_acts()

    # --- acts

    def _leave(self, place: str, what: Any) -> None:
        self.host.leave_for.emit(place, what)

    def lend(self) -> None:
        """To the desk with the chosen reader, else with the ward."""
        ward, reader = self.ward(), self.readers.current()
        if ward is None:
            return
        wanted = reader.id if reader is not None and self.readers.view.hasFocus() else ward.id
        number = self.program.read(lambda session: wards.number_of(session, wanted))
        self._leave("desk", ("patron", number))

    def renew(self) -> None:
        """F8: the loans of the reader chosen in the list, else all that the list shows."""
        ward = self._need_ward()
        if ward is None:
            return
        one = self.readers.current() if self.readers.view.hasFocus() else None
        rows: list[ReaderRow] = [one] if one is not None else self.readers.rows()
        barcodes = [barcode for row in rows for barcode in row.barcodes]
        renewing.renew(self.program, self.host, barcodes)
        self._show_ward(self.ward())

    def _need_ward(self) -> WardRow | None:
        ward = self.ward()
        if ward is None:
            self.host.notice.look(_("Choose a ward first."))
        return ward

    def _bed(self) -> str:
        reader: ReaderRow | None = self.readers.current()
        return reader.bed if reader is not None else ""

    def wish(self) -> None:
        """What somebody would like from the next round."""
        ward = self._need_ward()
        if ward is not None:
            WishDialog(self.program, self.host, ward, self._bed()).open()

    def meet(self) -> None:
        """The chosen reader's oldest wish was met."""
        ward = self._need_ward()
        if ward is None:
            return
        bed, now = self._bed(), self.program.now()
        asked = self.program.read(lambda session: wishes.wishes(session, ward.id))
        mine = [one for one in asked if one.bed == bed.upper()]
        if not mine:
            self.host.notice.look(_("Choose a reader with a wish first."))
            return
        line = self.program.attempt(
            self.host, lambda session: wishes.settle(session, mine[0].id, True, now)
        )
        if line is not None:
            told = _("Wish met: {wish}").format(wish=mine[0].wish)
            self.host.notice.done(told, partial(self.program.undo, self.host, line))

    def hand_out(self) -> None:
        """Leaflets and free reading matter, only counted."""
        ward = self._need_ward()
        if ward is not None:
            HandoutDialog(self.program, self.host, ward).open()

    def discharge(self) -> None:
        """The chosen person or bed goes home; with none chosen, the ward's own pile."""
        ward, reader = self._need_ward(), self.readers.current()
        if ward is None:
            return
        own_pile = any(row.id == ward.id for row in self.readers.rows())
        if reader is None and self.readers.count() and not own_pile:
            self.host.notice.look(_("Choose in the list who goes home first."))
            return
        wanted = reader.id if reader is not None else ward.id
        DischargeDialog(self.program, self.host, wanted).open()

    def plan(self) -> None:
        """On which weekdays the trolley comes."""
        ward = self._need_ward()
        if ward is not None:
            PlanDialog(self.program, self.host, ward).open()

    def show_handouts(self) -> None:
        """What was handed out, by month and ward."""
        HandoutsDialog(self.program, self.host).open()
