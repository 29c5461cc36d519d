"""Buttons that show their key: one filled button a screen, the rest outlined."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy

from desktop import keys, theme
from desktop.widgets.keys import Key

Kind = Literal["primary", "outlined", "quiet", "danger"]
GAP = 8
LONGEST_KEY = 10


class Button(QPushButton):
    """A verb, perhaps with an icon before it and its key, quieter, after it: `key` is the name of
    a meaning in `desktop.keys`. Enter presses it as Space does. `needs` is as of a `Key`."""

    def __init__(
        self,
        text: str = "",
        on_click: Callable[[], object] | None = None,
        *,
        key: str = "",
        icon: str = "",
        kind: Kind = "outlined",
        small: bool = False,
        tooltip: str = "",
        needs: str = "",
    ) -> None:
        super().__init__()
        self.needs, self._denied = needs, False
        self.key_name, key = key, keys.printed(keys.sequence(key))
        if len(key) > LONGEST_KEY:
            # On the button a long key would take more room than the verb.
            tooltip, key = f"{tooltip or text} ({key})", ""
        self._key, self._icon, self._kind, self._small = key, icon, kind, small
        self._drop = False
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setToolTip(tooltip)
        self.set_text(text)
        if on_click is not None:
            self.clicked.connect(lambda _checked=False: on_click())

    @classmethod
    def of(cls, key: Key, **options: Any) -> Button:
        """The button of a `Key`; the shortcut itself is the screen's."""
        return cls(key.label, key.slot, key=key.name, needs=key.needs, **options)

    def deny(self) -> None:
        """Never be seen by whoever works here."""
        self._denied = True
        self.hide()

    def setVisible(self, visible: bool) -> None:  # noqa: N802 - as Qt calls it
        """What is denied stays out of sight whatever belongs to the page."""
        super().setVisible(visible and not self._denied)

    def set_text(self, text: str) -> None:
        """Another word; what a screen reader says changes with it."""
        self.setText(text.replace("&", "&&"))
        self._words = text
        self.setAccessibleName(text or self.toolTip())
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        """The word shown."""
        return self._words

    def set_kind(self, kind: Kind) -> None:
        """Filled, outlined or quiet."""
        self._kind = kind
        self.update()

    def _font(self) -> QFont:
        px = theme.SMALL_PX if self._small else theme.TEXT_PX
        return theme.font(px, QFont.Weight.Medium)

    def _parts(self) -> list[tuple[str, str, float]]:
        """What stands in the button from left to right: (sort, what, width)."""
        metrics = QFontMetricsF(self._font())
        parts = []
        if self._icon:
            parts.append(("icon", self._icon, 16.0))
        if self._words:
            parts.append(("text", self._words, metrics.horizontalAdvance(self._words)))
        if self._key:
            parts.append(("key", self._key, metrics.horizontalAdvance(self._key)))
        if self._drop:
            parts.append(("icon", "chevron-down", 14.0))
        return parts

    def sizeHint(self) -> QSize:
        """Room for everything shown."""
        return self._room_of(self._parts())

    def minimumSizeHint(self) -> QSize:
        """Room without the key: where a window is narrow it gives way to the words of others."""
        return self._room_of([part for part in self._parts() if part[0] != "key"])

    def _room_of(self, parts: list[tuple[str, str, float]]) -> QSize:
        side = 10 if self._small else 14
        if len(parts) == 1 and parts[0][0] == "icon":
            side = 6 if self._small else 9
        width = sum(part[2] for part in parts) + GAP * max(len(parts) - 1, 0) + 2 * side
        return QSize(int(width) + 1, 28 if self._small else theme.FIELD_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, edge, and the parts from left to right."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.isEnabled():
            painter.setOpacity(0.5)
        self._paint_ground(painter)
        self._paint_parts(painter)
        painter.end()

    def _ground(self) -> tuple[str | None, str | None]:
        """Names of the colours of ground and edge."""
        over = self.underMouse() or self.isDown()
        if self._kind == "primary":
            return ("brand_hover" if over else "brand"), None
        if self.isChecked():
            return "selection", "brand_ink"
        if self._kind == "quiet":
            return ("hover" if over else None), None
        return ("hover" if over else "surface"), "bad_dot" if self._kind == "danger" else "edge"

    def _paint_ground(self, painter: QPainter) -> None:
        ground, edge = self._ground()
        area = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setBrush(theme.colour(ground) if ground else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour(edge), 1) if edge else Qt.PenStyle.NoPen)
        if self.hasFocus():
            ring = "on_brand" if self._kind == "primary" else "brand_ink"
            painter.drawRoundedRect(area, theme.RADIUS, theme.RADIUS)
            painter.setPen(QPen(theme.colour(ring), 2))
            inset = 3 if self._kind == "primary" else 0.5
            area.adjust(inset, inset, -inset, -inset)
        painter.drawRoundedRect(area, theme.RADIUS - 1, theme.RADIUS - 1)

    def _inks(self) -> tuple[str, str]:
        """Names of the colours of the word and of what is quieter."""
        if self._kind == "primary":
            return "on_brand", "on_brand_muted"
        if self._kind == "danger":
            return "bad_ink", "muted"
        return ("brand_ink" if self.isChecked() else "ink"), "muted"

    def _paint_parts(self, painter: QPainter) -> None:
        strong, quiet = self._inks()
        parts = self._parts()
        if self.width() < self.sizeHint().width():
            parts = [part for part in parts if part[0] != "key"]
        width = sum(part[2] for part in parts) + GAP * max(len(parts) - 1, 0)
        left = (self.width() - width) / 2
        painter.setFont(self._font())
        for sort, what, wide in parts:
            if sort == "icon":
                area = QRectF(left, (self.height() - wide) / 2, wide, wide)
                theme.paint_icon(painter, area, what, strong)
            else:
                painter.setPen(theme.colour(strong if sort == "text" else quiet))
                area = QRectF(left, 0, wide + 2, self.height())
                painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, what)
            left += wide + GAP

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button in hand, on every page as in a dialog."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew when the style changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()


