"""Colours can be read, in both dresses."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialogButtonBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QMenuBar,
    QMessageBox,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QStatusBar,
    QTabBar,
    QTableWidget,
    QTextEdit,
    QToolButton,
    QToolTip,
    QTreeWidget,
)

from desktop import theme
from desktop.widgets.text import label
from resources import FOLDER

PAIRS = [
    ("ink", "page"), ("ink", "surface"), ("ink", "field"), ("ink", "selection"),
    ("muted", "page"), ("muted", "surface"), ("muted", "field"), ("muted", "header"),
    ("muted", "hover"), ("muted", "selection"), ("on_brand", "brand"), ("on_brand", "brand_hover"),
    ("on_brand_muted", "brand"), ("brand_ink", "surface"), ("brand_ink", "page"),
    ("brand_ink", "selection"), ("bad_ink", "surface"), ("warn_ink", "surface"),
    ("good_ink", "surface"), ("bad_ink", "page"), ("sidebar_ink", "sidebar"),
    ("sidebar_ink", "sidebar_on"), ("sidebar_muted", "sidebar"), ("sidebar_muted", "sidebar_on"),
    ("notice_ink", "notice"), ("notice_action", "notice"), ("notice_good", "notice"),
    ("notice_warn", "notice"), ("notice_bad", "notice"),
    *((f"{tone}_ink", tone) for tone in ("good", "warn", "bad", "info", "plain")),
]  # fmt: skip


def luminance(colour):
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in QColor(colour).getRgbF()[:3]
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("worn", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(worn, text, ground):
    bright, dim = sorted((luminance(getattr(worn, n)) for n in (text, ground)), reverse=True)
    assert (bright + 0.05) / (dim + 0.05) >= 4.5


def test_the_dress_changes_at_once(qapp):
    theme.apply(qapp, "dark")
    assert theme.is_dark()
    assert qapp.palette().window().color() == QColor(theme.DARK.page)
    theme.apply(qapp, "light")
    assert not theme.is_dark()
    assert qapp.font().family() == "Inter"


def test_every_icon_can_be_drawn(qapp):
    for path in (FOLDER / "icons").glob("*.svg"):
        image = theme.icon(path.stem).pixmap(24, 24).toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(24) for y in range(24)), path


def test_sounds_are_short_and_small():
    import wave

    for name in ("done", "look", "refused"):
        with wave.open(str(FOLDER / "sounds" / f"{name}.wav")) as tone:
            assert (tone.getnchannels(), tone.getframerate()) == (1, 22_050)
            assert tone.getnframes() / 22_050 <= 0.21


def test_no_colour_is_written_outside_the_theme():
    room = FOLDER.parent / "desktop"
    for path in [*(room / "widgets").glob("*.py"), room / "window.py", room / "screen.py"]:
        assert not re.findall(r"#[0-9A-Fa-f]{6}\b", path.read_text(encoding="utf-8")), path
    assert not re.findall(r"#[0-9A-Fa-f]{6}\b", (FOLDER / "style.qss").read_text("utf-8"))


KINDS = {
    "QPushButton": QPushButton, "QToolButton": QToolButton, "QCheckBox": QCheckBox,
    "QRadioButton": QRadioButton, "QListView": QListWidget, "QTreeView": QTreeWidget,
    "QTableView": QTableWidget, "QHeaderView": lambda: QHeaderView(Qt.Orientation.Horizontal),
    "QSpinBox": QSpinBox, "QDateEdit": QDateEdit, "QCalendarWidget": QCalendarWidget,
    "QComboBox": QComboBox, "QDialogButtonBox": QDialogButtonBox, "QGroupBox": QGroupBox,
    "QLabel": QLabel, "QLineEdit": QLineEdit, "QMenu": QMenu, "QMenuBar": QMenuBar,
    "QMessageBox": QMessageBox, "QPlainTextEdit": QPlainTextEdit, "QTextEdit": QTextEdit,
    "QProgressBar": QProgressBar, "QStatusBar": QStatusBar, "QTabBar": QTabBar,
}  # fmt: skip
PLATFORM = [*KINDS, "QAbstractItemView", "QAbstractButton", "QTipLabel", "QListBox"]


@pytest.fixture(params=["before", "after", "scheme"])
def foreign_fonts(request, qapp):
    """A desktop that gives each kind of widget a font of its own, as Windows does at the start
    and again when its colours change."""
    if request.param == "before":
        _foreign(qapp)
        theme.apply(qapp, "light")
    else:
        theme.apply(qapp, "light")
        if request.param == "scheme":
            theme.apply(qapp, "dark")
        _foreign(qapp)
    yield
    theme.apply(qapp, "light")


def _foreign(qapp):
    for kind in PLATFORM:
        qapp.setFont(QFont("DejaVu Serif", 31), kind)


def _worn(widget):
    widget.ensurePolished()
    return widget.font().family(), widget.font().pixelSize()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_widget_wears_our_font(foreign_fonts, qapp, qtbot, kind):
    made = KINDS[kind]()
    theme.dress(made)
    qtbot.addWidget(made)
    assert _worn(made) == (theme.FAMILY, theme.TEXT_PX)


def test_what_pops_up_wears_our_font(foreign_fonts, qapp, qtbot):
    box, host = QComboBox(), QLabel("Judul")
    box.addItem("Satu")
    for one in (box, host):
        theme.dress(one)
        qtbot.addWidget(one)
    assert _worn(box.view()) == (theme.FAMILY, theme.TEXT_PX)
    host.show()
    QToolTip.showText(QPoint(5, 5), "Penjelasan", host)
    tips = [one for one in qapp.topLevelWidgets() if one.metaObject().className() == "QTipLabel"]
    assert {_worn(one) for one in tips} == {(theme.FAMILY, theme.TEXT_PX)}
    QToolTip.hideText()


def test_sizes_of_our_own_stand(foreign_fonts, qtbot):
    title = label("Judul", "title")
    theme.dress(title)
    qtbot.addWidget(title)
    assert _worn(title) == (theme.FAMILY, theme.TITLE_PX)
