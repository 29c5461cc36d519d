"""Where data for an ISBN is fetched: the order, what is switched off, own SRU servers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from database.catalogue import lookup
from database.catalogue.lookup import Source
from database.library import Session
from desktop.forms.part import Part
from desktop.program import Program
from desktop.widgets.buttons import Button
from desktop.widgets.form import CheckBox, Choice, Field, Form
from desktop.words.language import N_, _

SCHEMAS = (("marcxml", N_("MARC")), ("dc", N_("Dublin Core")))
_OWN = "own"


class SourcesPart(Part):
    """A line a source; the arrow puts it before the one above."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self._lines: list[QWidget] = []
        self.forms: list[Form] = []
        self._sources: list[Source] = []
        self._loaded: list[Source] = []
        self.add_button = Button(_("Add an SRU server"), self.add, icon="plus", small=True)
        self._column.addWidget(self.add_button)

    def load(self) -> None:
        """Show the library's sources."""
        self._loaded = self.program.read(lookup.sources)
        self._show(self._loaded)

    def _show(self, listed: list[Source]) -> None:
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._sources, self._lines, self.forms = list(listed), [], []
        for place, source in enumerate(listed):
            line = self._line(place, source)
            self._lines.append(line)
            self._column.insertWidget(place, line)

    def _line(self, place: int, source: Source) -> QWidget:
        form = Form([_fields(source)])
        form.set_values({**asdict(source), "on": source.on})
        form.changed.connect(lambda _key: self.changed.emit("sources"))
        self.forms.append(form)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(form, 1)
        up = Button(
            "",
            partial(self.raise_up, place),
            icon="chevron-up",
            small=True,
            tooltip=_("Ask earlier"),
        )
        up.setEnabled(place > 0)
        row.addWidget(up)
        if source.key.startswith(_OWN):
            remove, told = partial(self.remove, place), _("Remove this source")
            row.addWidget(Button("", remove, icon="x", small=True, tooltip=told))
        return holder

    def _typed(self) -> list[Source]:
        """The sources as they stand in the lines."""
        return [
            replace(source, **form.values())
            for source, form in zip(self._sources, self.forms, strict=True)
        ]

    def raise_up(self, place: int) -> None:
        """Ask this one before the one above it."""
        listed = self._typed()
        listed[place - 1 : place + 1] = [listed[place], listed[place - 1]]
        self._show(listed)
        self.changed.emit("sources")

    def add(self) -> None:
        """One more line for a server of one's own."""
        numbers = [
            int(one.key.removeprefix(_OWN)) for one in self._sources if one.key.startswith(_OWN)
        ]
        fresh = Source(f"{_OWN}{max(numbers, default=0) + 1}", "")
        self._show([*self._typed(), fresh])
        self.forms[-1].focus("name")
        self.changed.emit("sources")

    def remove(self, place: int) -> None:
        """Forget one of one's own."""
        listed = self._typed()
        del listed[place]
        self._show(listed)
        self.changed.emit("sources")

    def check(self) -> bool:
        """A server that is switched on needs an address."""
        for source, form in zip(self._typed(), self.forms, strict=True):
            wrong = source.kind == "sru" and source.on
            if wrong and not source.address.startswith(("http://", "https://")):
                form.show_error("address", _("An address begins with http:// or https://"))
                form.focus("address")
                return False
        return True

    def save(self, session: Session) -> None:
        """Keep them in this order."""
        lookup.keep(session, self._typed(), self.program.now())

    def draft(self) -> dict[str, Any]:
        """All lines, if any differs."""
        typed = self._typed()
        return {} if typed == self._loaded else {"sources": [asdict(one) for one in typed]}

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Put the lines back."""
        if "sources" in draft:
            self._show([Source(**one) for one in draft["sources"]])

    def focus_first(self) -> None:
        """The first line."""
        if self.forms:
            self.forms[0].focus("on")


def _fields(source: Source) -> list[Field]:
    if source.kind == "isbnlib":
        return [CheckBox("on", source.name)]
    return [
        CheckBox("on", _("On")),
        Field("name", _("Name"), required=True),
        Field(
            "address",
            _("Address (SRU)"),
            width=2,
            help=_("Ask the owner of the catalogue for it; without an address it is not asked."),
        ),
        Field("index", _("Index of ISBNs")),
        Choice("schema", _("Form"), options=[(key, _(name)) for key, name in SCHEMAS]),
    ]
