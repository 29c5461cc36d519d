"""A page of ours painted as what it is made of: lines, letters, pictures.

Painted as one picture a job of labels is some 50 MB, and as coarse as that picture; painted so it
is small and as sharp as the printer.
"""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import pypdfium2.raw as pdfium
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QGlyphRun,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QRawFont,
    QTransform,
)

from desktop import theme
from desktop.pages.drawing import faces
from desktop.pdf import PdfPages

Step = Callable[[QPainter], None]

_CAPS = {0: Qt.PenCapStyle.FlatCap, 1: Qt.PenCapStyle.RoundCap, 2: Qt.PenCapStyle.SquareCap}
_JOINS = {
    0: Qt.PenJoinStyle.SvgMiterJoin, 1: Qt.PenJoinStyle.RoundJoin, 2: Qt.PenJoinStyle.BevelJoin,
}  # fmt: skip
_FILLED, _UNSEEN = 0, 3
"""Ways of setting a text (ISO 32000-1, 9.3.6)."""
_EVEN_ODD = 1
_WEIGHTS = {"SemiBold": QFont.Weight.DemiBold, "Bold": QFont.Weight.Bold}
_LETTER_PX = 1000
"""Letters are taken in this size, where no hint moves them, and scaled when painted."""


class NotPaintable(Exception):  # noqa: N818 - reads as a sentence where it is caught
    """The page holds something that only a picture of it shows rightly."""


def paint_page(painter: QPainter, document: PdfPages, page: int, place: QRectF) -> None:
    """Fill `place` with a page.

    Raises NotPaintable, before anything is painted.
    """
    width, height = document.size(page)
    with document.taken_apart(page) as (handle, texts):
        steps = list(_steps(handle, texts))
    across, down = place.width() / width, place.height() / height
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    # A PDF counts from below.
    onto = QTransform(across, 0, 0, -down, place.left(), place.bottom())
    painter.setTransform(onto, combine=True)
    for step in steps:
        step(painter)
    painter.restore()


def _steps(page: Any, texts: Any) -> Iterator[Step]:
    letters = _letters(texts)
    for one, matrix in _objects(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject):
        kind = pdfium.FPDFPageObj_GetType(one)
        if _is_clipped(one) or pdfium.FPDFPageObj_HasTransparency(one):
            raise NotPaintable("clipped or transparent")
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield _line_art(one, matrix)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            yield _picture(one, matrix)
        elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
            yield _text(one, texts, letters.get(_address(one), []))
        else:
            raise NotPaintable(f"an object of kind {kind}")


def _objects(
    holder: Any,
    count: Callable[[Any], int],
    get: Callable[[Any, int], Any],
    outer: QTransform | None = None,
) -> Iterator[tuple[Any, QTransform]]:
    """Every object in the order of painting, with what places it; those of forms, too."""
    for at in range(count(holder)):
        one = get(holder, at)
        matrix = _matrix(one) * (outer or QTransform())
        if pdfium.FPDFPageObj_GetType(one) == pdfium.FPDF_PAGEOBJ_FORM:
            inner = pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject
            yield from _objects(one, *inner, matrix)
        else:
            yield one, matrix


def _is_clipped(one: Any) -> bool:
    clip = pdfium.FPDFPageObj_GetClipPath(one)
    return bool(clip) and pdfium.FPDFClipPath_CountPaths(clip) > 0


def _address(handle: Any) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def _matrix(one: Any) -> QTransform:
    found = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(one, found)
    return QTransform(found.a, found.b, found.c, found.d, found.e, found.f)


def _colour(one: Any, ask: Callable[..., int]) -> QColor:
    parts = [ctypes.c_uint() for _part in range(4)]
    ask(one, *parts)
    return QColor(*(part.value for part in parts))


# --- lines and areas


def _line_art(one: Any, matrix: QTransform) -> Step:
    path = matrix.map(_outline(one))
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(one, fill, stroke)
    rule = Qt.FillRule.OddEvenFill if fill.value == _EVEN_ODD else Qt.FillRule.WindingFill
    path.setFillRule(rule)
    brush = QBrush(_colour(one, pdfium.FPDFPageObj_GetFillColor)) if fill.value else QBrush()
    pen = _pen(one, matrix) if stroke.value else QPen(Qt.PenStyle.NoPen)

    def draw(painter: QPainter) -> None:
        painter.setPen(pen)
        painter.setBrush(brush)
        painter.drawPath(path)

    return draw


def _outline(one: Any) -> QPainterPath:
    path, curve = QPainterPath(), []
    for at in range(pdfium.FPDFPath_CountSegments(one)):
        segment = pdfium.FPDFPath_GetPathSegment(one, at)
        x, y = ctypes.c_float(), ctypes.c_float()
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point, kind = QPointF(x.value, y.value), pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            path.moveTo(point)
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            path.lineTo(point)
        else:
            curve.append(point)
            if len(curve) == 3:
                path.cubicTo(*curve)
                curve = []
        if pdfium.FPDFPathSegment_GetClose(segment):
            path.closeSubpath()
    return path


