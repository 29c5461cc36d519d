"""What is wrong with what is in sight: cut, outside, nested, too small, too pale, without a ring.

Each check takes the window or dialog in sight and returns a line a fault. Kinds, not places: a
check knows no screen.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QScrollBar,
    QStyle,
    QStyleOptionFrame,
    QTabBar,
    QTableView,
    QWidget,
)

from desktop import theme
from desktop.widgets.buttons import Button
from desktop.widgets.pages import Pages
from desktop.widgets.table_view import TableView
from desktop.widgets.text import Elided
from tests.looking.ours import is_ours

LEAST_LETTERS = 6
"""A text cut to fewer letters than these says nothing any more."""
WIDE = 1366
"""Dots of the window in which no sentence of the program may be cut, tooltip or not."""
SEEN_ROWS = 40
SLACK = 2  # dots that a rounding may take


def name_of(one: QWidget) -> str:
    """A widget as the list of faults tells it."""
    text = words(one)
    kind = type(one).__name__
    return f"{kind} {text[:40]!r}" if text else f"{kind} {one.objectName() or one.accessibleName()}"


def words(one: QWidget) -> str:
    """What is to be read in it."""
    if isinstance(one, Elided):
        return one.full_text()
    if isinstance(one, Button):
        return one.words()
    if isinstance(one, QAbstractButton | QLabel | QLineEdit):
        return one.text()
    return one.currentText() if isinstance(one, QComboBox) else ""


def shown(seen: QWidget) -> list[QWidget]:
    """Every widget in sight below `seen`."""
    return [one for one in seen.findChildren(QWidget) if one.isVisible() and one.width() > 0]


def _areas(one: QWidget) -> Iterator[QAbstractScrollArea]:
    """The scrolled areas it stands in, innermost first."""
    holder = one.parentWidget()
    while holder is not None and not holder.isWindow():
        if isinstance(holder, QAbstractScrollArea):
            yield holder
        holder = holder.parentWidget()


def outside(seen: QWidget) -> list[str]:
    """What is cut by the edge of what holds it, and can't be scrolled into sight."""
    found = []
    for one in shown(seen):
        if not isinstance(one, QAbstractButton | QLabel | QLineEdit | QComboBox | QPlainTextEdit):
            continue
        if isinstance(one.parentWidget(), QTabBar | QComboBox | QAbstractSpinBox):
            continue
        if next(_areas(one), None) is not None or (isinstance(one, QLabel) and not words(one)):
            continue
        place = one.rect()
        holder, corner = one, place
        while (parent := holder.parentWidget()) is not None and not holder.isWindow():
            corner = QRect(holder.mapTo(parent, corner.topLeft()), corner.size())
            if not parent.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(corner):
                found.append(f"outside: {name_of(one)}")
                break
            holder = parent
    return found


def clipped(seen: QWidget) -> list[str]:
    """Lists that are higher than what holds them: their last rows are in nobody's sight, and no
    bar leads to them."""
    found = []
    for one in shown(seen):
        holder = one.parentWidget()
        if isinstance(one, QAbstractItemView) and holder is not None and not one.isWindow():
            below = one.geometry().bottom() - holder.rect().bottom()
            if below > SLACK and not isinstance(holder.parentWidget(), QAbstractScrollArea):
                found.append(f"clipped by {below}: {name_of(one)}")
    return found


def sideways(seen: QWidget) -> list[str]:
    """A page that must be pushed sideways; tables may."""
    return [
        f"scrolls sideways: {type(one).__name__} {one.objectName()}"
        for one in shown(seen)
        if isinstance(one, QAbstractScrollArea)
        and not isinstance(one, QTableView | QPlainTextEdit)
        and _bar_in_sight(one.horizontalScrollBar())
    ]


def _bar_in_sight(bar: QScrollBar) -> bool:
    return bar.isVisible() and bar.maximum() > bar.minimum()


