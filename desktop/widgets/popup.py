"""A light frame over the window that Esc or a click elsewhere closes.

A child of the window and no window of its own: it then stands where it was put on every
desktop, and nothing has to be grabbed.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from desktop.words.language import _


class PopupFrame(QFrame):
    """Subclasses fill it and call `open_at`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent.window())
        self.host = parent.window()
        self.setAccessibleName(_("A box over the window; Esc closes it"))
        self._before = QApplication.focusWidget()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def open_at(self, corner: QPoint) -> None:
        """Show it with its upper left corner here in the window, wholly inside."""
        host = self.host.rect()
        left = max(min(corner.x(), host.right() - self.width() - 8), 8)
        top = max(min(corner.y(), host.bottom() - self.height() - 8), 8)
        self.move(left, top)
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and new is not self and not self.isAncestorOf(new):
            self._before = None
            self.close()

    def dismiss(self) -> None:
        """Close and give the focus back to where it was."""
        before, self._before = self._before, None
        self.close()
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    def event(self, event: QEvent) -> bool:
        """Esc is ours while we are open, not the screen's."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)
