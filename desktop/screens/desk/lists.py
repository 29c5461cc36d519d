"""The desk's two lists: what was done in this transaction, and what the patron has."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from database.circulation.lending import Done
from database.patrons.finding import PatronLoan
from database.policy.lateness import Late
from desktop.screens.desk.rows import Act, act_row, hand_row
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.table import Column, Table
from desktop.words.language import _

_OUT = frozenset({"lent", "renewed", "moved", "picked"})


class ActsCard(Card):
    """The acts of this transaction, the newest first; one taken back stays and says so."""

    def __init__(self, print_slip: Callable[[], None]) -> None:
        slip = Button(_("Print slip"), print_slip, key="print", icon="printer", small=True)
        super().__init__(_("This transaction"), slip, flush=True)
        self._acts: list[Act] = []
        self.table = Table(
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
        self.body.addWidget(self.table)

    def clear(self) -> None:
        """Another transaction begins; it is seen when the acts are shown again."""
        self._acts = []

    def add(self, act: Act, has_patron: bool) -> None:
        """One more act, chosen in the list."""
        self._acts.insert(0, act)
        self.show_acts(has_patron)
        self.table.select_first()

    def mark_undone(self, lines: Sequence[int], has_patron: bool) -> None:
        """Show that acts were taken back."""
        for act in self._acts:
            act.undone = act.undone or act.id in lines
        self.show_acts(has_patron)

    def standing(self) -> list[Done]:
        """The acts that were not taken back."""
        return [act.done for act in self._acts if not act.undone]

    def lent(self) -> set[str]:
        """The copies that were lent, renewed or moved here and are out as far as is known here."""
        out: set[str] = set()
        for done in reversed(self.standing()):
            if done.act in _OUT:
                out.add(done.barcode)
            else:
                out.discard(done.barcode)
        return out

    def show_acts(self, has_patron: bool) -> None:
        """List and count them; with none, say what a scan would do."""
        rows = [act_row(act) for act in self._acts]
        standing = [done.act for done in self.standing()]
        note = _("{lent} lent · {returned} returned").format(
            lent=standing.count("lent"), returned=standing.count("returned")
        )
        self.set_title(_("This transaction"), note if rows else "")
        self.table.set_empty(
            _("Scan a copy to lend it.")
            if has_patron
            else _("Scan a card to lend, or a copy to take it back.")
        )
        self.table.set_rows(rows)


class HandCard(Card):
    """What the open patron has on loan; Enter renews the chosen one."""

    def __init__(self, renew: Callable[[], None]) -> None:
        super().__init__(_("Out on loan"), flush=True)
        self.table = Table(
            [
                Column(_("Title"), "title", stretch=True),
                Column(_("Copy"), "barcode"),
                Column(_("Due"), "due", kind="pill"),
                Column(_("Renewed"), "renewals", kind="number", optional=True),
            ],
            on_open=lambda row: renew(),
            empty=_("Nothing out on loan."),
            name=_("Out on loan"),
        )
        self.body.addWidget(self.table)

    def show_loans(
        self, loans: Sequence[PatronLoan], today: date, late: Mapping[int, Late]
    ) -> None:
        """List and count them."""
        self.set_title(_("Out on loan"), str(len(loans)))
        self.table.set_rows([hand_row(loan, today, late) for loan in loans])
