"""Every paper the library can print, looked at with its own data, and the words on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from database.library import Session
from database.policy import paper_words
from desktop import background
from desktop.papers import PAPERS
from desktop.printing.tabs import Tab
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.printing.words import WordsCard
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.pdf_view import PdfView
from desktop.widgets.progress import Progress
from desktop.widgets.table import Column, Table
from desktop.words import wording
from desktop.words.language import _, current

Drawn = tuple[bytes, dict[str, str], dict[str, str]]
_LIST, _WORDS = 0, 1


class PapersPart(Tab):
    """The papers (or the words of one) at the left, the paper at the right."""

    waits = False

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(program, host)
        self._task: background.Task | None = None
        self._pdf = b""
        self._soon = QTimer(self, singleShot=True, interval=250)
        self._soon.timeout.connect(self.draw)
        self._left = QStackedWidget()
        self._left.addWidget(self._list())
        self.words = WordsCard()
        self.words.changed.connect(self._soon.start)
        self.words.saved.connect(self.save_words)
        self.words.closed.connect(self.close_words)
        self._left.addWidget(self.words)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._left, 5)
        row.addWidget(self._preview(), 8)
        self.column.addLayout(row, 1)

    def _list(self) -> Card:
        card = Card(_("All papers"), flush=True)
        self.table = Table(
            [Column(_("Paper"), "title", stretch=True)],
            on_open=lambda _row: self.show_whole(),
            on_select=lambda _row: self._soon.start(),
            name=_("All papers"),
        )
        card.body.addWidget(self.table)
        return card

    def _preview(self) -> Card:
        self._edit, whole = Button.of(self.keys()[0], small=True), self.keys()[1]
        self._size = "a4"
        self.sizes = Button("", self.turn_size, small=True, tooltip=_("The other size of paper"))
        self._name_size()
        self.card = Card(
            _("Preview"), self.sizes, self._edit, Button.of(whole, kind="primary", small=True)
        )
        self.view = PdfView()
        self.progress = Progress()
        self.card.body.addWidget(self.view, 1)
        self.card.body.addWidget(self.progress)
        return self.card

    def turn_size(self) -> None:
        """From A4 to F4 and back."""
        self._size = "f4" if self._size == "a4" else "a4"
        self._name_size()
        self._soon.start()

    def _name_size(self) -> None:
        self.sizes.set_text(_("Paper: {size}").format(size=self._size.upper()))

    def keys(self) -> list[Key]:
        """What can be done with the paper in hand."""
        return [
            Key("words", _("Words…"), self.edit_words, needs="settings"),
            Key("print", _("Print or save…"), self.show_whole),
        ]

    def focus_first(self) -> None:
        """The list, or the text in hand."""
        if self._left.currentIndex() == _LIST:
            self.table.setFocus()
        else:
            self.words.focus_first()

    def reload(self) -> None:
        """The papers by name."""
        if not self.table.rows():
            self.table.set_rows(
                [{"id": one.name, "title": _(one.title)} for one in PAPERS.values()]
            )
            self.table.select_first()
        elif self.isVisible():
            self._soon.start()

    def draw(self) -> None:
        """The paper with today's data and the words as typed, off this thread."""
        row = self.table.current()
        if row is None or not self.isVisible():
            return
        if self._task is not None:
            self._task.cancel()
        paper, size, trying = PAPERS[row["id"]], self._size, self.words.trying()
        library, now, language = self.program.library, self.program.now(), current()

        def work(_report: background.Report, _stop: Callable[[], bool]) -> Drawn:
            from desktop.pages.drawing.paper import paper_size

            target = BytesIO()
            with library.reading() as session, paper_size(size), wording.hearing(trying) as heard:
                paper.write(target, session, now)
                own = paper_words.of(session, paper.wording, language)
            return target.getvalue(), heard | wording.texts_of(paper.wording), own

        self.card.set_title(row["title"])
        self._task = background.run(work, self._drawn, self._failed, None, self.progress.finish)
        self.progress.start(_("Making the paper"), self._task.cancel)

    def _drawn(self, made: Drawn) -> None:
        self._pdf, heard, own = made
        self.view.show_pdf(self._pdf)
        self.words.hear(heard, own)

    def _failed(self, error: Exception) -> None:
        raise error

    def show_whole(self) -> None:
        """The paper by itself, to be printed or saved."""
        row = self.table.current()
        if row is not None and self._pdf:
            self.paper.emit(self._pdf, row["title"], PAPERS[row["id"]].kind)

    def edit_words(self) -> None:
        """The texts of this paper in the place of the list."""
        self._left.setCurrentIndex(_WORDS)
        self._edit.setEnabled(False)
        self.words.focus_first()

    def close_words(self) -> None:
        """Back to the list; what was not saved is dropped."""
        self._left.setCurrentIndex(_LIST)
        self._edit.setEnabled(True)
        self.words.forget()
        self.table.setFocus()
        self._soon.start()

    def save_words(self, source: str, text: str) -> None:
        """Keep one text of this paper."""
        row = self.table.current()
        if row is None:
            return
        paper, now = PAPERS[row["id"]].wording, self.program.now()
        deed = partial(_put, paper, current(), source, text, now)
        if self.act(deed, _("Saved: {title}").format(title=row["title"])):
            self.words.forget()
            self._soon.start()


def _put(paper: str, language: str, source: str, text: str, now: Any, session: Session) -> int:
    return paper_words.put(session, paper, language, {source: text}, now)
