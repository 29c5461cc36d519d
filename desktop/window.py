"""The main window: places down the side, one screen in sight, a strip and a line below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import keys, manual, theme
from desktop.screen import Key, Screen
from desktop.widgets.curtain import Curtain, Idleness
from desktop.widgets.help_frame import HelpFrame
from desktop.widgets.notice import NoticeStrip
from desktop.widgets.one_bar import OneBar
from desktop.widgets.palette import More, Palette
from desktop.widgets.sidebar import Entry, Sidebar
from desktop.widgets.sound import Sounds
from desktop.widgets.status_line import Status, StatusLine
from desktop.widgets.top_bar import TopBar
from desktop.words.language import _

__all__ = ["MainWindow", "Place", "Status"]

MARGIN = 20
_CALM_HEIGHT = 700  # from here on the strip's room is kept free, so that nothing jumps


@dataclass(frozen=True)
class Place:
    """One entry of the sidebar; its screen is built when it is first shown. Without a `shortcut`
    it is reached by Alt+G and a letter of its key."""

    key: str
    title: str
    icon: str
    build: Callable[[], Screen]
    shortcut: str = ""
    at_bottom: bool = False
    aside: bool = False
    """Reached from other places only: it has neither an entry nor a key."""


def keyed(places: Sequence[Place]) -> list[Place]:
    """Each place with its key: the digits with Alt are used up by the first ten, so whoever comes
    later is reached by Alt+G and then the first letter of its `key` that is free."""
    taken = {place.shortcut for place in places}
    found = []
    for place in places:
        if not place.shortcut and not place.aside:
            ways = (f"Alt+G, {sign.upper()}" for sign in place.key if sign.isalnum())
            place = replace(place, shortcut=next((way for way in ways if way not in taken), ""))
            taken.add(place.shortcut)
        found.append(place)
    return found


class MainWindow(QMainWindow):
    """Signals: `scanned(code)` from whichever scan box is in use, `scan_wanted` at F2,
    `undo_wanted` at Ctrl+Z with nothing offered, `redo_wanted` at Ctrl+Y,
    `acts_wanted` at Ctrl+H, `shown(key)` when a place comes into sight,
    `help_printed(page)` for a page of help on paper, `closing` when nothing stands against it."""

    scanned = Signal(str)
    scan_wanted = Signal()
    undo_wanted = Signal()
    redo_wanted = Signal()
    acts_wanted = Signal()
    shown = Signal(str)
    help_printed = Signal(object)
    closing = Signal()

    find_more: More = staticmethod(lambda text, done: None)
    """What Ctrl+K finds beside acts: set by whoever knows the library."""

    before_close: Callable[[], bool] | None = None
    """Asked last before the window closes; False keeps it open."""

    def __init__(
        self,
        places: Sequence[Place],
        status: Callable[[], Status],
        *,
        library_name: str = "",
        user: str = "",
        user_note: str = "",
        now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
        demo: bool = False,
        sounds: Sounds | None = None,
        blank_after: int = 0,
        may: Callable[[str], bool] = lambda right: True,
    ) -> None:
        super().__init__()
        self.setWindowTitle("Selasar")
        places = keyed(places)
        self._places = {place.key: place for place in places}
        self.changes: object = None
        self.scanning: object = None
        self._screens: dict[str, Screen] = {}
        self._at, self._recent, self._may = "", list[str](), may
        self._frames: dict[str, OneBar] = {}
        self.sounds = sounds or Sounds(enabled=False)
        self.sidebar = Sidebar([_entry(place) for place in places if not place.aside])
        self.sidebar.set_user(user, user_note)
        self.stack = QStackedWidget()
        self.notice = NoticeStrip(now)
        self.status_line = StatusLine(status, now, demo)
        top_bar = TopBar(library_name, MARGIN)
        self.scan_box = top_bar.scan_box
        self._arrange(top_bar)
        self.curtain = Curtain(self, self._body, library_name or "Selasar")
        self._connect()
        self._make_shortcuts()
        self._idle = Idleness(self, blank_after, self.curtain.draw)
        self.resize(1366, 768)
        theme.dress(self)
        if places:
            self.go(places[0].key)

    # --- building

    def _arrange(self, top_bar: TopBar) -> None:
        self._body = QWidget()
        self._body.setObjectName("page")
        whole = self._whole = QVBoxLayout(self._body)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(top_bar)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.sidebar)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.stack, 1)
        right.addLayout(self._notice_row())
        middle.addLayout(right, 1)
        whole.addLayout(middle, 1)
        whole.addWidget(self.status_line)
        self.setCentralWidget(self._body)

    def _notice_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(MARGIN, 0, MARGIN, 8)
        row.addWidget(self.notice)
        return row

    def _connect(self) -> None:
        self.sidebar.chosen.connect(self.go)
        self.scan_box.scanned.connect(self.scanned)
        self.notice.told.connect(self.sounds.play)
        self.status_line.history_wanted.connect(self.show_notices)

    def _make_keys(self) -> list[Key]:
        return [
            Key("help", _("Help and keys of this screen"), self.show_help),
            Key("scan", _("Go to the scan box"), self.focus_scan),
            Key("step", _("Take the step that the notice offers"), self.notice.step),
            Key("blank", _("Blank the screen"), self.curtain.draw),
            Key("palette", _("Find any action"), self.open_palette),
            Key("acts", _("What was done, to take one act back…"), self.acts_wanted.emit),
            Key("undo", _("Undo the last act"), self.undo),
            Key("redo", _("Do again what was undone"), self.redo_wanted.emit),
        ]

    def _make_shortcuts(self) -> None:
        """On the body, which is disabled under the curtain, so that nothing acts unseen."""
        self._window_keys = self._make_keys()
        for key in self._window_keys + self._place_keys():
            shortcut = QShortcut(key.sequence, self._body)
            shortcut.activated.connect(lambda slot=key.slot: slot())

    def _place_keys(self) -> list[Key]:
        return [
            Key("", place.title, partial(self.go, place.key), at=place.shortcut)
            for place in self._places.values()
            if place.shortcut
        ]

    def put_above(self, part: QWidget) -> None:
        """A line over everything, such as the mark of a practice library."""
        self._whole.insertWidget(0, part)

    # --- places

    def go(self, key: str, what: Any = None) -> Screen:
        """Show a place, built now if it never was, and hand it `what`. One that whoever works here
        has not is told, and nothing moves."""
        if key not in self._places:
            self.notice.look(_("This belongs to somebody with other rights."))
            return self.current()
        screen = self.screen_of(key)
        self._at = key
        self.sidebar.select(key)
        self.stack.setCurrentWidget(self._frames[key])
        self.scan_box.setVisible(screen.scan_box is None)
        screen.focus_first()  # a widget takes no focus while its show event is under way
        if what is not None:
            screen.arrive(what)
        self.shown.emit(key)
        return screen

    def screen_of(self, key: str) -> Screen:
        """The screen of a place, built if it never was."""
        if key not in self._screens:
            screen = self._places[key].build()
            screen.may = self._may
            screen.attach(self.notice)
            screen.leave_for.connect(self.go)
            if screen.scan_box is not None:
                screen.scan_box.scanned.connect(self.scanned)
            frame = OneBar(screen)
            frame.setMinimumWidth(1)  # a window is never wider than the screen it stands on
            frame.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._screens[key], self._frames[key] = screen, frame
            self.stack.addWidget(frame)
        return self._screens[key]

    def current(self) -> Screen:
        """The screen in sight."""
        return self._screens[self.current_key()]

    def current_key(self) -> str:
        """The place in sight."""
        return self._at

    def title_of(self, key: str) -> str:
        """What a place is called."""
        return self._places[key].title

    def changed(self, kinds: frozenset[str]) -> None:
        """Tell every screen that records of these kinds were written."""
        for screen in list(self._screens.values()):
            screen.changed(kinds)
        self.status_line.changed(kinds)

    # --- what the window's keys do

    def focus_scan(self) -> None:
        """To the screen's own scan box, or to the one in the top bar."""
        self.scan_wanted.emit()
        box = self.current().box_in_sight() or self.scan_box
        box.line.setFocus()
        box.line.selectAll()

    def everything(self) -> list[Key]:
        """All that Ctrl+K offers: this screen's keys, places, other screens' keys."""
        found = self.current().offered() + self._place_keys()
        here = {act.label for act in found}
        for key, place in self._places.items():
            found += [
                Key("", f"{place.title}: {label}", partial(self._elsewhere, key, label))
                for label in self._offered(key)
                if key != self.current_key() or label not in here
            ]
        return found + [key for key in self._window_keys if key.name != "palette"]

    def _offered(self, place: str) -> list[str]:
        """What is done in the part a screen is in, or begins with; none is built to know it."""
        screen = self._screens.get(place)
        now = screen.offered() if screen is not None else ()
        acts = [_(act[1]) for act in keys.OFFERED.get(place, ()) if all(map(self._may, act[2:]))]
        return list(dict.fromkeys([*(act.label for act in now if act.name != "back"), *acts]))

    def _elsewhere(self, place: str, label: str) -> None:
        screen = self.go(place)
        if label not in {act.label for act in screen.offered()}:
            screen.begin()
        for act in [one for one in screen.offered() if one.label == label][:1]:
            act.slot()

    def open_palette(self) -> Palette:
        """Ctrl+K."""
        palette = Palette(self, self.everything(), self.find_more, self._recent)
        palette.open()
        return palette

    def show_help(self, words: str = "") -> HelpFrame:
        """F1: what is done on this screen, and its keys; `words` are looked for at once."""
        here = self._places[self.current_key()].title
        groups = [
            (here, self.current().offered()),
            (_("Everywhere"), self._window_keys),
            (_("Places"), self._place_keys()),
        ]
        popup = HelpFrame(self, partial(manual.found, place=self.current_key()), groups)
        popup.print_wanted.connect(self.help_printed)
        popup.open()
        if words:
            popup.search.set_text(words)
        return popup

    def blank_after(self, minutes: int) -> None:
        """Another time until the screen blanks itself."""
        self._idle.deleteLater()
        self._idle = Idleness(self, minutes, self.curtain.draw)

    def show_notices(self) -> None:
        """The last twenty notices, above the status line."""
        self.notice.show_kept()

    def undo(self) -> None:
        """What the strip offers, else whoever listens looks for the last act."""
        if not self.notice.undo():
            self.undo_wanted.emit()

    # --- the window itself

    def sizeHint(self) -> QSize:
        """The commonest screen."""
        return QSize(1366, 768)

    def minimumSizeHint(self) -> QSize:
        """Small enough for 1366x768 at 150 %."""
        return QSize(640, 420)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the sidebar where the window is narrow."""
        super().resizeEvent(event)
        narrow = self.width() < theme.NARROW_PX
        self.sidebar.set_narrow(narrow)
        self.status_line.set_narrow(narrow)
        self.notice.keep_room(self.height() >= _CALM_HEIGHT)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Every screen may ask about what is not saved."""
        for key, screen in self._screens.items():
            if not screen.may_leave():
                self.go(key)
                event.ignore()
                return
        if self.before_close is not None and not self.before_close():
            event.ignore()
            return
        self.closing.emit()
        event.accept()


def _entry(place: Place) -> Entry:
    return Entry(place.key, place.title, place.icon, place.shortcut, place.at_bottom)
