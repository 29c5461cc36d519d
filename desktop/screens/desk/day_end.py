"""Closing the day: what happened, the drawer counted, a backup, and the word that all is safe."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from database.circulation import sanctions
from database.refusal import Fault, Reason, Refusal
from database.reports import day_close
from database.reports.day_close import Closed, Figures
from desktop import background
from desktop.forms.act_dialog import ActDialog
from desktop.printing import printer
from desktop.program import Program
from desktop.running.keeping import backups
from desktop.screen import Screen
from desktop.widgets.buttons import Button
from desktop.widgets.card import Band
from desktop.widgets.form import Field, Form, MoneyField
from desktop.widgets.text import label
from desktop.words import language
from desktop.words.language import _, clock, date_long
from desktop.words.sentences import refusal


class DayEnd(ActDialog):
    """Open until Close: after closing, the same dialog tells that the backup is there."""

    wrong = {Reason.WHY_MISSING: "note"}

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(program, host, _("Day's end"), _("Close the day"), width=620)
        self._today = program.now().date()
        self._money = program.read(sanctions.takes_money)
        self.figures = program.read(lambda s: day_close.figures(s, self._today))
        self.body.addWidget(label(date_long(self._today), "muted"))
        self.body.addWidget(_counts(self.figures))
        self.safe = Band("", "good")
        self.body.addWidget(self.safe)
        self.build(self._form(), self._note())
        self.print_button = Button(_("Print"), self.print_sheet, key="print")
        self.reopen_button = Button(_("Reopen the day"), self.reopen, kind="quiet")
        self.month_button = Button(_("Cash book of the month"), self.print_month, kind="quiet")
        if not self._money:
            self.month_button.hide()
        for button in (self.month_button, self.reopen_button, self.print_button):
            button.setAutoDefault(False)
            self.buttons.insertWidget(0, button)
        self._show(program.read(lambda s: day_close.of_day(s, self._today)))

    def _note(self) -> str:
        if not self._money:
            return ""
        text = _(
            "There should be {amount} in the drawer: {carried} from before, {taken} taken, "
            "{back} paid back."
        )
        found = self.figures
        return text.format(
            amount=language.money(found.recorded),
            carried=language.money(found.carried),
            taken=language.money(found.taken),
            back=language.money(found.given_back),
        )

    def _form(self) -> Form:
        rows: list[list[Field]] = []
        if self._money:
            rows.append(
                [
                    MoneyField("counted", _("Counted in the drawer"), required=True),
                    MoneyField("handed_over", _("Handed over to the treasurer")),
                ]
            )
        rows.append([Field("note", _("Note"), placeholder=_("why the drawer differs …"))])
        form = Form(rows)
        form.set_values({"handed_over": 0, "note": ""})
        return form

    def _show(self, closed: Closed | None) -> None:
        """Either the form of an open day, or what was closed."""
        self.form.setVisible(closed is None)
        self.accept_button.setVisible(closed is None)
        self.print_button.setVisible(closed is not None)
        self.reopen_button.setVisible(closed is not None)
        if closed is None:
            self.safe.set("")
            self.cancel_button.set_text(_("Cancel"))
            self.form.focus("counted" if self._money else "note")
            return
        self.safe.set(self._told(closed), "good")
        self.cancel_button.set_text(_("Close"))
        self.cancel_button.setFocus()

    def _told(self, closed: Closed) -> str:
        text = _("Closed at {time}.").format(time=clock(closed.closed_at))
        if self._money and closed.difference:
            note = _("Difference {amount}: {note}")
            amount = language.money(abs(closed.difference))
            sign = "+" if closed.difference > 0 else "−"
            text += " " + note.format(amount=f"{sign} {amount}", note=closed.note)
        return text

    def ready(self) -> bool:
        """Close, then copy the library behind; the dialog stays to tell."""
        if self.accept_button.isVisible() and super().ready():
            self._show(self.program.read(lambda s: day_close.of_day(s, self._today)))
            self._back_up()
        return False

    def act(self) -> None:
        """Close the day."""
        values, now = self.form.values(), self.program.now()
        counted = int(values["counted"]) if self._money else None
        handed = int(values.get("handed_over") or 0)
        note = values["note"] or ""
        self.program.write(lambda s: day_close.close(s, counted, handed, note, now))

    def _back_up(self) -> None:
        self.refused.set("")
        told = self.safe.text()
        self.safe.set(told + " " + _("Making a backup…"), "info")

        def work(_report: background.Report, _cancelled: Callable[[], bool]) -> Path:
            return backups.make(self.program)

        def done(path: Path) -> None:
            safe = _("Backup made. All is safe; you may switch off.")
            self.safe.set(f"{told} {safe}", "good", path.name)

        def failed(error: Exception) -> None:
            if not isinstance(error, Refusal | Fault):
                raise error
            self.safe.set(told, "info")
            self.refused.set(_("No backup: {why}").format(why=refusal(error)), "bad")

        background.run(work, done, failed)

    def reopen(self) -> None:
        """Let today go on."""
        if self.program.attempt(self.host, lambda s: day_close.reopen(s, self.program.now())):
            self._show(None)

    def sheet(self, first: date) -> bytes:
        """From this day up to today as paper: the day's end, or the cash book."""
        from desktop.pages.registers import cash_book

        target = BytesIO()
        self.program.read(lambda s: cash_book.write(target, s, first, self._today))
        return target.getvalue()

    def print_sheet(self) -> None:
        """The day as it was closed."""
        self._print(self._today)

    def print_month(self) -> None:
        """This month's cash book so far."""
        self._print(self._today.replace(day=1))

    def _print(self, first: date) -> None:
        """To the usual printer."""
        from desktop.pages.registers import cash_book

        name = cash_book.file_name(first, self._today)
        printer.print_or_keep(self.host, self.program, "paper", self.sheet(first), name)


def _counts(found: Figures) -> QWidget:
    """The day's five counts side by side."""
    shown = QWidget()
    row = QHBoxLayout(shown)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(24)
    for count, name in (
        (found.visitors, _("Visitors")),
        (found.lent, _("Lent")),
        (found.returned, _("Returned")),
        (found.renewed, _("Renewed")),
        (found.used, _("Read here")),
    ):
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(label(language.number(count), "title"))
        column.addWidget(label(name, "small"))
        row.addLayout(column)
    row.addStretch(1)
    return shown
