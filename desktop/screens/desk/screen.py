"""One box takes everything: a card opens a transaction, a copy is lent or taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from database.circulation import identify, visits
from database.circulation.lending import Done
from database.patrons import finding
from database.patrons.finding import PatronRow
from database.refusal import Fault, Reason, Refusal
from desktop.program import Program
from desktop.screen import Key
from desktop.screens.desk import beside
from desktop.screens.desk.beside import Beside
from desktop.screens.desk.borrower import BorrowerCard
from desktop.screens.desk.by_isbn import ByIsbn
from desktop.screens.desk.by_words import ByWords
from desktop.screens.desk.host import Desk
from desktop.screens.desk.lists import ActsCard, HandCard
from desktop.screens.desk.loans import DeskLoans
from desktop.screens.desk.modes import Modes
from desktop.screens.desk.money import DeskMoney
from desktop.screens.desk.refusals import Refusals
from desktop.screens.desk.rows import Act, ready_for, slip_key
from desktop.screens.desk.visitors import VisitorsCard, count_card
from desktop.widgets.buttons import Button
from desktop.widgets.scan_box import ScanBox
from desktop.words.language import N_, _, date_short
from desktop.words.sentences import refusal

LEFT_PX = 318


class DeskScreen(Desk):
    """Circulation. `scan(code)` is the one way in; everything after it can be undone."""

    title = N_("Circulation")
    shows = frozenset(
        {"Loan", "Patron", "Item", "Visit", "InHouseUse", "Hold", "Charge", "Setting"}
    )

    def __init__(self, program: Program) -> None:
        super().__init__()
        self.program = program
        self.patron: PatronRow | None = None
        self.money, self.modes, self.loans = DeskMoney(self), Modes(self), DeskLoans(self)
        self.refusals = Refusals(self, self.loans, self.money, lambda: self.borrower.ask_reason())
        self.by_isbn = ByIsbn(self, self.loans.lend, self.refusals.wait_for)
        self.by_words = ByWords(self, self.loans.lend, self.loans.tell_lent)
        self.scan_box = ScanBox(_("Scan a patron's card or a copy…"))
        self.borrower = BorrowerCard(self.refusals.allow, self._history, self.finish)
        self.visitors = VisitorsCard(self._count_visitor)
        self.acts_card, self.hand_card = ActsCard(self.print_slip), HandCard(self.renew)
        self.acts, self.hand = self.acts_card.table, self.hand_card.table
        self._arrange()
        program.acts.taken_back.connect(self.mark_undone)

    def _arrange(self) -> None:
        assert self.scan_box is not None
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 8)
        column.setSpacing(12)
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.scan_box, 1)
        top.addWidget(self.modes.here)
        top.addWidget(self.modes.box)
        top.addWidget(Button(_("Visitor +1"), self.count_visitor, key="visitor"))
        column.addLayout(top)
        row = QHBoxLayout()
        row.setSpacing(12)
        for card in (self.borrower, self.visitors):
            card.be_side(LEFT_PX)
            row.addWidget(card)
        row.addLayout(self._lists(), 1)
        column.addLayout(row, 1)
        self._show_beside(self._beside())

    def _lists(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(self.acts_card, 1)
        column.addWidget(self.hand_card, 1)
        return column

    def to_lists(self) -> None:
        """To what the open patron has, to choose one by arrows; with nobody open to the list of
        what was done."""
        table = self.hand if self.patron is not None and self.hand.rows() else self.acts
        if table.current() is None:
            table.select_first()
        table.view.setFocus()

    def keys(self) -> list[Key]:
        """The desk's keys."""
        return [
            *self.modes.keys(),
            Key("find", _("To the loans, or to what was done just now"), self.to_lists),
            Key("visitor", _("Count a visitor"), self.count_visitor),
            Key("renew", _("Renew the chosen loan"), self.renew),
            Key("due_day", _("The chosen loan is due on a picked day…"), self.loans.pick_due),
            Key("hold", _("Place a hold"), self.place_hold),
            Key("daily", _("Daily tasks"), lambda: self.leave_for.emit("tasks", "holds")),
            Key("print", _("Print slip"), self.print_slip),
            *self.money.keys(),
            Key("back", _("Finish the transaction"), self.finish),
        ]

    # --- scanning

    def scan(self, code: str) -> None:
        """What a code does here: open a transaction, lend, take back, count as read here."""
        if not code.strip():
            return
        if self.modes.takes(code):
            return
        try:
            found = self.program.read(lambda session: identify.identify(session, code))
        except (Refusal, Fault) as told:
            self._unknown(code, told)
            return
        if found.patron:
            count_card(self.program, self, found.patron)
            self.open(found.patron)
        elif found.isbn:
            self.by_isbn.tell(found.isbn)
        elif self.patron:
            self.loans.lend(code)
        else:
            self.loans.take_back(code)

    def _unknown(self, code: str, told: Refusal | Fault) -> None:
        """Words mean a title, for whoever has a card open; a code of nobody may be a new one."""
        new = isinstance(told, Refusal) and told.reason is Reason.UNKNOWN_CODE and self.patron
        if not new:
            self.notice.refused(refusal(told))
        elif self.program.read(lambda session: identify.recognise(session, code)) is None:
            self.by_words.offer(code)
        else:
            describe = partial(self.by_words.describe, "", code)
            self.notice.refused(refusal(told), Key("step", _("Describe and lend…"), describe))

    def arrive(self, what: Any) -> None:
        """("patron", number) opens a transaction, ("borrower", barcode) that of whoever has a copy,
        ("day_end", "") asks to close the day; anything else is scanned."""
        kind, value = what if isinstance(what, tuple) else ("code", what)
        if kind == "borrower":
            self._open_borrower(str(value))
        elif kind == "day_end":
            self.money.close_day()
        elif kind in {"patron", "code"}:
            self.scan(str(value))

    def _open_borrower(self, barcode: str) -> None:
        """Nobody has it any more: told, and nothing is opened."""
        copy = self.program.read(lambda session: identify.find_item(session, barcode))
        if copy is None or copy.patron_id is None:
            self.notice.look(_("{barcode} is not on loan any more.").format(barcode=barcode))
            return
        who = copy.patron_id
        patron = self.program.read(lambda session: finding.one(session, who))
        if patron is not None:
            self.open(patron)

    def open(self, patron: PatronRow) -> None:
        """Begin a transaction with a person or a place; one that was open is finished."""
        if self.patron is None or self.patron.id != patron.id:
            self.acts_card.clear()
        self.patron = patron
        self._reload()
        self._tell_standing(patron)

    def _tell_standing(self, patron: PatronRow) -> None:
        today, said = self.program.now().date(), []
        if patron.valid_until and patron.valid_until < today:
            text = _("{name}'s card ended on {day}.")
            said.append(text.format(name=patron.name, day=date_short(patron.valid_until)))
        said += ready_for(self.program, patron)
        if said:
            self.notice.look(" ".join(said))
        else:
            self.notice.clear()
            self.notice.told.emit("done")

    def chosen(self) -> dict[str, Any] | None:
        """In this transaction only a loan that stands: what came back is nobody's any more."""
        act: dict[str, Any] | None = self.acts.current()
        made = act if act and act["barcode"] in self.acts_card.lent() else None
        if made is not None and self.acts.view.hasFocus():
            return made
        found: dict[str, Any] | None = self.hand.current() if self.patron else None
        return found or made

    def tell(self, done: Done, text: str) -> None:
        """Say what was done, list it, and offer to take it back."""
        # What the act changed of the patron is shown by now: the library told every screen.
        self.acts_card.add(Act(done.line, self.program.now(), done), self.patron is not None)
        if "card_ends" in done.notes:
            text += " · " + _("cut to the end of the card")
        elif "closed" in done.notes:
            text += " · " + _("moved past closed days")
        if "unconfirmed" in done.notes:
            text += " · " + _("the holidays of that year are not confirmed yet")
        if done.hold or done.until is not None:
            # To be read before the copy is put away; Ctrl+Z takes it back all the same.
            self.notice.look(text, slip_key(done, self.leave_for.emit))
        else:
            self.notice.done(text, undo=lambda: self.undo_line(done.line))
        self.focus_first()

    def owed_by(self, done: Done) -> str:
        """What an act costs its borrower, to be said behind it."""
        return self.money.said(done)

    def undo_line(self, line: int) -> None:
        """Take back one act of this desk."""
        self.program.undo(self, line)
        self.focus_first()

    def mark_undone(self, lines: Sequence[int]) -> None:
        """Show that acts were taken back, here or on another screen."""
        self.acts_card.mark_undone(lines, self.patron is not None)

    # --- refusals and the next step

    def refuse(
        self, told: Refusal | Fault, code: str, again: Callable[[str], None] | None = None
    ) -> None:
        """Say no, with what can be done about it; `again` does it all the same for a reason."""
        self.refusals.refuse(told, code, again)

    # --- the other acts

    def place_hold(self) -> None:
        """F10: hold what was just refused for the open patron; else ask for whom and what."""
        from desktop.screens.desk import hold

        wanted = self.refusals.take_wanted()
        number = self.patron.number if self.patron else ""
        hold.place_or_ask(self.program, self, number, wanted, self.undo_line)

    def renew(self) -> None:
        """F8: renew the chosen loan."""
        self.loans.renew()

    def count_visitor(self) -> None:
        """F7: one visitor of the kind of the person open, else of a kind that is asked for."""
        if self.patron is not None and self.patron.kind == "person":
            self._count_visitor(self.patron.category)
        else:
            self.visitors.ask(self.program, self)

    def _count_visitor(self, category: str) -> None:
        line = self.program.attempt(
            self,
            lambda session: visits.count_visit(session, category, self.program.now()),
        )
        if line is not None:
            name = self.visitors.name(category)
            self.notice.done(
                _("Visitor counted: {kind}").format(kind=name), undo=lambda: self.undo_line(line)
            )
        self.focus_first()

    def finish(self) -> None:
        """Esc: close the transaction."""
        self.patron = None
        self.acts_card.clear()
        self.refusals.forget()
        self.modes.off()
        self.notice.clear()
        self._reload()
        self.focus_first()

    def _history(self) -> None:
        if self.patron:
            self.leave_for.emit("patrons", ("patron", self.patron.id))

    def print_slip(self) -> None:
        """The receipt of what was just taken, else the slip of this transaction: to the printer,
        or kept as a PDF where there is none."""
        if self.money.print_receipt():
            return
        from desktop.screens.desk.slip import print_slip

        print_slip(self, self.program, self.patron, self.acts_card.standing())

    # --- showing

    def reload(self) -> None:
        """Read the open patron, the loans in hand and today's visitors anew."""
        found = self._beside()
        if self.money.is_switched(found.takes_money):
            self.renew_keys()
        self.patron = found.patron
        self._show_beside(found)
        self.acts_card.show_acts(self.patron is not None)

    def _beside(self) -> Beside:
        patron, now = self.patron.id if self.patron else None, self.program.now()
        return self.program.read(lambda session: beside.read(session, patron, now))

    def _show_beside(self, found: Beside) -> None:
        patron, today = found.patron, self.program.now().date()
        self.visitors.setVisible(patron is None)
        self.borrower.setVisible(patron is not None)
        self.hand_card.setVisible(patron is not None)
        if patron is None:
            self.visitors.show_counts(found.kinds, found.counted)
            return
        late = sum(loan.due_on < today for loan in found.loans)
        self.borrower.show_patron(patron, found.limit, late, today, found.owed)
        self.hand_card.show_loans(found.loans, today, found.late)
