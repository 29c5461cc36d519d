"""Taking money: what is open, how much of it, paid or waived; and its receipt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO

from database.circulation import money, sanctions
from database.circulation.money import ChargeRow, Settled
from database.refusal import Reason
from desktop import pc
from desktop.forms.act_dialog import ActDialog
from desktop.printing import printer
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.form import Choice, Field, Form, MoneyField
from desktop.widgets.table import Column, Table
from desktop.words import language
from desktop.words.charges import units
from desktop.words.language import N_, _
from desktop.words.sentences import shorten

CHARGES = {
    "overdue": N_("Late return"),
    "replacement": N_("Replacement"),
    "damage": N_("Damage"),
}


def what(row: ChargeRow) -> str:
    """What a charge is for, with its days."""
    text = _(CHARGES[row.kind])
    counted = units(row.days, row.weeks)
    return f"{text}, {counted}" if counted else text


class PaymentDialog(ActDialog):
    """Everything that is open of these charges; the amount is all of it unless another is typed.

    `settled` is what was done."""

    wrong = {Reason.MORE_THAN_OWED: "amount", Reason.WHY_MISSING: "reason"}

    def __init__(
        self, program: Program, host: Screen, name: str, rows: Sequence[ChargeRow]
    ) -> None:
        super().__init__(program, host, _("Take payment"), _("Record payment"), width=640)
        self.settled: Settled | None = None
        self._rows = [row for row in rows if row.left > 0]
        self._total = sum(row.left for row in self._rows)
        self.table = _charge_table()
        self.table.set_rows([charge_line(row) for row in self._rows])
        self.table.setFixedHeight(min(64 + 32 * len(self._rows), 190))
        text = _("{name} owes {amount}.")
        self.build(self._form(), text.format(name=name, amount=language.money(self._total)))
        self.body.insertWidget(self.body.count() - 1, self.table)
        self.accept_button.setDefault(True)
        self.form.focus("amount")

    def _form(self) -> Form:
        kinds = [("paid", _("paid")), ("waived", _("waived"))]
        form = Form(
            [
                (
                    MoneyField("amount", _("Amount"), required=True),
                    Choice("kind", _("How"), options=kinds, required=True),
                ),
                Field("reason", _("Reason, where it is waived"), placeholder=_("ill, on duty …")),
            ]
        )
        form.set_values({"amount": self._total, "kind": "paid", "reason": ""})
        return form

    def act(self) -> None:
        """Take it, or let it off."""
        values, now = self.form.values(), self.program.now()
        ids, amount = [row.id for row in self._rows], int(values["amount"])
        if values["kind"] == "paid":
            self.settled = self.program.write(lambda s: money.pay(s, ids, amount, now))
        else:
            reason = values["reason"] or ""
            self.settled = self.program.write(lambda s: money.waive(s, ids, amount, reason, now))


def _charge_table() -> Table:
    return Table(
        [
            Column(_("For"), "what", stretch=True),
            Column(_("Title"), "title", stretch=True),
            Column(_("Still owed"), "left", align="right"),
        ],
        name=_("What is owed"),
    )


def charge_line(row: ChargeRow) -> dict[str, object]:
    """A charge as a line of a list."""
    return {
        "id": row.id,
        "what": f"{what(row)} × {language.money(row.per_day)}" if row.days else what(row),
        "title": shorten(row.title, 60),
        "left": language.money(row.left),
    }


def take(
    program: Program, host: Screen, patron_id: int, name: str, undo: Callable[[int], object]
) -> Settled | None:
    """Ask, take, and say so; None where nothing is owed or nothing was taken."""
    if not program.read(sanctions.takes_money):
        return None
    rows = program.read(lambda s: money.charges(s, patron_id))
    if not any(row.left > 0 for row in rows):
        host.notice.look(_("{name} owes nothing.").format(name=name))
        return None
    dialog = PaymentDialog(program, host, name, rows)
    dialog.exec()
    done = dialog.settled
    if done is None:
        return None
    text = _("Waived: {amount}")
    if done.receipt:
        text = _("Paid: {amount}, receipt {number} — Ctrl+P prints it")
    said = text.format(amount=language.money(done.amount), number=done.receipt)
    if done.left:
        said += " · " + _("still open {amount}").format(amount=language.money(done.left))
    host.notice.done(said, undo=lambda: undo(done.line))
    return done


def print_receipt(program: Program, host: Screen, number: str) -> None:
    """To the slip printer."""
    from desktop.pages.slips import receipt

    target, width = BytesIO(), program.pc.get(pc.SLIP_WIDTH)
    program.read(lambda s: receipt.write_slip(target, s, number, width))
    printer.print_or_keep(host, program, "slip", target.getvalue(), receipt.file_name(number))