def nested(seen: QWidget) -> list[str]:
    """A scroll bar inside what has a scroll bar already, both up and down."""
    found = []
    for one in shown(seen):
        if not isinstance(one, QAbstractScrollArea) or not _bar_in_sight(one.verticalScrollBar()):
            continue
        if any(_bar_in_sight(area.verticalScrollBar()) for area in _areas(one)):
            found.append(f"scroll bar in a scroll bar: {type(one).__name__} {one.accessibleName()}")
    return found


def elided(seen: QWidget) -> list[str]:
    """Buttons and tabs that do not show all of their words."""
    found = []
    for one in shown(seen):
        if isinstance(one, Button) and one.width() + SLACK < one.minimumSizeHint().width():
            found.append(f"cut button: {name_of(one)}")
        elif isinstance(one, QComboBox) and not one.isEditable():
            room = one.width() - 42
            if QFontMetrics(one.font()).horizontalAdvance(one.currentText()) > room + SLACK:
                found += [] if one.toolTip() else [f"cut choice: {name_of(one)}"]
        elif isinstance(one, QTabBar):
            found += _tabs(one)
    return found


def _tabs(bar: QTabBar) -> list[str]:
    wide = sum(bar.tabRect(place).width() for place in range(bar.count()))
    room = (bar.parentWidget() or bar).width()
    arrows = [one for one in bar.findChildren(QAbstractButton) if one.isVisible()]
    if arrows:
        return [f"tab arrows ({wide} wide, room {room}): {bar.tabText(0)!r}"]
    metrics = QFontMetrics(bar.font())
    return [
        f"cut tab: {bar.tabText(place)!r}"
        for place in range(bar.count())
        if bar.isTabVisible(place)
        and metrics.horizontalAdvance(bar.tabText(place).replace("&&", "&"))
        > bar.tabRect(place).width() + SLACK
    ]


def cut(seen: QWidget) -> list[str]:
    """Labels that do not show all of their words and do not tell them in a tooltip."""
    found = []
    for one in shown(seen):
        if isinstance(one, Elided):
            found += _ellipsis(one)
        elif isinstance(one, QLabel) and one.text() and not one.toolTip() and not _whole(one):
            found.append(f"cut label: {name_of(one)}")
    return found


def cut_hints(seen: QWidget) -> list[str]:
    """What an empty field says in grey, and has no room for."""
    found = []
    for one in shown(seen):
        if (
            isinstance(one, QLineEdit)
            and not one.text()
            and one.placeholderText()
            and _has_room(one)
        ):
            option = QStyleOptionFrame()
            one.initStyleOption(option)
            part = QStyle.SubElement.SE_LineEditContents
            room = one.style().subElementRect(part, option, one).width()
            margins = one.textMargins()
            room -= margins.left() + margins.right()
            if one.fontMetrics().horizontalAdvance(one.placeholderText()) > room:
                found.append(f"cut hint: {one.placeholderText()}")
    return found


def _ellipsis(one: Elided) -> list[str]:
    if one.text() == one.full_text():
        return []
    if one.objectName() == "pageTitle" and not one.text():
        return []  # the sidebar says where one is; what is done here needs the room
    kept = len(one.text().rstrip("…"))
    if kept < min(LEAST_LETTERS, len(one.full_text())):
        return [f"nothing left of a label: {name_of(one)}"]
    if _has_room(one) and is_ours(one.full_text()):
        return [f"cut sentence: {name_of(one)}"]
    return [] if one.toolTip() else [f"cut label: {name_of(one)}"]


def _has_room(one: QWidget) -> bool:
    """Whether it stands in a window of the size that everything is made for."""
    return one.window().width() >= WIDE or not isinstance(one.window(), QMainWindow)


def _whole(one: QLabel) -> bool:
    room = one.contentsRect()
    if one.wordWrap():
        return one.heightForWidth(one.width()) <= one.height() + SLACK + 2
    return one.sizeHint().width() <= room.width() + SLACK + (one.width() - room.width())


def columns(seen: QWidget) -> list[str]:
    """Columns that cut a number, a heading, or a name while there is empty room beside it."""
    found = []
    for view in shown(seen):
        if isinstance(view, TableView) and view.model().rowCount():
            found += _columns_of(view)
    return found


