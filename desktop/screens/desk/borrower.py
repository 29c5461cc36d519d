"""Who stands at the desk: name, card, loans of the limit, what to know before lending."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from database.patrons.finding import PatronRow
from database.text import phones
from desktop.widgets.avatar import Avatar
from desktop.widgets.buttons import Button
from desktop.widgets.card import Band, Card
from desktop.widgets.line_edit import LineEdit
from desktop.widgets.meter import Meter
from desktop.widgets.pill import Pill, PillLabel
from desktop.widgets.text import Elided, label
from desktop.words.language import _, date_plain, date_short, money, ngettext


class BorrowerCard(Card):
    """`allow(reason)` is called when a reason was given for an exception."""

    def __init__(
        self,
        allow: Callable[[str], None],
        history: Callable[[], None],
        finish: Callable[[], None],
    ) -> None:
        super().__init__()
        self._allow = allow
        self._face = Avatar()
        self._name, self._about = label("", "cardTitle", wrap=True), Elided("", "small")
        self._pill = PillLabel()
        self._meter, self._of = Meter(), label("", "strong")
        self._band, self._phone = Band(), Elided("", "muted")
        self._remark = label("", "small", wrap=True)
        self._owed = label("", "strong", wrap=True)
        self._reason = LineEdit()
        self._reason.setAccessibleName(_("Reason"))
        self._reason.setPlaceholderText(_("Reason, then Enter"))
        self._reason.returnPressed.connect(self._given)
        self._reason.on_escape(self._leave)
        self._asked = Band(_("Why is it allowed this once?"), "warn")
        self._arrange(history, finish)
        self._stop_asking()

    def _arrange(self, history: Callable[[], None], finish: Callable[[], None]) -> None:
        head, who = QHBoxLayout(), QVBoxLayout()
        head.setSpacing(12)
        who.setSpacing(2)
        who.addWidget(self._name)
        who.addWidget(self._about)
        who.addWidget(self._pill)
        head.addWidget(self._face)
        head.addLayout(who, 1)
        loans = QHBoxLayout()
        loans.addWidget(label(_("Loans"), "label"))
        loans.addStretch(1)
        loans.addWidget(self._of)
        self.body.addLayout(head)
        self.body.addLayout(loans)
        rest = (
            self._meter,
            self._band,
            self._owed,
            self._phone,
            self._remark,
            self._asked,
            self._reason,
        )
        for widget in rest:
            self.body.addWidget(widget)
        self.body.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addWidget(Button(_("History"), history, small=True))
        buttons.addStretch(1)
        buttons.addWidget(Button(_("Finish"), finish, key="back", small=True))
        self.body.addLayout(buttons)

    def show_patron(
        self, patron: PatronRow, limit: int, late: int, today: date, owed: int = 0
    ) -> None:
        """Fill the card; `late` is how many of the loans are overdue, `owed` is in rupiah."""
        text = _("Owes {amount} (F9)")
        self._owed.setText(text.format(amount=money(owed)))
        self._owed.setVisible(bool(owed))
        self._face.set_name(patron.name)
        self._name.setText(patron.name)
        about = [patron.number, patron.category_name, patron.unit or patron.institution]
        self._about.set_text(" · ".join(part for part in about if part))
        self._pill.set_pill(validity(patron, today))
        self._of.setText(_("{open} of {limit}").format(open=patron.open_loans, limit=limit))
        full = patron.open_loans >= limit
        self._meter.set(patron.open_loans / max(limit, 1), "warn" if full else None)
        blocked = patron.is_blocked(today) or patron.is_suspended(today)
        self._band.set(self._warning(patron, late, today), "bad" if blocked else "warn")
        self._phone.set_text(phones.shown(patron.phone))
        self._phone.setVisible(bool(patron.phone))
        self._remark.setText(patron.note)
        self._remark.setVisible(bool(patron.note))
        self._stop_asking()

    def _warning(self, patron: PatronRow, late: int, today: date) -> str:
        if patron.is_blocked(today):
            if patron.blocked_until:
                text = _("May not borrow until {day}: {why}")
                day = date_short(patron.blocked_until)
                return text.format(day=day, why=patron.blocked_reason)
            return _("May not borrow: {why}").format(why=patron.blocked_reason)
        if patron.suspended_until and patron.is_suspended(today):
            text = _("Returned late: may not borrow until {day} (Ctrl+T lifts it).")
            return text.format(day=date_plain(patron.suspended_until))
        if late:
            return ngettext("{n} loan is overdue.", "{n} loans are overdue.", late).format(n=late)
        return ""

    def ask_reason(self) -> None:
        """Ask, on the card itself, why an exception is made."""
        self._asked.setVisible(True)
        self._reason.setVisible(True)
        self._reason.clear()
        self._reason.setFocus()

    def _stop_asking(self) -> None:
        self._asked.setVisible(False)
        self._reason.setVisible(False)

    def _leave(self) -> bool:
        """Esc leaves the question, not the transaction."""
        self._stop_asking()
        self._allow("")
        return True

    def _given(self) -> None:
        reason = self._reason.text()
        self._stop_asking()
        self._allow(reason)


def validity(patron: PatronRow, today: date) -> Pill:
    """Until when a card is good."""
    if patron.ended_on and patron.ended_on <= today:
        return Pill(_("no longer a member"), "bad")
    if patron.valid_until is None:
        return Pill(_("active"), "good")
    if patron.valid_until < today:
        return Pill(_("ended {day}").format(day=date_plain(patron.valid_until)), "bad")
    soon = (patron.valid_until - today).days <= 14
    text = _("Active until {day}").format(day=date_plain(patron.valid_until))
    return Pill(text, "warn" if soon else "good")
