"""Money and losses at the desk: what follows a late return, a lost, found or damaged copy."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from database.circulation import identify, losses, money, sanctions
from database.circulation.lending import Done
from database.circulation.money import ChargeRow
from database.refusal import Reason, Refusal
from desktop.forms import payment, suspension
from desktop.screen import Key
from desktop.screens.desk.host import Desk
from desktop.widgets.dialog import confirm
from desktop.widgets.form import Field, MoneyField
from desktop.widgets.form_dialog import FormDialog
from desktop.words import language
from desktop.words.language import _, date_short
from desktop.words.returned import whereto
from desktop.words.sentences import shorten

_GONE = frozenset({"lost", "missing"})


class DeskMoney:
    """Acts of its desk; what belongs to them is told in the desk's own strip and list."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._program = desk, desk.program
        self._debtor: tuple[int, str] | None = None
        self._receipt = self._returned = ""
        self._taken = True

    def keys(self) -> list[Key]:
        """The keys of what stands here; none of money where none is taken."""
        found = [
            Key("lost", _("The chosen loan is lost…"), self.lost),
            Key("given", _("The chosen loan is given away"), self.given),
            Key("damaged", _("The copy returned last is damaged…"), self.damaged),
            Key("lift", _("Lift the suspension…"), self.lift),
            Key("close_day", _("Close the day…"), self.close_day),
        ]
        self._taken = self._program.read(sanctions.takes_money)
        if self._taken:
            found.insert(0, Key("pay", _("Take payment…"), self.pay))
        return found

    def is_switched(self, takes: bool) -> bool:
        """Whether the library began, or ceased, to take money since the keys were made."""
        return self._taken != takes

    def said(self, done: Done) -> str:
        """What the strip adds about a late return; who owes is remembered for F9."""
        self._receipt = ""
        self._returned = done.barcode if done.act == "returned" else ""
        parts = []
        if done.charge:
            self._debtor = self._borrower_of(done)
            fine = _("fine {amount} (F9 takes it)")
            parts.append(fine.format(amount=language.money(done.charge)))
        if done.suspended_until:
            text = _("may not borrow until {day}")
            parts.append(text.format(day=date_short(done.suspended_until)))
        return "".join(f" · {part}" for part in parts)

    def _borrower_of(self, done: Done) -> tuple[int, str] | None:
        rows = self._program.read(lambda s: money.of_loan(s, done.loan_id))
        owner = next((row.patron_id for row in rows if row.patron_id is not None), None)
        return (owner, done.patron) if owner is not None else None

    def next_step(self, told: Refusal, code: str) -> Key | None:
        """A lost or missing copy that lies on the desk is found."""
        if told.reason is Reason.NOT_ON_LOAN and told.facts.get("status") in _GONE:
            return Key("step", _("It is found again"), lambda: self.found(code))
        return None

    def _chosen(self) -> str | None:
        """The copy of the loan chosen in the list below."""
        row = self._desk.chosen()
        return row["barcode"] if row else None

    def pay(self) -> None:
        """F9: take what the open patron owes, or the one whose copy came back last."""
        patron = self._desk.patron
        who = (patron.id, patron.name) if patron else self._debtor
        if who is None:
            self._desk.notice.look(_("Scan the card of who pays first."))
            return
        done = payment.take(self._program, self._desk, *who, self._desk.undo_line)
        self._receipt = done.receipt if done else ""
        self._desk.reload()
        self._desk.focus_first()

    def print_receipt(self) -> bool:
        """The receipt of what was just taken, if anything was."""
        number, self._receipt = self._receipt, ""
        if number:
            payment.print_receipt(self._program, self._desk, number)
        return bool(number)

    def lost(self) -> None:
        """Ctrl+L: the chosen loan's copy does not come back."""
        barcode = self._chosen()
        if barcode is None:
            self._desk.notice.look(_("Choose a loan below that is lost."))
            return
        amount = self._ask_amount(
            _("Lost copy"),
            _("Record as lost"),
            barcode,
            self._program.read(lambda s: losses.usual_charge(s, barcode)),
        )
        if amount is not None:
            text = _("Lost: {title}")
            self._do(lambda s: losses.write_off(s, barcode, amount, self._program.now()), text)

    def given(self) -> None:
        """Ctrl+G: a ward or a patient keeps the chosen loan's copy."""
        barcode = self._chosen()
        if barcode is None:
            self._desk.notice.look(_("Choose a loan below that is given away."))
            return
        self._do(
            lambda s: losses.give_away(s, barcode, self._program.now()), _("Given away: {title}")
        )

    def damaged(self) -> None:
        """Ctrl+D: the copy that came back last goes to repair."""
        barcode = self._returned or None
        if barcode is None:
            self._desk.notice.look(_("Take the damaged copy back first."))
            return
        who = self._program.read(lambda s: losses.last_borrower(s, barcode))
        hint = _("Last borrowed by {name}.").format(name=who) if who else ""
        amount = self._ask_amount(_("Damaged copy"), _("To repair"), barcode, 0, hint)
        if amount is not None:
            self._do(
                lambda s: losses.damaged(s, barcode, amount, "", self._program.now()),
                _("To repair: {title}"),
            )

    def _ask_amount(
        self, title: str, verb: str, barcode: str, usual: int, hint: str = ""
    ) -> int | None:
        """How much is charged for it; None for not at all."""
        item = self._program.read(lambda s: identify.find_item(s, barcode))
        fields: list[Field] = []
        if self._program.read(sanctions.takes_money):
            fields.append(MoneyField("amount", _("Charge (empty for nothing)")))
        name = shorten(item.title, 60) if item else barcode
        dialog = FormDialog(
            self._desk,
            title,
            verb,
            fields,
            {"amount": usual or None},
            hint=f"{name} · {barcode}. {hint}".strip(),
        )
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return None
        return int(dialog.form.values().get("amount") or 0)

    def _do(self, act: object, text: str) -> None:
        done = self._program.attempt(self._desk, act)  # type: ignore[arg-type]
        if done is None:
            return
        said = text.format(title=shorten(done.title, 60))
        self._desk.tell(done, said + whereto(done) + self.said(done))

    def found(self, barcode: str) -> None:
        """A lost copy is there again; what was paid for it is offered back."""
        self._do(lambda s: losses.found(s, barcode, self._program.now()), _("Found again: {title}"))
        if self._program.read(sanctions.takes_money):
            for row in self._program.read(lambda s: losses.refunds(s, barcode)):
                self._offer_refund(row)

    def _offer_refund(self, row: ChargeRow) -> None:
        amount = language.money(row.refundable)
        text = _("{amount} were paid for “{title}” when it was lost. Give them back?")
        if not confirm(
            self._desk,
            _("Pay back"),
            text.format(amount=amount, title=shorten(row.title, 60)),
            _("Pay back"),
            cancel_text=_("Not now"),
        ):
            return
        now = self._program.now()
        done = self._program.attempt(
            self._desk, lambda s: money.refund(s, row.id, row.refundable, losses.FOUND, now)
        )
        if done is not None:
            self._receipt = done.receipt
            said = _("Paid back: {amount}, receipt {number} — Ctrl+P prints it")
            self._desk.notice.done(
                said.format(amount=amount, number=done.receipt),
                undo=lambda: self._desk.undo_line(done.line),
            )

    def lift(self) -> None:
        """Ctrl+T: let the open patron borrow again, for a reason."""
        patron = self._desk.patron
        if patron is None:
            self._desk.notice.look(_("Scan the card first."))
        elif suspension.lift(self._program, self._desk, patron, self._desk.undo_line):
            self._desk.reload()
        self._desk.focus_first()

    def close_day(self) -> None:
        """Count, close, copy."""
        from desktop.screens.desk.day_end import DayEnd

        DayEnd(self._program, self._desk).exec()
        self._desk.focus_first()
