"""Shows a PDF page under page before it goes to the printer or into a file."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMargins
from PySide6.QtGui import QColor, QPalette
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.language import _, ngettext
from desktop.widgets.buttons import Button
from desktop.widgets.text import label

_STEP, _LEAST, _MOST = 1.25, 0.25, 4.0


class PdfView(QWidget):
    """Pages that scroll, as wide as the view unless zoomed."""

    def __init__(self) -> None:
        super().__init__()
        self._document = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self.view = QPdfView(self)
        self.view.setDocument(self._document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setDocumentMargins(QMargins(16, 16, 16, 16))
        self.view.setPageSpacing(16)
        self.view.setFrameShape(QPdfView.Shape.NoFrame)
        self._count = label("", "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._bar())
        column.addWidget(self.view, 1)
        self.fit()

    def _bar(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self._count, 1)
        smaller = Button("", lambda: self.zoom(1 / _STEP), icon="minus", small=True)
        larger = Button("", lambda: self.zoom(_STEP), icon="plus", small=True)
        for button, words in ((smaller, _("Smaller")), (larger, _("Larger"))):
            button.setToolTip(words)
            button.setAccessibleName(words)
            row.addWidget(button)
        row.addWidget(Button(_("Fit width"), self.fit, small=True))
        return row

    def show_pdf(self, pdf: bytes) -> None:
        """Show another document, from its first page."""
        self._buffer.close()
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        pages = self._document.pageCount()
        self._count.setText(ngettext("{n} page", "{n} pages", pages).format(n=pages))
        ground = QPalette(self.view.palette())
        ground.setColor(QPalette.ColorRole.Dark, QColor(theme.colours().plain))
        self.view.setPalette(ground)

    def pages(self) -> int:
        """How many pages there are."""
        return self._document.pageCount()

    def zoom(self, factor: float) -> None:
        """Larger or smaller than now."""
        now = self.view.zoomFactor()
        if self.view.zoomMode() == QPdfView.ZoomMode.FitToWidth:
            now = self._width_factor()
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(min(max(now * factor, _LEAST), _MOST))

    def _width_factor(self) -> float:
        """The zoom at which a page just fills the view."""
        if not self.pages():
            return 1.0
        points = self._document.pagePointSize(0).width()
        return max((self.view.viewport().width() - 32) / (points * self.logicalDpiX() / 72), _LEAST)

    def fit(self) -> None:
        """As wide as the view."""
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
