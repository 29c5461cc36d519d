"""Draw the mark of resources/mark in every size that a system asks for.

    python -m installer.mark FOLDER

What comes out is never committed: the build draws it anew, so it cannot differ from its SVG.
"""

from __future__ import annotations

import os
import sys
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image
    from PySide6.QtGui import QImage

SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
"""Windows at 100 to 250 % scaling; Linux' icon theme knows most of them too."""
HEADER, SIDE = (150, 57), (164, 314)
"""Pixels of the two pictures NSIS shows."""


def _theme() -> ModuleType:
    """Qt draws without a screen; the application must live as long as its pictures."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    from desktop import theme

    _theme.qt = QGuiApplication.instance() or QGuiApplication([])  # type: ignore[attr-defined]
    return theme


def _drawn(width: int, height: int, ground: str, mark: tuple[int, int, int]) -> QImage:
    """A picture of one colour, the mark on it at (x, y, side)."""
    theme = _theme()
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QColor, QImage, QPainter

    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(QColor(ground))
    painter = QPainter(image)
    x, y, side = mark
    theme.paint_mark(painter, QRectF(x, y, side, side))
    painter.end()
    return image


def png(side: int) -> bytes:
    """The mark as a PNG of `side` pixels, its corners transparent."""
    from PySide6.QtCore import QBuffer

    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    _drawn(side, side, "transparent", (0, 0, side)).save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def pictures() -> list[Image]:
    """All sizes as Pillow knows them, the largest first."""
    from PIL import Image

    return [Image.open(BytesIO(png(side))) for side in reversed(SIZES)]


def write_ico(target: Path) -> Path:
    """Windows' icon file with every size."""
    first, *others = pictures()
    sizes = [(side, side) for side in SIZES]
    first.save(target, format="ICO", sizes=sizes, append_images=others)
    return target


def write_pngs(folder: Path) -> list[Path]:
    """selasar-16.png and so on."""
    made = []
    for side in SIZES:
        made.append(folder / f"selasar-{side}.png")
        made[-1].write_bytes(png(side))
    return made


def write_setup_pictures(folder: Path) -> list[Path]:
    """What the setup shows beside its texts: header.bmp and side.bmp."""
    brand = _theme().LIGHT.sidebar
    header, side = folder / "header.bmp", folder / "side.bmp"
    for path, image in (
        (header, _drawn(*HEADER, "#FFFFFF", (HEADER[0] - 52, 6, 44))),
        (side, _drawn(*SIDE, brand, (34, 96, 96))),
    ):
        image.convertToFormat(image.Format.Format_RGB888).save(str(path), "BMP")  # type: ignore[call-overload]
    return [header, side]


def write_all(folder: Path) -> Path:
    """Everything into `folder`; the .ico."""
    folder.mkdir(parents=True, exist_ok=True)
    write_pngs(folder)
    write_setup_pictures(folder)
    return write_ico(folder / "selasar.ico")


if __name__ == "__main__":
    print(write_all(Path(sys.argv[1])))
