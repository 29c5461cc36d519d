"""The parts of the form of a title, and how they stand: fields and copies, label and cover."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from database.description import isbn
from desktop import pc
from desktop.screens.catalogue.copies.new_copies import NewCopies
from desktop.screens.catalogue.copies.preview import LabelPreview
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
        self.cover = FormCover(self.program, self.host, self._number_typed)
        self.scrolled = self._scrolling()
        self.column.addWidget(self.scrolled, 1)
        self.show_whole(self.program.pc.get(pc.TITLE_WHOLE))

    def _number_typed(self) -> str:
        return isbn.canonical(str(self.form.value("isbn") or ""))

    def is_whole(self) -> bool:
        """Whether all fields are shown."""
        return self.program.pc.get(pc.TITLE_WHOLE)

    def show_whole(self, whole: bool) -> None:
        """All fields, or those that almost every title has; this PC remembers it."""
        self.program.pc.put(pc.TITLE_WHOLE, whole)
        self.more_button.set_text(_("Fewer fields") if whole else _("All fields"))
        self._rest.setVisible(whole)

    def _turn(self) -> None:
        self.show_whole(not self.is_whole())

    def _scrolling(self) -> QScrollArea:
        """What is typed at the left, the copies and their label at the right, moved as one."""
        self.more_button = Button(
            "",
            self._turn,
            kind="quiet",
            icon="sliders-horizontal",
        )
        self._rest = QWidget()
        rest = QVBoxLayout(self._rest)
        rest.setContentsMargins(0, 0, 0, 0)
        rest.setSpacing(14)
        rest.addWidget(self.copies.rest)
        rest.addWidget(self.cover)
        card = Card()
        card.body.addWidget(self.form)
        card.body.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        card.body.addWidget(self._rest)
        card.body.addStretch(1)
        side = QVBoxLayout()
        side.setSpacing(12)
        side.addWidget(self.copies)
        side.addWidget(self.preview)
        side.addStretch(1)
        inside = QWidget()
        inside.setObjectName("scrolled")
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(card, 1)
        row.addLayout(side)
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
