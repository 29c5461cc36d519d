"""The camera of this PC, where Qt's multimedia part is installed: it is no part of ours."""

from __future__ import annotations

from importlib.util import find_spec

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QWidget

from desktop.widgets.dialog import Dialog
from desktop.words.language import _


def is_there() -> bool:
    """Whether a photograph can be taken."""
    if (
        find_spec("PySide6.QtMultimedia") is None
        or find_spec("PySide6.QtMultimediaWidgets") is None
    ):
        return False
    try:
        from PySide6.QtMultimedia import QMediaDevices
    except ImportError:
        return False
    return bool(QMediaDevices.videoInputs())


def take(parent: QWidget) -> QImage | None:
    """Show what the camera sees; the picture taken, or None."""
    dialog = _CameraDialog(parent)
    taken = dialog.exec() == QDialog.DialogCode.Accepted
    image = dialog.seen()
    dialog.stop()
    return image if taken and not image.isNull() else None


class _CameraDialog(Dialog):
    def __init__(self, parent: QWidget) -> None:
        from PySide6.QtMultimedia import QCamera, QMediaCaptureSession, QMediaDevices
        from PySide6.QtMultimediaWidgets import QVideoWidget

        super().__init__(parent, _("Photograph"), _("Take"))
        self._video = QVideoWidget()
        self._video.setFixedSize(400, 300)
        self._camera = QCamera(QMediaDevices.defaultVideoInput())
        self._capture = QMediaCaptureSession()
        self._capture.setCamera(self._camera)
        self._capture.setVideoOutput(self._video)
        self.body.addWidget(self._video)
        self._camera.start()

    def seen(self) -> QImage:
        """What the camera sees now."""
        image: QImage = self._video.videoSink().videoFrame().toImage()
        return image

    def stop(self) -> None:
        """Let other programs have the camera."""
        self._camera.stop()
