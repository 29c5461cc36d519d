"""What only the picture tells: how words stand out from their ground, and where the focus is."""

from __future__ import annotations

from PIL import Image
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QRegion
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)

from desktop.widgets.curtain import Curtain
from desktop.widgets.popup import PopupFrame
from tests.looking.faults import corner, name_of, shown, words

LEAST_CONTRAST = 4.5
_READ = (QLabel, QAbstractButton, QLineEdit, QComboBox)
_ROOM = 3  # dots around a widget in which a ring may be drawn


def picture(seen: QWidget, area: QRect, scale: int = 1) -> Image.Image:
    """What the eye sees of a piece, `scale` dots a dot; nothing else is drawn."""
    drawn = QImage(area.size() * scale, QImage.Format.Format_RGB888)
    drawn.setDevicePixelRatio(scale)
    drawn.fill(Qt.GlobalColor.white)
    seen.render(drawn, QPoint(0, 0), QRegion(area))
    size = (drawn.width(), drawn.height())
    return Image.frombytes(
        "RGB", size, bytes(drawn.constBits()), "raw", "RGB", drawn.bytesPerLine(), 1
    )


def _light(colour: tuple[int, int, int]) -> float:
    """Relative luminance, as WCAG 2.1 reckons it."""
    parts = [part / 255 for part in colour]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """How far two colours stand apart, 1 to 21 (WCAG 2.1)."""
    dark, bright = sorted((_light(one), _light(other)))
    return (bright + 0.05) / (dark + 0.05)


def strongest(part: Image.Image) -> float:
    """How far the strongest ink of a piece stands from the ground, its commonest colour."""
    counted = part.getcolors(part.width * part.height)
    if len(counted) < 2:
        return 21.0
    ground = max(counted)[1]
    return max(contrast(ground, colour) for _count, colour in counted)


def pale(seen: QWidget) -> list[str]:
    """Words that stand out from their ground by less than 4.5:1. What is disabled may."""
    whole, found = picture(seen, seen.rect()), []
    for one in shown(seen):
        if not isinstance(one, _READ) or not words(one).strip() or not one.isEnabled():
            continue
        if _is_covered(one, seen):
            continue
        area = corner(one, seen).adjusted(2, 2, -2, -2)
        if (
            area.width() < 8
            or area.height() < 8
            or strongest(_piece(whole, area)) >= LEAST_CONTRAST
        ):
            continue
        if (told := strongest(picture(seen, area, 3))) < LEAST_CONTRAST:
            found.append(f"contrast {told:.1f}: {name_of(one)}")
    return list(dict.fromkeys(found))


def _piece(whole: Image.Image, area: QRect) -> Image.Image:
    return whole.crop((area.left(), area.top(), area.right() + 1, area.bottom() + 1))


def ringless(seen: QWidget, known: set[tuple[object, ...]]) -> list[str]:
    """What takes the focus by Tab and does not show it. A kind that is in `known` is not tried
    again, for the ring is drawn by the kind."""
    found, before = [], QApplication.focusWidget()
    seen.activateWindow()
    for one in shown(seen):
        kind = _kind(one)
        if kind in known or not _takes_tab(one) or corner(one, seen).height() < one.height():
            continue
        if isinstance(one, PopupFrame | Curtain) or _is_covered(one, seen):
            continue  # a layer over the window is all that can be in hand
        known.add(kind)
        if not _ring_seen(one, seen):
            found.append(f"no focus ring: {name_of(one)}")
    if before is not None and before.isVisible():
        before.setFocus()
    return found


def _is_covered(one: QWidget, seen: QWidget) -> bool:
    """Whether something else lies over its middle, or over one of its ends."""
    area = one.rect()
    ends = (QPoint(min(16, area.width() // 4), area.center().y()), area.center())
    other = QPoint(area.width() - ends[0].x(), area.center().y())
    return any(_lies_over(one, seen, point) for point in (*ends, other))


def _lies_over(one: QWidget, seen: QWidget, point: QPoint) -> bool:
    there = seen.childAt(one.mapTo(seen, point))
    return there is not None and there is not one and not one.isAncestorOf(there)


def _takes_tab(one: QWidget) -> bool:
    policy = one.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(policy) and one.isEnabled() and one.focusProxy() is None


def _kind(one: QWidget) -> tuple[object, ...]:
    asked = (one.property(name) for name in ("look", "compact", "wrong"))
    return (type(one), getattr(one, "_kind", ""), type(one.parentWidget()), *asked)


def _ring_seen(one: QWidget, seen: QWidget) -> bool:
    area = corner(one, seen).adjusted(-_ROOM, -_ROOM, _ROOM, _ROOM) & seen.rect()
    one.clearFocus()
    QApplication.processEvents()
    plain = picture(seen, area).tobytes()
    one.setFocus(Qt.FocusReason.TabFocusReason)
    if not one.hasFocus():
        return True
    QApplication.processEvents()
    return picture(seen, area).tobytes() != plain


__all__ = ["contrast", "pale", "picture", "ringless", "strongest"]
