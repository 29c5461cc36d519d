"""The partners whose catalogues are kept: fetched, fetched anew, taken away."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout
from shiboken6 import isValid

from database.exchange import found
from database.library import Session
from database.neighbours import harvesting, neighbours
from database.neighbours.keeping import Counted
from database.neighbours.neighbours import Row
from database.refusal import Fault, Refusal
from desktop import background, pc
from desktop.acts import once
from desktop.program import Program
from desktop.screen import Screen
from desktop.screens.settings.neighbours.dialog import WAYS, NeighbourDialog
from desktop.screens.settings.section import Section
from desktop.widgets.buttons import Button
from desktop.widgets.dialog import confirm
from desktop.widgets.progress import Progress
from desktop.widgets.table import Column, Table
from desktop.words.language import _, moment, ngettext, number
from desktop.words.sentences import refusal


class NeighboursSection(Section):
    """Each is fetched off the window's thread; a fetch that was stopped goes on where it was."""

    def __init__(self, screen: Screen, program: Program) -> None:
        hint = _(
            "Catalogues of other libraries, kept here and searched together with ours. They never "
            "count among our titles and are seen by no reader."
        )
        super().__init__(screen, _("Partners' catalogues"), hint)
        self.program = program
        self._task: background.Task | None = None
        self.table = Table(
            [
                Column(_("Partner"), "name", stretch=True, strong=True),
                Column(_("Its catalogue is"), "way", muted=True, optional=True),
                Column(_("Titles"), "count", align="right"),
                Column(_("Fetched last"), "last", width=170),
            ],
            on_open=lambda _row: self.fetch(),
            empty=_("No catalogue of a partner yet. Add one by its address, or bring a file."),
            name=_("Partners' catalogues"),
        )
        self.progress = Progress()
        self.add_button = Button(_("Add…"), self.add, key="save", kind="primary", needs="settings")
        self.fetch_button = Button(_("Fetch now"), self.fetch, small=True, needs="settings")
        self.remove_button = Button(_("Remove…"), self.remove, small=True, needs="settings")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.fetch_button)
        row.addWidget(self.remove_button)
        row.addStretch(1)
        row.addWidget(self.add_button)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.progress)
        self.body.addLayout(row)

    def load(self) -> None:
        """Read the list."""
        rows = self.program.read(neighbours.listed)
        self.table.set_rows([_row(one) for one in rows])

    def save(self) -> None:
        """Ctrl+S adds."""
        self.add()

    def focus_first(self) -> None:
        """The list, or the button where there is none yet."""
        (self.table.view if self.table.count() else self.add_button).setFocus()

    def add(self) -> None:
        """One more; its catalogue is fetched at once."""
        NeighbourDialog(self.program, self.owner, self._added).open()

    def _added(self, number: int, _kind: str) -> None:
        self.load()
        self.table.select_ids([number])
        self.fetch()

    def _chosen(self) -> Row | None:
        row = self.table.current()
        if self._task is not None:
            self.owner.notice.look(_("Another catalogue is being fetched; wait for it."))
            return None
        if row is None:
            self.owner.notice.look(_("Choose one in the list first."))
            return None
        found: Row = row["row"]
        return found

    def fetch(self) -> None:
        """What changed at the one chosen, or all of it out of a file."""
        row = self._chosen()
        if row is None:
            return
        path = self.ask_path() if row.kind == neighbours.FILE else None
        if row.kind == neighbours.FILE and path is None:
            return
        program, now = self.program, self.program.now()

        def work(report: background.Report, stopped: background.Stopped) -> Counted:
            def take(session: Session) -> Counted:
                if path is not None:
                    return harvesting.take_file(session, row.id, path, now, report, stopped)
                return harvesting.harvest(session, row.id, now, report, stopped)

            return program.write(take, once, long=True)

        self._run(work, partial(self._fetched, row), _("Fetching {name}").format(name=row.name))

    def ask_path(self) -> Path | None:
        """The file of records; None for none."""
        kinds = _("Records ({endings})").format(endings=found.patterns(records=True))
        title = _("The catalogue of a partner")
        chosen, _kind = QFileDialog.getOpenFileName(self, title, str(pc.documents()), kinds)
        return Path(chosen) if chosen else None

    def _fetched(self, row: Row, told: Counted) -> None:
        parts = [
            ngettext("{n} title", "{n} titles", told.stored).format(n=number(told.stored)),
        ]
        if told.deleted:
            text = ngettext("{n} taken out", "{n} taken out", told.deleted)
            parts.append(text.format(n=number(told.deleted)))
        if told.unread:
            text = ngettext("{n} left out", "{n} left out", told.unread)
            parts.append(text.format(n=number(told.unread)))
        said = ", ".join(parts)
        self.owner.notice.done(_("{name}: {said}").format(name=row.name, said=said))

    def remove(self) -> None:
        """Asks first: what was fetched is gone, and can be fetched again."""
        row = self._chosen()
        if row is None:
            return
        count = ngettext(
            "{n} title of {name} is found here no more.",
            "{n} titles of {name} are found here no more.",
            row.titles,
        ).format(n=number(row.titles), name=row.name)
        rest = _("Records that were copied from it stay. It can be added and fetched again.")
        title = _("Remove the catalogue?")
        if not confirm(self, title, f"{count} {rest}", _("Remove"), danger=True):
            return
        program, now = self.program, self.program.now()

        def work(_report: background.Report, _stopped: background.Stopped) -> int:
            return program.write(lambda s: neighbours.remove(s, row.id, now), once, long=True)

        said = _("Removed: {name}").format(name=row.name)
        self._run(work, lambda _line: self.owner.notice.done(said), said, stops=False)

    def _run(self, work: Any, done: Any, words: str, *, stops: bool = True) -> None:
        self._task = background.run(
            work,
            lambda told: isValid(self) and done(told),
            self._failed,
            self.progress.advance,
            self._ended,
        )
        self.progress.start(words, self._task.cancel if stops else None)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Refusal | Fault):
            raise error
        if isValid(self):
            self.owner.notice.refused(refusal(error))

    def _ended(self) -> None:
        if isValid(self):
            self._task = None
            self.progress.finish()
            self.load()


def _row(one: Row) -> dict[str, Any]:
    last = moment(one.harvested_at) if one.harvested_at else ""
    if one.unfinished:
        last = _("not finished")
    way = _(WAYS[one.kind])
    return {
        "id": one.id,
        "row": one,
        "name": one.name,
        "way": one.address if one.kind == neighbours.OAI else one.address or way,
        "count": number(one.titles),
        "last": last or _("not fetched yet"),
    }
