"""The register of outgoing letters: every number given out, for which paper, to whom."""

from __future__ import annotations

from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from database.exchange import sheet
from database.refusal import Fault, Trouble
from database.registers import outgoing
from database.registers.outgoing import Issued, Letter
from database.rights import Right
from desktop import pc
from desktop.file_names import safe, with_ending
from desktop.forms.act_dialog import ActDialog
from desktop.printing.tabs import Tab
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.widgets.buttons import Button, FilterButton
from desktop.widgets.card import Card
from desktop.widgets.form import Field, Form, TextArea
from desktop.widgets.form_dialog import FormDialog
from desktop.widgets.pill import Pill
from desktop.widgets.table import Column, Table
from desktop.words.language import _, date_plain, ngettext, number
from desktop.words.letters import paper_name
from desktop.words.sentences import refusal


class OutgoingPart(Tab):
    """One year in sight; a number for a letter written elsewhere is taken here, too."""

    waits = False

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(program, host)
        new, cancel, save, prints = self.keys()
        self.year = FilterButton(_("Year"), [(program.now().year, str(program.now().year))])
        self.year.chosen.connect(lambda _year: self.reload())
        self.card = Card(
            _("Outgoing letters"),
            self.year,
            Button.of(cancel, small=True),
            Button.of(save, small=True),
            Button.of(prints, small=True),
            Button.of(new, kind="primary", small=True),
            flush=True,
        )
        self.table = self._table()
        self.card.body.addWidget(self.table, 1)
        self.column.addWidget(self.card, 1)

    def _table(self) -> Table:
        return Table(
            [
                Column(_("Date"), lambda row: date_plain(row.issued_on), width=104),
                Column(_("Number"), "number", strong=True),
                Column(_("Letter"), lambda row: paper_name(row.paper), width=160),
                Column(_("To"), "recipient", stretch=True),
                Column(_("About"), _about, stretch=True, optional=True),
                Column(_("Copies to"), _copies, width=110, optional=True),
                Column(_("Remark"), _state, kind="pill"),
            ],
            empty=_(
                "No letter this year. Every letter, deed and report gets its number here by itself "
                "when it is made; for one written elsewhere take a number."
            ),
            empty_action=self.keys()[0],
            name=_("Outgoing letters"),
        )

    def keys(self) -> list[Key]:
        """What can be done with the register."""
        return [
            Key("new", _("Take a number…"), self.take, needs="report"),
            Key("remove", _("Cancel the number…"), self.cancel, needs="report"),
            Key("save", _("Save as a sheet…"), self.save_sheet, needs="export"),
            Key("print", _("Print"), self.print_register),
        ]

    def focus_first(self) -> None:
        """The list."""
        self.table.setFocus()

    def reload(self) -> None:
        """Read the year anew."""
        today = self.program.now().date()
        years = self.program.read(lambda session: outgoing.years(session, today))
        self.year.set_options([(year, str(year)) for year in years])
        rows = self._rows()
        self.table.set_rows(rows[::-1])
        told = ngettext("{n} number", "{n} numbers", len(rows)).format(n=number(len(rows)))
        self.card.set_title(_("Outgoing letters"), told if rows else "")

    def _rows(self) -> list[Issued]:
        year = self.year.value()
        first, last = date(year, 1, 1), date(year, 12, 31)
        return self.program.read(lambda session: outgoing.rows(session, first, last))

    # --- acts

    def take(self) -> None:
        """A number for a letter that is written elsewhere."""
        TakeDialog(self.program, self.host).open()

    def cancel(self) -> None:
        """The number goes with no paper; it stays in the register as a gap that is told."""
        row: Issued | None = self.table.current()
        if row is None or row.cancelled_at is not None:
            self.host.notice.look(_("Choose a letter that stands."))
            return
        self.box = FormDialog(
            self,
            _("Cancel {number}?").format(number=row.number),
            _("Cancel the number"),
            [Field("reason", _("Reason"), required=True)],
            {"reason": ""},
            hint=_("The number is never given again; the register says that it was cancelled."),
            kind="danger",
        )
        self.box.accepted.connect(lambda: self._cancel(row, self.box.form.value("reason")))
        self.box.open()

    def _cancel(self, row: Issued, reason: str) -> None:
        now = self.program.now()
        deed = partial(outgoing.cancel, letter_id=row.id, reason=reason, now=now)
        self.act(deed, _("Cancelled: {number}").format(number=row.number))

    def save_sheet(self) -> None:
        """The year as a workbook."""
        from desktop.pages.registers import outgoing_letters

        if not self.program.allows(self.host, Right.EXPORT):
            return
        name = safe(outgoing_letters.file_name(self.year.value()), ".xlsx")
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save as a sheet…"), str(pc.documents() / name), "Excel (*.xlsx)"
        )
        if not chosen:
            return
        path = Path(with_ending(chosen, ".xlsx"))
        try:
            sheet.write_xlsx(path, [outgoing_letters.sheet(self._rows())])
        except OSError:
            fault = Fault(Trouble.FILE_UNWRITABLE, where=str(path))
            self.host.notice.refused(refusal(fault))
            return
        self.host.notice.done(_("Saved: {title}").format(title=path.name))

    def print_register(self) -> None:
        """The year as a paper."""
        from desktop.pages.registers import outgoing_letters

        target, year, today = BytesIO(), self.year.value(), self.program.now().date()
        self.program.read(lambda s: outgoing_letters.write(target, s, year, today))
        self.paper.emit(target.getvalue(), outgoing_letters.file_name(year), None)


class TakeDialog(ActDialog):
    """To whom and about what; the number is shown before it is taken."""

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(program, host, _("A number for a letter"), _("Take it"), width=620)
        today = program.now().date()
        usual = program.read(lambda session: outgoing.proposed(session, "other", today))
        self.build(
            Form(
                [
                    Field("recipient", _("To"), required=True),
                    Field("subject", _("About"), required=True),
                    TextArea("copies_to", _("Copies to, a line each"), lines=2),
                    Field("number", _("Number of the letter"), required=True),
                ]
            )
        )
        self.form.set_values({"number": usual})
        self.form.focus("recipient")

    def act(self) -> None:
        """Number it."""
        values, now = self.form.values(), self.program.now()
        copies = tuple((values["copies_to"] or "").splitlines())
        letter = Letter(
            "other", recipient=values["recipient"], subject=values["subject"], copies_to=copies
        )
        given, line = self.program.write(
            lambda session: outgoing.write(session, letter, now, values["number"])
        )
        told = _("Number taken: {number}").format(number=given)
        self.host.notice.done(told, partial(self.program.undo, self.host, line))


def _about(row: Issued) -> str:
    from desktop.pages.registers import outgoing_letters

    return outgoing_letters.subject(row)


def _copies(row: Issued) -> str:
    return row.copies_to.replace("\n", "; ")


def _state(row: Issued) -> Pill | None:
    return Pill(_("cancelled"), "bad") if row.cancelled_at is not None else None
