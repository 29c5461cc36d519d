"""Borrowing and returning by oneself: the card, then the books; a book alone comes back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from database.circulation import identify, lending, money
from database.circulation.lending import Done
from database.patrons.finding import PatronRow
from database.refusal import Fault, Reason, Refusal
from desktop.program import Program
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.scan_box import ScanBox
from desktop.widgets.text import label, restyle
from desktop.words.language import _, clock, date_long, ngettext, number
from desktop.words.sentences import refusal, shorten

SHOWN = 5


class KioskDesk(QWidget):
    """Signal `used` at every act; `forget()` ends the transaction."""

    used = Signal()

    def __init__(self, program: Program) -> None:
        super().__init__()
        self.program = program
        self.patron: PatronRow | None = None
        self._lines: list[str] = []
        self.scan_box = ScanBox(_("Scan here"), hint="")
        self.scan_box.scanned.connect(self.scan)
        self.scan_box.typed.connect(lambda _text: self.used.emit())
        self.told = label("", "kioskTold", wrap=True)
        self.about = label("", "kioskSmall", wrap=True)
        self.listed = label("", "kioskSmall", wrap=True)
        self.done_button = Button(_("Finished"), self.finish, kind="primary")
        self._arrange()
        self.forget()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(20)
        column.addWidget(self.scan_box)
        card = Card()
        card.body.setSpacing(16)
        for widget in (self.told, self.about, self.listed):
            widget.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            card.body.addWidget(widget)
        card.body.addStretch(1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.done_button)
        card.body.addLayout(foot)
        column.addWidget(card, 1)

    def forget(self) -> None:
        """For the next reader."""
        self.patron, self._lines = None, []
        self.scan_box.line.clear()
        self._tell(_("Scan your card to borrow."), "", _("To return a book, scan the book alone."))

    def finish(self) -> None:
        """The reader has all she wanted."""
        self.forget()
        self.scan_box.line.setFocus()

    def scan(self, code: str) -> None:
        """A card opens, a book is lent to it, or comes back where no card is open."""
        self.used.emit()
        try:
            found = self.program.read(lambda session: identify.identify(session, code))
            if found.patron is not None:
                self._open(found.patron)
            elif self.patron is not None:
                self._lend(self.patron, code)
            else:
                self._take_back(code)
        except (Refusal, Fault) as told:
            self._refuse(told)
        self.scan_box.line.setFocus()

    def _open(self, patron: PatronRow) -> None:
        self.patron, self._lines = patron, []
        loans = ngettext("You have {n} book now.", "You have {n} books now.", patron.open_loans)
        about = loans.format(n=number(patron.open_loans))
        if self.program.read(lambda session: money.owed(session, patron.id)):
            # How much is nobody's business who stands behind.
            about += "\n" + _("Something is still open: please see the librarian.")
        self._tell(_("Now scan your books."), "", about)

    def _lend(self, patron: PatronRow, code: str) -> None:
        done = self.program.write(
            lambda session: lending.check_out(session, patron.number, code, self.program.now())
        )
        self._add(_("Borrowed: {title}").format(title=shorten(done.title, 70)), done)

    def _take_back(self, code: str) -> None:
        done = self.program.write(
            lambda session: lending.check_in(session, code, self.program.now())
        )
        self._lines.insert(0, shorten(done.title, 70))
        self._tell(_("Returned. Thank you."), "good", _("Please lay the book into the return box."))

    def _add(self, text: str, done: Done) -> None:
        due = date_long(done.due_on) if done.due_on else ""
        if done.due_at is not None:
            due = f"{due} {clock(done.due_at)}"
        self._lines.insert(0, f"{shorten(done.title, 70)} · {due}")
        self._tell(text, "good", _("Please bring it back by {day}.").format(day=due))

    def _refuse(self, told: Refusal | Fault) -> None:
        if isinstance(told, Refusal) and told.reason is Reason.NOT_ON_LOAN:
            self._tell(_("Scan your card first to borrow this book."), "warn", "")
            return
        self._tell(refusal(told, discreet=True), "bad", _("Please ask the librarian."))

    def _tell(self, text: str, tone: str, about: str) -> None:
        self.told.setText(text)
        restyle(self.told, tone=tone)
        self.about.setText(about)
        self.listed.setText("\n".join(self._lines[:SHOWN]))
        self.done_button.setVisible(self.patron is not None)
