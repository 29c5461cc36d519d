"""How copies are numbered, asked by examples: three usual ways, or the number one has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout

from database.library import Session
from database.policy import house, numbering, settings
from desktop.forms.part import Part
from desktop.program import Program
from desktop.widgets.form import Field, Form
from desktop.widgets.text import label
from desktop.words.language import N_, _

USUAL = (
    ("{seq:4}/{library}/{source}/{year}", N_("number, library, how acquired, year")),
    ("{seq:4}/{source}/{year}", N_("number, how acquired, year")),
    ("{seq:5}", N_("only a running number")),
)
"""What most registers (buku induk) write; H is a gift, B is bought."""
_OWN = len(USUAL)
_RUNNING = re.compile(r"\d+")


class AccessionPart(Part):
    """No pattern is shown: of a number that one has, the running part is found by itself."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._kept = ""
        self.choices = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for place in range(_OWN + 1):
            button = QRadioButton()
            self.choices.addButton(button, place)
            column.addWidget(button)
        self.choices.button(_OWN).setText(_("as our books have it already"))
        self.form = Form([Field("own", _("One of your numbers, such as 0123/PERP/2024"),
                                check=_problem)])  # fmt: skip
        column.addWidget(self.form)
        hint = _("The first number is the running one; what comes goes on after the highest.")
        self._hint = label(hint, "small", wrap=True)
        column.addWidget(self._hint)
        self.choices.idToggled.connect(self._turned)
        self.form.changed.connect(self.changed)

    def load(self) -> None:
        """Show the three with this library's own name, and choose what is kept."""
        self._kept = self.program.read(partial(settings.get, choice=settings.ACCESSION_PATTERN))
        short = self.program.read(house.profile).short_name or _("RSUD")
        facts = numbering.parts_of(self.program.now().date(), short) | {"source": "H"}
        for place, (pattern, words) in enumerate(USUAL):
            example = numbering.write(pattern, 1, facts)
            self.choices.button(place).setText(f"{example}   ({_(words)})")
        known = [pattern for pattern, _words in USUAL]
        at = known.index(self._kept) if self._kept in known else 0
        self.choices.button(at).setChecked(True)
        self._turned(at, True)

    def _turned(self, place: int, on: bool) -> None:
        if on:
            for part in (self.form, self._hint):
                part.setVisible(place == _OWN)
            if place == _OWN and self.isVisible():
                self.form.focus("own")
            self.changed.emit("choice")

    def pattern(self) -> str:
        """What was chosen, as the library keeps it."""
        at = self.choices.checkedId()
        return USUAL[at][0] if 0 <= at < _OWN else pattern_of(str(self.form.value("own") or ""))

    def check(self) -> bool:
        """A number of one's own has a running part."""
        return self.choices.checkedId() != _OWN or (self.form.validate() and bool(self.pattern()))

    def save(self, session: Session) -> None:
        """Keep it; what has a number keeps that."""
        settings.change(session, settings.ACCESSION_PATTERN, self.pattern(), self.program.now())

    def draft(self) -> dict[str, Any]:
        """What was chosen and typed, where it differs from what is kept."""
        if self.pattern() == self._kept:
            return {}
        return {"choice": self.choices.checkedId(), "own": self.form.value("own") or ""}

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Put it back."""
        button = self.choices.button(int(draft.get("choice", 0)))
        if button is not None:
            button.setChecked(True)
        self.form.put("own", str(draft.get("own", "")))

    def focus_first(self) -> None:
        """The one chosen; the arrows move."""
        self.choices.button(max(self.choices.checkedId(), 0)).setFocus()


def pattern_of(example: str) -> str:
    """The pattern of which a number is an example: its first figures run, a year of this century
    is the year, all else stays as it is. "" for what has no figures, or holds braces."""
    text = example.strip()
    first = _RUNNING.search(text)
    if first is None or "{" in text or "}" in text:
        return ""
    rest = re.sub(r"(?<!\d)20\d\d(?!\d)", "{year}", text[first.end() :])
    return f"{text[: first.start()]}{{seq:{len(first.group())}}}{rest}"


def _problem(text: str) -> str | None:
    return None if pattern_of(text) else _("write a number as it stands in a book")
