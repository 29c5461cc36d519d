"""The page that tests a scanner: what it sends of this code is looked at in Settings."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from database.description.scans import TEST_CODE
from database.library import Session
from database.policy import house
from desktop.pages.drawing import bars, faces
from desktop.pages.drawing.entry import Paper
from desktop.pages.drawing.letterhead import letterhead
from desktop.pages.drawing.paper import letterhead_block, paragraph, write_paper
from desktop.words.language import N_, _
from desktop.words.wording import worded

_HIGH = 18 * mm
_SIDE = 30 * mm
_CODES: tuple[bars.Code, ...] = ("code128", "qr")


class _Printed(Flowable):  # type: ignore[misc]
    """The code in bars or squares, and its signs below."""

    def __init__(self, kind: bars.Code) -> None:
        super().__init__()
        self._bars = bars.encode(TEST_CODE, kind)
        self._module = bars.MOST_MM * mm
        self._high = _HIGH
        if self._bars.square:
            self._module = _SIDE / self._bars.modules
            self._high = _SIDE

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """As wide as the page; the signs below."""
        self._width = width
        return width, self._high + 6 * mm

    def draw(self) -> None:
        """In the middle."""
        canvas: Any = self.canv
        left = (self._width - self._bars.modules * self._module) / 2
        bars.draw(canvas, self._bars, left, 6 * mm, self._module, self._high)
        canvas.setFont(faces.REGULAR, 9)
        canvas.drawCentredString(self._width / 2, 1.5 * mm, TEST_CODE)


@worded("scanner-test")
def write(target: str | Path | BinaryIO, session: Session, _now: datetime) -> None:
    """Both kinds of code that labels and cards may have."""
    profile, title = house.profile(session), _("Test of the scanner")
    told = _(
        "Open Settings, Scanner; press the button there and scan one of these codes. The page says "
        "“in order”, or what is to be set."
    )
    story: list[Flowable] = [
        *letterhead_block(letterhead(session, profile)),
        paragraph(title, "title"),
        paragraph(told, "body"),
    ]
    for kind in _CODES:
        story += [Spacer(0, 14 * mm), _Printed(kind)]
    write_paper(
        target,
        story,
        title=title,
        author=profile.name,
        subject=title,
        file_name="scanner-test",
    )


PAPERS = (Paper("scanner-test", N_("Test of the scanner"), write),)
