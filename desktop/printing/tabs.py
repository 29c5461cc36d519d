"""A place of several tabs, each a part of its own, and the paper one of them shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from database.library import Session
from desktop.pages.drawing.kinds import Kind
from desktop.printing.paper_view import PaperView
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.widgets.card import heading
from desktop.widgets.tabs import Tabs
from desktop.words.language import _


class Tab(QWidget):
    """One tab. `counted` says how many things wait here; `paper` shows a PDF under a
    name, for a printer of this kind (None: letters)."""

    waits: ClassVar[bool] = True
    """Whether something waits here, which its tab counts though another part is in sight."""

    counted = Signal(int)
    paper = Signal(object, str, object)
    keys_changed = Signal()

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__()
        self.program, self.host = program, host
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)

    def reload(self) -> None:
        """Read anew what is shown."""

    def keys(self) -> list[Key]:
        """What can be done here by key."""
        return []

    def take_scan(self, code: str, kind: str) -> bool:
        """What this part does with a code scanned anywhere on it, besides its box; see
        `Screen.take_scan`."""
        return False

    def focus_first(self) -> None:
        """Put the focus where work begins."""

    def act(self, deed: Callable[[Session], int | None], told: str) -> bool:
        """One change that gives its journal line, told with Undo."""
        line = self.program.attempt(self.host, deed)
        if line is None:
            return False
        self.host.notice.done(told, partial(self.program.undo, self.host, line))
        return True


class TabsScreen(Screen):
    """`arrive(name of a tab)` opens it; `parts` are filled in by `build`."""

    def __init__(self, program: Program, title: str) -> None:
        super().__init__()
        self.program = program
        self.parts: dict[str, Tab] = {}
        self._names: dict[str, str] = {}
        self.counts: dict[str, int] = {}
        self._title = title

    def build(self, tabs: Mapping[str, tuple[str, Tab]]) -> None:
        """The tabs by their keys: what each is called, and its part."""
        self._just_read = False
        self.tabs = Tabs()
        self.tabs.setAccessibleName(self._title)
        self._stack = QStackedWidget()
        for key, (name, part) in tabs.items():
            self._add(key, name, part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 16, 20, 8)
        self._whole = QStackedWidget()
        whole.addWidget(self._whole)
        self._whole.addWidget(self._page())
        self.tabs.currentChanged.connect(self._turn)

    @cached_property
    def paper(self) -> PaperView:
        """What a part shows as paper, over all of them; made when there first is any."""
        made = PaperView(self.program, self)
        made.closed.connect(self._close_paper)
        self._whole.addWidget(made)
        return made

    def _shows_paper(self) -> bool:
        return self._whole.currentIndex() > 0

    def _add(self, key: str, name: str, part: Tab) -> None:
        self.parts[key], self._names[key] = part, name
        self.tabs.addTab(name)
        self._stack.addWidget(part)
        part.paper.connect(self._show_paper)
        part.keys_changed.connect(self.renew_keys)
        place = self.tabs.count() - 1
        part.counted.connect(lambda n: self._count(place, key, n))

    def _page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        head = heading(self._title)
        head.setStretch(0, 0)
        head.insertWidget(1, self.tabs, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        return page

    def begin(self) -> None:
        """The first tab, no paper over it."""
        if self._shows_paper():
            self._close_paper()
        self.tabs.setCurrentIndex(0)

    def part(self) -> Tab:
        """The one in sight."""
        return list(self.parts.values())[self._stack.currentIndex()]

    def _count(self, place: int, key: str, waiting: int) -> None:
        self.counts[key] = waiting
        name = self._names[key]
        counted = _("{name} {n}").format(name=name, n=waiting) if waiting else name
        self.tabs.setTabText(place, counted)

    def _turn(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        if not self._just_read:
            self.part().reload()
        self.renew_keys()
        self.part().focus_first()

    def _show_paper(self, pdf: bytes, name: str, kind: Kind | None = None) -> None:
        self.paper.show_paper(pdf, name, kind or "paper")
        self._whole.setCurrentWidget(self.paper)
        self.renew_keys()

    def _close_paper(self) -> None:
        self._whole.setCurrentIndex(0)
        self.renew_keys()
        self.part().focus_first()

    def keys(self) -> list[Key]:
        """Those of the part in sight, or of the paper that is looked at."""
        if self._shows_paper():
            return self.paper.keys()
        return self.part().keys()

    def take_scan(self, code: str, kind: str) -> bool:
        """The part in sight, unless a paper lies over it."""
        if self._shows_paper():
            return False
        return super().take_scan(code, kind) or self.part().take_scan(code, kind)

    def reload(self) -> None:
        """Read the part in sight, and every other whose tab counts what waits."""
        for part in self.parts.values():
            if part.waits or part is self.part():
                part.reload()

    def focus_first(self) -> None:
        """Where work begins in the part in sight."""
        if not self._shows_paper():
            self.part().focus_first()

    def open_read(self, key: str) -> None:
        """Open a part that was read this moment."""
        self._just_read = True
        try:
            self.tabs.setCurrentIndex(list(self.parts).index(key))
        finally:
            self._just_read = False

    def arrive(self, what: Any) -> None:
        """Open a part by its name."""
        if what in self.parts:
            self.tabs.setCurrentIndex(list(self.parts).index(what))
