"""The catalogue's screen: a list, and the pages that open over it."""

from __future__ import annotations

from typing import Any

from database.catalogue import known
from database.description import isbn
from desktop.program import Program
from desktop.screen import Key
from desktop.screens.catalogue.page import Page, short
from desktop.screens.catalogue.pages import CataloguePages
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
    "record": ("form", "open_record", None),
    "many": ("many", "open", None),
    "copies": ("copies", "open", None),
    "labels": ("labels", "open", None),
    "batch": ("batch", "open", None),
}
"""For what is asked: the page, its method, and what it is given where nothing is said. A
method that says False opens nothing."""

_VERBS = frozenset({"new", "labels", "lists", "headings", "stock", "deposits", "serials"})


class CatalogueScreen(CataloguePages):
    """`arrive` takes "new", "labels", "lists", "headings", "deposits" or "serials",
    any other words to search for, ("isbn", number), ("title", id),
    ("labels", [copy ids]) or ("lists", key of a list)."""

    title = N_("Catalogue")
    shows = frozenset(
        {"Biblio", "Item", "Loan", "Heading", "Deposit", "Serial", "Cover", "Hold", "OwnField"}
    )

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._from_lists = False

    def turn_to_section(self, section: str) -> None:
        """To one of the lists, read anew."""
        page: Page = getattr(self, _SECTIONS[section])
        page.reload()
        self._turn_to(page)

    def _turn_to(self, page: Page) -> None:
        self._pages.setCurrentWidget(page)
        self.renew_keys()
        page.focus_first()

    def go(self, what: str, which: Any) -> None:
        """Open what was asked for."""
        self._from_lists = what == "edit" and self.page().section == "lists"
        if what in _SECTIONS:
            self.turn_to_section(what)
            if what == "lists":
                self.lists.open_list(which or "new")
            return
        if what == "import":
            self.leave_for.emit("moving", "catalogue")
            return
        name, method, given = _OPENINGS[what]
        page = getattr(self, name)
        if getattr(page, method)(given if which is None and given is not None else which) is False:
            return
        self._turn_to(page)

    def edit_tags(self, record: Any) -> None:
        """The record of the form, by its tags."""
        self.tags.open(record)
        self._turn_to(self.tags)

    def tags_taken(self, record: Any, save: bool) -> None:
        """What was typed by tags stands in the form now."""
        self._pages.setCurrentWidget(self.form)
        self.renew_keys()
        self.form.take_record(record)
        if save:
            self.form.save(False)
        else:
            self.form.focus_first()

    def again(self, slot: Any) -> None:
        """Go on with a title that was typed and not saved."""
        if slot == "copy":
            self.form.open_copy(None)
            self._turn_to(self.form)
        elif isinstance(slot, int):
            self.go("edit", slot)
        else:
            self.go("new", "" if slot == "new" else slot)

    def back(self, number: int | None) -> None:
        """From a page to where it was opened from; to a title, where one is to be shown."""
        if self._from_lists:
            # A title opened from a list to work through: on with the next one.
            self._from_lists = False
            self.turn_to_section("lists")
            self.lists.table.view.setFocus()
            return
        self._turn_to(self.list)
        if number is None:
            self.list.reload()
        else:
            self.list.show_title(number)
            self.list.table.view.setFocus()

    # --- what a screen does

    def begin(self) -> None:
        """The list of titles."""
        self._turn_to(self.list)

    def reload(self) -> None:
        """The list and the section in sight read anew; a form keeps what is typed."""
        self.list.reload()
        if self.page() is not self.list:
            self.page().reload()

    def keys(self) -> list[Key]:
        """Those of the page in sight."""
        return self.page().page_keys()

    def take_scan(self, code: str, kind: str) -> bool:
        """The page in sight; an ISBN is looked up in the list."""
        if super().take_scan(code, kind) or self.page().take_scan(code, kind):
            return True
        if kind == "isbn" and self.page() is self.list:
            self.arrive(("isbn", code))
            return True
        return False

    def focus_first(self) -> None:
        """Where work begins on the page in sight."""
        self.page().focus_first()

    def arrive(self, what: Any) -> None:
        """Search for words, or do what another place asks for."""
        if isinstance(what, str) and what in _VERBS:
            self.go(what, None)
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
            self.back(which)
        else:
            self.go(verb, which)

    def _arrive_with_isbn(self, number: str) -> None:
        canonical = isbn.canonical(number)
        found = self._program.read(
            lambda session: known.same_isbn(session, canonical) if canonical else None
        )
        if found is None:
            self.go("new", canonical or number)
            return
        self.back(found[0])
        text = ngettext(
            "“{title}” is here already ({n} copy). Add a copy?",
            "“{title}” is here already ({n} copies). Add a copy?",
            found[2],
        )
        action = Key("", _("Add a copy"), self.list.detail.add_copies)
        self.notice.look(text.format(title=short(found[1]), n=found[2]), action)
