"""What a patron owes and paid: a page of the card, there only where there is something."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from database.circulation import cash_book, money, sanctions
from database.circulation.money import ChargeRow
from database.registers import outgoing
from desktop.forms import payment
from desktop.screen import Key
from desktop.screens.patrons.host import Patrons
from desktop.widgets.card import Band
from desktop.widgets.pill import Pill
from desktop.widgets.table import Column, Table
from desktop.words import language
from desktop.words.language import _, date_plain


class Money:
    """The page and its acts; `show_paper(pdf, name)` shows a letter."""

    def __init__(self, screen: Patrons, show_paper: Callable[[bytes, str], object]) -> None:
        self._screen, self._program, self._show_paper = screen, screen.program, show_paper
        self.table = Table(
            [
                Column(_("Date"), "day", optional=True),
                Column(_("For"), "what", stretch=True),
                Column(_("Title"), "title", stretch=True),
                Column(_("Still owed"), "left", kind="pill"),
            ],
            empty=_("Nothing owed."),
            name=_("Money"),
        )
        self._band = Band(narrow=True)
        screen.card.bands.addWidget(self._band)
        self._band.set("")
        self._tab = screen.card.add_page(_("Money"), self.table)
        for name, act in (
            (_("Take payment…"), self.pay),
            (_("Last receipt…"), self.show_receipt),
            (_("Letter about lost copies…"), self.write_letter),
        ):
            screen.card.add_act(Key("", name, act), when=self._taken)

    def _taken(self) -> bool:
        return self._program.read(sanctions.takes_money)

    def show(self, patron_id: int) -> None:
        """Fill the page; it is hidden where nothing was ever owed, or no money is taken."""
        rows: list[ChargeRow] = []
        if self._program.read(sanctions.takes_money):
            rows = self._program.read(lambda s: money.charges(s, patron_id))
        tabs = self._screen.card.tabs
        if not rows and tabs.currentIndex() == self._tab:
            tabs.setCurrentIndex(0)
        tabs.setTabVisible(self._tab, bool(rows))
        if rows:
            # Five names stand in the row only if the first is short.
            count = self._screen.card.loans.count()
            tabs.setTabText(0, _("Details {n}").format(n=count))
        left = sum(row.left for row in rows)
        text = _("Owes {amount}: “Take payment” in the menu ⋯")
        self._band.set(text.format(amount=language.money(left)) if left else "", "warn")
        self.table.set_rows([_line(row) for row in rows])

    def pay(self) -> None:
        """Take what the patron shown owes."""
        screen, patron = self._screen, self._screen.patron
        if patron is None:
            return
        done = payment.take(
            self._program,
            screen,
            patron.id,
            patron.name,
            lambda line: self._program.undo(screen, line),
        )
        if done is not None:
            self.show(patron.id)

    def show_receipt(self) -> None:
        """The newest receipt as a sheet of paper."""
        patron = self._screen.patron
        if patron is None:
            return
        number = self._program.read(lambda s: cash_book.last_receipt(s, patron.id))
        if not number:
            self._screen.notice.look(_("{name} has paid nothing yet.").format(name=patron.name))
            return
        from desktop.pages.slips import receipt

        target = BytesIO()
        self._program.read(lambda s: receipt.write(target, s, number))
        self._show_paper(target.getvalue(), receipt.file_name(number))

    def write_letter(self) -> None:
        """The letter about what is still owed."""
        patron = self._screen.patron
        if patron is None:
            return
        if not self._program.read(lambda s: money.owed(s, patron.id)):
            self._screen.notice.look(_("{name} owes nothing.").format(name=patron.name))
            return
        from desktop.pages.letters import lost_letter

        target, now = BytesIO(), self._program.now()
        today = now.date()
        about = outgoing.Letter(lost_letter.PAPER, patron.id, patron_id=patron.id)
        given = self._program.attempt(self._screen, lambda s: outgoing.once_a_day(s, about, now))
        if given is None:
            return
        self._program.read(lambda s: lost_letter.write(target, s, patron.id, today))
        self._show_paper(target.getvalue(), lost_letter.file_name(patron.number, today))


def _line(row: ChargeRow) -> dict[str, Any]:
    if row.left:
        left = Pill(language.money(row.left), "bad")
    elif row.refunded:
        left = Pill(_("paid back"), "plain")
    else:
        left = Pill(_("paid"), "good") if row.paid else Pill(_("waived"), "plain")
    return {
        "id": row.id,
        "day": date_plain(row.made_on),
        "what": payment.what(row),
        "title": row.title,
        "left": left,
    }
