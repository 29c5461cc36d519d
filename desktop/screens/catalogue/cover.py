"""The picture of a title's cover: beside the form, saved with it; in the detail, at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout
from shiboken6 import isValid

from database.catalogue import cover_fetch, covers, lookup
from database.library import Session
from database.refusal import Fault
from desktop import background
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.picture_box import PictureBox, small_from
from desktop.widgets.text import label
from desktop.words.language import _
from desktop.words.sentences import refusal

_FORM = QSize(96, 128)
_DETAIL = QSize(54, 72)


class FormCover(Card):
    """What is chosen here is saved with the title."""

    def __init__(self, program: Program, host: Screen, number: Callable[[], str]) -> None:
        super().__init__(_("Cover"))
        self._program, self._host, self._isbn = program, host, number
        self._task: background.Task | None = None
        self._before: bytes | None = None
        self._now: bytes | None = None
        self.box = PictureBox(_("Picture of the cover"), _FORM)
        self.box.chosen.connect(self.put)
        self.box.removed.connect(lambda: self.put(None))
        self.box.unreadable.connect(lambda: host.notice.look(_not_read()))
        self._remove = Button(_("Remove"), lambda: self.put(None), kind="quiet", small=True)
        self.fetch_button = Button(_("Fetch by ISBN"), self.fetch, key="", small=True)
        self.fetch_button.setToolTip(_("Asks the data sources for a picture; needs the internet"))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.box)
        told = _("Click to choose a file, paste with Ctrl+V, or drop a picture.")
        side = QVBoxLayout()
        side.addWidget(label(told, "small", wrap=True))
        side.addWidget(self.fetch_button, 0, Qt.AlignmentFlag.AlignLeft)
        side.addWidget(self._remove, 0, Qt.AlignmentFlag.AlignLeft)
        side.addStretch(1)
        row.addLayout(side, 1)
        self.body.addLayout(row)

    def open(self, biblio_id: int | None) -> None:
        """Show what a title has."""
        content = None
        if biblio_id is not None:
            content = self._program.read(lambda session: covers.of(session, biblio_id))
        self._before = content
        self.put(content)

    def put(self, content: bytes | None) -> None:
        """Show another, or none, to be saved."""
        self._now = content
        self.box.show_picture(content)
        self._remove.setVisible(content is not None)

    def fetch(self) -> None:
        """Ask the sources that have covers for the one of this ISBN, off this thread."""
        number, notice = self._isbn(), self._host.notice
        if self._task is not None:
            notice.look(_("Still asking; the answers come by themselves."))
            return
        if not number:
            notice.look(_("Fill in the ISBN first."))
            return
        asked = cover_fetch.with_covers(self._program.read(lookup.sources))
        if not asked:
            notice.look(_("No source with covers is switched on; see Settings, Data sources."))
            return

        def work(_report: Any, _cancelled: Any) -> bytes:
            return small_from(cover_fetch.first(asked, number) or b"")

        notice.look(_("Asking {names}…").format(names=", ".join(one.name for one in asked)))
        self._task = background.run(
            work, lambda content: self._fetched(number, content), self._failed, ended=self._ended
        )

    def _fetched(self, number: str, content: bytes) -> None:
        if not isValid(self) or number != self._isbn():
            return  # another title is in hand by now
        if content:
            self.put(content)
            self._host.notice.done(_("The cover is here; it is kept when the title is saved."))
        else:
            self._host.notice.look(_("No source has a picture of this cover."))

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Fault):
            raise error
        self._host.notice.look(refusal(error))

    def _ended(self) -> None:
        self._task = None

    def changed(self) -> bool:
        """Whether saving has something to do."""
        return self._now != self._before

    def writing(self, now: datetime) -> Callable[[Session, int], list[int]]:
        """What saves it as it stands, of a title; it gives the journal lines."""
        content, changed = self._now, self.changed()

        def write(session: Session, biblio_id: int) -> list[int]:
            if not changed:
                return []
            if content is None:
                return [covers.remove(session, biblio_id, now)]
            return [covers.put(session, biblio_id, content, now)]

        return write


class DetailCover(PictureBox):
    """What is chosen here is saved at once, with Undo."""

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(_("Picture of the cover"), _DETAIL)
        self._program, self._host = program, host
        self._number: int | None = None
        self.chosen.connect(self._put)
        self.removed.connect(self._take_away)
        self.unreadable.connect(lambda: host.notice.look(_not_read()))

    def open(self, biblio_id: int, content: bytes | None) -> None:
        """Show what a title has."""
        self._number = biblio_id
        self.show_picture(content)

    def _put(self, content: bytes) -> None:
        number, now = self._number, self._program.now()
        if number is not None:
            self._act(lambda session: covers.put(session, number, content, now), _("Cover saved"))

    def _take_away(self) -> None:
        number, now = self._number, self._program.now()
        if number is not None:
            self._act(lambda session: covers.remove(session, number, now), _("Cover removed"))

    def _act(self, act: Any, said: str) -> None:
        line = self._program.attempt(self._host, act)
        if line:
            self._host.notice.done(said, lambda: self._program.undo(self._host, line))
            if self._number is not None:
                number = self._number
                self.show_picture(self._program.read(lambda session: covers.of(session, number)))


def _not_read() -> str:
    return _("This is no picture that can be read. Choose a PNG or JPEG file.")
