"""The batches that belong to others, and the dialog that opens one."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal

from database.holdings import deposits
from database.policy import house
from database.refusal import Reason
from desktop.forms.act_dialog import ActDialog
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.catalogue.deposits import list_file
from desktop.screens.catalogue.deposits.one_file import OneFile
from desktop.screens.catalogue.page import Page
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.form import DateField, Field, Form
from desktop.widgets.pill import Pill
from desktop.widgets.progress import Progress
from desktop.widgets.table import Column, Table
from desktop.words.language import _, date_plain


class DepositsPage(Page):
    """Signal `wanted("batch", id)` opens one."""

    wanted = Signal(str, object)
    section = "deposits"

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(program, host)
        first = Key("new", _("Receive a batch"), self.receive, needs="catalogue")
        one_file = Key("bring_in", _("From one file…"), self.receive_file, needs="catalogue")
        buttons = Button.of(one_file), Button.of(first, kind="primary", icon="plus")
        self.column.addLayout(self.head(*buttons))
        self.progress = Progress()
        self._files = OneFile(program, host, self, self.progress)
        card = Card(flush=True)
        self.table = Table(
            [
                Column(_("Batch"), "name", strong=True, stretch=True),
                Column(_("Belongs to"), "owner", optional=True),
                Column(
                    _("Numbers"), lambda row: _("from {first}").format(first=f"{row.prefix}-001")
                ),
                Column(_("Received"), lambda row: date_plain(row.received_on)),
                Column(_("Due back"), lambda row: date_plain(row.due_on) if row.due_on else ""),
                Column(_("Copies"), "total", kind="number"),
                Column(_("Here"), "here", kind="number"),
                Column(_("On loan"), "on_loan", kind="number"),
                Column(_("Not found"), "missing", kind="number", optional=True),
                Column(_("Given back"), "returned", kind="number", optional=True),
                Column(_("State"), self._state, kind="pill"),
            ],
            on_open=lambda row: self.wanted.emit("batch", row.id),
            empty=_(
                "Books that the dinas lends to the library come as a batch with numbers of its "
                "own, and go back as one."
            ),
            empty_action=first,
            name=_("Deposits"),
        )
        card.body.addWidget(self.table)
        self.column.addWidget(card, 1)
        self.column.addWidget(self.progress)

    def _state(self, row: deposits.DepositRow) -> Pill:
        return state_of(row, self.program)

    def page_keys(self) -> list[Key]:
        """Shown under F1."""
        return [
            Key("new", _("Receive a batch"), self.receive, needs="catalogue"),
            Key("bring_in", _("Receive a batch as one file"), self.receive_file, needs="catalogue"),
            Key("reload", _("Read the list anew"), self.reload),
        ]

    def focus_first(self) -> None:
        """The list of batches."""
        self.table.view.setFocus()
        if self.table.current() is None:
            self.table.select_first()

    def reload(self) -> None:
        """Count every batch."""
        self.table.set_rows(self.program.read(deposits.rows))

    def receive(self) -> None:
        """Ask what came, and open the new batch."""
        dialog = BatchDialog(self.program, self.host)
        dialog.accepted.connect(lambda: self.wanted.emit("batch", dialog.number))
        dialog.open()

    def receive_file(self) -> None:
        """Take in a batch that came as one file, with its records and its deed."""
        path = self.ask_path()
        if path is not None:
            self._files.take_in(path, partial(self.wanted.emit, "batch"))

    def ask_path(self) -> Path | None:
        """Which file; None for none."""
        return list_file.ask_parcel(self)


def state_of(row: deposits.DepositRow, program: Program) -> Pill:
    """Whether it is here, due, or gone."""
    if row.returned_on is not None:
        whole = row.out == 0
        return Pill(_("given back"), "good") if whole else Pill(_("not whole"), "warn")
    if row.returned:
        return Pill(_("going back"), "info")
    if not row.total:
        return Pill(_("still empty"), "warn")
    late = row.due_on is not None and row.due_on < program.now().date()
    return Pill(_("overdue"), "bad") if late else Pill(_("here"), "plain")


class BatchDialog(ActDialog):
    """What is known of a batch: a new one, or `row` to be changed."""

    wrong = {
        Reason.NAME_MISSING: "name",
        Reason.PREFIX_INVALID: "prefix",
        Reason.PREFIX_TAKEN: "prefix",
    }

    def __init__(
        self, program: Program, host: Screen, row: deposits.DepositRow | None = None
    ) -> None:
        title = _("Change the batch") if row else _("Receive a batch")
        super().__init__(program, host, title, _("Save") if row else _("Receive"))
        self.row, self.number = row, row.id if row else 0
        note = _("Its copies are numbered on their own, outside the accession register.")
        self.build(_form(row is not None and row.total > 0), note)
        keys = self.form.values()
        self.form.set_values({key: getattr(row, key) for key in keys} if row else self._first())
        self.read = self.form.values()
        self.form.focus("name")

    def _first(self) -> dict[str, object]:
        """What most batches are."""
        return {
            "owner": self.program.read(house.profile).dinas,
            "prefix": self.program.read(deposits.next_prefix),
            "received_on": self.program.now().date(),
        }

    def act(self) -> None:
        """Open or change it, and say so."""
        facts, now = deposits.DepositFacts(**self.form.values()), self.program.now()
        row = self.row
        if row is not None:
            read = deposits.DepositFacts(**self.read)
            line = self.program.write(lambda s: deposits.save(s, row.id, facts, now, read))
            text = _("Saved: {title}").format(title=facts.name)
        else:
            self.number, line = self.program.write(
                lambda session: deposits.receive(session, facts, now)
            )
            text = _("“{batch}” is open: bring in its list, or scan the books.")
            text = text.format(batch=facts.name)
        self.host.notice.done(text, partial(self.program.undo, self.host, line))


def _form(numbered: bool) -> Form:
    return Form(
        [
            (
                Field(
                    "name",
                    _("Name of the batch"),
                    required=True,
                    width=2,
                    placeholder=_("Batch I/2027"),
                ),
                Field(
                    "prefix",
                    _("Numbers begin with"),
                    required=True,
                    read_only=numbered,
                    help=_("T1 gives T1-001, T1-002, …"),
                ),
            ),
            Field("owner", _("Belongs to")),
            (
                DateField("received_on", _("Received"), required=True),
                DateField("due_on", _("Due back")),
                Field("document", _("Number of the handover deed")),
            ),
            Field("note", _("Note")),
        ]
    )
