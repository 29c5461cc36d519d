"""Letters other than Latin, as they are drawn: Arabic joined and from right to left, what our
fonts do not hold written in Latin letters. No name turns into boxes.

Text is turned at the moment it is drawn and measured, never before: turned twice it would be
wrong again. Covered are Latin with all its extensions, Greek, Cyrillic and Arabic; Chinese,
Japanese, Korean, Thai, Javanese and all others are romanised.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from database.engine.whole_file import whole_file
from desktop import __version__
from desktop.pages.drawing.tagged import Tags, page_marked

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_MIRRORED = str.maketrans("()[]{}", ")(][}{")
_LATIN_END = "\u024f"


@lru_cache(maxsize=8192)
def drawn(text: str) -> str:
    """`text` in the order and with the letters in which it is drawn."""
    if text.isascii() or (max(text, default="") <= _LATIN_END):
        return text
    if _RIGHT_TO_LEFT.search(text):
        from bidi import get_display

        text = _mirrored(get_display(_reshaper().reshape(text)))
    covered = _covered()
    return "".join(sign if ord(sign) in covered else _roman(sign) for sign in text)


def _mirrored(text: str) -> str:
    """Brackets that close before they open run from right to left: they look the other way."""
    signs = list(text)
    waiting: list[int] = []
    for at, sign in enumerate(text):
        if sign in "([{":
            if waiting and text[waiting[-1]] in ")]}":
                for place in (waiting.pop(), at):
                    signs[place] = text[place].translate(_MIRRORED)
            else:
                waiting.append(at)
        elif sign in ")]}":
            if waiting and text[waiting[-1]] in "([{":
                waiting.pop()
            else:
                waiting.append(at)
    return "".join(signs)


@cache
def _reshaper() -> Any:
    from arabic_reshaper import ArabicReshaper

    return ArabicReshaper({"delete_harakat": True, "ARABIC LIGATURE ALLAH": False})


@cache
def _covered() -> frozenset[int]:
    from reportlab.pdfbase.pdfmetrics import getFont

    from desktop.pages.drawing import faces

    faces.register()
    return frozenset(getFont(faces.REGULAR).face.charToGlyph) | {0x0A, 0x09}


def _roman(sign: str) -> str:
    from anyascii import anyascii

    # One syllable a sign: a blank keeps them apart, as in a name of several signs.
    written: str = anyascii(sign)
    return f"{written} " if len(written) > 1 else written


class Page(Canvas):  # type: ignore[misc]
    """A canvas whose texts are turned as they are drawn, and whose file is whole or not there."""

    _filename: Any
    tags: Tags | None = None

    def showPage(self) -> None:  # noqa: N802
        """Close the page."""
        page_marked(self)
        super().showPage()

    def setCreator(self, creator: str) -> None:  # noqa: N802
        """Who made the file, and by which version: asked when a paper comes back as wrong."""
        super().setCreator(f"{creator} {__version__}")

    def save(self) -> None:
        """Write the file."""
        if self.tags is not None:
            self.tags.write(self._doc)
            self.setViewerPreference("DisplayDocTitle", "true")
        if not isinstance(self._filename, str):
            super().save()
            return
        wanted = Path(self._filename)
        with whole_file(wanted) as partial:
            self._filename = str(partial)
            super().save()
        self._filename = str(wanted)

    def drawString(self, x: float, y: float, text: str, *more: Any, **named: Any) -> None:  # noqa: N802
        """As the canvas, of any script."""
        super().drawString(x, y, drawn(text), *more, **named)

    def drawRightString(self, x: float, y: float, text: str, *more: Any, **named: Any) -> None:  # noqa: N802
        """As the canvas, of any script."""
        super().drawRightString(x, y, drawn(text), *more, **named)

    def drawCentredString(self, x: float, y: float, text: str, *more: Any, **named: Any) -> None:  # noqa: N802
        """As the canvas, of any script."""
        super().drawCentredString(x, y, drawn(text), *more, **named)
