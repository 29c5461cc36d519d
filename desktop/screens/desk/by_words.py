"""Lending what has no barcode at hand: found by words of its title, or described in a line now.

A title described here is listed to be catalogued; its copy has a barcode from the first day, so
that it comes back like any other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QDialog

from database.catalogue import titles
from database.circulation import lending
from database.circulation.lending import Done
from database.description import marc_form
from database.holdings import hold_queue, item_facts, item_list, items
from database.library import Session
from database.refusal import Reason
from database.search import search
from desktop.forms.act_dialog import ActDialog
from desktop.screen import Key
from desktop.screens.desk.host import Desk
from desktop.widgets.buttons import Button
from desktop.widgets.dialog import Dialog
from desktop.widgets.form import Field, Form
from desktop.widgets.table import Column, Table
from desktop.words.language import _, date_short
from desktop.words.sentences import shorten

TITLES = 30


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that may be the one at hand; `due` tells that it is out."""

    id: int
    title: str
    contributors: str
    barcode: str
    call_number: str
    location: str
    due: str


def read(session: Session, words: str) -> list[Copy]:
    """The copies of the titles found by some words, those that can be lent first."""
    found = []
    for one in search.search(session, words, limit=TITLES).rows:
        free = hold_queue.free_copies(session, one.id)
        for row in item_list.items_of(session, one.id):
            if row.id not in free and row.due_on is None:
                continue
            due = date_short(row.due_on) if row.due_on else ""
            place = (row.barcode, row.call_number, row.location, due)
            found.append(Copy(row.id, one.title, one.contributors, *place))
    return sorted(found, key=lambda copy: bool(copy.due))


class ByWords:
    """`lend(barcode)` is the desk's own way; `lent(done)` tells of a loan of what was described
    here."""

    def __init__(
        self, desk: Desk, lend: Callable[[str], object], lent: Callable[[Done], object]
    ) -> None:
        self._desk, self._lend, self._lent = desk, lend, lent

    def offer(self, typed: str) -> None:
        """What was typed is no code: choose the copy it means, or describe it."""
        copies = self._desk.program.read(lambda session: read(session, typed))
        if copies:
            self._choose(typed, copies)
            return
        text = _("“{words}” is no code, and no title has these words.")
        step = Key("step", _("Describe and lend…"), lambda: self.describe(typed, ""))
        self._desk.notice.look(text.format(words=shorten(typed, 50)), step)
        self._desk.focus_first()

    def _choose(self, typed: str, copies: list[Copy]) -> None:
        box = ChooseByWords(self._desk, typed, copies)
        if box.exec() == QDialog.DialogCode.Accepted and box.barcode:
            self._lend(box.barcode)
        elif box.wants_new:
            self.describe(typed, "")
            return
        self._desk.focus_first()

    def describe(self, title: str, barcode: str) -> None:
        """A brief title with one copy, lent at once."""
        BriefTitle(self._desk, title, barcode, self._lent).exec()
        self._desk.focus_first()


class ChooseByWords(Dialog):
    """The copies of titles with the words typed; Enter lends the chosen one, a scan another."""

    def __init__(self, desk: Desk, typed: str, copies: list[Copy]) -> None:
        super().__init__(
            desk,
            _("Which copy of “{words}”?").format(words=shorten(typed, 50)),
            _("Lend"),
            width=1080,
        )
        self.barcode, self.wants_new = "", False
        self.table = Table(
            [
                Column(_("Title"), "title", stretch=True, strong=True),
                Column(_("Author"), "contributors"),
                Column(_("Copy"), "barcode"),
                Column(_("Call number"), "call_number"),
                Column(_("Location"), "location"),
                Column(_("Due"), "due", muted=True),
            ],
            on_open=lambda _row: self.try_accept(),
            name=_("Copies found"),
        )
        self.table.setMinimumHeight(260)
        self.table.set_rows(copies)
        self.table.select_first()
        self.body.addWidget(self.table)
        self.buttons.insertWidget(0, Button(_("None of these: describe it…"), self._new))
        self.table.view.setFocus()

    def _new(self) -> None:
        self.wants_new = True
        self.reject()

    def take_scan(self, code: str, kind: str) -> bool:
        """The book has a barcode after all."""
        if kind == "copy":
            self.barcode = code
            self.accept()
        return kind == "copy"

    def ready(self) -> bool:
        """With a copy chosen."""
        row = self.table.current()
        self.barcode = row.barcode if row else ""
        return row is not None


class BriefTitle(ActDialog):
    """The title and who wrote it; a barcode pasted on now, else the next of our own."""

    wrong = {Reason.TITLE_MISSING: "title", Reason.BARCODE_TAKEN: "barcode"}

    def __init__(
        self, desk: Desk, title: str, barcode: str, lent: Callable[[Done], object]
    ) -> None:
        super().__init__(desk.program, desk, _("Describe and lend"), _("Lend"), width=560)
        self._desk, self._lent = desk, lent
        form = Form(
            [
                Field("title", _("Title"), required=True),
                Field("main_author", _("Author")),
                Field(
                    "barcode", _("Barcode"), placeholder=_("the next one by itself"), takes="copy"
                ),
            ]
        )
        form.set_values({"title": title, "main_author": "", "barcode": barcode})
        self.build(form, _("It is listed under Lists, “To be catalogued”, until it has a class."))
        form.focus("title" if not title else "main_author" if barcode else "barcode")

    def act(self) -> None:
        """The title, its copy and the loan are one act."""
        desk, values, now = self._desk, self.form.values(), self.program.now()
        assert desk.patron is not None
        number = desk.patron.number
        brief = marc_form.brief(values["title"] or "", values["main_author"] or "")

        def lend(session: Session) -> Done:
            biblio_id = titles.add_biblio(session, brief, now)
            facts = item_facts.ItemFacts(barcode=values["barcode"] or "")
            (copy,) = items.add_items(session, biblio_id, facts, 1, now)
            (row,) = item_list.items_by_id(session, [copy])
            return lending.check_out(session, number, row.barcode, now)

        self._lent(self.program.write(lend))
