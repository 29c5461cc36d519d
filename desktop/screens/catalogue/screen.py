"""The catalogue's screen: a list, and the pages that open over it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from database.catalogue import titles
from database.description import isbn
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.catalogue.copies.copies_page import CopiesPage
from desktop.screens.catalogue.copies.labels import LabelsPage
from desktop.screens.catalogue.deposits.deposit import BatchPage
from desktop.screens.catalogue.deposits.deposits import DepositsPage
from desktop.screens.catalogue.form.form import TitlePage
from desktop.screens.catalogue.form.many import ManyPage
from desktop.screens.catalogue.form.tags import TagsPage
from desktop.screens.catalogue.headings.headings import HeadingsPage
from desktop.screens.catalogue.imports.importing import ImportPage
from desktop.screens.catalogue.lists import ListsPage
from desktop.screens.catalogue.page import Page, short
from desktop.screens.catalogue.serials.serials import SerialsPage
from desktop.screens.catalogue.stock.stock import StockPage
from desktop.screens.catalogue.titles.list import ListPage
from desktop.words.language import N_, _, ngettext

_SECTIONS = {
    "titles": "list",
    **{name: name for name in ("lists", "headings", "stock", "deposits", "serials")},
}
"""The attribute that holds the page of each section."""

_OPENINGS: dict[str, tuple[str, str, Any]] = {
    "new": ("form", "open_new", ""),
    "edit": ("form", "open_edit", None),
    "copy": ("form", "open_copy", None),
    "many": ("many", "open", None),
    "import": ("importing", "open", ()),
    "copies": ("copies", "open", None),
    "labels": ("labels", "open", None),
    "batch": ("batch", "open", None),
}
"""For what is asked: the page, its method, and what it is given where nothing is said. A
method that says False opens nothing."""

_VERBS = frozenset({"new", "import", "labels", "lists", "headings", "stock", "deposits", "serials"})


class CatalogueScreen(Screen):
    """`arrive` takes "new", "import", "labels", "lists", "headings", "deposits" or "serials",
    any other words to search for, ("isbn", number), ("title", id), ("import", [files]),
    ("labels", [copy ids]) or ("lists", key of a list)."""

    title = N_("Catalogue")
    shows = frozenset({"Biblio", "Item", "Loan", "Heading", "Deposit", "Serial", "Cover", "Hold"})
    undoes = frozenset(
        {"Biblio", "Item", "Heading", "Stocktake", "Weeding", "Deposit", "Serial", "Batch",
         "Cover", "RecordTemplate"}
    )  # fmt: skip

    def __init__(self, program: Program) -> None:
        super().__init__()
        self._program = program
        self._pages = QStackedWidget()
        self._from_lists = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        self.list: ListPage = self._add(ListPage(program, self))
        self.list.wanted.connect(self._go)

    def _add(self, page: Any) -> Any:
        self._pages.addWidget(page)
        if page.tabs is not None:
            page.tabs.wanted.connect(self._turn_to_section)
        return page

    def _turn_to_section(self, section: str) -> None:
        page: Page = getattr(self, _SECTIONS[section])
        page.reload()
        self._turn_to(page)

    # --- pages: each is made when it is first asked for, since all take most of a second

    @cached_property
    def lists(self) -> ListsPage:
        """Lists to work through."""
        page: ListsPage = self._add(ListsPage(self._program, self))
        page.wanted.connect(self._go)
        return page

    @cached_property
    def stock(self) -> StockPage:
        """Stocktakes and weedings."""
        page: StockPage = self._add(StockPage(self._program, self))
        return page

    @cached_property
    def headings(self) -> HeadingsPage:
        """Names and subjects."""
        page: HeadingsPage = self._add(HeadingsPage(self._program, self))
        page.edit_wanted.connect(lambda number: self._go("edit", number))
        return page

    @cached_property
    def form(self) -> TitlePage:
        """The form of a title."""
        page: TitlePage = self._add(TitlePage(self._program, self))
        page.finished.connect(self._back)
        page.labels_wanted.connect(lambda ids: self._go("labels", ids))
        page.again.connect(self._again)
        page.tags_wanted.connect(self._edit_tags)
        return page

    @cached_property
    def tags(self) -> TagsPage:
        """The record by its tags."""
        page: TagsPage = self._add(TagsPage(self._program, self))
        page.taken.connect(self._tags_taken)
        return page

    @cached_property
    def many(self) -> ManyPage:
        """Many titles at once."""
        page: ManyPage = self._add(ManyPage(self._program, self))
        page.finished.connect(self._back)
        return page

    @cached_property
    def importing(self) -> ImportPage:
        """Bringing records in."""
        page: ImportPage = self._add(ImportPage(self._program, self))
        page.finished.connect(self._back)
        page.labels_wanted.connect(lambda ids: self._go("labels", ids))
        return page

    @cached_property
    def labels(self) -> LabelsPage:
        """Printing labels."""
        page: LabelsPage = self._add(LabelsPage(self._program, self))
        page.finished.connect(self._back)
        return page

    @cached_property
    def copies(self) -> CopiesPage:
        """The copies of a title."""
        page: CopiesPage = self._add(CopiesPage(self._program, self))
        page.finished.connect(self._back)
        page.wanted.connect(self._go)
        return page

    @cached_property
    def deposits(self) -> DepositsPage:
        """The batches of the dinas."""
        page: DepositsPage = self._add(DepositsPage(self._program, self))
        page.wanted.connect(self._go)
        return page

    @cached_property
    def serials(self) -> SerialsPage:
        """Serials and their issues."""
        page: SerialsPage = self._add(SerialsPage(self._program, self))
        return page

    @cached_property
    def batch(self) -> BatchPage:
        """One batch."""
        page: BatchPage = self._add(BatchPage(self._program, self))
        page.wanted.connect(self._go)
        page.finished.connect(lambda _number: self._turn_to_section("deposits"))
        return page

    def page(self) -> Page:
        """The page in sight."""
        found: Page = self._pages.currentWidget()  # type: ignore[assignment]
        return found

    def _turn_to(self, page: Page) -> None:
        self._pages.setCurrentWidget(page)
        self.renew_keys()
        page.focus_first()

    def _go(self, what: str, which: Any) -> None:
        self._from_lists = what == "edit" and self.page().section == "lists"
        if what in _SECTIONS:
            self._turn_to_section(what)
            if what == "lists":
                self.lists.open_list(which or "new")
            return
        name, method, given = _OPENINGS[what]
        page = getattr(self, name)
        if getattr(page, method)(given if which is None and given is not None else which) is False:
            return
        self._turn_to(page)

    def _edit_tags(self, record: Any) -> None:
        self.tags.open(record)
        self._turn_to(self.tags)

    def _tags_taken(self, record: Any, save: bool) -> None:
        """What was typed by tags stands in the form now."""
        self._pages.setCurrentWidget(self.form)
        self.renew_keys()
        self.form.take_record(record)
        if save:
            self.form.save(False)
        else:
            self.form.focus_first()

    def _again(self, slot: Any) -> None:
        """Go on with a title that was typed and not saved."""
        if slot == "copy":
            self.form.open_copy(None)
            self._turn_to(self.form)
        elif isinstance(slot, int):
            self._go("edit", slot)
        else:
            self._go("new", "" if slot == "new" else slot)

    def _back(self, number: int | None) -> None:
        if self._from_lists:
            # A title opened from a list to work through: on with the next one.
            self._from_lists = False
            self._turn_to_section("lists")
            self.lists.table.view.setFocus()
            return
        self._turn_to(self.list)
        if number is None:
            self.list.reload()
        else:
            self.list.show_title(number)
            self.list.table.view.setFocus()

    # --- what a screen does

    def reload(self) -> None:
        """The list and the section in sight read anew; a form keeps what is typed."""
        self.list.reload()
        if self.page() is not self.list:
            self.page().reload()

    def keys(self) -> list[Key]:
        """Those of the page in sight."""
        return self.page().page_keys()

    def focus_first(self) -> None:
        """Where work begins on the page in sight."""
        self.page().focus_first()

    def arrive(self, what: Any) -> None:
        """Search for words, or do what another place asks for."""
        if isinstance(what, str) and what in _VERBS:
            self._go(what, None)
            return
        if isinstance(what, str):
            self._turn_to(self.list)
            self.list.search.set_text(what)
            return
        self._from_lists = False
        verb, which = what
        if verb == "isbn":
            self._arrive_with_isbn(str(which))
        elif verb == "title":
            self._back(which)
        else:
            self._go(verb, which)

    def _arrive_with_isbn(self, number: str) -> None:
        canonical = isbn.canonical(number)
        found = self._program.read(
            lambda session: titles.same_isbn(session, canonical) if canonical else None
        )
        if found is None:
            self._go("new", canonical or number)
            return
        self._back(found[0])
        text = ngettext(
            "“{title}” is here already ({n} copy). Add a copy?",
            "“{title}” is here already ({n} copies). Add a copy?",
            found[2],
        )
        action = Key("", _("Add a copy"), self.list.detail.add_copies)
        self.notice.look(text.format(title=short(found[1]), n=found[2]), action)
