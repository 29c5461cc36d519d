"""Every colour, size and font of the program, by name; light and dark.

Widgets ask `colours()` when they paint, so a change of scheme needs no rebuilding:
`apply` sets the palette and the one style sheet of what is dressed, and Qt repaints what is on
screen.
"""

from __future__ import annotations

from dataclasses import asdict
from functools import lru_cache
from string import Template
from typing import Any

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

from desktop.colours import CONTRAST, DARK, LIGHT, Colours
from resources import FOLDER

FAMILY = "Inter"
RADIUS = 8
ROW_HEIGHT = 35
TALL_ROW_HEIGHT = 52
FIELD_HEIGHT = 34
TEXT_PX, SMALL_PX, HEADER_PX, TITLE_PX, FIGURE_PX = 14, 13, 13, 20, 26
LEAST_PX = 13  # no words are smaller; 12.5 is the least that design allows
NARROW_PX = 1000  # below this the sidebar shows only its icons
MARK_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
MARK_SMALL_PX = 24  # up to this the mark is drawn with fewer, broader parts


_SCHEMES = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}
_current = LIGHT
_scheme = "system"
_listening = False


def colours() -> Colours:
    """The colours now worn; ask again at each painting."""
    return _current


def colour(role: str) -> QColor:
    """One named colour as Qt wants it."""
    return QColor(getattr(_current, role))


def is_dark() -> bool:
    """Whether the dark scheme is worn."""
    return _current is DARK


def apply(app: QApplication, scheme: str = "system") -> None:
    """Dress `app` in "light", "dark", "contrast" or, for "system", whatever the desktop wears now
    and later; high contrast is one of its own, with edges drawn as lines."""
    global _current, _scheme, _listening
    _scheme = scheme
    _current = _SCHEMES.get(scheme) or _SCHEMES[_of_system(app)]
    load_fonts()
    app.setStyle("Fusion")
    app.setFont(font())
    app.setPalette(_palette(_current))
    for window in app.topLevelWidgets():
        if window.property("dressed"):
            dress(window)
    if not _listening:
        _listening = True
        app.styleHints().colorSchemeChanged.connect(lambda _new: _follow(app))
        hints: Any = app.styleHints()
        if hasattr(hints, "accessibility"):  # Qt asks the desktop since 6.10
            hints.accessibility().contrastPreferenceChanged.connect(lambda _new: _follow(app))


def _of_system(app: QApplication) -> str:
    hints: Any = app.styleHints()  # kept, for what it hands out lives as long as it
    if hasattr(hints, "accessibility"):
        wanted = hints.accessibility().contrastPreference()
        if wanted.name == "HighContrast":
            return "contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


def dress(window: QWidget) -> None:
    """Put the style sheet on a window; what stands in it, and its dialogs, wear it too.

    The application wears none: with one, Qt dresses every part of a screen anew each time a part
    is put into another, which took more than half of the time of building a screen.
    """
    window.setProperty("dressed", True)
    window.setStyleSheet(_style_sheet(_current))


def _follow(app: QApplication) -> None:
    if _scheme == "system":
        apply(app, "system")


@lru_cache(maxsize=1)
def load_fonts() -> None:
    """Make the faces of Inter known to Qt; the second call costs nothing."""
    for path in sorted((FOLDER / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


def font(
    px: int = TEXT_PX, weight: QFont.Weight = QFont.Weight.Normal, figures: bool = False
) -> QFont:
    """Inter; with `figures` of equal width, so that columns of numbers stand straight."""
    made = QFont(FAMILY)
    made.setPixelSize(px)
    made.setWeight(weight)
    if figures:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def _palette(worn: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    pairs = {
        role.Window: worn.page, role.WindowText: worn.ink, role.Base: worn.field,
        role.AlternateBase: worn.header, role.Text: worn.ink, role.Button: worn.surface,
        role.ButtonText: worn.ink, role.Highlight: worn.brand, role.Accent: worn.brand,
        role.HighlightedText: worn.on_brand, role.ToolTipBase: worn.notice,
        role.ToolTipText: worn.notice_ink, role.PlaceholderText: worn.muted,
        role.Link: worn.brand_ink, role.Mid: worn.edge, role.Dark: worn.muted,
        role.Light: worn.surface,
    }  # fmt: skip
    for key, value in pairs.items():
        palette.setColor(key, QColor(value))
    for key in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, QColor(worn.muted))
    return palette


@lru_cache(maxsize=3)
def _style_sheet(worn: Colours) -> str:
    template = Template((FOLDER / "style.qss").read_text(encoding="utf-8"))
    images = (FOLDER / "icons" / "style").as_posix()
    sizes = {
        "family": FAMILY,
        "radius": RADIUS,
        "text": TEXT_PX,
        "small": SMALL_PX,
        "heading": HEADER_PX,
        "title": TITLE_PX,
        "figure": FIGURE_PX,
        "field_height": FIELD_HEIGHT - 2,
        "field_height_focus": FIELD_HEIGHT - 4,
    }
    return template.substitute(asdict(worn), images=images, **sizes)


def icon(name: str, role: str = "ink") -> QIcon:
    """A line icon in a named colour, as it is worn now."""
    return _icon(name, getattr(_current, role))


@lru_cache(maxsize=256)
def _icon(name: str, hex_colour: str) -> QIcon:
    made = QIcon()
    for side in (16, 20, 24, 32, 40, 48, 64):
        image = QPixmap(QSize(side, side))
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        _renderer(name, hex_colour).render(painter, QRectF(0, 0, side, side))
        painter.end()
        made.addPixmap(image)
    return made


@lru_cache(maxsize=256)
def _renderer(name: str, hex_colour: str) -> QSvgRenderer:
    source = (FOLDER / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(source.replace("currentColor", hex_colour).encode()))


@lru_cache(maxsize=1)
def mark() -> QIcon:
    """The program's own mark, for its windows and the taskbar; small sizes are drawn apart."""
    made = QIcon()
    for side in MARK_SIZES:
        image = QPixmap(QSize(side, side))
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        paint_mark(painter, QRectF(0, 0, side, side))
        painter.end()
        made.addPixmap(image)
    return made


def paint_mark(painter: QPainter, area: QRectF) -> None:
    """Draw the mark sharply at any size."""
    drawing = "mark-small" if area.width() <= MARK_SMALL_PX else "mark"
    QSvgRenderer(str(FOLDER / "mark" / f"{drawing}.svg")).render(painter, area)


def paint_icon(painter: QPainter, area: QRectF, name: str, role: str = "ink") -> None:
    """Draw an icon sharply at any scale."""
    _renderer(name, getattr(_current, role)).render(painter, area)
