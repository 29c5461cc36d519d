"""Small questions away from the desk, with buttons in our own words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from desktop import keys, theme
from desktop.widgets.buttons import Button, Kind
from desktop.widgets.card import Band
from desktop.widgets.curtain import draw_all
from desktop.widgets.text import label, point
from desktop.words.language import _

_OWN_KEYS = ("save", "blank", "back", "open")
"""Heard by every dialog, whatever it holds."""


class _Growing(QObject):
    """Lets a dialog grow when something in it asks for another room. Apart, for a dialog that
    heard its own end in Python would be gone before it could answer."""

    def __init__(self, dialog: Dialog) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        dialog.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Once this event has been answered."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self._dialog:
            QTimer.singleShot(0, self._dialog, self._dialog.grow)
        return False


class Dialog(QDialog):
    """A titled box: put what it asks into `body`; `accept_text` is the verb of its button.

    Enter presses the verb unless a field takes it, Ctrl+S always, Esc closes.
    """

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        accept_text: str,
        *,
        kind: Kind = "primary",
        cancel_text: str = "",
        width: int = 440,
    ) -> None:
        super().__init__(parent)
        if parent is None:
            theme.dress(self)
        self._grave = kind == "danger"
        self._bound: set[str] = set()
        self.setWindowTitle(title)
        self.setMinimumWidth(width)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        heading = label(title, "title", wrap=True)
        column.addWidget(heading)
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        column.addLayout(self.body, 1)
        self._said = Band("", "warn")
        column.addWidget(self._said)
        self.accept_button = Button(accept_text, self.try_accept, kind=kind)
        self.cancel_button = Button(cancel_text or _("Cancel"), self.reject, key="back")
        for button in (self.accept_button, self.cancel_button):
            button.setAutoDefault(True)
        self.buttons = QHBoxLayout()
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.cancel_button)
        self.buttons.addWidget(self.accept_button)
        column.addLayout(self.buttons)
        _Growing(self)
        QShortcut(keys.sequence("save"), self, self.try_accept)
        QShortcut(keys.sequence("blank"), self, draw_all)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the first field, or on the likely answer; on the harmless one where the verb
        cannot be taken back. What was focused on purpose stays so."""
        super().showEvent(event)
        self._bind_keys()
        buttons = (self.accept_button, self.cancel_button)
        if self.focusWidget() not in (None, *buttons) or self.cancel_button.isDefault():
            return
        first = None if self._grave else self._first_field()
        safe = self.cancel_button if self._grave else self.accept_button
        safe.setDefault(True)
        (first or safe).setFocus(Qt.FocusReason.OtherFocusReason)

    def _bind_keys(self) -> None:
        """Each button's key presses it: the screen behind does not hear keys meanwhile."""
        for button in self.findChildren(Button):
            name = button.key_name
            if name and name not in (*_OWN_KEYS, *self._bound) and button.window() is self:
                self._bound.add(name)
                QShortcut(keys.sequence(name), self, partial(self._press, name))

    def _press(self, name: str) -> None:
        pressed = (one for one in self.findChildren(Button) if one.key_name == name)
        for button in [one for one in pressed if one.isVisible()][:1]:
            button.click()

    def grow(self) -> None:
        """As wide and high as its contents need by now: words that wrap ask for height by
        themselves, and a least width of its own lets Qt forget what the contents need."""
        layout = self.layout()
        if layout is None:
            return
        wide = max(self.width(), layout.minimumSize().width())
        high = layout.totalHeightForWidth(wide) if layout.hasHeightForWidth() else self.height()
        if self.height() < high or self.width() < wide:
            self.resize(wide, max(high, self.height()))

    def _first_field(self) -> QWidget | None:
        typed = (QLineEdit, QComboBox, QPlainTextEdit, QAbstractItemView)
        fields = [one for one in self.findChildren(QWidget) if isinstance(one, typed)]
        return next((one for one in fields if one.isVisible() and one.isEnabled()), None)

    def say(self, text: str) -> None:
        """One sentence below what the dialog asks; "" takes it away."""
        self._said.set(text, "warn")

    def take_scan(self, code: str, kind: str) -> bool:
        """What this dialog does with a code scanned while it is open; False for nothing."""
        return False

    def said(self) -> str:
        """The sentence told there."""
        return self._said.text()

    def try_accept(self) -> None:
        """Close with yes; a dialog with a form checks it first by overriding `ready`."""
        if self.ready():
            self.accept()

    def ready(self) -> bool:
        """Whether what was typed may be taken."""
        return True

    def done(self, result: int) -> None:
        """Close, and bring what lay behind to the front again: not every system does, and the
        next key would go to a box that nobody sees."""
        super().done(result)
        behind = self.parentWidget()
        if behind is None or not isValid(behind) or not behind.isVisible():
            return
        if QApplication.activeModalWidget() in {None, behind.window()}:
            behind.window().activateWindow()


def confirm(
    parent: QWidget | None,
    title: str,
    text: str,
    accept_text: str,
    *,
    danger: bool = False,
    cancel_text: str = "",
    points: Sequence[str] = (),
) -> bool:
    """Ask before what cannot be taken back; the focus is on the harmless button. `points` stand
    in a list under the text."""
    box = Dialog(
        parent,
        title,
        accept_text,
        kind="danger" if danger else "primary",
        cancel_text=cancel_text,
    )
    box.body.addWidget(label(text, wrap=True))
    for one in points:
        box.body.addLayout(point("•", one))
    safe = box.cancel_button if danger else box.accept_button
    safe.setDefault(True)
    safe.setFocus(Qt.FocusReason.OtherFocusReason)
    return box.exec() == QDialog.DialogCode.Accepted


def choose(
    parent: QWidget | None, title: str, text: str, answers: Sequence[tuple[str, Kind]]
) -> int | None:
    """Ask with several answers; the place of the one pressed, None for Cancel."""
    (first, kind), *others = answers
    box = Dialog(parent, title, first, kind=kind)
    box.body.addWidget(label(text, wrap=True))
    for place, (words, look) in enumerate(others, start=2):
        button = Button(words, partial(box.done, place), kind=look)
        box.buttons.insertWidget(box.buttons.count() - 1, button)
    answer = box.exec()
    return answer - 1 if answer else None
