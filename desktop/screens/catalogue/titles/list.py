"""The list of titles: one box to search in, what it finds, and the title chosen."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from database.search import listing
from database.search.filters import EVERYTHING
from database.text.own_values import OwnRow
from desktop import pc
from desktop.asking import Asker
from desktop.forms.acts import BinDialog
from desktop.forms.done.activity import RecordHistory
from desktop.forms.own import fields as own
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.catalogue.page import Page
from desktop.screens.catalogue.titles.answer import Answer, find, lazy_rows
from desktop.screens.catalogue.titles.beside import BesideLine
from desktop.screens.catalogue.titles.chosen import Chosen
from desktop.screens.catalogue.titles.columns import title_columns
from desktop.screens.catalogue.titles.detail import Detail
from desktop.screens.catalogue.titles.elsewhere import ElsewhereDialog
from desktop.screens.catalogue.titles.narrowing import Narrowing
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.columns_button import ColumnsButton
from desktop.widgets.empty import Empty
from desktop.widgets.search_box import SearchBox
from desktop.widgets.table import Table
from desktop.words import language
from desktop.words.language import _, ngettext

_LEAST_HEIGHT = 260
_PAGES_ASKED = 3
"""Pages of rows that may be under way at once: those in sight and one more."""


class ListPage(Page):
    """Signals: `wanted(what, id)` asks the screen for "new", "edit" or "import"; "labels"
    comes with the ids of the copies, or None for all without a label."""

    wanted = Signal(str, object)
    section = "titles"

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(program, host)
        self._asker = Asker(program, host, self)
        self._pages = Asker(program, host, self, many=_PAGES_ASKED)
        self._to_show: int | None = None
        self._told = False
        self._own: list[OwnRow] = []
        self._labels = Button("", lambda: self.wanted.emit("labels", None), key="print")
        self.detail = Detail(program, host)
        self.detail.edit_wanted.connect(lambda number: self.wanted.emit("edit", number))
        self.detail.labels_wanted.connect(lambda ids: self.wanted.emit("labels", ids))
        self.detail.copies_wanted.connect(lambda number: self.wanted.emit("copies", number))
        self.detail.copy_wanted.connect(lambda number: self.wanted.emit("copy", number))
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
        self._titles = listing.Titles(0, False, (), EVERYTHING, "", False, None)
        self._make_table()
        self.column.addWidget(self._make_filters())
        self.chosen = Chosen(
            program, host, self.chosen_ids, self._change_all, self.table.select_first
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._found())
        self._stack.addWidget(self._nothing(keys))
        self.beside = BesideLine(program, host, self.open_elsewhere)
        for part, stretch in ((self.chosen, 0), (self._stack, 1), (self.beside, 0)):
            self.column.addWidget(part, stretch)
        self.search.down.connect(self._into_list)

    def _acts(self) -> dict[str, Key]:
        return {
            "new": Key(
                "new", _("New title"), lambda: self.wanted.emit("new", None), needs="catalogue"
            ),
            "import": Key(
                "bring_in",
                _("Import…"),
                lambda: self.wanted.emit("import", None),
                needs="catalogue",
            ),
        }

    def _make_filters(self) -> Narrowing:
        chosen = self.program.pc.get(pc.TITLE_COLUMNS).split()
        self.columns_button = ColumnsButton(self._to_choose(), chosen)
        self.columns_button.chosen.connect(self._show_columns)
        self.table.show_columns({"title", *chosen})
        self.filters = Narrowing(self.program, self.host, lambda: self._titles, self.columns_button)
        self.filters.changed.connect(self.reload)
        return self.filters

    def _to_choose(self) -> list[tuple[str, str]]:
        return [(one.name, one.title) for one in self.table.columns() if one.name != "title"]

    def _declare(self) -> None:
        """A column more for each field that the library declared itself."""
        declared = self.program.read(own.of_titles)
        if declared == self._own:
            return
        self._own = declared
        chosen = self.program.pc.get(pc.TITLE_COLUMNS).split()
        self.table.set_columns(title_columns(declared), {"title", *chosen})
        self.columns_button.offer(self._to_choose(), chosen)

    def _show_columns(self, names: list[str]) -> None:
        self.program.pc.put(pc.TITLE_COLUMNS, " ".join(["title", *names]))
        self.table.show_columns({"title", *names})

    def _make_table(self) -> None:
        self.table = Table(
            title_columns(),
            on_sort=lambda _name, _down: self.reload(),
            on_open=lambda row: self.wanted.emit("edit", row.id),
            on_select=self._selected,
            many=True,
            empty=_("No title has all these words. Try fewer, or another spelling."),
            name=_("Titles"),
        )

    def _selected(self, row: Any) -> None:
        self._told = True
        self.detail.show_title(row.id if row else None, row.why if row else "")
        self.chosen.say(self.table.selected_count())

    def chosen_ids(self) -> list[int]:
        """The titles selected; all that are found where one is or every one is."""
        count, titles = self.table.selected_count(), self._titles
        ids = self.table.selected_ids() if 1 < count < titles.count else []
        if ids and None not in ids:
            return ids
        every = self.program.read(lambda session: listing.every_id(session, titles))
        if count <= 1 or count == titles.count:
            return every
        # Rows chosen that were never in sight.
        return [one for top, bottom in self.table.spans() for one in every[top : bottom + 1]]

    def _change_all(self, ids: list[int]) -> None:
        self.wanted.emit("many", ids)

    def _change_chosen(self) -> None:
        if self.table.selected_count() > 1:
            self.wanted.emit("many", self.chosen_ids())
        else:
            self.notice.look(_("Choose several titles first: Shift or Ctrl with a click, Ctrl+A."))

    def _found(self) -> QSplitter:
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
        first = Key(keys["new"].name, _("Add the first title"), keys["new"].slot)
        bring = Key(keys["import"].name, _("Bring in what you have"), keys["import"].slot)
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
            acts["new"],
            acts["import"],
            Key("find", _("Search titles"), self.focus_first),
            Key("reload", _("Read the list anew"), self.reload),
            Key("clear", _("Clear the filters"), self.filters.clear),
            Key("print", _("Print labels of new copies"), self._labels.click),
            Key("copies", _("Copies of the title"), self.detail.open_copies),
            Key("copies_add", _("Add a copy"), self.detail.add_copies, needs="catalogue"),
            Key("files", _("Files and links…"), self.detail.open_files),
            Key("duplicate", _("New title from this one"), self._copy_chosen, needs="catalogue"),
            Key("change", _("Change the titles chosen…"), self._change_chosen, needs="catalogue"),
            Key("", _("Export the titles found…"), self.chosen.export, needs="export"),
            Key("", _("Remove this title…"), self.detail.remove_title, needs="strike"),
            Key("", _("Search in other libraries…"), self.open_elsewhere, needs="catalogue"),
            Key("", _("Bin: what was struck or withdrawn…"), self._open_bin, needs="strike"),
            Key("", _("What was done to this record…"), self._show_history),
        ]

    def _open_bin(self) -> None:
        BinDialog(self.program, self.host).exec()
        self.focus_first()

    def open_elsewhere(self) -> ElsewhereDialog:
        """The words of the search, asked for in the catalogues of other libraries."""
        box = ElsewhereDialog(
            self.program,
            self.host,
            self.search.text(),
            lambda record: self.wanted.emit("record", record),
            lambda values: self.host.leave_for.emit("services", ("interlibrary", values)),
        )
        box.open()
        return box

    def _show_history(self) -> None:
        """What was done to the title chosen, and by whom."""
        row = self.table.current()
        if row is not None:
            RecordHistory(self.program, self.host, "Biblio", row.id, row.title).exec()

    def _copy_chosen(self) -> None:
        row = self.table.current()
        if row is not None:
            self.wanted.emit("copy", row.id)

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
        self._declare()
        text, filters, sort = self.search.text(), self.filters.chosen(), self.table.sort()
        ids = [one for one in self.table.kept_ids() if one is not None]
        if self._to_show is not None:
            ids = [self._to_show]

        def done(answer: Answer) -> None:
            self._show(answer, text)

        self._asker.ask(lambda session: find(session, text, filters, sort, ids), done)

    def _show(self, answer: Answer, text: str) -> None:
        wanted, self._to_show = self._to_show, None
        if wanted is not None and answer.places.get(wanted, 0) is None and self._hides():
            self._show_all(wanted)
            return
        self._titles = found = answer.titles
        self._told = False
        more = _("There are more than {n}; add a word to see the best.")
        footer = more.format(n=language.number(listing.BOUND)) if found.bounded else ""
        self.table.highlight(list(found.words))
        self.table.set_rows(lazy_rows(answer, self.program, self._pages), footer)
        if wanted is not None:
            self.table.select_ids([wanted])
        self._say(text)
        self.beside.ask(text)
        count = language.number(answer.waiting)
        waiting = _("Print labels ({n})").format(n=count) if answer.waiting else _("Labels")
        self._labels.set_text(waiting)
        if not self._told:
            # Nothing else was chosen: the title in sight may have changed.
            self.detail.refresh()

    def _say(self, text: str) -> None:
        found = self._titles
        count = ngettext("{n} title", "{n} titles", found.count)
        bound = "+" if found.bounded else ""
        count = count.format(n=language.number(found.count) + bound)
        self.search.set_side(count)
        narrowed = bool(found.count or text or self.filters.active())
        self._stack.setCurrentIndex(0 if narrowed else 1)
        self.search.setVisible(narrowed)
        self.filters.setVisible(narrowed)
        self.table.set_empty(
            _("No title passes these filters. Clear one of them.")
            if self.filters.active()
            else _("No title has all these words. Try fewer, or another spelling.")
        )
        if found.count and self.table.current() is None:
            self.table.select_first()

    def show_title(self, biblio_id: int) -> None:
        """Read the list anew and select a title in it; what hides it is taken away."""
        self._to_show = biblio_id
        self.reload()

    def _hides(self) -> bool:
        return bool(self.search.text() or self.filters.active() or self.table.sort()[0])

    def _show_all(self, biblio_id: int) -> None:
        self.search.line.blockSignals(True)
        self.search.line.clear()
        self.search.line.blockSignals(False)
        self.table.show_sort("", False)
        self._to_show = biblio_id
        if self.filters.active():
            self.filters.clear()
        else:
            self.reload()
