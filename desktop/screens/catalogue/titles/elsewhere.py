"""The same words asked for in the catalogues of other libraries, first those of partners that are
kept here: a record is copied from there, or the book asked for as an interlibrary loan."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from shiboken6 import isValid

from database.catalogue import elsewhere, lookup
from database.catalogue.elsewhere import Elsewhere
from database.catalogue.lookup import Source
from database.description.marc import Record
from database.neighbours import finding, neighbours
from database.refusal import Fault
from desktop import background
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.buttons import Button
from desktop.widgets.dialog import Dialog
from desktop.widgets.form import Field, Form
from desktop.widgets.pill import Pill
from desktop.widgets.table import Column, Table
from desktop.widgets.text import label
from desktop.words.language import _, ngettext, number
from desktop.words.sentences import refusal


class ElsewhereDialog(Dialog):
    """`copied(record)` when one is to be taken over, `borrowed(values of the register)` when the
    book itself is wanted."""

    def __init__(
        self,
        program: Program,
        host: Screen,
        words: str,
        copied: Callable[[Record], object],
        borrowed: Callable[[dict[str, Any]], object],
    ) -> None:
        super().__init__(host, _("In other libraries"), _("Copy the record"), width=1040)
        self._program, self._copied, self._borrowed = program, copied, borrowed
        self._asked = 0
        self._left, self._sources, self._kept = 0, 0, False
        self._rows: list[dict[str, Any]] = []
        self._silent: list[str] = []
        self._names = ""
        self.form = Form([(Field("words", _("Words of the title, an author, an ISBN"), width=3),)])
        self.form.set_values({"words": words})
        self.form.ended.connect(self.search)
        self.search_button = Button(_("Search"), self.search, key="reload")
        self.body.addWidget(self.form)
        self.state = label("", "muted", wrap=True)
        self.body.addWidget(self.state)
        self.table = self._listed()
        self.body.addWidget(self.table)
        self.borrow_button = Button(_("Ask for it on loan…"), self.borrow)
        self.buttons.insertWidget(0, self.search_button)
        self.buttons.insertWidget(1, self.borrow_button)
        self._offer_acts()
        if words:
            self.search()

    def _listed(self) -> Table:
        table = Table(
            [
                Column(_("Title"), "title", stretch=True, strong=True),
                Column(_("Author"), "contributors", width=190, optional=True),
                Column(_("Year"), "year"),
                Column(_("Library"), "library", width=190),
                Column("", "ours", kind="pill"),
            ],
            on_open=lambda _row: self.try_accept(),
            empty=_("Nothing yet. Type words and search."),
            name=_("Titles of other libraries"),
        )
        table.setMinimumHeight(300)
        table.set_rows([])
        return table

    def search(self) -> None:
        """Ask every library at once; each is listed when it has answered."""
        words = str(self.form.value("words") or "")
        sources = elsewhere.asked(self._program.read(lookup.sources))
        self._kept = bool(self._program.read(neighbours.listed))
        self._asked += 1
        self._rows = []
        asked = bool(elsewhere.question(words))
        self._silent, self._left = [], (len(sources) + self._kept) if asked else 0
        self._sources = len(sources)
        self._names = ", ".join(one.name for one in sources)
        self.table.set_rows([])
        if not (sources or self._kept):
            self._say(
                _(
                    "No library is set to be asked; see Settings, Data sources and Partners' "
                    "catalogues."
                )
            )
            return
        self._tell()
        if self._kept and asked:
            self._ask_kept(self._asked, words)
        for source in sources if asked else ():
            self._ask(self._asked, source, words)

    def _ask_kept(self, turn: int, words: str) -> None:
        """What is kept here of partners: also without a network."""

        def work(_report: Any, _cancelled: Any) -> list[Elsewhere]:
            return self._program.read(lambda session: finding.find(session, words))

        def found(rows: list[Elsewhere]) -> None:
            if turn == self._asked and isValid(self):
                self._list(rows, first=True)

        background.run(work, found, self._broken, ended=partial(self._ended, turn))

    def _broken(self, error: Exception) -> None:
        if not isinstance(error, Fault):
            raise error
        self._say(refusal(error))

    def _ask(self, turn: int, source: Source, words: str) -> None:
        def work(_report: Any, _cancelled: Any) -> list[Record]:
            return elsewhere.ask(source, words)

        background.run(
            work,
            partial(self._found, turn, source),
            partial(self._failed, turn, source),
            ended=partial(self._ended, turn),
        )

    def _found(self, turn: int, source: Source, records: list[Record]) -> None:
        if turn != self._asked or not isValid(self):
            return
        self._list(self._program.read(lambda s: elsewhere.told(s, source.name, records)))

    def _list(self, found: list[Elsewhere], *, first: bool = False) -> None:
        """What one of them has, before or behind the rest; it can be taken at once, whoever has
        not answered yet, and what was chosen stays chosen."""
        fresh = [_row(len(self._rows) + at, one) for at, one in enumerate(found)]
        self._rows = [*fresh, *self._rows] if first else [*self._rows, *fresh]
        self.table.set_rows(self._rows)
        self._offer_acts()
        if fresh and self.table.current() is None:
            self.table.select_first()
            self.table.view.setFocus()

    def _failed(self, turn: int, source: Source, error: Exception) -> None:
        if not isinstance(error, Fault):
            raise error
        if turn == self._asked:
            self._silent.append(source.name)

    def _ended(self, turn: int) -> None:
        if turn == self._asked and isValid(self):
            self._left -= 1
            self._tell()
            if not self._left and not self._rows:
                self.table.set_empty(self._nothing())

    def _nothing(self) -> str:
        """Why nothing is listed: a catalogue that did not answer says nothing of its titles."""
        if self._sources and len(self._silent) == self._sources and not self._kept:
            return _("No library answered. Is this PC on the internet? Try again with F5.")
        return _("No title has all these words. Try fewer, or another spelling.")

    def _tell(self) -> None:
        """How far the asking is, and who does not answer."""
        if self._left:
            names = self._names or _("the catalogues of partners")
            self._say(_("Asking {names}…").format(names=names))
            return
        count = len(self._rows)
        self._offer_acts()
        said = [ngettext("{n} title", "{n} titles", count).format(n=number(count))]
        if self._silent:
            said.append(_("no answer from {names}").format(names=", ".join(self._silent)))
        self._say(" · ".join(said))

    def _offer_acts(self) -> None:
        """What is done with a title found, once there is one."""
        for button in (self.accept_button, self.borrow_button):
            button.setEnabled(bool(self._rows))

    def _say(self, text: str) -> None:
        self.state.setText(text)

    def _chosen(self) -> Elsewhere | None:
        row = self.table.current()
        if row is None:
            self._say(_("Choose a title in the list first."))
            return None
        found: Elsewhere = row["row"]
        return found

    def try_accept(self) -> None:
        """Copy the record into a new title."""
        one = self._chosen()
        if one is not None:
            self.accept()
            self._copied(elsewhere.copied(one.record))

    def borrow(self) -> None:
        """The book is wanted from the library that has it."""
        one = self._chosen()
        if one is not None:
            self.accept()
            values = {"kind": "requested", "title": one.title, "author": one.contributors}
            self._borrowed({**values, "partner": one.library, "quantity": 1})


def _row(at: int, one: Elsewhere) -> dict[str, Any]:
    return {
        "id": at,
        "row": one,
        "title": one.title,
        "contributors": one.contributors,
        "year": str(one.year or ""),
        "library": one.library,
        "ours": Pill(_("we have it"), "good") if one.ours is not None else None,
    }
