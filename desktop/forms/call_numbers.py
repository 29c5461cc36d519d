"""How call numbers are made, with the number a book would get."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from database.description import callnumber
from database.library import Session
from database.policy import settings
from desktop.forms.part import Part
from desktop.program import Program
from desktop.widgets.card import Band
from desktop.widgets.form import CheckBox, Choice, Field, Form
from desktop.widgets.text import label
from desktop.words.codes import ITEM_TYPES
from desktop.words.language import N_, _

SCHEMES = {"ddc": N_("DDC, as 616"), "nlm": N_("NLM, as WB 100; DDC for the rest")}
_CHOICES: dict[str, settings.Choice[Any]] = {
    "scheme": settings.CALL_SCHEME,
    "letters": settings.CALL_LETTERS,
    "title_letter": settings.CALL_TITLE_LETTER,
    **{f"prefix_{kind}": choice for kind, choice in settings.CALL_PREFIXES.items()},
}
_PREFIX = re.compile(r"[A-Z]{0,5}")


class CallNumbersPart(Part):
    """Scheme, letters, prefixes; an example follows what is typed."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        kinds = [(f"prefix_{kind}", _(ITEM_TYPES[kind])) for kind in settings.CALL_PREFIXES]
        prefixes = [Field(key, name, check=_prefix_problem) for key, name in kinds]
        lengths = [(count, str(count)) for count in range(1, callnumber.MOST_LETTERS + 1)]
        self.form = Form(
            [
                (
                    Choice(
                        "scheme",
                        _("Shelves are ordered by"),
                        width=2,
                        options=[(key, _(name)) for key, name in SCHEMES.items()],
                    ),
                    Choice("letters", _("Letters of the heading"), options=lengths),
                ),
                CheckBox("title_letter", _("First letter of the title, without The, Sang, Het")),
            ]
        )
        self.prefixes = Form([prefixes[:3], prefixes[3:]])
        self.example = Band()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.form)
        column.addWidget(label(_("Before the number of these kinds stands"), "strong"))
        column.addWidget(self.prefixes)
        column.addWidget(self.example)
        for form in (self.form, self.prefixes):
            form.changed.connect(self._typed)

    def load(self) -> None:
        """Show what is chosen, and what it makes."""
        values = {
            key: self.program.read(partial(settings.get, choice=choice))
            for key, choice in _CHOICES.items()
        }
        self.form.set_values(values)
        self.prefixes.set_values(values)
        self._show_example()

    def _typed(self, key: str) -> None:
        self._show_example()
        self.changed.emit(key)

    def _values(self) -> dict[str, Any]:
        prefixes = {key: text.upper() for key, text in self.prefixes.values().items()}
        return {**self.form.values(), **prefixes}

    def chosen(self) -> callnumber.Style:
        """What the fields say, saved or not."""
        values = self._values()
        kinds = {kind: values[f"prefix_{kind}"] for kind in settings.CALL_PREFIXES}
        return callnumber.Style(
            values["letters"] or callnumber.PLAIN.letters,
            values["title_letter"],
            values["scheme"] or callnumber.PLAIN.scheme,
            {kind: prefix for kind, prefix in kinds.items() if prefix},
        )

    def _show_example(self) -> None:
        style = self.chosen()
        number = style.number("610.73", "WY 100")
        made = [
            callnumber.make(number, "Potter, Patricia", "The art of nursing", prefix, style, "eng")
            for prefix in ("", style.prefix("thesis"))
        ]
        made.append(callnumber.whole(made[0], "2", 3))
        text = _("A book: {book}  ·  a thesis: {thesis}  ·  volume 2, copy 3: {copy}")
        self.example.set(text.format(book=made[0], thesis=made[1], copy=made[2]), "info")

    def check(self) -> bool:
        """Prefixes are letters."""
        return self.prefixes.validate() and self.form.validate()

    def save(self, session: Session) -> None:
        """Keep what is chosen."""
        values = self._values()
        for key, choice in _CHOICES.items():
            settings.change(session, choice, values[key], self.program.now())

    def draft(self) -> dict[str, Any]:
        """What was typed."""
        return {**self.form.draft(), **self.prefixes.draft()}

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Put it back."""
        self.form.restore(draft)
        self.prefixes.restore(draft)

    def focus_first(self) -> None:
        """The scheme."""
        self.form.focus("scheme")


def _prefix_problem(text: str) -> str | None:
    return None if _PREFIX.fullmatch(text.upper()) else _("up to five letters")
