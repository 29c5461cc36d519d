"""A QR code on paper, drawn as squares: sharp at any size, read by every phone."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

QUIET = 4


class QrCode(Flowable):  # type: ignore[misc]
    """`text` as a code with its quiet margin, `side` points wide."""

    def __init__(self, text: str, side: float = 22 * mm) -> None:
        super().__init__()
        import segno

        self._rows = [bytes(row) for row in segno.make(text, error="m", micro=False).matrix]
        self.width = self.height = side

    def draw(self) -> None:
        """Row by row, squares that touch as one bar: no hairline between them."""
        one = self.width / (len(self._rows) + 2 * QUIET)
        canvas = self.canv
        canvas.setFillGray(0)
        for down, row in enumerate(self._rows):
            y = self.height - (QUIET + down + 1) * one
            across = 0
            while across < len(row):
                start = across
                while across < len(row) and row[across]:
                    across += 1
                if across > start:
                    x = (QUIET + start) * one
                    canvas.rect(x, y, (across - start) * one, one, stroke=0, fill=1)
                across += 1
