"""The faces of Inter, embedded in every PDF."""

from __future__ import annotations

import struct
from functools import cache
from threading import Lock
from typing import Any

from resources import FOLDER

REGULAR = "Inter"
BOLD = "Inter-Bold"
SEMIBOLD = "Inter-SemiBold"
ITALIC = "Inter-Italic"
# Inter with figures of equal width, for columns of numbers.
FIGURES = "Inter-Figures"
FIGURES_BOLD = "Inter-Figures-Bold"


_REGISTERING = Lock()
_FILES = {
    REGULAR: "Regular",
    BOLD: "Bold",
    SEMIBOLD: "SemiBold",
    ITALIC: "Italic",
    FIGURES: "Regular",
    FIGURES_BOLD: "SemiBold",
}
_TABULAR = {
    "zero": "0",
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
}


def register() -> None:
    """Make the Inter faces known to ReportLab; the second call costs nothing. Whoever comes while
    another thread does it waits: a face made known twice would spoil a page that is being drawn."""
    with _REGISTERING:
        _register()


@cache
def _register() -> None:
    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus.tables import CellStyle

    # Else every table that names no face brings one that is not embedded into the file.
    CellStyle.fontname = REGULAR
    # Plain binary streams: a quarter smaller than ASCII85 and faster to write.
    rl_config.useA85 = 0
    for name, file in _FILES.items():
        font = TTFont(name, str(FOLDER / "fonts" / f"Inter-{file}.ttf"))
        if name in (FIGURES, FIGURES_BOLD):
            _use_tabular_figures(font.face)
        pdfmetrics.registerFont(font)
    pdfmetrics.registerFontFamily(REGULAR, REGULAR, BOLD, ITALIC, SEMIBOLD)


@cache
def glyphs(base_font: str) -> tuple[str, dict[int, int]] | None:
    """For the name a PDF gives one of these faces: its style, and the number of the glyph that
    each character has in it; None for a face that is not ours."""
    from reportlab.pdfbase import pdfmetrics

    register()
    wanted = base_font.rpartition("+")[2].encode()
    for name, file in _FILES.items():
        face = pdfmetrics.getFont(name).face
        if face.name == wanted:
            return file, face.charToGlyph
    return None


def _use_tabular_figures(face: Any) -> None:
    """Point the digits at Inter's tabular glyphs: ReportLab knows no OpenType features."""
    # ReportLab takes two fonts whose faces have one name for one font.
    face.name += b"-Figures"
    glyphs = _glyph_names(face.get_table("post"))
    metrics = face.get_table("hmtx")
    scale = 1000 / face.unitsPerEm
    for name, digit in _TABULAR.items():
        glyph = glyphs.get(f"{name}.tf")
        if glyph is None:
            continue
        (advance,) = struct.unpack_from(">H", metrics, glyph * 4)
        face.charToGlyph[ord(digit)] = glyph
        face.charWidths[ord(digit)] = advance * scale


def _glyph_names(post: bytes) -> dict[str, int]:
    """Glyph numbers by name out of a version 2 `post` table; only names of the font's own."""
    (count,) = struct.unpack_from(">H", post, 32)
    indices = struct.unpack_from(f">{count}H", post, 34)
    names: list[str] = []
    at = 34 + 2 * count
    while at < len(post):
        length = post[at]
        names.append(post[at + 1 : at + 1 + length].decode("latin-1"))
        at += 1 + length
    return {names[index - 258]: glyph for glyph, index in enumerate(indices) if index >= 258}
