"""Personal data: when who is forgotten, what was asked for, and the sheet for a breach."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from database.engine.whole_file import write_whole
from database.policy import settings
from database.privacy import announcing, forgetting, requests, retention, traces
from database.refusal import Fault, Refusal, Trouble
from database.storage import keeping
from database.text.dates import here, local_day
from desktop import background, pc
from desktop.file_names import safe, with_ending
from desktop.program import Program
from desktop.running.daily import forget_after_backup
from desktop.screen import Key, Screen
from desktop.widgets.buttons import Button
from desktop.widgets.card import Band
from desktop.widgets.pill import Pill
from desktop.widgets.progress import Progress
from desktop.widgets.row import Row
from desktop.widgets.table import Column, Table
from desktop.widgets.text import label
from desktop.words.codes import REQUESTS
from desktop.words.language import _, clock, counted, date_plain, ngettext, number
from desktop.words.sentences import refusal

_TOGETHER_PX, _RULES_HIGH_PX = 900, 220


class PersonalDataRules(QWidget):
    """Below the form: the days of each kind, the requests, the last run."""

    def __init__(self, host: Screen, program: Program) -> None:
        super().__init__()
        self.host, self.program = host, program
        self.rules = Table(
            [
                Column(_("Kind"), "kind", stretch=True),
                Column(_("Loans forgotten"), "loans"),
                Column(_("Person forgotten"), "person"),
            ],
            name=_("When patrons are forgotten"),
        )
        self.requests = Table(
            [
                Column(_("Asked for"), "what", stretch=True),
                Column(_("By"), "who", muted=True, optional=True),
                Column(_("State"), "state", kind="pill"),
            ],
            empty=_("Nobody has asked for a copy or for deletion."),
            name=_("Requests"),
        )
        self.last = label("", "small", wrap=True)
        self.run_button = Button(_("Forget what is due now"), self.run, small=True)
        self.plan = Band("", "info", Button(_("Put off a week"), self.put_off, small=True))
        self.breach_button = Button(_("Breach sheet (PDF)…"), self.save_breach, small=True)
        self.progress = Progress()
        self._arrange()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        tables = Row(gap=12, tall=True, together=_TOGETHER_PX)
        self.rules.view.setMinimumHeight(_RULES_HIGH_PX)
        tables.addWidget(self.rules, 8)
        tables.addWidget(self.requests, 5)
        column.addLayout(tables, 1)
        column.addWidget(self.plan)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self.last, 1)
        foot.addWidget(self.run_button)
        foot.addWidget(self.breach_button)
        column.addLayout(foot)
        column.addWidget(self.progress)

    def load(self) -> None:
        """Read all of it anew."""
        self.rules.set_rows([_rule_row(one) for one in self.program.read(retention.rules)])
        asked = self.program.read(requests.listed)
        now = self.program.now()
        self.requests.set_rows([_request_row(one, now) for one in asked])
        self.last.setText(last_text(self.program.read(forgetting.last_run)))
        self.plan.set(plan_text(self.program.read(announcing.plan)), "info")

    def run(self) -> None:
        """Now instead of tonight, with progress."""
        now = self.program.now()

        def work(report: background.Report, stop: Callable[[], bool]) -> forgetting.Forgotten:
            return forget_after_backup(self.program, now, report, stop)

        self.run_button.setEnabled(False)
        task = background.run(work, self._done, self._failed, self.progress.advance, self._ended)
        self.progress.start(_("Forgetting"), task.cancel)

    def put_off(self) -> None:
        """What was told for a day waits a week more."""
        now = self.program.now()
        line = self.program.attempt(self.host, lambda session: announcing.put_off(session, now))
        if line is not None:
            self.host.notice.done(_("Put off by a week."))
            self.load()

    def _done(self, done: forgetting.Forgotten) -> None:
        if not isValid(self):
            return
        text = _("Forgotten: {loans} between loans and persons, {persons}.")
        loans = counted("links", done.loans.total())
        persons = counted("persons", done.persons.total())
        if done:
            self.host.notice.done(text.format(loans=loans, persons=persons))
        else:
            self.host.notice.look(_("Nothing is due; it is looked at each day by itself."))

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Refusal | Fault):
            raise error
        self.host.notice.refused(refusal(error))

    def _ended(self) -> None:
        if isValid(self):
            self.run_button.setEnabled(True)
            self.progress.finish()
            self.load()

    # --- a breach

    def save_breach(self) -> None:
        """The sheet for now, filled in, as a file."""
        from desktop.pages.letters import breach

        now = self.program.now()
        where = self.ask_path(breach.file_name(now))
        if where is None:
            return
        target = BytesIO()
        with self.program.library.reading() as session:
            facts = breach.Facts(
                traces.persons_known(session),
                keeping.MOST,
                settings.get(session, settings.PROTECTION_OFFICER),
            )
            breach.write(target, session, facts, now)
        try:
            write_whole(where, target.getvalue())
        except OSError:
            fault = Fault(Trouble.FILE_UNWRITABLE, where=str(where))
            self.host.notice.refused(refusal(fault))
            return
        folder = QUrl.fromLocalFile(str(where.parent))
        action = Key("", _("Open folder"), lambda: QDesktopServices.openUrl(folder))
        self.host.notice.done(_("Saved: {title}").format(title=where.name), action=action)

    def ask_path(self, name: str) -> Path | None:
        """Where to; None for nowhere."""
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Breach sheet (PDF)…"), str(pc.documents() / safe(name, ".pdf")), "PDF (*.pdf)"
        )
        return with_ending(chosen, ".pdf") if chosen else None


def _rule_row(rule: retention.Rule) -> dict[str, Any]:
    person = "" if rule.kind == "place" else _days(rule.person_after)
    return {"id": rule.id, "kind": rule.name, "loans": _days(rule.loans_after), "person": person}


def _days(days: int | None) -> str:
    if days is None:
        return _("never")
    return ngettext("after {n} day", "after {n} days", days).format(n=number(days))


def _request_row(asked: requests.RequestRow, now: Any) -> dict[str, Any]:
    if asked.done_at is not None:
        day = date_plain(local_day(asked.done_at))
        state = Pill(_("answered {day}").format(day=day), "good")
    else:
        late = asked.due_at < now
        day = date_plain(local_day(asked.due_at))
        state = Pill(_("due {day}").format(day=day), "bad" if late else "warn")
    who = asked.patron or _("a person since forgotten")
    return {"id": asked.id, "what": _(REQUESTS[asked.kind]), "who": who, "state": state}


def last_text(run: forgetting.Run | None) -> str:
    """When it last forgot anything, in counts."""
    daily = _("Looked at each day by itself; figures of past months never change.")
    if run is None:
        return daily
    at = here(run.at)
    text = _("Last on {day}, {time}: {loans}, {persons}. {daily}")
    told = text.format(
        day=date_plain(local_day(at)),
        time=clock(run.at),
        loans=counted("links", sum(run.loans.values())),
        persons=counted("persons", sum(run.persons.values())),
        daily=daily,
    )
    if not run.backup:
        return told
    kept = _("The backup {file}, and those before it, still hold them, until {day} at the latest.")
    until = date_plain(keeping.held_until(here(run.at)))
    return f"{told} {kept.format(file=run.backup, day=until)}"


def plan_text(plan: announcing.Plan | None) -> str:
    """What is about to be forgotten, "" for nothing."""
    if plan is None:
        return ""
    text = _("On {day}, after a backup, is forgotten: {persons}, {others}.")
    return text.format(
        day=date_plain(plan.on),
        persons=counted("persons", plan.persons),
        others=counted("links", plan.others),
    )
