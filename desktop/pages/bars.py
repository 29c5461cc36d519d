"""Code 128 as vectors: python-barcode encodes, we draw one path of whole printer dots."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from typing import Any

QUIET_MODULES = 10
POINTS_PER_MM = 72 / 25.4
# The narrowest module a desk scanner reads from office paper and from a thermal label.
LEAST_MM = 0.169
LEAST_MM_THERMAL = 0.125
# Wider modules add nothing at the desk and make the label look crude.
MOST_MM = 0.38


@dataclass(frozen=True, slots=True)
class Bars:
    """One encoded code: its width in modules and a path one module wide and one point high."""

    code: str
    modules: int
    path: Any

    @property
    def modules_with_quiet(self) -> int:
        """The width with the empty zone that a scanner needs on both sides."""
        return self.modules + 2 * QUIET_MODULES


@lru_cache(maxsize=4096)
def encode(code: str) -> Bars:
    """`code` as bars; ValueError when Code 128 has no sign for one of its characters."""
    from barcode.errors import BarcodeError
    from reportlab.pdfgen.pathobject import PDFPathObject

    encoder, writer = _encoder()
    try:
        (pattern,) = encoder(code, writer).build()
    except (BarcodeError, KeyError, IndexError, RuntimeError) as error:
        raise ValueError(f"{code!r} cannot be written in Code 128") from error
    path = PDFPathObject()
    at = 0
    for sign, run in groupby(pattern):
        length = len(list(run))
        if sign == "1":
            path.rect(at, 0, length, 1)
        at += length
    return Bars(code, len(pattern), path)


@cache
def _encoder() -> tuple[Any, Any]:
    """The encoder class and one writer for all codes; we never let it write."""
    from barcode.codex import Code128

    return Code128, Code128.default_writer()


def dot(dpi: int) -> float:
    """One printer dot in points; printers sold as 203 dpi have eight dots a millimetre."""
    return POINTS_PER_MM / 8 if dpi == 203 else 72 / dpi


def module_width(bars: Bars, room: float, dpi: int) -> float | None:
    """The widest module, in points, with which `bars` and quiet zones fit; None if none does."""
    least = LEAST_MM_THERMAL if dpi == 203 else LEAST_MM
    one = dot(dpi)
    for dots in range(int(MOST_MM * POINTS_PER_MM / one + 0.001), 0, -1):
        module = dots * one
        if module < least * POINTS_PER_MM - 0.001:
            break
        if module * bars.modules_with_quiet <= room + 0.001:
            return module
    return None


def draw(canvas: Any, bars: Bars, x: float, y: float, module: float, height: float) -> None:
    """Draw `bars` with its first bar at `x`; the caller leaves the quiet zones free."""
    canvas.saveState()
    canvas.transform(module, 0, 0, height, x, y)
    canvas.drawPath(bars.path, stroke=0, fill=1)
    canvas.restoreState()
