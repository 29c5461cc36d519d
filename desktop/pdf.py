"""Pages of a PDF as pictures, by PDFium: for the preview and the printer alike."""

from __future__ import annotations

from pathlib import Path

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

    def picture(self, page: int, width: int) -> QImage:
        """A page drawn `width` pixels wide on white."""
        bitmap = self._document[page].render(
            scale=width / self.size(page)[0], rev_byteorder=True, prefer_bgrx=True
        )
        picture = QImage(
            bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888
        )
        # The picture must not look into PDFium's memory once the bitmap is gone.
        return picture.copy()
