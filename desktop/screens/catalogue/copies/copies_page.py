"""All copies of a title, or those scanned from the shelf, and what is done with them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from database.catalogue import titles as catalogue
from database.holdings import item_list, item_states
from database.library import Session
from database.refusal import Fault, Refusal
from database.text.dates import local_day
from database.text.own_values import OwnRow
from desktop.forms.own import fields
from desktop.printing.queueing import QueueDialog
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.catalogue.copies import copy_acts
from desktop.screens.catalogue.copies.copies import AddCopies, EditCopy
from desktop.screens.catalogue.description import state
from desktop.screens.catalogue.history import History
from desktop.screens.catalogue.page import Page
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card, heading
from desktop.widgets.flow import Flow
from desktop.widgets.scan_box import COPIES, ScanBox
from desktop.widgets.table import Column, Table
from desktop.widgets.text import Elided, label
from desktop.words import language
from desktop.words.codes import CONDITIONS, OWNERSHIPS
from desktop.words.language import _, ngettext
from desktop.words.sentences import refusal


class CopiesPage(Page):
    """`open(title id)`. A copy scanned joins the list, whatever title it is of, so that a
    whole shelf can be moved in one go. Signal `wanted("labels", copy ids)`."""

    wanted = Signal(str, object)

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(program, host)
        self._biblio_id: int | None = None
        self._more: list[int] = []
        self._title = ""
        self._own: list[OwnRow] = []
        keys = {key.name: key for key in self.page_keys()}
        self.column.addLayout(
            heading(
                _("Copies"),
                Button.of(keys["back"]),
                Button.of(keys["print"]),
                Button.of(keys["copies_add"], kind="primary", icon="plus"),
            )
        )
        self.name = Elided("", "muted")
        self.scan = ScanBox(_("Scan more copies into the list"), compact=True, wants=COPIES)
        self.scan.setFixedWidth(330)
        self.scan.scanned.connect(self.scanned)
        row = QHBoxLayout()
        row.addWidget(self.name, 1)
        row.addWidget(self.scan)
        self.column.addLayout(row)
        card = Card(flush=True)
        self.table = self._make_table()
        card.body.addWidget(self.table)
        self.column.addWidget(card, 1)
        self.column.addLayout(self._make_acts())

    def _make_table(self) -> Table:
        return Table(
            [
                Column(_("Copy"), "barcode", strong=True),
                Column(_("Title"), "title", name="title", stretch=True),
                Column(_("Accession number"), "accession_number"),
                Column(_("Call number"), "call_number"),
                Column(_("Location"), "location"),
                Column(_("State"), state, kind="pill"),
                Column(_("Remark"), _remark, stretch=True),
                Column(_("Own fields"), self._own_of, name="own", optional=True),
                Column(_("Condition"), _condition, optional=True),
                Column(_("Owner"), _owner, optional=True),
                Column(_("Price"), "price", kind="money", optional=True),
                Column(_("Accession date"), _accessioned, optional=True),
            ],
            on_open=self.edit,
            on_select=lambda _row: self._offer(),
            empty=_("No copies yet. Add one with Ctrl+E."),
            many=True,
            name=_("Copies"),
        )

    def _own_of(self, row: item_list.ItemRow) -> str:
        return fields.told(self._own, row.own, alone=True)

    def _make_acts(self) -> Flow:
        self._edit = Button(_("Edit"), self.edit_chosen, key="open", small=True, needs="catalogue")
        self._history = Button(_("History"), self.show_history, key="history", small=True)
        self._move = Button(_("Move…"), self.move_chosen, key="move", small=True, needs="catalogue")
        self._queue = Button(_("To the queue…"), self.queue, key="queue", small=True)
        self.acts = {
            name: Button(_(words), partial(self.act, name), small=True, needs=copy_acts.needs(name))
            for name, words in copy_acts.NAMES.items()
        }
        self._chosen = label("", "muted")
        self._chosen.setMinimumHeight(28)
        return Flow(
            self._chosen, self._edit, self._history, self._move, self._queue, *self.acts.values()
        )

    def page_keys(self) -> list[Key]:
        """Shown under F1."""
        return [
            Key("back", _("Back"), lambda: self.finished.emit(self._biblio_id)),
            Key("copies_add", _("Add copies"), self.add, needs="catalogue"),
            Key("print", _("Labels"), self.print_labels),
            Key("queue", _("Put into the print queue"), self.queue),
            Key("history", _("History of the copy"), self.show_history),
            Key("move", _("Move copies"), self.move_chosen, needs="catalogue"),
            Key("reload", _("Read the list anew"), self.reload),
        ]

    def open(self, biblio_id: int) -> None:
        """Show the copies of a title, the first chosen."""
        self._biblio_id, self._more = biblio_id, []
        self.reload()
        self.table.select_first()

    def focus_first(self) -> None:
        """The list: keys act on what is chosen there."""
        self.table.view.setFocus()

    def reload(self) -> None:
        """Read anew; a title that has gone shows as empty."""
        known = self.program.read(self._read) if self._biblio_id is not None else None
        self._title, rows = known if known else ("", [])
        titles = {row.biblio_id for row in rows}
        count = ngettext("{n} copy", "{n} copies", len(rows)).format(n=language.number(len(rows)))
        own = len(titles) < 2
        name = (
            self._title
            if own
            else ngettext("{n} title", "{n} titles", len(titles)).format(n=len(titles))
        )
        self.name.set_text(f"{name} · {count}")
        self._own = self.program.read(fields.of_copies)
        wanted = {"title": not own, "own": bool(self._own)}
        self.table.show_columns({name for name, shown in wanted.items() if shown})
        self.table.set_rows(rows)
        self._offer()

    def _read(self, session: Session) -> tuple[str, list[item_list.ItemRow]] | None:
        assert self._biblio_id is not None
        try:
            title = catalogue.stored(session, self._biblio_id).title
        except Refusal:
            return None
        rows = item_list.items_of(session, self._biblio_id, struck=True)
        own = {row.id for row in rows}
        more = item_list.items_by_id(session, [one for one in self._more if one not in own])
        return title, [*rows, *more]

    def scanned(self, code: str) -> None:
        """A copy from the shelf joins the list and what is chosen."""
        try:
            [row] = self.program.read(lambda session: item_list.items_by_barcode(session, [code]))
        except (Refusal, Fault) as told:
            self.notice.refused(refusal(told))
            return
        chosen = self.table.selected_ids() if self._more else []
        if row.id not in self._more:
            self._more.append(row.id)
        self.reload()
        self.table.select_ids([*chosen, row.id])

    # --- what can be done

    def chosen(self) -> list[item_list.ItemRow]:
        """The copies chosen that stand."""
        return [row for row in self.table.selected() if not row.cancelled]

    def _offer(self) -> None:
        """Only the acts that fit every copy chosen."""
        rows = self.chosen()
        count = len(self.table.selected())
        self._chosen.setText(_("Chosen: {n}").format(n=count))
        self._edit.setEnabled(len(rows) == 1)
        self._history.setEnabled(count == 1)
        self._move.setEnabled(bool(rows))
        fits = [
            item_states.possible(row.status, row.ownership, on_loan=row.due_on is not None)
            for row in rows
        ]
        for name, button in self.acts.items():
            button.setVisible(bool(fits) and all(name in one for one in fits))

    def act(self, name: str) -> None:
        """Do it with all the copies chosen."""
        copy_acts.do(self.program, self.host, name, self.chosen())
        self.focus_first()

    def edit(self, row: item_list.ItemRow) -> None:
        """Open the copy; of a struck one only its history."""
        if row.cancelled:
            History(self.program, self.host, row).open()
        else:
            EditCopy(self.program, self.host, row).open()

    def edit_chosen(self) -> None:
        """Open the copy chosen."""
        rows = self.chosen()
        if rows:
            self.edit(rows[0])

    def show_history(self) -> None:
        """H: the history of the copy chosen."""
        row = self.table.current()
        if row is not None:
            History(self.program, self.host, row).open()

    def move_chosen(self) -> None:
        """M: another place for the copies chosen."""
        if rows := self.chosen():
            copy_acts.MoveDialog(self.program, self.host, rows).open()

    def add(self) -> None:
        """More copies of the title."""
        if self._biblio_id is not None:
            AddCopies(self.program, self.host, self._biblio_id, self._title).open()

    def queue(self) -> None:
        """Labels, pockets, cards of the copies chosen (or of all) for later."""
        rows = self.chosen() or [row for row in self.table.rows() if not row.cancelled]
        if rows:
            QueueDialog(self.program, self.host, [row.id for row in rows]).open()

    def print_labels(self) -> None:
        """Labels of the copies chosen, or of all."""
        rows = self.chosen() or [row for row in self.table.rows() if not row.cancelled]
        if rows:
            self.wanted.emit("labels", [row.id for row in rows])


def _owner(row: item_list.ItemRow) -> str:
    return row.deposit or _(OWNERSHIPS.get(row.ownership, row.ownership))


def _condition(row: item_list.ItemRow) -> str:
    return _(CONDITIONS.get(row.condition, row.condition))


def _accessioned(row: item_list.ItemRow) -> str:
    return language.date_plain(row.accessioned_on)


def _remark(row: item_list.ItemRow) -> str:
    """Why it is gone, until when it is away, or the note."""
    if row.status_until is not None and row.status in {"quarantine", "repair"}:
        day = language.date_plain(local_day(row.status_until))
        return _("until {day}").format(day=day)
    parts = (row.withdrawn_reason, row.minutes, row.note)
    return " · ".join(part for part in parts if part)
