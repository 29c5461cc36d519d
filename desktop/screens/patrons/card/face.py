"""The photograph of a patron, or the initials; chosen, pasted or taken, it is saved at once."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QMenu

from desktop.screens.patrons.card import camera
from desktop.widgets.avatar import draw_initials, initials
from desktop.widgets.picture_box import PictureBox
from desktop.words.language import _

SIDE = 60


class Face(PictureBox):
    """A picture box that shows initials where there is no photograph. Without a photograph
    allowed (patients, families, wards) it only shows the initials."""

    def __init__(self) -> None:
        super().__init__(_("Photograph"), QSize(SIDE, SIDE))
        self._letters = ""
        self._allowed = True

    def show_face(self, name: str, content: bytes | None, *, allowed: bool) -> None:
        """Another patron."""
        self._letters, self._allowed = initials(name), allowed
        told = _("Photograph: choose a file, paste with Ctrl+V, or take one")
        self.setToolTip(told if allowed else "")
        self.setAcceptDrops(allowed)
        policy = Qt.FocusPolicy.TabFocus if allowed else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor if allowed else Qt.CursorShape.ArrowCursor)
        self.show_picture(content)

    def ask_file(self) -> None:
        """With a camera at hand, ask which way first."""
        if self._allowed:
            super().ask_file()

    def paste(self) -> None:
        """Only where a photograph is allowed."""
        if self._allowed:
            super().paste()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A menu of what can be done."""
        if not self._allowed or event.button() != Qt.MouseButton.LeftButton:
            return
        self.menu_of().popup(self.mapToGlobal(self.rect().bottomLeft()))

    def menu_of(self) -> QMenu:
        """File, paste, camera if there is one, away."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Choose a file…"), self.ask_file)
        menu.addAction(_("Paste") + "\tCtrl+V", self.paste)
        if camera.is_there():
            menu.addAction(_("Take a photograph…"), self.take_photo)
        if self.has_picture():
            menu.addAction(_("Take the photograph away") + "\tDel", self.removed.emit)
        return menu

    def take_photo(self) -> None:
        """With the camera of this PC."""
        image = camera.take(self)
        if image is not None:
            self.take_image(image)

    def paint_nothing(self, painter: QPainter, area: QRectF) -> None:
        """The initials."""
        draw_initials(painter, QRectF(self.rect()), self._letters)
