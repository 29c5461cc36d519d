"""Says that a title being typed is in the catalogue already, and offers one more copy."""

from __future__ import annotations

from collections.abc import Callable

from database.catalogue import known
from database.description import isbn
from database.holdings import item_list
from database.library import Session
from desktop.program import Program
from desktop.widgets.buttons import Button
from desktop.widgets.card import Band
from desktop.widgets.text import tip
from desktop.words.language import _, ngettext

_LEAST_LETTERS = 4


class SameTitle(Band):
    """Never takes the focus by itself, for the next key belongs to the form. Hidden until `look`
    finds the same ISBN, or a title of the same words."""

    def __init__(self, program: Program, add: Callable[[], object]) -> None:
        self.button = Button(_("Add a copy"), add, key="copies_add", small=True)
        super().__init__("", "info", self.button)
        self._program = program
        self.found: tuple[int, str, int] | None = None

    def look(self, number: str, title: str) -> None:
        """Search for a title with this ISBN or, failing that, with these words."""
        canonical = isbn.canonical(number)
        self.found = self._program.read(lambda session: _find(session, canonical, title))
        self.set(_already(self.found[2]) if self.found else "", "info")
        self.setToolTip(tip(self.found[1]) if self.found else "")

    def forget(self) -> None:
        """Say nothing."""
        self.found = None
        self.set("")


def _find(session: Session, number: str, title: str) -> tuple[int, str, int] | None:
    if number:
        found = known.same_isbn(session, number)
        if found:
            return found
    alike = known.similar(session, title) if len(title) >= _LEAST_LETTERS else []
    if not alike:
        return None
    biblio_id, name = alike[0]
    return biblio_id, name, len(item_list.items_of(session, biblio_id))


def _already(copies: int) -> str:
    text = ngettext(
        "This title is here already ({n} copy). Add a copy?",
        "This title is here already ({n} copies). Add a copy?",
        copies,
    )
    return text.format(n=copies)
