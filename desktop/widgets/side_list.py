"""A list at a page's side that says where one is; never pushed sideways."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QListWidget, QToolTip

from desktop.widgets import modest
from desktop.widgets.text import tip


class SideList(QListWidget):
    """A name that is too long ends in dots, and is whole where the mouse rests on it."""

    modest = False
    """Whether it stands in a page that scrolls; see `modest.height`."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)

    def sizeHint(self) -> QSize:
        """As Qt would have it, or as high as it must be."""
        return modest.height(self, super().sizeHint())

    def viewportEvent(self, event: QEvent) -> bool:
        """The whole name of what lies under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = self.indexAt(event.pos()).data()
            QToolTip.showText(event.globalPos(), tip(str(text or "")), self)
            return True
        return super().viewportEvent(event)
