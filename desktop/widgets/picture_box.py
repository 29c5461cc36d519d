"""A picture one may choose, paste or drop; it is made small before anybody gets it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QImageReader,
    QImageWriter,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop import background, theme
from desktop.words.language import _

LARGEST = 400
_QUALITY = 85


class PictureBox(QWidget):
    """Click or Enter chooses a file, Ctrl+V pastes, Del takes away; files may be dropped.

    Signals: `chosen(bytes)` with PNG or JPEG of at most 400 pixels a side, `removed()`,
    `unreadable()` for what is no picture.
    """

    chosen = Signal(bytes)
    removed = Signal()
    unreadable = Signal()

    def __init__(self, name: str, size: QSize) -> None:
        super().__init__()
        self._picture = QPixmap()
        self.setFixedSize(size)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name)
        self.setToolTip(_("Click to choose a file; Ctrl+V pastes, Del takes away"))

    def show_picture(self, content: bytes | None) -> None:
        """Show a picture, or that there is none."""
        self._picture = QPixmap()
        if content:
            self._picture.loadFromData(content)
        self.update()

    def has_picture(self) -> bool:
        """Whether one is shown."""
        return not self._picture.isNull()

    def take_image(self, image: QImage) -> None:
        """Make an image small and give it on."""
        content = shrink(image)
        if content:
            self.chosen.emit(content)
        else:
            self.unreadable.emit()

    def take_file(self, path: Path) -> None:
        """Read a file off this thread: photographs are large."""
        background.run(
            lambda _report, _cancelled: shrink(read_small(path)), self._read, self._failed
        )

    def _read(self, content: bytes) -> None:
        if content:
            self.chosen.emit(content)
        else:
            self.unreadable.emit()

    def _failed(self, error: Exception) -> None:
        raise error

    def ask_file(self) -> None:
        """Choose a file."""
        kinds = "PNG, JPEG, WebP (*.png *.jpg *.jpeg *.webp *.bmp)"
        found, _kind = QFileDialog.getOpenFileName(self, self.accessibleName(), "", kinds)
        if found:
            self.take_file(Path(found))

    def paste(self) -> None:
        """What the clipboard holds: an image, or a file."""
        data = QGuiApplication.clipboard().mimeData()
        if data is not None and data.hasUrls() and data.urls()[0].isLocalFile():
            self.take_file(Path(data.urls()[0].toLocalFile()))
        else:
            self.take_image(QGuiApplication.clipboard().image())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste, take away, choose."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.has_picture():
            self.removed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.ask_file()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose a file."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.ask_file()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and images are welcome."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """The first file, or the image."""
        data = event.mimeData()
        if data.hasUrls() and data.urls()[0].isLocalFile():
            self.take_file(Path(data.urls()[0].toLocalFile()))
        elif data.hasImage():
            self.take_image(QImage(data.imageData()))
        event.acceptProposedAction()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture whole, or a frame with a sign in it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.has_picture():
            size = QSize(self._picture.size()).scaled(
                area.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio
            )
            at = QRectF(0, 0, size.width(), size.height())
            at.moveCenter(area.center())
            painter.drawPixmap(at, self._picture, QRectF(self._picture.rect()))
            area = at
        else:
            self.paint_nothing(painter, area)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        focus = self.hasFocus()
        style = Qt.PenStyle.SolidLine if self.has_picture() or focus else Qt.PenStyle.DashLine
        painter.setPen(
            QPen(theme.colour("brand_ink" if focus else "edge"), 2 if focus else 1, style)
        )
        painter.drawRoundedRect(area, 4, 4)
        painter.end()

    def paint_nothing(self, painter: QPainter, area: QRectF) -> None:
        """What stands there without a picture."""
        icon = QRectF(0, 0, 20, 20)
        icon.moveCenter(area.center())
        theme.paint_icon(painter, icon, "image", "muted")


def read_small(path: Path) -> QImage:
    """A file's image, no larger than needed; null if it is none."""
    return _read_small(QImageReader(str(path)))


def _read_small(reader: QImageReader) -> QImage:
    reader.setAutoTransform(True)
    reader.setDecideFormatFromContent(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > 2 * LARGEST:
        most = QSize(2 * LARGEST, 2 * LARGEST)
        reader.setScaledSize(size.scaled(most, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def small_from(content: bytes) -> bytes:
    """What came as bytes from elsewhere, told by its content and made small; b"" for no picture."""
    store = QByteArray(content)
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    return shrink(_read_small(QImageReader(buffer)))


def shrink(image: QImage) -> bytes:
    """JPEG (PNG where it is seen through) of at most 400 pixels a side; b"" for no image."""
    if image.isNull():
        return b""
    if max(image.width(), image.height()) > LARGEST:
        image = image.scaled(
            LARGEST,
            LARGEST,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png" if image.hasAlphaChannel() else b"jpeg"))
    if not image.hasAlphaChannel():
        writer.setQuality(_QUALITY)
    writer.write(image)
    return bytes(store.data())
