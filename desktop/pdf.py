"""Pages of a PDF as pictures, by PDFium: for the preview and the printer alike."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtGui import QImage


class UnreadablePdf(ValueError):  # noqa: N818 - reads as a sentence where it is caught
    """The bytes are no PDF."""


class PdfPages:
    """An open PDF; sizes are in points (1/72 inch)."""

    def __init__(self, pdf: bytes | Path) -> None:
        import pypdfium2

        data = pdf if isinstance(pdf, bytes) else pdf.read_bytes()
        try:
            self._document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise UnreadablePdf(str(error)) from error

    def __len__(self) -> int:
        return len(self._document)

    def size(self, page: int) -> tuple[float, float]:
        """Width and height of a page."""
        width, height = self._document.get_page_size(page)
        return width, height

    @contextmanager
    def taken_apart(self, page: int) -> Iterator[tuple[Any, Any]]:
        """PDFium's handles of a page and of its letters, for as long as the block lasts."""
        shown = self._document[page]
        letters = shown.get_textpage()
        try:
            yield shown.raw, letters.raw
        finally:
            letters.close()
            shown.close()

    def picture(self, page: int, width: int) -> QImage:
        """A page drawn `width` pixels wide on white."""
        shown = self._document[page]
        bitmap = shown.render(
            scale=width / self.size(page)[0], rev_byteorder=True, prefer_bgrx=True
        )
        shown.close()
        picture = QImage(
            bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888
        )
        # The picture must not look into PDFium's memory once the bitmap is gone.
        return picture.copy()
