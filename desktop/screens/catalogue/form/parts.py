"""The parts of the form of a title, and how they stand: fields and copies, label and cover."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.screens.catalogue.copies.new_copies import NewCopies
from desktop.screens.catalogue.copies.preview import WIDTH, LabelPreview
from desktop.screens.catalogue.cover import FormCover
from desktop.screens.catalogue.form import fields
from desktop.screens.catalogue.form.class_picker import FIELDS
from desktop.screens.catalogue.form.name_hints import NameHints
from desktop.screens.catalogue.page import Page
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.words.language import _


class TitleParts(Page):
    """What a title is typed into; what follows from it is said by those who build on this."""

    def fetch(self) -> None:
        """Ask other catalogues for the ISBN that stands here."""
        raise NotImplementedError

    def pick_class(self, key: str = "") -> None:
        """Find a class by word for a field."""
        raise NotImplementedError

    def _build_parts(self) -> None:
        self.form = fields.title_form(self.program)
        self._add_buttons()
        self.names = NameHints(self.program, self.form)
        self.copies = NewCopies(self.program)
        self.preview = LabelPreview(self.program)
        self.cover = FormCover(self.program, self.host)
        self.cover.setFixedWidth(WIDTH)
        self.scrolled = self._scrolling()
        card = Card()
        card.body.addWidget(self.scrolled, 1)
        side = QVBoxLayout()
        side.setSpacing(12)
        side.addWidget(self.preview, 1)
        side.addWidget(self.cover)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(card, 1)
        row.addLayout(side)
        self.column.addLayout(row, 1)

    def _scrolling(self) -> QScrollArea:
        inside = QWidget()
        inside.setObjectName("scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(14)
        column.addWidget(self.form)
        column.addWidget(self.copies)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        return scroll

    def _add_buttons(self) -> None:
        """The ISBN and the class fields have a button beside them for those who use the mouse."""
        told = _("Fetch data for the ISBN (Ctrl+I)")
        self.form.input("isbn").set_button(_small_button(self.fetch, "download", told))
        for key in FIELDS:
            pick = _small_button(
                partial(self.pick_class, key), "search", _("Find a class (Ctrl+F)")
            )
            self.form.input(key).set_button(pick)


def _small_button(slot: Callable[[], object], icon: str, tooltip: str) -> Button:
    return Button("", slot, icon=icon, kind="quiet", small=True, tooltip=tooltip)
