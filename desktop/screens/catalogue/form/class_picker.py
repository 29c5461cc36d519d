"""Class numbers: found by word in both languages, named as they are typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from database.description import classification
from database.description.classification import Class, Pair
from desktop.widgets.finder import Finder
from desktop.widgets.form import Form
from desktop.widgets.table import Column
from desktop.words import language
from desktop.words.language import _

FIELDS = {"classification": "ddc", "nlm": "nlm"}
"""The form's class fields and their schemes."""
SIZE = (660, 352)


class ClassPicker(Finder):
    """Both schemes side by side; `take(scheme, number)` for the scheme asked for.

    A row without a class in that scheme gives the one it has, with its own scheme.
    """

    def __init__(
        self, parent: QWidget, scheme: str, take: Callable[[str, str], object], begin: str = ""
    ) -> None:
        self._scheme, self._pick = scheme, take
        super().__init__(
            parent,
            _("Word or number: midwife, drug, heart, 616.1, WY"),
            [
                Column(_("DDC"), lambda row: _number(row.ddc), strong=scheme == "ddc", width=96),
                Column(_("Class name"), _name, stretch=True),
                Column(_("NLM"), lambda row: _number(row.nlm), strong=scheme == "nlm", width=56),
                Column(_("Name in NLM"), lambda row: _name_of(row.nlm), muted=True, width=210),
            ],
            classification.search,
            self._chosen,
            empty=_("No class has this word. Try another, or type the number yourself."),
        )
        self.setFixedSize(min(SIZE[0], parent.width() - 40), min(SIZE[1], parent.height() - 40))
        self.line.setText(begin)
        self._filter(begin)

    def open_beside(self, field: QWidget) -> None:
        """Show it under the field it fills, or above where there is more room."""
        corner = field.mapTo(self.host, QPoint(0, field.height() + 6))
        if corner.y() + self.height() > self.host.height():
            corner = field.mapTo(self.host, QPoint(0, -self.height() - 6))
        self.open_at(corner)
        self.line.setFocus()
        self.line.selectAll()

    def _chosen(self, pair: Pair) -> None:
        wanted = pair.ddc if self._scheme == "ddc" else pair.nlm
        found = wanted or pair.ddc or pair.nlm
        if found is not None:
            self._pick(found.scheme, found.number)


def _number(one: Class | None) -> str:
    return one.number if one else ""


def _name(pair: Pair) -> str:
    return _name_of(pair.ddc or pair.nlm)


def _name_of(one: Class | None) -> str:
    return one.name(language.current()) if one else ""


def name_classes(form: Form) -> None:
    """Say beneath the class fields what their numbers mean; an empty one hears what the
    other suggests."""
    numbers: dict[str, Any] = {key: form.value(key) or "" for key in FIELDS}
    for key, other in (("classification", "nlm"), ("nlm", "classification")):
        found = classification.find(numbers[key])
        hint = _name_of(found)
        if not numbers[key]:
            near = classification.suggest(numbers[other])
            text = _("near: {number} {name}")
            hint = text.format(number=near.number, name=_name_of(near)) if near else ""
        form.set_hint(key, hint)
