"""The list of titles: one box to search in, what it finds, and the title chosen."""

from __future__ import annotations

import time
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from database import items, search
from database.search import COUNTED
from desktop import language
from desktop.language import _, ngettext
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.catalogue.description import availability
from desktop.screens.catalogue.detail import Detail
from desktop.screens.catalogue.page import Page
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.empty import Empty
from desktop.widgets.search_box import SearchBox
from desktop.widgets.table import Column, Table

ROWS = 200
_LEAST_HEIGHT = 260


class ListPage(Page):
    """Signals: `wanted(what, id)` asks the screen for "new", "edit" or "import"; "labels"
    comes with the ids of the copies, or None for all without a label."""

    wanted = Signal(str, object)
    section = "titles"

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(program, host)
        self._labels = Button("", lambda: self.wanted.emit("labels", None), key="Ctrl+P")
        self.detail = Detail(program, host)
        self.detail.edit_wanted.connect(lambda number: self.wanted.emit("edit", number))
        self.detail.labels_wanted.connect(lambda ids: self.wanted.emit("labels", ids))
        keys = self._acts()
        self.column.addLayout(
            self.head(
                Button.of(keys["import"]),
                self._labels,
                Button.of(keys["new"], kind="primary"),
            )
        )
        self.search = SearchBox(_("Title, author, ISBN, subject, barcode"))
        self.search.searched.connect(lambda _text: self.reload())
        self.column.addWidget(self.search)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._found())
        self._stack.addWidget(self._nothing(keys))
        self.column.addWidget(self._stack, 1)
        self.search.down.connect(self._into_list)

    def _acts(self) -> dict[str, Key]:
        return {
            "new": Key("Ctrl+N", _("New title"), lambda: self.wanted.emit("new", None)),
            "import": Key("Ctrl+I", _("Import…"), lambda: self.wanted.emit("import", None)),
        }

    def _found(self) -> QSplitter:
        self.table = Table(
            [
                Column(_("Title"), "title", stretch=True),
                Column(_("Author"), "contributors", optional=True, width=136),
                Column(_("Year"), lambda row: str(row.year or ""), align="right", optional=True),
                Column(_("Call number"), "call_number", optional=True),
                Column(_("Available"), _pill, kind="pill"),
            ],
            on_open=lambda row: self.wanted.emit("edit", row.id),
            on_select=lambda row: self.detail.show_title(row.id if row else None),
            empty=_("No title has all these words. Try fewer, or another spelling."),
            name=_("Titles"),
        )
        card = Card(flush=True)
        card.body.addWidget(self.table)
        split = QSplitter()
        split.setHandleWidth(12)
        split.setMinimumHeight(_LEAST_HEIGHT)
        split.setChildrenCollapsible(False)
        split.addWidget(card)
        split.addWidget(self.detail)
        split.setSizes([740, 370])
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 1)
        return split

    def _nothing(self, keys: dict[str, Key]) -> QWidget:
        first = Key(keys["new"].sequence, _("Add the first title"), keys["new"].slot)
        bring = Key(keys["import"].sequence, _("Import MARC files"), keys["import"].slot)
        card = Card()
        text = _("There are no titles yet. Scan the back of a book, or bring in an old catalogue.")
        card.body.addWidget(Empty(text, first, "library", bring))
        holder = QWidget()
        QVBoxLayout(holder).addWidget(card)
        holder.layout().setContentsMargins(0, 0, 0, 0)  # type: ignore[union-attr]
        return holder

    def page_keys(self) -> list[Key]:
        """Shown under F1."""
        acts = self._acts()
        return [
            acts["new"], acts["import"],
            Key("F3", _("Search titles"), self.focus_first),
            Key("Ctrl+P", _("Print labels of new copies"), self._labels.click),
            Key("Ctrl+E", _("Add a copy"), self.detail.add_copies),
            Key("", _("Remove this title…"), self.detail.remove_title),
        ]  # fmt: skip

    def focus_first(self) -> None:
        """Into the search box."""
        self.search.line.setFocus()
        self.search.line.selectAll()

    def _into_list(self) -> None:
        self.table.view.setFocus()
        if self.table.current() is None:
            self.table.select_first()

    def reload(self) -> None:
        """Search anew; the title chosen stays chosen."""
        text = self.search.text()
        began = time.perf_counter()
        found, waiting = self.program.read(
            lambda session: (
                search.search(session, text, ROWS),
                items.count_unlabelled(session),
            )
        )
        self._say(found, text, round((time.perf_counter() - began) * 1000))
        count = language.number(waiting)
        self._labels.set_text(_("Print labels ({n})").format(n=count) if waiting else _("Labels"))
        self.detail.refresh()

    def _say(self, found: search.Results, text: str, took: int) -> None:
        more = found.count - len(found.rows)
        footer = ngettext("{n} more title; refine the search", "{n} more titles; refine the search",
                          more).format(n=language.number(more))  # fmt: skip
        self.table.highlight(list(found.words))
        self.table.set_rows(found.rows, footer if more > 0 else "")
        count = ngettext("{n} title", "{n} titles", found.count)
        bound = "+" if found.count >= COUNTED and found.words else ""
        count = count.format(n=language.number(found.count) + bound)
        self.search.set_side(f"{count} · {max(took, 1)} ms")
        self._stack.setCurrentIndex(0 if found.rows or text else 1)
        self.search.setVisible(bool(found.rows or text))
        if found.rows and self.table.current() is None:
            self.table.select_first()

    def show_title(self, biblio_id: int) -> None:
        """Select a title, wherever the list stands."""
        if biblio_id not in {row.id for row in self.table.rows()}:
            rows = self.program.read(lambda session: search.details(session, [biblio_id]))
            self.search.line.blockSignals(True)
            self.search.line.setText(rows[0].title if rows else "")
            self.search.line.blockSignals(False)
            self.reload()
            if biblio_id not in {row.id for row in self.table.rows()}:
                self.table.set_rows(rows)
        self.table.select_ids([biblio_id])
        self.detail.show_title(biblio_id)


def _pill(row: Any) -> Any:
    return availability(row.available, row.items)