def _pen(one: Any, matrix: QTransform) -> QPen:
    width = ctypes.c_float()
    pdfium.FPDFPageObj_GetStrokeWidth(one, width)
    scale = abs(matrix.determinant()) ** 0.5
    pen = QPen(_colour(one, pdfium.FPDFPageObj_GetStrokeColor), width.value * scale)
    pen.setCapStyle(_CAPS[pdfium.FPDFPageObj_GetLineCap(one)])
    pen.setJoinStyle(_JOINS[pdfium.FPDFPageObj_GetLineJoin(one)])
    if (count := pdfium.FPDFPageObj_GetDashCount(one)) > 0 and width.value:
        lengths = (ctypes.c_float * count)()
        pdfium.FPDFPageObj_GetDashArray(one, lengths, count)
        # Qt counts dashes in widths of the pen, and always in pairs.
        dashes = [length / width.value for length in lengths]
        pen.setDashPattern(dashes if count % 2 == 0 else dashes * 2)
    return pen


# --- letters


def _letters(texts: Any) -> dict[int, list[int]]:
    """The letters of each text, by the numbers they have on the page."""
    found: dict[int, list[int]] = defaultdict(list)
    for at in range(pdfium.FPDFText_CountChars(texts)):
        if pdfium.FPDFText_IsGenerated(texts, at) != 1:
            found[_address(pdfium.FPDFText_GetTextObject(texts, at))].append(at)
    return found


def _text(one: Any, texts: Any, letters: list[int]) -> Step:
    """The letters of a text where they stand, in the very glyphs of its face."""
    mode = pdfium.FPDFTextObj_GetTextRenderMode(one)
    if mode == _UNSEEN:
        return lambda _painter: None
    face = faces.glyphs(_face_of(one))
    if mode != _FILLED or face is None or not letters:
        raise NotPaintable("letters of another face")
    style, number_of = face
    size, matrix = ctypes.c_float(), pdfium.FS_MATRIX()
    pdfium.FPDFTextObj_GetFontSize(one, size)
    pdfium.FPDFText_GetMatrix(texts, letters[0], matrix)
    scale = size.value / _LETTER_PX
    # Letters are upright where a page counts from above.
    turned = QTransform(
        matrix.a * scale, matrix.b * scale, -matrix.c * scale, -matrix.d * scale, 0, 0
    )
    back, _possible = turned.inverted()
    run = QGlyphRun()
    run.setRawFont(_raw_font(style))
    run.setGlyphIndexes([_number(texts, at, number_of) for at in letters])
    run.setPositions([back.map(_origin(texts, at)) for at in letters])
    colour = _colour(one, pdfium.FPDFPageObj_GetFillColor)

    def draw(painter: QPainter) -> None:
        painter.save()
        painter.setTransform(turned, combine=True)
        painter.setPen(colour)
        painter.drawGlyphRun(QPointF(), run)
        painter.restore()

    return draw


@lru_cache(maxsize=8)
def _raw_font(style: str) -> QRawFont:
    """As the program's own font, not out of its file: Qt prints a bare file's letters as outlines,
    a hundred times as large."""
    theme.load_fonts()
    font = QFont(theme.FAMILY)
    font.setPixelSize(_LETTER_PX)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setWeight(_WEIGHTS.get(style, QFont.Weight.Normal))
    font.setItalic(style == "Italic")
    return QRawFont.fromFont(font)


def _face_of(one: Any) -> str:
    font = pdfium.FPDFTextObj_GetFont(one)
    name = ctypes.create_string_buffer(200)
    pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
    return name.value.decode("utf-8", "replace")


def _number(texts: Any, at: int, number_of: dict[int, int]) -> int:
    letter = pdfium.FPDFText_GetUnicode(texts, at)
    if letter not in number_of:
        raise NotPaintable(f"no glyph for U+{letter:04X}")
    return number_of[letter]


def _origin(texts: Any, at: int) -> QPointF:
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(texts, at, x, y)
    return QPointF(x.value, y.value)


# --- pictures


def _picture(one: Any, matrix: QTransform) -> Step:
    from pypdfium2 import PdfBitmap

    bitmap = PdfBitmap.from_raw(pdfium.FPDFImageObj_GetBitmap(one))
    shown = bitmap.to_pil().convert("RGBA")
    image = QImage(
        shown.tobytes(), shown.width, shown.height, shown.width * 4, QImage.Format.Format_RGBA8888
    ).copy()

    def draw(painter: QPainter) -> None:
        painter.save()
        painter.setTransform(QTransform(1, 0, 0, -1, 0, 1) * matrix, combine=True)
        painter.drawImage(QRectF(0, 0, 1, 1), image)
        painter.restore()

    return draw
