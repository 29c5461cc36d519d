"""A list that asks for no more height than it must have, where the page it stands in scrolls."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractScrollArea


def height(one: QAbstractScrollArea, hint: QSize) -> QSize:
    """What a list wishes for, as high as it must be where it was told to be `modest`.

    Qt takes the height wished for as the least where words wrap beside it, and a page would
    scroll that had room.
    """
    if not getattr(one, "modest", False):
        return hint
    return QSize(hint.width(), max(one.minimumHeight(), one.minimumSizeHint().height()))
