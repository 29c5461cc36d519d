"""Codes of a portable scanner, pasted or as its file: taken in as one act, and of each is told what
became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from database.engine import each
from database.engine.pausing import Cancelled
from database.exchange import found, scanned_list
from database.library import Session
from database.refusal import Fault, Refusal
from desktop import background, pc
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.buttons import Button
from desktop.widgets.dialog import Dialog
from desktop.widgets.field_box import TAKES
from desktop.widgets.fields import ANY_CODE
from desktop.widgets.inputs import AreaInput
from desktop.widgets.pill import Pill
from desktop.widgets.progress import Progress
from desktop.widgets.row import Row
from desktop.widgets.table import Column, Table
from desktop.widgets.text import label
from desktop.words import language
from desktop.words.language import _, ngettext
from desktop.words.sentences import refusal

LINES = 9


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one code: a word, the tone of its pill, a sentence."""

    word: str
    tone: Any
    said: str


@dataclass(frozen=True, slots=True)
class Way:
    """How codes are taken somewhere: `take` in the library, `tell` in words of what it gave."""

    title: str
    hint: str
    take: Callable[[Session, str, datetime], Any]
    tell: Callable[[Any], Told]


class ScannedListDialog(Dialog):
    """`after()` is called once codes were taken, for what lies behind to be read anew."""

    def __init__(
        self, program: Program, host: Screen, way: Way, after: Callable[[], object]
    ) -> None:
        super().__init__(host, way.title, _("Take in"), cancel_text=_("Close"), width=720)
        self._program, self._host, self._way, self._after = program, host, way, after
        self._task: background.Task | None = None
        self.line: int | None = None
        self._pages = QStackedWidget()
        self._pages.addWidget(self._asking(way))
        self._pages.addWidget(self._telling())
        self.body.addWidget(self._pages, 1)
        self.progress = Progress()
        self.body.addWidget(self.progress)

    def _asking(self, way: Way) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label(way.hint, "muted", wrap=True))
        self.area = AreaInput(_("Paste the codes here, or scan them one after the other"), LINES)
        self.area.setAccessibleName(_("Codes"))
        self.area.setProperty(TAKES, ANY_CODE)
        self.area.edited.connect(self._count)
        column.addWidget(self.area)
        row = Row()
        self.file_button = Button(
            _("The scanner's file…"), self.choose, key="choose_file", small=True
        )
        self.counted = label("", "muted")
        row.addWidget(self.file_button)
        row.addWidget(self.counted)
        column.addLayout(row)
        column.addStretch(1)
        return page

    def _telling(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        self.sums = label("", "muted", wrap=True)
        column.addWidget(self.sums)
        self.table = Table(
            [
                Column(_("Code"), "code", width=130),
                Column(_("Came to"), "pill", kind="pill"),
                Column(_("Told"), "said", stretch=True),
            ],
            name=_("What became of each code"),
        )
        self.table.setMinimumHeight(300)
        column.addWidget(self.table, 1)
        return page

    # --- which codes

    def choose(self) -> None:
        """Ask for the file of the scanner."""
        kinds = _("Lists ({patterns})").format(patterns=found.patterns(sheets=True))
        name, _kind = QFileDialog.getOpenFileName(
            self, _("The scanner's file…"), str(pc.documents()), kinds
        )
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Show the codes of a file, to be looked at before they are taken in."""

        def work(_report: Any, _cancelled: Any) -> list[str]:
            return scanned_list.of_file(path)

        self._task = background.run(work, self._show_codes, self._failed, ended=self._ended)

    def _show_codes(self, codes: list[str]) -> None:
        if isValid(self):
            self.area.set_raw("\n".join(codes))
            self._count()
            self.area.setFocus()

    def codes(self) -> list[str]:
        """What stands there now. Raises Refusal FILE_TOO_LARGE."""
        return scanned_list.of_text(str(self.area.raw()))

    def _count(self) -> None:
        self.say("")
        try:
            n = len(self.codes())
        except Refusal as told:
            self.say(refusal(told))
            n = 0
        text = ngettext("{n} code", "{n} codes", n).format(n=language.number(n))
        self.counted.setText(text if n else "")

    # --- taking them in

    def ready(self) -> bool:
        """Take the codes in; the dialog stays and tells of each. What was told closes it."""
        if self._pages.currentIndex() == 1:
            return True
        if self._task is not None:
            return False
        try:
            codes = self.codes()
        except Refusal as told:
            self.say(refusal(told))
            return False
        if not codes:
            self.say(_("There is no code yet: paste some, or choose the scanner's file."))
            self.area.setFocus()
            return False
        self._take(codes)
        return False

    def _take(self, codes: Sequence[str]) -> None:
        way, now = self._way, self._program.now()

        def work(report: background.Report, cancelled: Callable[[], bool]) -> Any:
            def told(done: int, total: int) -> None:
                if cancelled():
                    raise Cancelled
                report(done, total)

            return self._program.write(
                lambda session: each.take_each(session, codes, way.take, now, told),
                lambda session: each.take_each(session, codes, way.take, now),
                long=True,
            )

        self.accept_button.setEnabled(False)
        self._task = background.run(
            work, self._taken, self._failed, self.progress.advance, self._ended
        )
        self.progress.start(self._way.title, self._task.cancel)

    def _taken(self, done: each.Taken[Any]) -> None:
        if not isValid(self):
            return
        rows, words = [], Counter[str]()
        for at, came in enumerate(done.came):
            told = _refused(came.refused) if came.refused else self._way.tell(came.done)
            words[told.word] += 1
            pill = Pill(told.word, told.tone)
            rows.append({"id": at, "code": came.code, "pill": pill, "said": told.said})
        self.line = done.line
        self.sums.setText(
            " · ".join(f"{word} {language.number(n)}" for word, n in words.most_common())
        )
        self.table.set_rows(rows)
        self._pages.setCurrentIndex(1)
        self.accept_button.set_text(_("Finished"))
        self.cancel_button.hide()
        self.table.setFocus()
        self._after()
        text = ngettext("{n} code taken in", "{n} codes taken in", len(rows))
        text = text.format(n=language.number(len(rows)))
        if done.line is None:
            self._host.notice.look(text)
        else:
            self._host.notice.done(text, partial(self._program.undo, self._host, done.line))

    def _failed(self, error: Exception) -> None:
        if not isValid(self):
            return
        if isinstance(error, Cancelled):
            self.say(_("Stopped; nothing was taken in."))
        elif isinstance(error, Refusal | Fault):
            self.say(refusal(error))
        else:
            raise error

    def _ended(self) -> None:
        self._task = None
        if isValid(self):
            self.progress.finish()
            self.accept_button.setEnabled(True)


def _refused(told: Refusal) -> Told:
    return Told(_("not taken"), "bad", refusal(told))
