"""The heading chosen: the forms that lead to it, the titles that use it, what can be done."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal

from database.catalogue.heading_list import About
from database.catalogue.heading_relations import Other
from desktop.screen import Key
from desktop.screens.catalogue.headings.relations import relations_table, show
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.inputs import TagsInput
from desktop.widgets.row import Row
from desktop.widgets.table import Column, Table
from desktop.widgets.text import label
from desktop.words import language
from desktop.words.codes import HEADING_KINDS, heading_kind
from desktop.words.language import _, ngettext


class HeadingCard(Card):
    """Signals: `refer(form)` and `unrefer(reference id)` as the forms that lead here are
    typed and taken away, `title_wanted(title id)`, `heading_wanted(heading id)`."""

    refer = Signal(str)
    unrefer = Signal(int)
    title_wanted = Signal(int)
    heading_wanted = Signal(int)

    def __init__(self, keys: dict[str, Key]) -> None:
        super().__init__()
        self._references: dict[str, int] = {}
        self.name = label("", "cardTitle", wrap=True)
        self.kind = label("", "small")
        caption = label(_("See from: other forms that lead here"), "label")
        self.forms = TagsInput(_("type another form, then Enter"))
        self.forms.setAccessibleName(caption.text())
        self.forms.edited.connect(self._forms_edited)
        self.titles = Table(
            [
                Column(_("Title"), "title", stretch=True),
                Column(_("Call number"), "call_number", optional=True),
            ],
            on_open=lambda row: self.title_wanted.emit(row.id),
            empty=_("No title uses this heading."),
            name=_("Titles with this heading"),
        )
        self.relations = relations_table(lambda one: self.heading_wanted.emit(one.id))
        for part in (self.name, self.kind, caption, self.forms, self.relations):
            self.body.addWidget(part)
        self.body.addWidget(self.titles, 1)
        self.body.addLayout(self._buttons(keys))

    def _buttons(self, keys: dict[str, Key]) -> Row:
        row = Row(gap=6)
        for which in ("rename", "relate", "merge", "remove"):
            row.addWidget(Button.of(keys[which], small=True))
        self.part_button = Button.of(keys["unrelate"], small=True)
        row.addWidget(self.part_button)
        return row

    def show_heading(self, about: About, others: list[Other]) -> None:
        """Show one heading whole."""
        heading = about.heading
        self.name.setText(heading.name)
        count = ngettext("{n} title", "{n} titles", heading.titles)
        count = count.format(n=language.number(heading.titles))
        parts = [_(HEADING_KINDS[heading.kind]), heading_kind(heading.kind, heading.scheme), count]
        self.kind.setText(" · ".join(dict.fromkeys(parts)))
        self._references = {one.name: one.id for one in about.references}
        with QSignalBlocker(self.forms):
            self.forms.set_raw(list(self._references))
        show(self.relations, others)
        self.part_button.setVisible(bool(others))
        more = heading.titles - len(about.titles)
        footer = ngettext("{n} more title", "{n} more titles", more)
        footer = footer.format(n=language.number(more)) if more > 0 else ""
        self.titles.set_rows(about.titles, footer)

    def _forms_edited(self) -> None:
        shown: list[Any] = self.forms.raw()
        for name in shown:
            if name not in self._references:
                self.refer.emit(name)
        for name, number in self._references.items():
            if name not in shown:
                self.unrefer.emit(number)
