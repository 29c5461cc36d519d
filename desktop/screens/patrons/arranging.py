"""How the patrons' place is laid out: the list at the left, the one chosen at the right."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.screen import Key, Screen
from desktop.screens.patrons.host import Patrons
from desktop.screens.patrons.listing import PatronList
from desktop.widgets.card import Card
from desktop.widgets.empty import Empty
from desktop.widgets.row import Row
from desktop.words.language import _


def main_page(head: Row, listed: PatronList, side: QWidget) -> QWidget:
    """The page one works on."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(20, 16, 20, 8)
    column.setSpacing(12)
    column.addLayout(head)
    column.addWidget(listed.bar)
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(listed, 6)
    row.addWidget(side, 7)
    column.addLayout(row, 1)
    return page


def bring_in(screen: Screen) -> Key:
    """To where lists of people are brought in."""
    go = partial(screen.leave_for.emit, "moving", "patrons")
    return Key("bring_in", _("Bring in a list…"), go, needs="catalogue")


def rotation(screen: Patrons) -> Key:
    """To the page of a new year of students."""
    return Key("", _("New rotation…"), lambda: screen.open_rotation(), needs="catalogue")


def nobody() -> Card:
    """What stands at the right while nobody is chosen."""
    card = Card()
    card.body.addWidget(Empty(_("Choose a patron at the left, or press Ctrl+N."), icon="user"))
    return card


def inset(inside: QWidget) -> QWidget:
    """A page with the margins of a place around it."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(20, 16, 20, 8)
    column.addWidget(inside)
    return page
