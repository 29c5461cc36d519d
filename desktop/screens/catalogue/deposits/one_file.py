"""A batch that comes or goes as one file, off this thread."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from database import undo
from database.engine.pausing import Cancelled
from database.engine.whole_file import write_whole
from database.exchange import parcels
from database.holdings.deposits import DepositRow
from database.imports import deposit_lists, deposit_parcels
from database.imports.deposit_lists import Filled
from database.policy import house
from database.refusal import Fault, Reason, Refusal, Trouble
from database.rights import Right
from desktop import background
from desktop.program import Program
from desktop.screen import Screen
from desktop.screens.catalogue.deposits import list_file
from desktop.widgets.progress import Progress
from desktop.words.language import _, ngettext, number
from desktop.words.sentences import refusal


class TakenIn(NamedTuple):
    """The batch that a file became, and the two lines that take it back, the later one last."""

    number: int
    filled: Filled
    lines: tuple[int, int]


class OneFile:
    """Acts of the page `owner`; what came of them is said in the strip of `host`."""

    def __init__(self, program: Program, host: Screen, owner: QWidget, progress: Progress) -> None:
        self._program, self._host = program, host
        self._owner, self._progress = owner, progress

    def take_in(self, path: Path, opened: Callable[[int], object]) -> None:
        """Open a batch for a file and bring in what it holds; `opened(batch id)` afterwards."""
        now = self._program.now()

        def work(report: background.Report, cancelled: Callable[[], bool]) -> TakenIn:
            with TemporaryDirectory(prefix="selasar-") as folder:
                parcel, records = parcels.read(path, Path(folder))
                named = path.name.removesuffix(".zip").removesuffix(".kiriman")
                number, line = self._program.write(
                    lambda session: deposit_parcels.receive(session, parcel, named, now)
                )
                try:
                    filled = self._fill(number, records, now, report, cancelled)
                    if not filled.copies:
                        raise Refusal(Reason.FILE_DAMAGED, path=path.name)
                except BaseException:
                    self._program.write(lambda session: undo.undo(session, line, now))
                    raise
            return TakenIn(number, filled, (line, filled.line))

        self._run(work, partial(self._taken_in, opened), _("Reading {file}"), path)

    def _fill(
        self,
        number: int,
        records: Path,
        now: datetime,
        report: background.Report,
        cancelled: Callable[[], bool],
    ) -> Filled:
        return self._program.write(
            lambda session: deposit_lists.fill(
                session, number, records, now, report=report, cancelled=cancelled
            ),
            long=True,
        )

    def _taken_in(self, opened: Callable[[int], object], done: TakenIn) -> None:
        opened(done.number)
        back = partial(self._take_back, done.lines)
        self._host.notice.done(list_file.told(done.filled), back)

    def _take_back(self, lines: tuple[int, int]) -> None:
        """Its copies first, then the batch."""
        for line in reversed(lines):
            self._program.undo(self._host, line)

    def save(self, row: DepositRow, given_back: bool) -> None:
        """Write what came, or what goes back, with its deed."""
        if not self._program.allows(self._host, Right.EXPORT):
            return
        from desktop.pages.letters import handover

        path = self.ask_where(handover.file_name(row, given_back=given_back))
        if path is None:
            return
        now = self._program.now()

        def work(_report: background.Report, _cancelled: Callable[[], bool]) -> int:
            with self._program.library.reading() as session:
                deed, sender = BytesIO(), house.profile(session).name
                handover.write(deed, session, row.id, now.date(), given_back=given_back)
                packed = BytesIO()
                titles = deposit_parcels.write_batch(
                    session, packed, row.id, sender, now,
                    given_back=given_back, deed=deed.getvalue(),
                )  # fmt: skip
            try:
                write_whole(path, packed.getvalue())
            except OSError as error:
                raise Fault(Trouble.FILE_UNWRITABLE, where=str(path)) from error
            return titles

        self._run(work, partial(self._saved, path), _("Writing {file}"), path)

    def ask_where(self, name: str) -> Path | None:
        """Where to; None for nowhere."""
        return list_file.ask_where(self._owner, name)

    def _saved(self, path: Path, titles: int) -> None:
        text = ngettext(
            "{n} title with its deed written to {file}",
            "{n} titles with their deed written to {file}",
            titles,
        )
        self._host.notice.done(text.format(n=number(titles), file=path.name))

    def _run(
        self,
        work: Callable[[background.Report, Callable[[], bool]], Any],
        done: Callable[[Any], None],
        told: str,
        path: Path,
    ) -> None:
        def ended(result: Any) -> None:
            if isValid(self._owner):
                done(result)

        progress = self._progress
        no = partial(failed, self._host)
        task = background.run(work, ended, no, progress.advance, progress.finish)
        progress.start(told.format(file=path.name), task.cancel)


def failed(host: Screen, error: Exception) -> None:
    """What kept a long act of a batch from its end, said in the strip of `host`."""
    if isinstance(error, Cancelled):
        host.notice.look(_("Stopped; nothing was taken in."))
    elif isinstance(error, Refusal | Fault):
        host.notice.refused(refusal(error))
    else:
        raise error
