"""The pages of the catalogue: each is made when it is first asked for, since all of them
together take most of a second."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from desktop.program import Program
from desktop.screen import Screen
from desktop.screens.catalogue.copies.copies_page import CopiesPage
from desktop.screens.catalogue.copies.labels import LabelsPage
from desktop.screens.catalogue.deposits.deposit import BatchPage
from desktop.screens.catalogue.deposits.deposits import DepositsPage
from desktop.screens.catalogue.form.form import TitlePage
from desktop.screens.catalogue.form.many import ManyPage
from desktop.screens.catalogue.form.tags import TagsPage
from desktop.screens.catalogue.headings.headings import HeadingsPage
from desktop.screens.catalogue.lists import ListsPage
from desktop.screens.catalogue.page import Page
from desktop.screens.catalogue.serials.serials import SerialsPage
from desktop.screens.catalogue.stock.stock import StockPage
from desktop.screens.catalogue.titles.list import ListPage


class CataloguePages(Screen):
    """Makes the pages and hears what they ask for; where each leads is said by the screen."""

    def __init__(self, program: Program) -> None:
        super().__init__()
        self._program = program
        self._pages = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        self.list: ListPage = self._add(ListPage(program, self))
        self.list.wanted.connect(self.go)

    def go(self, what: str, which: Any) -> None:
        """Open what was asked for."""
        raise NotImplementedError

    def back(self, number: int | None) -> None:
        """From a page to where it was opened from; to a title, where one is to be shown."""
        raise NotImplementedError

    def again(self, slot: Any) -> None:
        """Go on with a title that was typed and not saved."""
        raise NotImplementedError

    def edit_tags(self, record: Any) -> None:
        """The record of the form, by its tags."""
        raise NotImplementedError

    def tags_taken(self, record: Any, save: bool) -> None:
        """What was typed by tags stands in the form now."""
        raise NotImplementedError

    def turn_to_section(self, section: str) -> None:
        """To one of the lists, read anew."""
        raise NotImplementedError

    def page(self) -> Page:
        """The page in sight."""
        found: Page = self._pages.currentWidget()  # type: ignore[assignment]
        return found

    def _add(self, page: Any) -> Any:
        self._pages.addWidget(page)
        if page.tabs is not None:
            page.tabs.wanted.connect(self.turn_to_section)
        return page

    @cached_property
    def lists(self) -> ListsPage:
        """Lists to work through."""
        page: ListsPage = self._add(ListsPage(self._program, self))
        page.wanted.connect(self.go)
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
        page.edit_wanted.connect(lambda number: self.go("edit", number))
        return page

    @cached_property
    def form(self) -> TitlePage:
        """The form of a title."""
        page: TitlePage = self._add(TitlePage(self._program, self))
        page.finished.connect(self.back)
        page.labels_wanted.connect(lambda ids: self.go("labels", ids))
        page.again.connect(self.again)
        page.tags_wanted.connect(self.edit_tags)
        return page

    @cached_property
    def tags(self) -> TagsPage:
        """The record by its tags."""
        page: TagsPage = self._add(TagsPage(self._program, self))
        page.taken.connect(self.tags_taken)
        return page

    @cached_property
    def many(self) -> ManyPage:
        """Many titles at once."""
        page: ManyPage = self._add(ManyPage(self._program, self))
        page.finished.connect(self.back)
        return page

    @cached_property
    def labels(self) -> LabelsPage:
        """Printing labels."""
        page: LabelsPage = self._add(LabelsPage(self._program, self))
        page.finished.connect(self.back)
        return page

    @cached_property
    def copies(self) -> CopiesPage:
        """The copies of a title."""
        page: CopiesPage = self._add(CopiesPage(self._program, self))
        page.finished.connect(self.back)
        page.wanted.connect(self.go)
        return page

    @cached_property
    def deposits(self) -> DepositsPage:
        """The batches of the dinas."""
        page: DepositsPage = self._add(DepositsPage(self._program, self))
        page.wanted.connect(self.go)
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
        page.wanted.connect(self.go)
        page.finished.connect(lambda _number: self.turn_to_section("deposits"))
        return page
