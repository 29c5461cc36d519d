"""What Ctrl+K finds beside the acts of the screens: titles, patrons, settings, papers, help."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from database.library import Session
from database.rights import Right
from desktop import manual
from desktop.asking import Asker
from desktop.places import PARTS, SHOWN_TO
from desktop.program import Program
from desktop.widgets.keys import Key
from desktop.window import MainWindow
from desktop.words.codes import SECTIONS
from desktop.words.language import _
from desktop.words.register_words import REGISTERS, register

MOST = 6  # of each kind, so that all kinds have room in the list
LEAST_LETTERS = 2
_LONGEST = 70


class Anywhere:
    """Kept on the window. `find(text, done)` gives at once what is known without asking the
    library, and once more with titles and patrons when it has answered."""

    def __init__(self, window: MainWindow, program: Program) -> None:
        self._window, self._program = window, program
        self._asker = Asker(program, window.current(), window)

    def find(self, text: str, done: Callable[[list[Key]], object]) -> None:
        """Tell what is found of `text`; a newer question drops the answer to an older one."""
        if len(text.strip()) < LEAST_LETTERS:
            self._asker.drop()
            done([])
            return
        kinds = (self._parts, self._sections, self._papers, self._help, self._settings)
        known = [key for kind in kinds for key in kind(text)]
        done(known)
        self._asker.ask(partial(self._read, text), lambda found: done([*self._keys(found), *known]))

    def _go(self, title: str, place: str, what: object) -> Key:
        return Key("", title, partial(self._window.go, place, what))

    def _may(self, place: str) -> bool:
        return any(map(self._program.library.may, SHOWN_TO[place]))

    def _parts(self, text: str) -> Iterator[Key]:
        """Parts of places, and the registers, each a part of Services."""
        named = [(place, what, _(name)) for place, what, name in PARTS]
        named += [("services", name, register(name)) for name in REGISTERS]
        for place, what, name in named:
            title = f"{self._window.title_of(place)}: {name}"
            if self._may(place) and _fits(text, title):
                yield self._go(title, place, what)

    def _sections(self, text: str) -> Iterator[Key]:
        shown = _("Settings: {name}")
        sections = SECTIONS.items() if self._may("settings") else ()
        named = ((key, shown.format(name=_(name))) for key, name in sections)
        for key, title in [one for one in named if _fits(text, one[1])][:MOST]:
            yield self._go(title, "settings", key)

    def _settings(self, text: str) -> Iterator[Key]:
        """What stands inside a section is known to the settings alone, and is looked for there."""
        if self._may("settings"):
            asked = _("Look in the settings for “{text}”").format(text=text.strip()[:_LONGEST])
            yield self._go(asked, "settings", ("find", text.strip()))

    def _papers(self, text: str) -> Iterator[Key]:
        # Every page maker is imported by it: only once somebody looks for one.
        from desktop.papers import PAPERS

        shown = _("Paper: {name}")
        named = ((paper.name, shown.format(name=_(paper.title))) for paper in PAPERS.values())
        for key, title in [one for one in named if _fits(text, one[1])][:MOST]:
            yield self._go(title, "printing", ("paper", key))

    def _help(self, text: str) -> Iterator[Key]:
        for page in manual.found(text, self._window.current_key())[:MOST]:
            title = _("Help: {name}").format(name=page.title)
            yield Key("", title, partial(self._window.show_help, page.title))

    def _read(self, text: str, session: Session) -> list[tuple[str, str, object]]:
        """(what is read, place, what that place is asked for); patrons only for whom may see
        them."""
        # Read behind the window a moment after the start, and not before it.
        from database.patrons import finding
        from database.search import search

        found: list[tuple[str, str, object]] = []
        if self._program.library.may(Right.DESK):
            wanted = finding.PatronFilter(typed=text)
            found += [
                (f"{one.name} · {one.number}", "patrons", ("patron", one.id))
                for one in finding.search(session, wanted, MOST)[1]
            ]
        for one in search.search(session, text, limit=MOST).rows:
            told = " — ".join(filter(None, (one.title, one.contributors)))
            found.append((told, "catalogue", ("title", one.id)))
        return found

    def _keys(self, found: list[tuple[str, str, object]]) -> Iterator[Key]:
        for told, place, what in found:
            text = _("Patron: {name}") if place == "patrons" else _("Title: {name}")
            short = told if len(told) <= _LONGEST else f"{told[: _LONGEST - 1]}…"
            yield self._go(text.format(name=short), place, what)


def _fits(text: str, name: str) -> bool:
    said = name.casefold()
    return all(word in said for word in text.casefold().split())
