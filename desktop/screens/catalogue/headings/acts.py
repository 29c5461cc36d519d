"""What can be done to headings: off the GUI thread, for one may have thousands of titles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from database import undo
from database.catalogue import (
    authorities,
    heading_changes,
    heading_relations,
    heading_rewriting,
)
from database.catalogue.heading_list import Row
from database.library import Session
from database.refusal import Fault, Refusal, Trouble
from desktop import background
from desktop.program import Program
from desktop.screen import Screen
from desktop.screens.catalogue.headings.authorities import told, written
from desktop.screens.catalogue.page import short
from desktop.widgets.progress import Progress
from desktop.words import language
from desktop.words.language import _, ngettext
from desktop.words.sentences import refusal

Act = Callable[[Session, background.Report], Any]


class HeadingActs(QObject):
    """One act at a time. Signals: `began`, `succeeded(heading id to show, or None)`, `ended`
    also after a refusal or Cancel. What was done is said with Undo, which runs the same way."""

    began = Signal()
    succeeded = Signal(object)
    ended = Signal()

    def __init__(self, program: Program, host: Screen, progress: Progress) -> None:
        super().__init__(host)
        self._program, self._host, self._progress = program, host, progress
        self._task: background.Task | None = None

    def busy(self) -> bool:
        """Whether an act is under way."""
        return self._task is not None

    def rename(self, heading: Row, name: str, refer: bool) -> None:
        """Write it otherwise in every title."""
        now = self._program.now()
        self._do(
            _("Renaming “{name}”").format(name=short(heading.name)),
            lambda session, report: heading_changes.rename(
                session, heading.id, name, now, refer=refer, report=report
            ),
            _("Renamed: {name}").format(name=short(name)),
            heading.id,
        )

    def merge(self, heading: Row, into: int, refer: bool) -> None:
        """Let its titles use another heading."""
        now = self._program.now()
        self._do(
            _("Merging “{name}”").format(name=short(heading.name)),
            lambda session, report: heading_changes.merge(
                session, heading.id, into, now, refer=refer, report=report
            ),
            _("Merged: {name}").format(name=short(heading.name)),
            into,
        )

    def refer(self, heading: Row, form: str) -> None:
        """Let another form lead to it."""
        now = self._program.now()
        text = _("“{form}” leads to “{name}” now")
        self._do(
            _("Adding a reference"),
            lambda session, _report: heading_changes.add_reference(session, heading.id, form, now),
            text.format(form=short(form), name=short(heading.name)),
            heading.id,
        )

    def unrefer(self, heading: Row, reference_id: int) -> None:
        """Let a form lead to it no more."""
        now = self._program.now()
        self._do(
            _("Removing a reference"),
            lambda session, _report: heading_changes.drop_reference(session, reference_id, now),
            _("Reference removed: {name}").format(name=short(heading.name)),
            heading.id,
        )

    def relate(self, heading: Row, other: int, relation: str) -> None:
        """Say what another heading is to it."""
        now = self._program.now()
        self._do(
            _("Relating “{name}”").format(name=short(heading.name)),
            lambda session, _report: heading_relations.relate(
                session, heading.id, other, relation, now
            ),
            _("Related: {name}").format(name=short(heading.name)),
            heading.id,
        )

    def unrelate(self, heading: Row, other: int) -> None:
        """Say that another heading has nothing to do with it."""
        now = self._program.now()
        self._do(
            _("Taking a relation away"),
            lambda session, _report: heading_relations.unrelate(session, heading.id, other, now),
            _("Relation taken away: {name}").format(name=short(heading.name)),
            heading.id,
        )

    def bring(self, path: Path) -> None:
        """Take in authority records."""
        now = self._program.now()

        def done(brought: authorities.Brought) -> None:
            if brought.line is None:
                self._host.notice.look(told(brought))
                self.succeeded.emit(None)
            else:
                self._tell(told(brought), brought.line, None)

        self._run(
            _("Reading {file}").format(file=path.name),
            lambda session, report: authorities.bring(session, path, now, report),
            done,
        )

    def send(self, path: Path, form: str) -> None:
        """Write every heading as an authority record; a file half written is taken away."""
        if self._task is not None:
            self._host.notice.look(_("Still at work; stop it with Cancel first."))
            return

        def work(_report: background.Report, _cancelled: Callable[[], bool]) -> int:
            try:
                with self._program.library.reading() as session, path.open("wb") as stream:
                    return authorities.write(stream, session, form)
            except OSError as error:
                path.unlink(missing_ok=True)
                raise Fault(Trouble.FILE_UNWRITABLE, where=str(path)) from error

        def done(count: int) -> None:
            self._host.notice.done(written(count))

        self.began.emit()
        self._progress.start(_("Writing {name}").format(name=path.name), self.cancel)
        self._task = background.run(work, done, self._failed, ended=self._finished)

    def remove(self, heading: Row) -> None:
        """Take it away, if no title uses it."""
        now = self._program.now()
        self._do(
            _("Removing “{name}”").format(name=short(heading.name)),
            lambda session, _report: heading_changes.remove(session, heading.id, now),
            _("Removed: {title}").format(title=short(heading.name)),
            None,
        )

    def sweep(self) -> None:
        """Take every heading away that no title uses."""
        now = self._program.now()

        def done(result: tuple[int, int | None]) -> None:
            count, line = result
            if line is None:
                self._host.notice.look(_("No heading is unused; nothing was removed."))
                return
            said = ngettext("{n} unused heading removed", "{n} unused headings removed", count)
            self._tell(said.format(n=language.number(count)), line, None)

        def act(session: Session, _report: background.Report) -> tuple[int, int | None]:
            return heading_changes.sweep(session, now)

        self._run(_("Sweeping unused headings"), act, done)

    def cancel(self) -> None:
        """Stop the act under way; nothing of it remains."""
        if self._task is not None:
            self._task.cancel()

    # --- how an act is done

    def _do(self, what: str, act: Act, said: str, show: int | None) -> None:
        self._run(what, act, lambda line: self._tell(said, line, show))

    def _tell(self, said: str, line: int, show: int | None) -> None:
        self._host.notice.done(said, lambda: self._undo(line, show))
        self.succeeded.emit(show)

    def _undo(self, line: int, show: int | None) -> None:
        def done(taken: undo.Undone) -> None:
            self._host.notice.done(_("Undone: {title}").format(title=short(taken.title)))
            self.succeeded.emit(show)
            self.ended.emit()

        def refused(told: Refusal | Fault) -> None:
            self._failed(told)
            self.ended.emit()

        self.began.emit()
        self._program.acts.take_back(line, done, refused)

    def _run(self, what: str, act: Act, done: Callable[[Any], None]) -> None:
        if self._task is not None:
            self._host.notice.look(_("Still at work; stop it with Cancel first."))
            return

        def work(report: background.Report, cancelled: Callable[[], bool]) -> Any:
            def told(count: int, total: int | None = None) -> None:
                if cancelled():
                    raise background.Cancelled
                report(count, total)

            return self._program.write(
                lambda session: act(session, told),
                lambda session: act(session, heading_rewriting.quiet),
                long=True,
            )

        self.began.emit()
        self._progress.start(what, self.cancel)
        self._task = background.run(
            work, done, self._failed, self._progress.advance, self._finished
        )

    def _finished(self) -> None:
        self._task = None
        self._progress.finish()
        self.ended.emit()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Refusal | Fault):
            raise error
        self._host.notice.refused(refusal(error))
