"""Bringing records in: choose files, see what would happen, let it happen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget

from database.exchange import found as formats
from database.imports import importing, plan, preview
from database.refusal import Fault, Refusal
from desktop import background
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.catalogue.imports import rows
from desktop.screens.catalogue.imports.views import CheckView, ChooseView, DoneView
from desktop.screens.catalogue.page import Page
from desktop.widgets.buttons import Button
from desktop.widgets.card import heading
from desktop.widgets.progress import Progress
from desktop.widgets.steps import Steps
from desktop.words import language
from desktop.words.language import _, ngettext
from desktop.words.sentences import refusal

_KILO = 1024
CHOOSE, CHECK, DONE = range(3)


class ImportPage(Page):
    """`open(files)`; with files it looks at them at once. Signal `labels_wanted(None)`."""

    labels_wanted = Signal(object)

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(program, host)
        self.setAcceptDrops(True)
        self._files: list[Path] = []
        self._left_out: list[plan.NotTaken] = []
        self._task: background.Task | None = None
        self._outcome: list[Any] = []
        self._takes = 0
        self.back = Button.of(self.page_keys()[0])
        self.bring = Button(_("Bring in"), self.run, kind="primary", key="save")
        self.column.addLayout(heading(_("Import MARC records"), self.back, self.bring))
        self.steps = Steps([_("Choose files"), _("Check"), _("Finished")])
        self.column.addWidget(self.steps)
        self.choosing = ChooseView(self.choose)
        self.checking = CheckView()
        self.done = DoneView(self.save_list, lambda: self.labels_wanted.emit(None))
        self._stack = QStackedWidget()
        for view in (self.choosing, self.checking, self.done):
            self._stack.addWidget(view)
        self.column.addWidget(self._stack, 1)
        self.progress = Progress()
        self.column.addWidget(self.progress)

    def page_keys(self) -> list[Key]:
        """Shown on the buttons."""
        return [
            Key("back", _("Back"), self.leave),
            Key("choose_file", _("Choose files…"), self.choose),
            Key("save", _("Bring the records in"), self.run),
        ]

    def focus_first(self) -> None:
        """To the main button."""
        step = self._stack.currentIndex()
        first = {CHOOSE: self.choosing.button, CHECK: self.bring}.get(step) or self.back
        first.setFocus()

    # --- step 1: choosing

    def open(self, files: Sequence[Path]) -> None:
        """Begin; with `files` go on at once."""
        if self._task is not None:
            return
        self._show(CHOOSE)
        if files:
            self.check([Path(file) for file in files])

    def choose(self) -> None:
        """Ask for files."""
        if self._task is not None:
            return
        kinds = _("MARC files ({patterns})").format(patterns=formats.patterns(records=True))
        everything = _("All files ({patterns})").format(patterns="*")
        found, _kind = QFileDialog.getOpenFileNames(
            self, _("Choose files"), "", f"{kinds};;{everything}"
        )
        if found:
            self.check([Path(name) for name in found])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files, as long as nothing is under way."""
        if event.mimeData().hasUrls() and self._task is None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at what was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.check(paths)

    def _show(self, step: int) -> None:
        self._stack.setCurrentIndex(step)
        self.steps.set_step(step if step < DONE else DONE + 1)
        self.bring.setVisible(step == CHECK)
        self.back.set_text(_("Back") if step < DONE else _("To the catalogue"))

    # --- step 2: looking

    def check(self, files: list[Path]) -> None:
        """Look at the files in the background."""
        self._files = files
        with_items, library = self.choosing.with_items(), self.program.library

        def look(report: plan.Report, cancelled: Callable[[], bool]) -> preview.Preview:
            with library.reading() as session:
                return preview.preview(
                    session, files, with_items=with_items, report=report, cancelled=cancelled
                )

        self._start(_("Checking the records (kilobytes)"), look, self._checked)

    def _checked(self, found: preview.Preview | None) -> None:
        if found is None:
            self._show(CHOOSE)
            return
        self.checking.show_preview(found)
        takes = found.new + found.matched
        text = ngettext("Bring in {n} title", "Bring in {n} titles", takes)
        self.bring.set_text(text.format(n=language.number(takes)))
        self._takes = takes
        self.bring.setEnabled(bool(takes))
        self._show(CHECK)
        self.focus_first()

    # --- step 3: bringing in

    def run(self) -> None:
        """Piece by piece beside the desks: stopped half-way, nothing of it remains."""
        if self._stack.currentIndex() != CHECK or self._task or not self._takes:
            return
        files, now, program = self._files, self.program.now(), self.program
        with_items, matched = self.choosing.with_items(), self.checking.matched()

        def bring(report: plan.Report, cancelled: Callable[[], bool]) -> plan.Result:
            how: dict[str, Any] = {"with_items": with_items, "matched": matched}
            return program.write(
                lambda session: importing.run(
                    session, files, now, report=report, cancelled=cancelled, **how
                ),
                lambda session: importing.run(session, files, now, **how),
                long=True,
            )

        self._start(_("Bringing the records in (kilobytes)"), bring, self._brought)

    def _brought(self, result: plan.Result | None) -> None:
        if result is None:
            self._show(CHECK)
            self.notice.look(_("Stopped; nothing was changed."))
            return
        self._left_out = [*result.refused, *result.items_refused, *result.mended]
        self.done.show_result(result, self._left_out)
        self._show(DONE)
        self.focus_first()
        text = ngettext("{n} title brought in.", "{n} titles brought in.", result.added)
        self.notice.done(
            text.format(n=language.number(result.added)),
            lambda: self.program.undo(self.host, result.line),
        )

    def save_list(self) -> None:
        """What was left out, for whoever can mend it."""
        suggested = _("left out {day}.csv").format(day=self.program.now().date().isoformat())
        where, _kind = QFileDialog.getSaveFileName(self, _("Save list"), suggested, "CSV (*.csv)")
        if not where:
            return
        try:
            rows.save_list(Path(where), self._left_out)
        except OSError as error:
            text = _("{file} cannot be written: {why}")
            self.notice.refused(text.format(file=where, why=error.strerror))
            return
        self.notice.done(_("Saved: {title}").format(title=Path(where).name))

    # --- work off the GUI thread

    def _start(self, what: str, act: Callable[..., Any], told: Callable[[Any], None]) -> None:
        """Run `act`; `told(result)` in the end, None if it was stopped or failed.

        The result is kept where a late Cancel cannot lose it: what was committed counts.
        """
        outcome: list[Any] = []

        def work(report: background.Report, cancelled: Callable[[], bool]) -> None:
            def in_kilobytes(done: int, total: int) -> None:
                report(done // _KILO, max(total // _KILO, 1))

            outcome.append(act(in_kilobytes, cancelled))

        self._outcome, self._told = outcome, told
        self._task = background.run(
            work, lambda _result: None, self._failed, self.progress.advance, self._ended
        )
        self.bring.setEnabled(False)
        self.progress.start(what, self.cancel)

    def cancel(self) -> None:
        """Ask the work to stop; it ends soon."""
        if self._task is not None:
            self._task.cancel()

    def _ended(self) -> None:
        self._task = None
        self.progress.finish()
        self.bring.setEnabled(bool(self._takes))
        self._told(self._outcome[0] if self._outcome else None)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Refusal | Fault):
            raise error
        self.notice.refused(refusal(error))

    def leave(self) -> None:
        """One step back; while work is under way only Cancel stops it."""
        if self._task is not None:
            self.notice.look(_("Still at work; stop it with Cancel first."))
        elif self._stack.currentIndex() == CHECK:
            self._show(CHOOSE)
        else:
            self.finished.emit(None)