def _columns_of(view: TableView) -> list[str]:
    model, header = view.model(), view.horizontalHeader()
    told, wants, heads = [], {}, {}
    rows = min(model.rowCount(), SEEN_ROWS)
    for place, column in enumerate(model.columns):
        if view.isColumnHidden(place):
            continue
        wide = view.columnWidth(place)
        wanted = view.itemDelegate().wanted
        wants[place] = max(wanted(model.index(row, place)) for row in range(rows))
        heads[place] = header.sectionSizeHint(place) if header.isVisible() else 0
        if header.isVisible() and header.sectionSizeHint(place) > wide + SLACK:
            told.append(f"cut heading: {column.title!r} of {view.accessibleName()!r}")
        if column.kind in ("number", "money", "date") and wants[place] > wide + SLACK:
            told.append(f"cut number: {column.title!r} of {view.accessibleName()!r}")
        if view.columnViewportPosition(place) + wide > view.viewport().width() + SLACK:
            told.append(f"column out of sight: {column.title!r} of {view.accessibleName()!r}")
    spare = sum(max(view.columnWidth(at) - max(want, heads[at]), 0) for at, want in wants.items())
    spare += max(view.viewport().width() - sum(view.columnWidth(at) for at in wants), 0)
    for at, want in wants.items():
        short = want - view.columnWidth(at)
        if SLACK < short <= spare:
            title = model.columns[at].title
            told.append(f"cut beside empty room: {title!r} of {view.accessibleName()!r}")
    return told


def small(seen: QWidget) -> list[str]:
    """Words under the smallest size of the theme."""
    return [
        f"{one.font().pixelSize()} px: {name_of(one)}"
        for one in shown(seen)
        if words(one) and 0 < one.font().pixelSize() < theme.LEAST_PX
    ]


def empty_tabs(seen: QWidget) -> list[str]:
    """Pages of which none is in sight."""
    return [
        f"no page in sight: {type(one).__name__}"
        for one in shown(seen)
        if isinstance(one, Pages)
        and one.height() > 0
        and not any(child.isVisible() for child in one.findChildren(QWidget, options=_CHILDREN))
    ]


_TALKING = (QAbstractItemView, QPlainTextEdit)


def unnamed(seen: QWidget) -> list[str]:
    """Controls of which a screen reader could say nothing."""
    found = []
    for one in shown(seen):
        if not one.focusPolicy() & Qt.FocusPolicy.TabFocus or one.focusProxy() is not None:
            continue
        if isinstance(one, QAbstractScrollArea) and not isinstance(one, _TALKING):
            continue  # it is scrolled by keys; what stands in it has names
        told = QAccessible.queryAccessibleInterface(one)
        if told is not None and not told.text(QAccessible.Text.Name).strip():
            found.append(f"no name for a screen reader: {type(one).__name__} in {_where(one)}")
    return found


def _where(one: QWidget) -> str:
    parent = one.parentWidget()
    return f"{type(parent).__name__} {one.toolTip()!r}"


_CHILDREN = Qt.FindChildOption.FindDirectChildrenOnly
ALL = (
    outside,
    clipped,
    sideways,
    nested,
    elided,
    cut,
    columns,
    small,
    empty_tabs,
    unnamed,
)


def of(seen: QWidget, *, hints: bool = True) -> list[str]:
    """All that is wrong with how it is laid out, each once; drawn out `hints` may be cut."""
    checks = (*ALL, cut_hints) if hints else ALL
    return list(dict.fromkeys(line for check in checks for line in check(seen)))


def corner(one: QWidget, seen: QWidget) -> QRect:
    """Where it stands in `seen`, as far as it is in sight."""
    whole = QRect(one.mapTo(seen, QPoint(0, 0)), one.size())
    holder = one.parentWidget()
    while holder is not None and holder is not seen and not holder.isWindow():
        whole &= QRect(holder.mapTo(seen, QPoint(0, 0)), holder.size())
        holder = holder.parentWidget()
    return whole & seen.rect()
