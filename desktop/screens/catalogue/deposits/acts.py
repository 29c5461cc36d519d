"""What is done to a whole batch: bringing in its list, finishing its return, its deed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from database.holdings import deposit_copies
from database.holdings.deposits import DepositRow
from database.imports import deposit_lists
from database.registers import outgoing
from desktop import background
from desktop.program import Program
from desktop.screen import Screen
from desktop.screens.catalogue.deposits import list_file
from desktop.screens.catalogue.deposits.one_file import failed
from desktop.widgets.dialog import confirm
from desktop.widgets.progress import Progress
from desktop.words import language
from desktop.words.language import _, ngettext


class BatchActs:
    """Acts of the page `owner`; what came of them is said in the strip of `host`."""

    def __init__(self, program: Program, host: Screen, owner: QWidget, progress: Progress) -> None:
        self._program, self._host = program, host
        self._owner, self._progress = owner, progress

    def finish(self, row: DepositRow) -> bool:
        """Close the return, after saying what that makes of the rest; whether it was closed."""
        text = ngettext(
            "{n} copy was not scanned and becomes “not found yet”. On loan: {loans}; they are "
            "scanned here when they come home.",
            "{n} copies were not scanned and become “not found yet”. On loan: {loans}; they are "
            "scanned here when they come home.",
            row.here,
        ).format(n=language.number(row.here), loans=language.number(row.on_loan))
        if not confirm(self._owner, _("Finish the return?"), text, _("Finish")):
            return False
        now = self._program.now()
        line = self._program.attempt(
            self._host, lambda session: deposit_copies.finish(session, row.id, now)
        )
        if line:
            told = _("“{batch}” has gone back; print the handover deed (Ctrl+Shift+P).")
            undo = partial(self._program.undo, self._host, line)
            self._host.notice.done(told.format(batch=row.name), undo)
        return bool(line)

    def fill(self, number: int, path: Path) -> None:
        """Bring in the list that came with the books, off this thread."""
        now = self._program.now()

        def work(report: background.Report, cancelled: Callable[[], bool]) -> Any:
            return self._program.write(
                lambda session: deposit_lists.fill(
                    session, number, path, now, report=report, cancelled=cancelled
                ),
                lambda session: deposit_lists.fill(session, number, path, now),
                long=True,
            )

        progress = self._progress
        task = background.run(
            work, self._filled, partial(failed, self._host), progress.advance, progress.finish
        )
        progress.start(_("Reading {file}").format(file=path.name), task.cancel)

    def _filled(self, done: deposit_lists.Filled) -> None:
        if isValid(self._owner):
            undo = partial(self._program.undo, self._host, done.line)
            self._host.notice.done(list_file.told(done), undo)

    def make_deed(
        self, row: DepositRow, given_back: bool, show: Callable[[bytes, str], None]
    ) -> None:
        """The deed of receiving or of giving back: `show(pdf, name)` when it is made."""
        now = self._program.now()
        today = now.date()
        if not given_back and not row.document:
            about = outgoing.Letter("handover", row.id, None, row.owner, row.name)
            self._program.attempt(self._host, lambda s: outgoing.once(s, about, now))

        def work(report: Any, cancelled: Any) -> tuple[bytes, str]:
            from desktop.pages.letters import handover

            target = BytesIO()
            with self._program.library.reading() as session:
                handover.write(target, session, row.id, today, given_back=given_back)
            return target.getvalue(), handover.file_name(row, given_back=given_back)

        def made(deed: tuple[bytes, str]) -> None:
            if isValid(self._owner):
                show(*deed)

        background.run(work, made, partial(failed, self._host))
