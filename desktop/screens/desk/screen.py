"""One box takes everything: a card opens a transaction, a copy is lent or taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from database.circulation import identify, lending, visits
from database.circulation.lending import Done
from database.patrons.finding import PatronRow
from database.refusal import Fault, Reason, Refusal
from desktop.program import Program
from desktop.screen import Key
from desktop.screens.desk import beside
from desktop.screens.desk.beside import Beside
from desktop.screens.desk.borrower import BorrowerCard
from desktop.screens.desk.host import Desk
from desktop.screens.desk.modes import Modes
from desktop.screens.desk.money import DeskMoney
from desktop.screens.desk.rows import Act, act_row, hand_row, returned_text, slip_key
from desktop.screens.desk.visitors import VisitorsCard, count_card
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.scan_box import ScanBox
from desktop.widgets.table import Column, Table
from desktop.words.language import N_, _, date_short
from desktop.words.sentences import overridable, refusal, shorten

LEFT_PX = 318
_WAITED_FOR = frozenset({Reason.ALREADY_ON_LOAN, Reason.ON_HOLD})


class DeskScreen(Desk):
    """Circulation. `scan(code)` is the one way in; everything after it can be undone."""

    title = N_("Circulation")
    shows = frozenset(
        {"Loan", "Patron", "Item", "Visit", "InHouseUse", "Hold", "Charge", "Setting"}
    )
    undoes = frozenset({"Loan", "Visit", "InHouseUse", "Hold", "Charge", "DayClose"})

    def __init__(self, program: Program) -> None:
        super().__init__()
        self.program = program
        self.patron: PatronRow | None = None
        self._acts: list[Act] = []
        self._pending: Callable[[str], None] | None = None
        self._wanted = ""
        self.money, self.modes = DeskMoney(self), Modes(self)
        self.scan_box = ScanBox(_("Scan a patron's card or a copy…"))
        self.borrower = BorrowerCard(self._allow, self._history, self.finish)
        self.visitors = VisitorsCard(self._count_visitor)
        self._arrange()

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
        top.addWidget(Button(_("Visitor +1"), self.count_visitor, key="F7"))
        column.addLayout(top)
        row = QHBoxLayout()
        row.setSpacing(12)
        for card in (self.borrower, self.visitors):
            card.setFixedWidth(LEFT_PX)
            row.addWidget(card)
        row.addLayout(self._lists(), 1)
        column.addLayout(row, 1)
        self._show_beside(self._beside())

    def _lists(self) -> QVBoxLayout:
        slip = Button(_("Print slip"), self.print_slip, key="Ctrl+P", icon="printer", small=True)
        self.acts_card = Card(_("This transaction"), slip, flush=True)
        self.acts = Table(
            [
                Column(_("Time"), "time", optional=True, width=80),
                Column(_("Act"), "act", kind="pill"),
                Column(_("Title"), "title", stretch=True),
                Column(_("Copy"), "barcode"),
                Column(_("Due"), "due"),
            ],
            empty=_("Scan a card to lend, or a copy to take it back."),
            name=_("This transaction"),
        )
        self.acts_card.body.addWidget(self.acts)
        self.hand_card = Card(_("Out on loan"), flush=True)
        self.hand = Table(
            [
                Column(_("Title"), "title", stretch=True),
                Column(_("Copy"), "barcode"),
                Column(_("Due"), "due", kind="pill"),
                Column(_("Renewed"), "renewals", kind="number", optional=True),
            ],
            on_open=lambda row: self.renew(),
            empty=_("Nothing out on loan."),
            name=_("Out on loan"),
        )
        self.hand_card.body.addWidget(self.hand)
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(self.acts_card, 1)
        column.addWidget(self.hand_card, 1)
        return column

    def keys(self) -> list[Key]:
        """The desk's keys."""
        return [
            *self.modes.keys(),
            Key("F7", _("Count a visitor"), self.count_visitor),
            Key("F8", _("Renew the chosen loan"), self.renew),
            Key("F10", _("Place a hold"), self.place_hold),
            Key("F11", _("Daily tasks"), lambda: self.leave_for.emit("tasks", "holds")),
            Key("Ctrl+H", _("Today's acts, to take one back…"), self.show_today),
            Key("Ctrl+P", _("Print slip"), self.print_slip),
            *self.money.keys(),
            Key("Esc", _("Finish the transaction"), self.finish),
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
            self.notice.refused(refusal(told))
            return
        if found.patron:
            count_card(self.program, self, found.patron)
            self.open(found.patron)
        elif found.isbn:
            self.leave_for.emit("catalogue", ("isbn", found.isbn))
        elif self.patron:
            self._lend(code)
        else:
            self._take_back(code)

    def arrive(self, what: Any) -> None:
        """("patron", number) opens a transaction; anything else is scanned."""
        kind, value = what if isinstance(what, tuple) else ("code", what)
        self.scan(str(value) if kind in {"patron", "code"} else "")

    def open(self, patron: PatronRow) -> None:
        """Begin a transaction with a person or a place; one that was open is finished."""
        if self.patron is None or self.patron.id != patron.id:
            self._acts = []
        self.patron = patron
        self._reload()
        self._tell_standing(patron)

    def _tell_standing(self, patron: PatronRow) -> None:
        today = self.program.now().date()
        if patron.valid_until and patron.valid_until < today:
            text = _("{name}'s card ended on {day}.")
            self.notice.look(text.format(name=patron.name, day=date_short(patron.valid_until)))
        else:
            self.notice.clear()
            self.notice.told.emit("done")

    def _lend(self, code: str, override: str = "") -> None:
        assert self.patron is not None
        number = self.patron.number
        try:
            done = self.program.write(
                lambda session: lending.check_out(
                    session, number, code, self.program.now(), override
                )
            )
        except (Refusal, Fault) as told:
            self.refuse(told, code)
            return
        text = _("Lent: {title} — {patron}, due {day}").format(
            title=shorten(done.title, 60),
            patron=done.patron,
            day=date_short(done.due_on),  # type: ignore[arg-type]
        )
        self.tell(done, text)

    def _take_back(self, code: str, override: str = "") -> None:
        now = self.program.now()
        try:
            done = self.program.write(lambda s: lending.check_in(s, code, now, override))
        except (Refusal, Fault) as told:
            self.refuse(told, code, lambda reason: self._take_back(code, reason))
            return
        self.tell(done, returned_text(done) + self.owed_by(done))

    def tell(self, done: Done, text: str) -> None:
        """Say what was done, list it, and offer to take it back."""
        self._acts.insert(0, Act(done.line, self.program.now(), done))
        # What the act changed of the patron is shown by now: the library told every screen.
        self._show_acts()
        self.acts.select_first()
        if "card_ends" in done.notes:
            text += " · " + _("cut to the end of the card")
        elif "closed" in done.notes:
            text += " · " + _("moved past closed days")
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
        self.mark_undone(line)
        self.focus_first()

    def mark_undone(self, line: int) -> None:
        """Show that an act was taken back."""
        for act in self._acts:
            act.undone = act.undone or act.id == line
        self._show_acts()

    def show_today(self) -> None:
        """Ctrl+H: the acts of today, each to be taken back by itself."""
        from desktop.screens.desk.today import TodayDialog

        TodayDialog(self).exec()
        self.focus_first()

    # --- refusals and the next step

    def refuse(
        self, told: Refusal | Fault, code: str, again: Callable[[str], None] | None = None
    ) -> None:
        """Say no, with what can be done about it; `again` does it all the same for a reason."""
        text = refusal(told)
        out = isinstance(told, Refusal) and told.reason in _WAITED_FOR
        self._wanted = code if out and self.patron else ""
        if self._wanted:
            text = _("{why} F10 places a hold.").format(why=text)
        self.notice.refused(text, self._next_step(told, code, again))
        self.focus_first()

    def _next_step(
        self, told: Refusal | Fault, code: str, again: Callable[[str], None] | None
    ) -> Key | None:
        """What can be done about a no, with its key."""
        if overridable(told):
            does = again or (lambda reason: self._lend(code, reason))
            return Key("F4", _("Allow once…"), lambda: self._ask_reason(does))
        if not isinstance(told, Refusal):
            return None
        found = self.money.next_step(told, code)
        if found is not None:
            return found
        if told.reason is Reason.ALREADY_ON_LOAN and self.patron:
            return Key("F4", _("Take back and lend"), lambda: self._take_back_and_lend(code))
        if told.reason is Reason.ALREADY_YOURS:
            return Key("F4", _("Take back"), lambda: self._take_back(code))
        if told.reason in {Reason.UNKNOWN_CODE, Reason.UNKNOWN_ITEM}:
            return Key("F4", _("Look in Catalogue"), lambda: self.leave_for.emit("catalogue", code))
        return None

    def _take_back_and_lend(self, code: str) -> None:
        self._take_back(code)
        if self.notice.tone() == "done":
            self._lend(code)

    def _ask_reason(self, does: Callable[[str], None]) -> None:
        from desktop.screens.desk import why

        self._pending = does
        if self.patron:
            self.borrower.ask_reason()
        else:
            self._allow(why.ask(self))

    def _allow(self, reason: str) -> None:
        pending, self._pending = self._pending, None
        if pending and reason.strip():
            pending(reason.strip())
        self.focus_first()

    # --- the other acts

    def place_hold(self) -> None:
        """F10: hold what was just refused for the open patron; else ask for whom and what."""
        from desktop.screens.desk import hold

        wanted, self._wanted = self._wanted, ""
        number = self.patron.number if self.patron else ""
        hold.place_or_ask(self.program, self, number, wanted, self.undo_line)

    def renew(self) -> None:
        """F8: renew the chosen loan."""
        row = self.hand.current()
        if row is None:
            self.notice.look(_("Choose a loan below to renew it."))
            return
        self._renew(row["barcode"])

    def _renew(self, barcode: str, override: str = "") -> None:
        now = self.program.now()
        try:
            done = self.program.write(
                lambda session: lending.renew(session, barcode, now, override)
            )
        except (Refusal, Fault) as told:
            self.refuse(told, barcode, lambda reason: self._renew(barcode, reason))
            return
        text = _("Renewed: {title}, due {day}")
        self.tell(done, text.format(title=shorten(done.title, 60), day=date_short(done.due_on)))  # type: ignore[arg-type]

    def count_visitor(self) -> None:
        """F7: one visitor of the open patron's kind, else of the kind counted last."""
        self._count_visitor(self.patron.category if self.patron else self.visitors.chosen())

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
        self._acts = []
        self._pending, self._wanted = None, ""
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

        print_slip(self, self.program, self.patron, [a.done for a in self._acts if not a.undone])

    # --- showing

    def reload(self) -> None:
        """Read the open patron, the loans in hand and today's visitors anew."""
        found = self._beside()
        if self.money.is_switched(found.takes_money):
            self.renew_keys()
        self.patron = found.patron
        self._show_beside(found)
        self._show_acts()

    def _beside(self) -> Beside:
        patron, today = self.patron.id if self.patron else None, self.program.now().date()
        return self.program.read(lambda session: beside.read(session, patron, today))

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
        self.hand_card.set_title(_("Out on loan"), str(len(found.loans)))
        self.hand.set_rows([hand_row(loan, today) for loan in found.loans])

    def _show_acts(self) -> None:
        rows = [act_row(act) for act in self._acts]
        standing = [act.done.act for act in self._acts if not act.undone]
        note = _("{lent} lent · {returned} returned").format(
            lent=standing.count("lent"), returned=standing.count("returned")
        )
        self.acts_card.set_title(_("This transaction"), note if rows else "")
        self.acts.set_empty(
            _("Scan a copy to lend it.")
            if self.patron
            else _("Scan a card to lend, or a copy to take it back.")
        )
        self.acts.set_rows(rows)
