"""Shows a PDF page under page before it goes to the printer or into a file."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFocusEvent, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.pdf import PdfPages
from desktop.widgets import modest
from desktop.widgets.buttons import Button
from desktop.widgets.text import label
from desktop.words.language import _, ngettext

_STEP, _LEAST, _MOST = 1.25, 0.25, 4.0
_GAP = 16
_KEPT_PICTURES = 6


class PdfView(QWidget):
    """Pages that scroll, as wide as the view unless zoomed."""

    def __init__(self) -> None:
        super().__init__()
        self.view = _Pages()
        self._count = label("", "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._bar())
        column.addWidget(self.view, 1)

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
        self.grey = Button(_("In grey"), self.show_grey, small=True)
        self.grey.setCheckable(True)
        self.grey.setToolTip(_("As a black-and-white printer shows it"))
        row.addWidget(self.grey)
        return row

    def show_pdf(self, pdf: bytes) -> None:
        """Show another document, from its first page."""
        self.view.open(PdfPages(pdf))
        pages = self.pages()
        self._count.setText(ngettext("{n} page", "{n} pages", pages).format(n=pages))

    def pages(self) -> int:
        """How many pages there are."""
        return self.view.pages()

    def zoom(self, factor: float) -> None:
        """Larger or smaller than now."""
        self.view.zoom_to(self.view.scale() * factor)

    def fit(self) -> None:
        """As wide as the view."""
        self.view.zoom_to(None)

    def show_grey(self) -> None:
        """As a black-and-white printer shows it, or in colour again."""
        self.view.be_grey(self.grey.isChecked())


class _Pages(QAbstractScrollArea):
    """Draws only the pages in sight and keeps the last few pictures."""

    modest = False
    """Whether it stands in a page that scrolls; see `modest.height`."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._document: PdfPages | None = None
        self._wanted: float | None = None
        self._pictures: dict[tuple[int, int], QImage] = {}
        self._grey = False

    def open(self, document: PdfPages) -> None:
        self._document = document
        self._pictures.clear()
        self._spread()
        self.verticalScrollBar().setValue(0)

    def pages(self) -> int:
        return len(self._document) if self._document else 0

    def be_grey(self, grey: bool) -> None:
        self._grey = grey
        self._pictures.clear()
        self.viewport().update()

    def scale(self) -> float:
        """Pixels a point."""
        if self._wanted is not None or not self.pages():
            return self._wanted or 1.0
        widest = max(self._size(page)[0] for page in range(self.pages()))
        return max((self.viewport().width() - 2 * _GAP) / widest, _LEAST)

    def zoom_to(self, scale: float | None) -> None:
        self._wanted = None if scale is None else min(max(scale, _LEAST), _MOST)
        self._spread()

    def _size(self, page: int) -> tuple[float, float]:
        assert self._document is not None
        return self._document.size(page)

    def _places(self) -> list[QRect]:
        """Where each page lies, before scrolling."""
        scale, top, found = self.scale(), _GAP, []
        for page in range(self.pages()):
            width, height = (round(side * scale) for side in self._size(page))
            left = max((self.viewport().width() - width) // 2, _GAP)
            found.append(QRect(left, top, width, height))
            top += height + _GAP
        return found

    def _spread(self) -> None:
        places = self._places()
        whole = places[-1].bottom() + _GAP if places else 0
        widest = max((place.right() + _GAP for place in places), default=0)
        room = self.viewport().size()
        self.verticalScrollBar().setRange(0, max(whole - room.height(), 0))
        self.verticalScrollBar().setPageStep(room.height())
        self.verticalScrollBar().setSingleStep(40)
        self.horizontalScrollBar().setRange(0, max(widest - room.width(), 0))
        self.horizontalScrollBar().setPageStep(room.width())
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fitting pages grow with the view."""
        super().resizeEvent(event)
        self._spread()

    def sizeHint(self) -> QSize:
        """Room for a page that can be read, where there is."""
        return modest.height(self, QSize(420, 520))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground and what is in sight."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.colour("plain"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        shift = (-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        for page, place in enumerate(self._places()):
            seen = place.translated(*shift)
            if seen.intersects(self.viewport().rect()):
                painter.drawImage(seen, self._picture(page, seen.width()))
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("brand_ink"), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take it away."""
        super().focusOutEvent(event)
        self.viewport().update()

    def _picture(self, page: int, width: int) -> QImage:
        assert self._document is not None
        dots = round(width * self.devicePixelRatioF())
        key = (page, dots)
        if key not in self._pictures:
            while len(self._pictures) >= _KEPT_PICTURES:
                del self._pictures[next(iter(self._pictures))]
            made = self._document.picture(page, dots)
            if self._grey:
                made = made.convertToFormat(QImage.Format.Format_Grayscale8)
            self._pictures[key] = made
        return self._pictures[key]
