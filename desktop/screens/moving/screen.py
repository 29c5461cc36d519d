"""Bringing a library in: choose files, see what they are, see what would happen, let it happen."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from database.exchange import sheet
from database.library import Session
from database.moving import ahead, bringing, column_maps, rejected
from database.moving.ahead import Ahead, Wanted
from database.moving.bringing import Brought
from database.patrons import membership
from database.patrons.rotation import Common
from database.refusal import Fault, Refusal
from database.rights import Right
from database.sources import looking
from database.sources.looking import Looked, Part
from database.storage import arriving
from desktop import background, pc
from desktop.file_names import safe
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.moving import asking_files
from desktop.screens.moving.choosing import ChooseView
from desktop.screens.moving.contents import ContentsView
from desktop.screens.moving.views import CheckView, DoneView
from desktop.widgets.buttons import Button
from desktop.widgets.card import heading
from desktop.widgets.progress import Progress
from desktop.widgets.steps import Steps
from desktop.words import files as words
from desktop.words.codes import not_brought
from desktop.words.language import _
from desktop.words.sentences import refusal

CHOOSE, CONTENTS, CHECK, DONE = range(4)


class MovingScreen(Screen):
    """`arrive(from)` begins and remembers where to go back to; `arrive((from, [files]))` looks at
    them at once."""

    title: ClassVar[str] = "Moving"

    def __init__(self, program: Program) -> None:
        super().__init__()
        self.program = program
        self.setAcceptDrops(True)
        self._from = "catalogue"
        self._looked: list[Looked] = []
        self._task: background.Task | None = None
        self._outcome: list[Any] = []
        self._told: Callable[[Any], None] = lambda _result: None
        self._wanted, self._parts = Wanted(), list[Part]()
        self._brought: Brought | None = None
        self._kept: tempfile.TemporaryDirectory[str] | None = None
        self.back = Button(_("Back"), self.leave, key="back")
        self.next = Button(_("Next"), self.go_on, kind="primary", key="save")
        self.choosing = ChooseView(self.choose, self.choose_folder, self.paste)
        self.contents = ContentsView(self._changed)
        self.checking = CheckView()
        self.done = DoneView(self.save_list, self._labels)
        self._stack = QStackedWidget()
        self.progress = Progress()
        self.steps = Steps([_("Choose files"), _("What they are"), _("Check the rows"), _("Done")])
        self._arrange()
        self._show(CHOOSE)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 8)
        column.setSpacing(12)
        column.addLayout(heading(_("Bring in data"), self.back, self.next))
        column.addWidget(self.steps)
        views: tuple[QWidget, ...] = (self.choosing, self.contents, self.checking, self.done)
        for view in views:
            self._stack.addWidget(view)
        column.addWidget(self._stack, 1)
        column.addWidget(self.progress)

    def keys(self) -> list[Key]:
        """Shown on the buttons."""
        return [
            Key("back", _("Back"), self.leave),
            Key("choose_file", _("Choose files…"), self.choose),
            Key("save", _("Next"), self.go_on),
        ]

    def focus_first(self) -> None:
        """To the main button."""
        step = self._stack.currentIndex()
        first = self.choosing.button if step == CHOOSE else self.next
        (first if first is not None and first.isEnabled() else self.back).setFocus()

    def arrive(self, what: Any) -> None:
        """Begin; with files go on at once."""
        if self._task is not None:
            return
        self._from, chosen = what if isinstance(what, tuple) else (str(what), ())
        self._show(CHOOSE)
        self.focus_first()
        if chosen:
            self.look([Path(one) for one in chosen])

    def _show(self, step: int) -> None:
        self._stack.setCurrentIndex(step)
        self.steps.set_step(step if step < DONE else DONE + 1)
        self.next.setVisible(step in (CONTENTS, CHECK))
        self.next.set_text(_("Bring in") if step == CHECK else _("Next"))
        self.back.set_text(_("Back") if step < DONE else _("Finish"))

    # --- step 1: choosing

    def choose(self) -> None:
        """Ask for files."""
        if self._task is None and (chosen := asking_files.files(self)):
            self.look(chosen)

    def choose_folder(self) -> None:
        """Ask for a folder whose files are all looked at."""
        if self._task is None and (chosen := asking_files.folder(self)):
            self.look(chosen)

    def paste(self) -> None:
        """A list out of a spreadsheet, or ISBNs scanned one after the other."""
        if text := asking_files.pasted(self):
            self._kept = tempfile.TemporaryDirectory(prefix="selasar-moving-")
            where = Path(self._kept.name) / safe(_("pasted"), ".csv")
            where.write_text(text, encoding="utf-8")
            self.look([where])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files, as long as nothing is under way."""
        if event.mimeData().hasUrls() and self._task is None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at what was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.look(paths)

    # --- step 2: what they are

    def look(self, paths: Sequence[Path]) -> None:
        """Find out what the files are, in the background."""
        program = self.program
        own = next((path for path in paths if path.is_dir() and arriving.is_export(path)), None)
        if own is not None:
            text = _(
                "{folder} is a whole library that Selasar has written. It becomes a library again "
                "with: selasar import FOLDER --library NEW.db"
            )
            self.notice.look(text.format(folder=own.name))
            return

        def work(report: background.Report, cancelled: Callable[[], bool]) -> Any:
            listed = looking.files_in(paths)
            looked = []
            for at, path in enumerate(listed):
                if cancelled():
                    raise background.Cancelled
                report(at, len(listed))
                looked.append(looking.look(path))
            return program.read(lambda session: _known(session, looked))

        self._start(_("Looking at the files"), work, self._seen)

    def _seen(self, found_: tuple[list[Looked], list[tuple[str, str]]] | None) -> None:
        if found_ is None:
            self._show(CHOOSE)
            return
        self._looked, categories = found_
        self.contents.show_files(self._looked, categories)
        self._show(CONTENTS)
        self._changed()
        self.focus_first()

    def _changed(self) -> None:
        self.next.setEnabled(bool(self.contents.parts()))

    # --- steps 3 and 4

    def go_on(self) -> None:
        """To the next step."""
        if self._task is not None or not self.next.isEnabled():
            return
        if self._stack.currentIndex() == CONTENTS:
            if self.contents.asks_kind():
                self.notice.look(_("Say first what kind of patrons the people of the list are."))
                self.contents.category.setFocus()
                return
            self._look_ahead()
        elif self._stack.currentIndex() == CHECK:
            self._run()

    def _look_ahead(self) -> None:
        parts = self._parts = self.contents.parts()
        category = str(self.contents.category.raw() or "")
        wanted = Wanted(items=self.contents.copies.isChecked(), common=Common(category))
        self._wanted, library = wanted, self.program.library

        def work(report: background.Report, cancelled: Callable[[], bool]) -> Ahead:
            with library.reading() as session:
                return ahead.look_ahead(session, parts, wanted, report, cancelled)

        self._start(_("Checking the rows"), work, self._checked)

    def _checked(self, told: Ahead | None) -> None:
        if told is None:
            self._show(CONTENTS)
            return
        kinds = ("loans", "history", "charges", "holds", "visits", "rules", "closed")
        desk: dict[str, int] = {}
        for part in self._parts:
            for kind in kinds:
                desk[kind] = desk.get(kind, 0) + part.counts.get(kind, 0)
        self.checking.show_ahead(told, words.counts(desk))
        self._show(CHECK)
        self.next.setEnabled(bool(told.titles.new or told.titles.matched or told.people or desk))
        self.focus_first()

    def _run(self) -> None:
        """Piece by piece beside the desks: stopped half-way, nothing of it remains."""
        parts, program, now = self._parts, self.program, self.program.now()
        wanted = replace(
            self._wanted, matched=self.checking.matched(), decided=self.checking.decided()
        )

        def work(report: background.Report, cancelled: Callable[[], bool]) -> Brought:
            def bring(session: Session) -> Brought:
                done = bringing.bring(
                    session, parts, wanted, now, lambda _step, at, of: report(at, of), cancelled
                )
                column_maps.keep(session, parts, now)
                return done

            again = lambda session: bringing.bring(session, parts, wanted, now)  # noqa: E731
            return program.write(bring, again, long=True)

        self._start(_("Bringing it in"), work, self._came)

    def _came(self, brought: Brought | None) -> None:
        if brought is None:
            self._show(CHECK)
            self.notice.look(_("Stopped; nothing was changed."))
            return
        self._brought = brought
        self.done.show_result(brought)
        self._show(DONE)
        self.focus_first()
        act = brought.act
        undo = (lambda: self.program.undo(self, act)) if act is not None else None
        self.notice.done(_("Brought in."), undo)

    def save_list(self) -> None:
        """The rows that were not taken, with their own columns and the reason: mended there, they
        can be brought in again."""
        if self._brought is None or not self.program.allows(self, Right.EXPORT):
            return
        suggested = _("not taken {day}.xlsx").format(day=self.program.now().date().isoformat())
        folder = str(pc.documents() / suggested)
        where, _kind = QFileDialog.getSaveFileName(self, _("Save list"), folder, "XLSX (*.xlsx)")
        if not where:
            return
        try:
            sheets = rejected.sheets(self._brought, self._parts, _("Reason"), not_brought)
            sheet.write_xlsx(Path(where), sheets)
        except (Fault, OSError) as error:
            told = refusal(error) if isinstance(error, Fault) else str(error.strerror)
            self.notice.refused(told)
            return
        self.notice.done(_("Saved: {title}").format(title=Path(where).name))

    def _labels(self) -> None:
        self.leave_for.emit("catalogue", "labels")

    # --- work off the GUI thread

    def _start(self, what: str, act: Callable[..., Any], told: Callable[[Any], None]) -> None:
        """Run `act`; `told(result)` in the end, None if it was stopped or failed.

        The result is kept where a late Cancel cannot lose it: what was committed counts.
        """
        outcome: list[Any] = []

        def work(report: background.Report, cancelled: Callable[[], bool]) -> None:
            outcome.append(act(report, cancelled))

        self._outcome, self._told = outcome, told
        self._task = background.run(
            work, lambda _result: None, self._failed, self.progress.advance, self._ended
        )
        self.next.setEnabled(False)
        self.progress.start(what, self.cancel)

    def cancel(self) -> None:
        """Ask the work to stop; it ends soon."""
        if self._task is not None:
            self._task.cancel()

    def _ended(self) -> None:
        self._task = None
        self.progress.finish()
        self.next.setEnabled(True)
        self._told(self._outcome[0] if self._outcome else None)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Refusal | Fault):
            raise error
        self.notice.refused(refusal(error))

    def leave(self) -> None:
        """One step back; while work is under way only Cancel stops it."""
        step = self._stack.currentIndex()
        if self._task is not None:
            self.notice.look(_("Still at work; stop it with Cancel first."))
        elif step in (CONTENTS, CHECK):
            self._show(step - 1)
            self.next.setEnabled(True)
            self.focus_first()
        else:
            self.leave_for.emit(self._from, None)
            self._show(CHOOSE)


def _known(session: Session, looked: list[Looked]) -> tuple[list[Looked], list[tuple[str, str]]]:
    """The files with what was decided of files of their shape before; and the kinds of patron."""
    kinds = [(one.code, one.name) for one in membership.categories(session) if one.kind == "person"]
    return [column_maps.recall(session, one) for one in looked], kinds
