"""Telling a scan from typing, wherever the focus is: by its pace and by its form.

A scanner types as a keyboard does, only faster than any hand. Keys are held back for as long as
they follow each other at that pace. What then proves to be a code is taken out of the stream, so
that the field it would have hit never sees it; all else is given back in its order, some 30 ms
after it was typed, which no eye notices.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

PACE_MS = 30
LEAST = 4
"""No code of a library is shorter."""
RAW = "hears_keys"
"""A widget with this property hears every key as it comes: the page that tests a scanner."""

_SLACK = 1.2
_PRESSES = 2.5
"""Between two presses there is a release, so that they may be so many times the pace apart on
average: with 30 ms that is 160 words a minute, which no hand types in figures."""

_BEAT_MS = 10

_TYPES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.InputMethod,
    }
)
ENDS = {Qt.Key.Key_Return: "enter", Qt.Key.Key_Enter: "enter", Qt.Key.Key_Tab: "tab"}
_BARE = (
    Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.KeypadModifier
    | Qt.KeyboardModifier.GroupSwitchModifier
)
_MODIFIERS = frozenset(
    {Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_AltGr, Qt.Key.Key_NumLock}
)
_SEPARATORS = frozenset("\x02\x03\x04\x1c\x1d\x1e\x1f")


@dataclass(frozen=True)
class Habits:
    """What this PC's scanner does. `pace_ms`: its keys follow each other so quickly (0: none is
    looked for); `suffix`: "any", "enter", "tab" or "none"; `prefix`: what it puts first."""

    pace_ms: int = PACE_MS
    suffix: str = "any"
    prefix: str = ""


@dataclass
class _Key:
    """A press held back: the milliseconds since the last key event, and since the last press."""

    text: str
    gap: float
    press_gap: float


class ScanKeys(QObject):
    """Watches `window` and its dialogs. `known(text)` says what a text is, None for no code of
    ours; what it says is handed to `take`, with how the scan ended ("enter", "tab", "")."""

    def __init__(
        self,
        window: QWidget,
        known: Callable[[str], Any | None],
        take: Callable[[Any, str], object],
        habits: Habits,
    ) -> None:
        super().__init__(window)
        self._window, self._known, self._take = window, known, take
        self.habits = habits
        self._held: list[tuple[QObject, QKeyEvent]] = []
        self._keys: list[_Key] = []
        self._eaten: set[int] = set()
        self._touched, self._pressed = [0], 0
        self._alive = self._alive_press = self._beaten = self._over = 0.0
        self._timer = QTimer(self, interval=_BEAT_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)
        app.focusWindowChanged.connect(self._watch_window)
        window.installEventFilter(self)

    # --- where keys arrive

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Events sent to a widget itself are heard there; the last filter is asked first."""
        if new is not None and self._is_mine(new):
            new.installEventFilter(self)
            new.window().installEventFilter(self)

    def _watch_window(self, window: QWindow | None) -> None:
        """All that a hand or a scanner types comes in through the window that has the focus."""
        if window is not None:
            window.installEventFilter(self)

    def _is_mine(self, widget: QWidget | None) -> bool:
        while widget is not None:
            if widget is self._window:
                return True
            widget = widget.parentWidget()
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold back, take or let through. What was given back is no longer spontaneous."""
        if event.type() not in _TYPES or not event.spontaneous() or not self.habits.pace_ms:
            return False
        target = watched if isinstance(watched, QWidget) else QApplication.focusWidget()
        if not self._is_mine(target or QApplication.activeWindow()):
            return False
        if target is not None and target.property(RAW):
            return False
        if not isinstance(event, QKeyEvent):
            self.give_back()
            return False
        if self._held:
            self._pass_time()
        if event.type() == QEvent.Type.ShortcutOverride:
            return self._overrides(event)
        if event.type() == QEvent.Type.KeyRelease:
            return self._released(watched, event)
        return self._press(watched, event)

    # --- one key

    def _overrides(self, event: QKeyEvent) -> bool:
        """No shortcut fires in the midst of a scan, nor at its end."""
        ours = bool(self._held) and (
            _is_sign(event) or (_ends(event) != "" and len(self._keys) >= LEAST)
        )
        if ours or self._follows_a_scan(event):
            event.accept()
            return True
        if not _is_sign(event) and event.key() not in _MODIFIERS:
            self.give_back()
        return False

    def _press(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.key() in _MODIFIERS:
            self._touch(event)
            return False
        if _ends(event):
            return self._end(event)
        if self._held and event.text() in _SEPARATORS and event.text():
            self._hold(watched, event)
            return True
        if not _is_sign(event) or event.isAutoRepeat():
            self.give_back()
            return False
        if self._held and not self._in_pace(event):
            self.give_back()
        if not self._held and event.text() == " ":
            self._touch(event)
            return False
        self._hold(watched, event)
        return True

    def _released(self, watched: QObject, event: QKeyEvent) -> bool:
        key = event.key()
        if key in self._eaten and not event.isAutoRepeat():
            self._eaten.discard(key)
            return True
        held = any(one.key() == key for _target, one in self._held)
        if held:
            self._held.append((watched, _copy(event)))
            by_hand = self._press_gap(event) > _SLACK * self.habits.pace_ms
            if by_hand and len(self._keys) == 1:
                self.give_back()
                return True
        self._touch(event)
        return held

    def _hold(self, watched: QObject, event: QKeyEvent) -> None:
        gap, press_gap = self._gap(event), self._press_gap(event)
        first, self._over = not self._keys, 0.0
        self._keys.append(_Key(event.text(), 0 if first else gap, 0 if first else press_gap))
        self._held.append((watched, _copy(event)))
        self._pressed, self._alive_press = event.timestamp(), 0.0
        self._touch(event)

    def _gap(self, event: QKeyEvent) -> float:
        return _since(self._touched[0], event) or self._alive

    def _press_gap(self, event: QKeyEvent) -> float:
        return _since(self._pressed, event) or self._alive_press

    def _touch(self, event: QKeyEvent) -> None:
        self._touched, self._alive = [event.timestamp()], 0.0
        if self._held and not self._timer.isActive():
            self._beaten = time.monotonic() * 1000
            self._timer.start()

    def _in_pace(self, event: QKeyEvent) -> bool:
        """One late key in a scan is no pause, for PCs are busy at times; but a hand that is
        quick for two keys is given its word back before the third."""
        if self._gap(event) > 2 * self.habits.pace_ms:
            return False
        gaps = [key.press_gap for key in self._keys[1:]]
        if _is_sign(event):
            gaps.append(self._press_gap(event))
        return sum(gaps) <= len(gaps) * _PRESSES * self.habits.pace_ms

    # --- what a burst was

    def _end(self, event: QKeyEvent) -> bool:
        if self._follows_a_scan(event):
            self._eaten.add(event.key())
            return True
        found = self._found(_ends(event)) if self._held and self._in_pace(event) else None
        if found is None:
            self.give_back()
            return False
        self._eaten.add(event.key())
        self._deliver(found, _ends(event))
        return True

    def _follows_a_scan(self, event: QKeyEvent) -> bool:
        """The line feed behind a carriage return, or a suffix that comes late."""
        soon = (time.monotonic() - self._over) * 1000 <= 3 * self.habits.pace_ms
        return soon and not self._held and (_ends(event) != "" or event.text() == "\n")

    def _found(self, end: str) -> Any | None:
        if self.habits.suffix != "any" and self.habits.suffix != (end or "none"):
            return None
        if len(self._keys) < LEAST or not self._paced():
            return None
        text = "".join(key.text for key in self._keys)
        return self._known(text.removeprefix(self.habits.prefix))

    def _paced(self) -> bool:
        """As no hand types: most keys follow the last event, press or release, within the pace."""
        gaps = sorted(key.gap for key in self._keys[1:])
        return gaps[len(gaps) // 2] <= _SLACK * self.habits.pace_ms

    def _beat(self) -> None:
        """Time goes on only while the program listens: what it did meanwhile is no pause."""
        self._pass_time()
        wait = 1.5 if len(self._keys) < LEAST else 2.5
        if self._alive >= wait * self.habits.pace_ms:
            touched = self._touched
            # Keys that came while something else was done are on their way: they go first.
            QTimer.singleShot(0, self, lambda: self._settle(touched))

    def _pass_time(self) -> None:
        now = time.monotonic() * 1000
        passed = min(now - self._beaten, 1.5 * _BEAT_MS)
        self._beaten = now
        self._alive += passed
        self._alive_press += passed

    def _settle(self, touched: list[int]) -> None:
        if not self._held or touched is not self._touched:
            return
        found = self._found("")
        if found is None:
            self.give_back()
        else:
            self._deliver(found, "")

    def _deliver(self, found: Any, end: str) -> None:
        self._eaten |= {one.key() for one in self._presses()} - {one.key() for one in self._ups()}
        self._clear()
        self._take(found, end)
        self._over = time.monotonic()

    def _presses(self) -> Iterable[QKeyEvent]:
        return (one for _at, one in self._held if one.type() == QEvent.Type.KeyPress)

    def _ups(self) -> Iterable[QKeyEvent]:
        return (one for _at, one in self._held if one.type() == QEvent.Type.KeyRelease)

    def _clear(self) -> None:
        self._timer.stop()
        self._held, self._keys = [], []

    def give_back(self) -> None:
        """What was typed by hand goes where it was typed, in its order."""
        held = self._held
        self._clear()
        for target, event in held:
            if isValid(target):
                QCoreApplication.sendEvent(target, event)

    def holds(self) -> bool:
        """Whether keys are held back just now."""
        return bool(self._held)


def _is_sign(event: QKeyEvent) -> bool:
    text = event.text()
    return len(text) == 1 and text.isprintable() and not event.modifiers() & ~_BARE


def _ends(event: QKeyEvent) -> str:
    return "" if event.modifiers() & ~_BARE else ENDS.get(Qt.Key(event.key()), "")


def _since(before: int, event: QKeyEvent) -> float:
    """Milliseconds by the system's clock, which tells when a key was pressed that had to wait
    for us; 0 where it does not say."""
    now = event.timestamp()
    return now - before if before and now > before else 0


def _copy(event: QKeyEvent) -> QKeyEvent:
    return QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )
