"""What is said below an author typed in direct order: the heading suggested, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject

from database.description.marc_form import ROLE
from database.search import headings
from database.text import names
from database.text.names import Suggestion, Why
from desktop.program import Program
from desktop.screen import Key
from desktop.screens.catalogue.form import layouts
from desktop.widgets.form import Form
from desktop.words.language import _
from desktop.words.sentences import name_reason

_AS_TYPED = frozenset({Why.INVERTED, Why.SEVERAL})
_OWN = "corporate_author"
_AUTHORS = ("main_author", "added_authors")


@dataclass(frozen=True, slots=True)
class _Offer:
    """What is suggested for a name in a field."""

    key: str
    written: str
    suggestion: Suggestion


class NameHints(QObject):
    """Looks at an author while it is typed. Going on takes what is suggested, Esc keeps the name
    as it is typed; names that stood when the record was opened are left alone. What was taken or
    kept is remembered with the title."""

    def __init__(self, program: Program, form: Form) -> None:
        super().__init__(form)
        self._program, self._form = program, form
        self._offers: dict[str, _Offer] = {}
        self._chosen: dict[str, str] = {}
        self._stood: frozenset[str] = frozenset()
        self._bodies: set[str] = set()
        form.left.connect(self.settle)
        form.changed.connect(self._typed)

    def forget(self) -> None:
        """Another title is opened."""
        self._chosen, self._bodies = {}, set()
        self.stand()

    def stand(self) -> None:
        """What the fields hold now was not typed here."""
        self._stood = frozenset(name for key in _AUTHORS for name in self._names(key))
        for key in _AUTHORS:
            self._hide(key)

    def chosen(self) -> dict[str, str]:
        """What was decided: the name alone, as written, and its heading."""
        return dict(self._chosen)

    def persons(self) -> frozenset[str]:
        """Names that were kept as a person's, whatever they look like."""
        written = {name for key in _AUTHORS for name in self._names(key)} - self._bodies
        return frozenset(one for one in written if self._suggest(one) is None)

    def look(self, key: str) -> None:
        """Suggest a heading for the first name of a field that wants one."""
        for written in self._names(key):
            found = None if written in self._stood else self._suggest(written)
            if found is not None and (found.form != written or found.why is Why.BODY):
                self._show(_Offer(key, written, found))
                return
        self._hide(key)

    def settle(self, key: str = "") -> None:
        """Take all that is suggested in a field that was left, or in every one."""
        for one in _AUTHORS:
            if key in ("", one):
                self.look(one)
                while one in self._offers:
                    self.take(one)

    def refuse(self) -> bool:
        """Esc: keep the first name something is suggested for; whether there was one."""
        key = next(iter(self._offers), "")
        if key:
            self.keep(key)
        return bool(key)

    def _names(self, key: str) -> list[str]:
        value = self._form.value(key)
        lines = [value] if isinstance(value, str) else list(value or [])
        return [line.partition(ROLE)[0].strip() for line in lines]

    def _suggest(self, written: str) -> Suggestion | None:
        plain = names.without_titles(written)
        if plain in self._chosen or written in self._bodies:
            return None
        known = self._program.read(lambda session: headings.remembered(session, plain))
        if known is not None and "," not in written:
            return None if known == written else Suggestion(known, Why.CHOSEN)
        found = names.suggest(written, str(self._form.value("language") or ""))
        return None if found.why in _AS_TYPED else found

    def _show(self, offer: _Offer) -> None:
        self._offers[offer.key] = offer
        self._say()

    def _say(self) -> None:
        """The keys answer the first of the offers, so only that one shows them."""
        for place, offer in enumerate(self._offers.values()):
            self._form.offer(
                offer.key,
                offer.suggestion.form,
                name_reason(offer.suggestion),
                Key("" if place else "take", _("Take"), partial(self.take, offer.key)),
                Key("" if place else "back", _("Keep as typed"), partial(self.keep, offer.key)),
            )

    def _hide(self, key: str) -> None:
        self._form.offer(key, "")
        if self._offers.pop(key, None):
            self._say()

    def _typed(self, key: str) -> None:
        if key in _AUTHORS:
            self.look(key)

    def take(self, key: str = "") -> None:
        """Write the heading suggested; without `key` the first that is offered."""
        offer = self._offers.get(key) or next(iter(self._offers.values()), None)
        if offer is None:
            return
        form, written = offer.suggestion.form, offer.written
        if offer.suggestion.why is Why.BODY:
            self._take_body(offer)
        else:
            self._decide(offer, form)
            value = self._form.value(offer.key)
            if isinstance(value, str):
                self._form.put(offer.key, form)
            else:
                swapped = [_swapped(one, written, form) for one in value]
                self._form.put(offer.key, list(dict.fromkeys(swapped)))
        self.look(offer.key)

    def _take_body(self, offer: _Offer) -> None:
        """To the body's own field where it is asked and empty; saving files it right anyway."""
        self._bodies.add(offer.written)
        asked = layouts.LAYOUTS[self._form.value("kind") or "book"]
        is_asked = any(_OWN in row for row in asked)
        if offer.key == "main_author" and is_asked and not self._form.value(_OWN):
            self._form.put(_OWN, offer.written)
            self._form.put(offer.key, "")

    def foreseen(self, changed: Mapping[str, str]) -> dict[str, str]:
        """What was changed, with the main author as going on would file it."""
        offer = self._offers.get("main_author")
        taken = {"main_author": offer.suggestion.form} if offer else {}
        return {**changed, **taken}

    def keep(self, key: str) -> None:
        """Leave the name as it was typed, also the next time."""
        offer = self._offers.get(key)
        if offer is not None:
            self._decide(offer, offer.written)
            self.look(key)
            self._form.focus(key)

    def _decide(self, offer: _Offer, form: str) -> None:
        self._chosen[names.without_titles(offer.written)] = form


def _swapped(line: str, written: str, form: str) -> str:
    """The same line with another name; the role stays."""
    name, sign, role = line.partition(ROLE)
    return f"{form}{sign}{role}" if name.strip() == written else line
