"""Codes as vectors: python-barcode and segno encode, we draw one path of whole printer dots."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache, partial
from itertools import groupby
from typing import Any, Literal, get_args

QUIET_MODULES = 10
QUIET_SQUARES = 4
POINTS_PER_MM = 72 / 25.4
# The narrowest module a desk scanner reads from office paper and from a thermal label.
LEAST_MM = 0.169
LEAST_MM_THERMAL = 0.125
# Wider modules add nothing at the desk and make the label look crude.
MOST_MM = 0.38
# A QR code is read by phones too: larger squares help there.
MOST_SQUARE_MM = 0.6
LEAST_SQUARE_MM = 0.3


Code = Literal["code128", "code39", "ean13", "qr"]
CODES: tuple[Code, ...] = get_args(Code)


@dataclass(frozen=True, slots=True)
class Bars:
    """One encoded code: its width in modules, and a path of modules one wide and one high.

    Bars are one row that is drawn as high as there is room; a QR code has as many `rows` as
    columns, all of them square.
    """

    code: str
    modules: int
    path: Any
    rows: int = 1
    quiet: int = QUIET_MODULES

    @property
    def modules_with_quiet(self) -> int:
        """The width with the empty zone that a scanner needs on both sides."""
        return self.modules + 2 * self.quiet

    @property
    def square(self) -> bool:
        """Whether it is as high as it is wide."""
        return self.rows > 1


@lru_cache(maxsize=4096)
def encode(code: str, kind: Code = "code128") -> Bars:
    """`code` as bars; ValueError when this kind has no sign for one of its characters.

    Code 39 knows capitals, figures and a few signs; EAN-13 thirteen figures, the last of them
    right; the two others all of ASCII.
    """
    return _qr(code) if kind == "qr" else _linear(code, kind)


def _linear(code: str, kind: Code) -> Bars:
    from barcode.errors import BarcodeError

    make, writer = _encoder(kind)
    try:
        made = make(code, writer)
        (pattern,) = made.build()
    except (BarcodeError, KeyError, IndexError, RuntimeError) as error:
        raise ValueError(f"{code!r} cannot be written in {_NAMES[kind]}") from error
    if kind == "ean13" and made.get_fullcode() != code:
        raise ValueError(f"{code!r} is no EAN-13")
    return Bars(code, len(pattern), _path([pattern]))


def _qr(code: str) -> Bars:
    import segno

    if not code or not code.isascii():
        raise ValueError(f"{code!r} is not written as a QR code")
    matrix = segno.make(code, error="m", micro=False).matrix
    rows = ["".join("1" if dark else "0" for dark in row) for row in matrix]
    return Bars(code, len(rows[0]), _path(rows), len(rows), QUIET_SQUARES)


def _path(rows: list[str]) -> Any:
    """Dark runs as rectangles; the first row lies on top."""
    from reportlab.pdfgen.pathobject import PDFPathObject

    path = PDFPathObject()
    for down, row in enumerate(rows):
        at = 0
        for sign, run in groupby(row):
            length = len(list(run))
            if sign == "1":
                path.rect(at, len(rows) - 1 - down, length, 1)
            at += length
    return path


_NAMES = {"code128": "Code 128", "code39": "Code 39", "ean13": "EAN-13"}


@cache
def _encoder(kind: Code) -> tuple[Any, Any]:
    """What makes a code, and one writer for all codes; we never let it write."""
    from barcode.codex import Code39, Code128
    from barcode.ean import EAN13

    made: Any = {"code128": Code128, "code39": partial(Code39, add_checksum=False), "ean13": EAN13}[
        kind
    ]
    return made, Code128.default_writer()


def dot(dpi: int) -> float:
    """One printer dot in points; printers sold as 203 dpi have eight dots a millimetre."""
    return POINTS_PER_MM / 8 if dpi == 203 else 72 / dpi


def module_width(bars: Bars, room: float, dpi: int) -> float | None:
    """The widest module, in points, with which `bars` and quiet zones fit; None if none does."""
    least = LEAST_MM_THERMAL if dpi == 203 else LEAST_MM
    most = MOST_MM
    if bars.square:
        least, most = LEAST_SQUARE_MM, MOST_SQUARE_MM
    one = dot(dpi)
    for dots in range(int(most * POINTS_PER_MM / one + 0.001), 0, -1):
        module = dots * one
        if module < least * POINTS_PER_MM - 0.001:
            break
        if module * bars.modules_with_quiet <= room + 0.001:
            return module
    return None


def draw(canvas: Any, bars: Bars, x: float, y: float, module: float, height: float) -> None:
    """Draw `bars` with its first bar at `x`, `height` points high in all; the caller leaves the
    quiet zones free."""
    canvas.saveState()
    canvas.transform(module, 0, 0, height / bars.rows, x, y)
    canvas.drawPath(bars.path, stroke=0, fill=1)
    canvas.restoreState()
