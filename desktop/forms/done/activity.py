"""The record of activity in plain words: of a person, of days, of a kind of record or of one."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from database.exchange import sheet
from database.refusal import Fault, Trouble
from database.reports.done import activity
from database.reports.done.activity import Asked, Entry
from database.rights import Right
from database.text.dates import local_day
from desktop import pc
from desktop.file_names import safe, with_ending
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.buttons import Button, FilterButton
from desktop.widgets.dialog import Dialog
from desktop.widgets.table import Column, Table
from desktop.words.activity import kinds_told, sentence, who
from desktop.words.language import N_, _, clock, date_plain
from desktop.words.sentences import refusal

_DAYS = ((7, N_("last 7 days")), (31, N_("last 31 days")), (366, N_("last year")), (0, N_("all")))
_EVERY = 100_000


class ActivityList(QWidget):
    """What was done, a page at a time; `about` narrows it to one record."""

    def __init__(
        self, program: Program, host: Screen, about: tuple[str, int] | None = None
    ) -> None:
        super().__init__()
        self.program, self.host, self._about = program, host, about
        self.person = FilterButton(_("By"), self._people(), small=True)
        self.days = FilterButton(_("Days"), [(n, _(name)) for n, name in _DAYS], small=True)
        self.kind = FilterButton(_("Kind"), [("", _("all")), *kinds_told()], small=True)
        for one in (self.person, self.days, self.kind):
            one.chosen.connect(lambda _value: self.load())
        self.table = Table(
            [
                Column(_("Day"), lambda row: date_plain(local_day(row.at)), width=110),
                Column(_("Time"), lambda row: clock(row.at), width=64),
                Column(_("What was done"), sentence, stretch=True),
                Column(_("Desk"), "desk", optional=True, muted=True, width=110),
            ],
            empty=_("Nothing was done in these days."),
            name=_("Record of activity"),
        )
        self.table.ending.connect(self._more)
        self._arrange()
        if about is not None:
            self.days.choose(0)
        self.load()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        row = QHBoxLayout()
        row.setSpacing(8)
        for one in (self.person, self.days, self.kind):
            row.addWidget(one)
        row.addStretch(1)
        row.addWidget(Button(_("CSV"), self.export, small=True))
        self.kind.setVisible(self._about is None)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        self.table.setMinimumHeight(420)

    def _people(self) -> list[tuple[Any, str]]:
        return [("", _("everybody")), *((one, one) for one in self.program.read(activity.people))]

    def asked(self, before: int | None = None, most: int = activity.AT_ONCE) -> Asked:
        """What is chosen."""
        since = None
        if days := int(self.days.value()):
            since = self.program.now() - timedelta(days=days)
        kind, record = self._about or (str(self.kind.value()), None)
        return Asked(str(self.person.value()), kind, record, since, None, before, most)

    def load(self) -> None:
        """The newest of them."""
        self.table.set_rows(self._read())

    def _more(self) -> None:
        rows = self.table.rows()
        if len(rows) >= activity.AT_ONCE:
            self.table.add_rows(self._read(rows[-1].id))

    def _read(self, before: int | None = None) -> list[Entry]:
        asked = self.asked(before)
        return self.program.read(lambda session: activity.entries(session, asked))

    def export(self) -> None:
        """All that is chosen, as a list."""
        if not self.program.allows(self.host, Right.EXPORT):
            return
        name = _("Record of activity")
        where = self.ask_path(pc.documents() / safe(name, ".csv"))
        if where is not None:
            self.save(where)

    def save(self, where: Path) -> None:
        """Write it; an error is told."""
        asked = self.asked(most=_EVERY)
        found = self.program.read(lambda session: activity.entries(session, asked))
        head = [_("Day"), _("Time"), _("By"), _("Desk"), _("What was done")]
        rows = (
            [local_day(one.at).isoformat(), clock(one.at), who(one), one.desk,
             sentence(one)]
            for one in found
        )  # fmt: skip
        try:
            sheet.write_csv(where, head, rows)
        except OSError:
            self.host.notice.refused(refusal(Fault(Trouble.FILE_UNWRITABLE, where=str(where))))
            return
        self.host.notice.done(_("Saved: {title}").format(title=where.name))

    def ask_path(self, usual: Path) -> Path | None:
        """Where to; None for nowhere."""
        chosen, _kind = QFileDialog.getSaveFileName(self, _("CSV"), str(usual), "CSV (*.csv)")
        return with_ending(chosen, ".csv") if chosen else None


class RecordHistory(Dialog):
    """Everything that was done to one record."""

    def __init__(self, program: Program, host: Screen, kind: str, record: int, name: str) -> None:
        title = _("What was done to “{name}”").format(name=name[:60])
        super().__init__(host, title, _("Close"), width=960)
        self.cancel_button.hide()
        self.list = ActivityList(program, host, (kind, record))
        self.body.addWidget(self.list, 1)
