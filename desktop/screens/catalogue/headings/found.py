"""How the headings found are shown: the kinds to choose from, and what a row says."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from database.catalogue.heading_list import Row
from desktop.widgets.card import Card
from desktop.widgets.empty import Empty
from desktop.widgets.pill import Pill
from desktop.widgets.table import Cell
from desktop.words.codes import heading_kind
from desktop.words.language import _


def no_headings() -> QWidget:
    """Said where there is not one heading yet."""
    card = Card()
    text = _("There are no headings yet. They come with the authors and subjects of titles.")
    card.body.addWidget(Empty(text, icon="tag"))
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(card)
    return holder


def named(row: Row) -> Any:
    """The name; below it the form that led to it."""
    if not row.via:
        return row.name
    return Cell(row.name, note=_("see from {form}").format(form=row.via))


def kind_pill(row: Row) -> Pill:
    """What kind of heading it is."""
    return Pill(heading_kind(row.kind, row.scheme), "info" if row.kind == "subject" else "plain")