class FilterButton(Button):
    """ "Kind: all ▾": one choice out of a few, said on the button; signal `chosen(value)`."""

    chosen = Signal(object)

    def __init__(self, text: str, options: Sequence[tuple[Any, str]], **style: Any) -> None:
        super().__init__(text, **style)
        self._drop = True
        self._name = text
        self._menu = QMenu(self)
        self.clicked.connect(self._open)
        self._value: Any = self
        self.set_options(options)

    def set_options(self, options: Sequence[tuple[Any, str]]) -> None:
        """(value, label) pairs; the first is chosen unless the one chosen is still there."""
        self._options = list(options)
        values = [value for value, _label in self._options]
        if self._value not in values and values:
            self._value = values[0]
        self._menu.clear()
        for value, label in self._options:
            action = self._menu.addAction(label.replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, v=value: self.choose(v))
        self._say()

    def value(self) -> Any:
        """What is chosen."""
        return self._value

    def choose(self, value: Any) -> None:
        """Choose as a click in the menu would."""
        self._value = value
        self._say()
        self.chosen.emit(value)

    def _say(self) -> None:
        label = dict(self._options).get(self._value, "")
        self.set_text(f"{self._name}: {label}")

    def _open(self) -> None:
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))


class MenuButton(Button):
    """ "More ▾": acts that are rarer than those with a button of their own."""

    def __init__(
        self, text: str, acts: Sequence[tuple[str, Callable[[], object]]], **style: Any
    ) -> None:
        super().__init__(text, **style)
        self._drop = True
        self.menu_of = QMenu(self)
        self._rights: dict[QAction, str] = {}
        for name, act in acts:
            self._add(name, act)
        self.clicked.connect(
            lambda _checked=False: self.menu_of.popup(self.mapToGlobal(self.rect().bottomLeft()))
        )

    def _add(self, name: str, act: Callable[[], object]) -> QAction:
        action = self.menu_of.addAction(name.replace("&", "&&"))
        action.triggered.connect(lambda _checked=False: act())
        return action

    @classmethod
    def of_keys(cls, text: str, keys: Sequence[Key], **style: Any) -> MenuButton:
        """The acts of some `Key`s, each for whom it may be."""
        made = cls(text, (), **style)
        for key in keys:
            made._rights[made._add(key.label, key.slot)] = key.needs
        return made

    def let(self, may: Callable[[str], bool]) -> None:
        """Show of `of_keys` what whoever works here may do; with nothing left it is not seen."""
        for action, right in self._rights.items():
            action.setVisible(not right or may(right))
        if self._rights and not any(action.isVisible() for action in self._rights):
            self.deny()


def toggle(text: str, on_toggle: Callable[[bool], object], **style: Any) -> Button:
    """An outlined button that stays pressed: a filter that is on or off."""
    made = Button(text, **style)
    made.setCheckable(True)
    made.toggled.connect(on_toggle)
    return made
