"""What becomes of a month: counted, closed, signed, sent; later only revised, openly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget
from shiboken6 import isValid

from database.library import Session
from database.policy.calendar import period_bounds
from database.refusal import Fault, Refusal
from database.registers import outgoing
from database.reports import kept_figures, month_checks, period_marks, periods
from database.reports.figures import Month
from database.reports.periods import Report
from desktop import __version__, background
from desktop.forms.act_dialog import ActDialog
from desktop.program import Program
from desktop.running.keeping import backups
from desktop.screen import Screen
from desktop.screens.reports.checks import Check, still_open, told
from desktop.widgets.buttons import Button
from desktop.widgets.dialog import confirm
from desktop.widgets.form import Choice, DateField, Field, Form
from desktop.widgets.progress import Progress
from desktop.widgets.steps import Steps
from desktop.widgets.text import Elided
from desktop.words.language import _, date_plain, ngettext, number, period_long
from desktop.words.sentences import refusal

WAYS = ("WhatsApp", "E-mail", "USB")


class Closing(QWidget):
    """The steps of a month with the one next act; signal `changed` when its state did."""

    changed = Signal()

    def __init__(self, program: Program, host: Screen, progress: Progress) -> None:
        super().__init__()
        self.program, self.host, self.progress = program, host, progress
        self._checks: list[Check] | None = None
        self.month = ""
        self.report: Report | None = None
        self.steps = Steps([_("Check"), _("Close"), _("Sign"), _("Send")])
        self.told = Elided("", "muted")
        self.next_button = Button("", self.act, small=True, key="", needs="look")
        self.revise_button = Button(_("Revise…"), self.revise, small=True, needs="look")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.steps)
        row.addWidget(self.told, 1)
        row.addWidget(self.revise_button)
        row.addWidget(self.next_button)

    def show_month(self, month: str) -> None:
        """Where this month is; it can be closed once `show_checks` has told how it stands."""
        self.month, self._checks = month, None
        self.report = self.program.read(lambda session: periods.standing(session, month))
        report, over = self.report, period_bounds(month)[1] < self.program.now().date()
        step = 0
        if report is not None:
            step = 4 if report.sent_on else 3 if report.signed_on else 2
        self.steps.set_step(step)
        texts = (_("Close the period…") if over else "", "", _("Signed…"), _("Sent…"), "")
        self.next_button.set_text(texts[step])
        self.next_button.setVisible(bool(texts[step]))
        self.next_button.setEnabled(step > 0)
        self.revise_button.setVisible(report is not None)
        self.told.set_text(_about(report) if report else "")

    def show_checks(self, found: Sequence[Check]) -> None:
        """How the month stands: only now it can be closed, and the first step is done when nothing
        is open, also once it was closed."""
        self._checks, left = list(found), bool(still_open(found))
        if self.report is None:
            self.steps.set_step(0 if left else 1, "warn" if left else "info")
            self.next_button.setEnabled(True)
        else:
            self.steps.set_step(self.steps.step(), left={0} if left else ())

    def show_differing(self, count: int) -> None:
        """Offer a revision where later acts touched a closed month."""
        if self.report is None:
            return
        if not count:
            self.told.set_text(_about(self.report))
            return
        text = ngettext(
            "{n} figure would be another today: revise the report?",
            "{n} figures would be others today: revise the report?",
            count,
        )
        self.told.set_text(text.format(n=number(count)))

    def act(self) -> None:
        """The next step of the month."""
        if not self.next_button.isEnabled():
            return
        if self.report is None:
            if period_bounds(self.month)[1] < self.program.now().date():
                self.close_month()
        elif self.report.signed_on is None:
            SignDialog(self, self.report).open()
        elif self.report.sent_on is None:
            SendDialog(self, self.report).open()

    def close_month(self) -> None:
        """Look at the checks as they are now, then ask: from then on the figures stay."""
        program, month, now = self.program, self.month, self.program.now()
        backup = backups.last(program)

        def work(_report: background.Report, _stop: Callable[[], bool]) -> list[Check]:
            with program.library.reading() as session:
                found = month_checks.checks(session, month, now)
                return told(session, month, found, now, backup)

        def ask(found: list[Check]) -> None:
            if isValid(self) and self.month == month:
                self.show_checks(found)
                self._ask_to_close()

        self._let(False)
        background.run(work, ask, self._broken, None, lambda: self._let(True))

    def _ask_to_close(self) -> None:
        name = period_long(self.month)
        text = _(
            "The figures of {month} are kept as they are now. What is changed later shows only "
            "in a revision, with its reason."
        ).format(month=name)
        left = still_open(self._checks or ())
        if left:
            text += "\n\n" + _("Still open:")
        verb = _("Close the period")
        if not confirm(self, _("Close {month}?").format(month=name), text, verb, points=left):
            return
        now = self.program.now()

        def close(session: Session, found: periods.Counted) -> int:
            return periods.close(session, found, __version__, now)

        def done(line: int) -> None:
            self.tell(_("{month} is closed").format(month=name), line)

        self.behind(_("{month} is being closed").format(month=name), close, done, self._told_no)

    def behind(
        self,
        what: str,
        act: Callable[[Session, periods.Counted], Any],
        done: Callable[[Any], object],
        told_no: Callable[[Refusal | Fault], object],
    ) -> None:
        """Count off this thread, for a year takes its time; then keep what was counted."""
        program, month, now = self.program, self.month, self.program.now()

        def failed(error: Exception) -> None:
            self._broken(error, told_no)

        self._let(False)
        self.progress.start(what)

        def work(_report: background.Report, _stop: Callable[[], bool]) -> Any:
            with program.library.reading(snapshot=True) as session:
                found = periods.counted(session, month, now, _drafted)
            return program.write(lambda session: act(session, found))

        background.run(work, done, failed, None, self._ended)

    def _broken(
        self, error: Exception, told_no: Callable[[Refusal | Fault], object] | None = None
    ) -> None:
        if not isinstance(error, Refusal | Fault):
            raise error
        (told_no or self._told_no)(error)

    def _let(self, may: bool) -> None:
        for button in (self.next_button, self.revise_button):
            button.setEnabled(may)

    def _ended(self) -> None:
        self.progress.finish()
        self._let(True)

    def _told_no(self, told: Refusal | Fault) -> None:
        self.host.notice.refused(refusal(told))

    def revise(self) -> None:
        """Count a closed month anew."""
        ReviseDialog(self).open()

    def tell(self, text: str, line: int) -> None:
        """Say what was done, with Undo, and show where the month is now."""

        def undo() -> None:
            self.program.undo(self.host, line)
            self.changed.emit()

        self.host.notice.done(text, undo)
        self.changed.emit()


class _StepDialog(ActDialog):
    def __init__(self, closing: Closing, title: str, verb: str) -> None:
        super().__init__(closing.program, closing.host, title, verb, width=520)
        self.closing = closing


class SignDialog(_StepDialog):
    """The number of the letter and the day it was signed."""

    def __init__(self, closing: Closing, report: Report) -> None:
        super().__init__(closing, _("The report is signed"), _("Save"))
        self._report = report
        self.build(
            Form(
                [
                    (
                        Field("number", _("Number of the letter"), required=True, width=2),
                        DateField("day", _("Signed on"), required=True),
                    )
                ]
            )
        )
        today = self.program.now().date()
        usual = self.program.read(lambda s: outgoing.proposed(s, period_marks.PAPER, today))
        self.form.set_values({"day": today, "number": usual})
        self.form.focus("number")

    def act(self) -> None:
        """Keep it."""
        values, report, now = self.form.values(), self._report, self.program.now()
        line = self.program.write(
            lambda s: period_marks.sign(s, report.id, values["number"], values["day"], now)
        )
        self.closing.tell(_("Signed: {number}").format(number=values["number"]), line)


class SendDialog(_StepDialog):
    """When and by which way it went to the dinas."""

    def __init__(self, closing: Closing, report: Report) -> None:
        super().__init__(closing, _("The report is sent"), _("Save"))
        self._report = report
        ways: list[tuple[object, str]] = [(way, way) for way in WAYS]
        ways += [("post", _("by post")), ("by hand", _("by hand"))]
        self.build(
            Form(
                [
                    (
                        DateField("day", _("Sent on"), required=True),
                        Choice("how", _("By which way"), options=ways, required=True),
                    )
                ]
            )
        )
        self.form.set_values({"day": self.program.now().date(), "how": WAYS[0]})
        self.form.focus("how")

    def act(self) -> None:
        """Keep it."""
        values, report, now = self.form.values(), self._report, self.program.now()
        line = self.program.write(
            lambda s: period_marks.send(s, report.id, values["day"], values["how"], now)
        )
        self.closing.tell(_("Sent by {way}").format(way=values["how"]), line)


class ReviseDialog(_StepDialog):
    """Why a closed month is counted anew."""

    def __init__(self, closing: Closing) -> None:
        title = _("Revise {month}").format(month=period_long(closing.month))
        super().__init__(closing, title, _("Revise"))
        self.build(
            Form([Field("reason", _("Reason"), required=True)]),
            _("The figures as they were stay; the paper of the revision shows what differs."),
        )
        self.form.focus("reason")

    def try_accept(self) -> None:
        """Count it anew; the box stays until that is done, for what is refused."""
        if not self.accept_button.isEnabled() or not self.form.validate():
            return
        month, now, reason = self.closing.month, self.program.now(), self.form.value("reason")

        def revise(session: Session, found: periods.Counted) -> tuple[int, int]:
            line = periods.revise(session, found, reason, __version__, now)
            before, after = periods.revisions(session, month)[-2:]
            return line, len(kept_figures.differences(before.figures, after.figures))

        what = _("{month} is being counted anew").format(month=period_long(month))
        self.accept_button.setEnabled(False)
        self.refused.set(what, "info")
        self.closing.behind(what, revise, self._revised, self._told_no)

    def _revised(self, made: tuple[int, int]) -> None:
        line, count = made
        self.accept()
        text = ngettext("Revised: {n} figure differs", "Revised: {n} figures differ", count)
        self.closing.tell(text.format(n=number(count)), line)

    def _told_no(self, told: Refusal | Fault) -> None:
        """Nothing differs, or no reason was given."""
        self.accept_button.setEnabled(True)
        self.refused.set(refusal(told), "bad")


def _drafted(session: Session, figures: Month) -> dict[str, str]:
    from desktop.pages.report import month as reporting

    return reporting.drafted(session, figures)


def _about(report: Report) -> str:
    parts = [_("closed on {day}").format(day=date_plain(report.closed_on))]
    if report.revision:
        parts.append(_("revision {n}").format(n=number(report.revision)))
    if report.number:
        parts.append(report.number)
    if report.sent_on:
        parts.append(
            _("sent on {day} by {way}").format(day=date_plain(report.sent_on), way=report.sent_by)
        )
    parts.append(report.digest[:8])
    return " · ".join(parts)
