"""One patron: who it is, the form, what is out on loan and what was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from database.membership import Category, PatronLoan, PatronRow
from desktop.language import _, date_plain, date_short, ngettext
from desktop.screens.patrons import fields
from desktop.widgets.buttons import Button
from desktop.widgets.card import Avatar, Band, Card
from desktop.widgets.flow import Flow
from desktop.widgets.pill import Pill, PillLabel
from desktop.widgets.table import Column, Table
from desktop.widgets.text import Elided, label


class PatronCard(Card):
    """Shows a patron or an empty form; `changed` when something is typed."""

    changed = Signal()

    def __init__(
        self,
        save: Callable[[], object],
        renew: Callable[[], object],
        lend: Callable[[], object],
        discard: Callable[[], object],
        personal: QWidget,
    ) -> None:
        super().__init__()
        self.personal = personal
        self.form = fields.make_form()
        self.save_button = Button(_("Save"), save, key="Ctrl+S")
        self.discard_button = Button(_("Discard"), discard, kind="quiet")
        self.renew_button = Button(_("Renew membership"), renew, key="F8", small=True)
        self.lend_button = Button(_("Circulation"), lend, key="F4", small=True)
        self._face, self._name = Avatar(), Elided("", "cardTitle")
        self._kind, self._state = PillLabel(), PillLabel()
        self._draft = Band()
        self._audiences: dict[str, str] = {}
        self._arrange()
        self.form.changed.connect(self._typed)

    def _arrange(self) -> None:
        head, who, pills = QHBoxLayout(), QVBoxLayout(), QHBoxLayout()
        head.setSpacing(12)
        who.setSpacing(4)
        pills.setSpacing(6)
        pills.addWidget(self._kind)
        pills.addWidget(self._state)
        pills.addStretch(1)
        who.addWidget(self._name)
        who.addLayout(pills)
        head.addWidget(self._face)
        head.addLayout(who, 1)
        self.body.addLayout(head)
        self.body.addLayout(Flow(self.renew_button, self.lend_button))
        self.body.addWidget(self._draft)
        self.body.addWidget(self.form)
        foot = QHBoxLayout()
        foot.addWidget(label(_("* required"), "small"))
        foot.addStretch(1)
        foot.addWidget(self.discard_button)
        foot.addWidget(self.save_button)
        self.body.addLayout(foot)
        self._arrange_loans()
        self.body.addStretch(0)

    def _arrange_loans(self) -> None:
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.addTab("")
        self.tabs.addTab("")
        self._lists = QStackedWidget()
        self.loans = _loan_table(_("Out on loan"), _("Nothing out on loan."), _("Due"))
        self.history = _loan_table(_("History"), _("Nothing borrowed yet."), _("Returned"))
        self._lists.addWidget(self.loans)
        self._lists.addWidget(self.history)
        self.tabs.addTab(_("Personal data"))
        self._lists.addWidget(self.personal)
        self.tabs.currentChanged.connect(self._lists.setCurrentIndex)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self._lists, 1)

    def offer(self, categories: Sequence[Category], units: Sequence[str]) -> None:
        """The library's kinds of patrons, and the units known so far as suggestions."""
        self._audiences = {one.code: one.audience for one in categories}
        self.form.set_options("category", [(one.code, one.name) for one in categories])
        completer = QCompleter(list(units), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.form.input("unit").setCompleter(completer)

    def audience(self) -> str:
        """Of the kind chosen in the form."""
        return self._audiences.get(self.form.value("category") or "", "staff")

    def show_patron(self, patron: PatronRow | None, today: date) -> None:
        """Fill the card with a patron, or empty it for a new one."""
        self.form.set_values(fields.values_of(patron))
        fields.show_fields(self.form, self.audience())
        for part in (self.renew_button, self.lend_button, self.tabs, self._lists):
            part.setVisible(patron is not None)
        self._draft.set("")
        self._show_head(patron, today)
        self._typed("")

    def _show_head(self, patron: PatronRow | None, today: date) -> None:
        if patron is None:
            self._name.set_text(_("New patron"))
            self._face.hide()
            self._kind.set_pill(None)
            self._state.set_pill(None)
            return
        self._name.set_text(patron.name)
        self._face.show()
        self._face.set_name(patron.name)
        self._kind.set_pill(Pill(patron.category_name, "info"))
        self._state.set_pill(state(patron, today))

    def say_restored(self) -> None:
        """What stands here was typed earlier and is not saved."""
        self._draft.set(_("Typed earlier and not saved yet."), "warn")
        fields.show_fields(self.form, self.audience())
        self._typed("")

    def show_loans(
        self, loans: Sequence[PatronLoan], past: Sequence[PatronLoan], today: date
    ) -> None:
        """Fill the two lists and count them on their tabs."""
        self.loans.set_rows([_loan_row(loan, _due(loan.due_on, today)) for loan in loans])
        self.history.set_rows([_loan_row(loan, loan.returned_at) for loan in past])
        self.tabs.setTabText(0, _("Out on loan {n}").format(n=len(loans)))
        self.tabs.setTabText(1, _("History {n}").format(n=len(past)))

    def _typed(self, key: str) -> None:
        if key == "category":
            fields.show_fields(self.form, self.audience())
            self.form.focus("category")
        for name in ("name", "note"):
            self._hint(name)
        dirty = self.form.is_dirty()
        self.save_button.setEnabled(dirty)
        self.save_button.set_kind("primary" if dirty else "outlined")
        self.discard_button.setVisible(dirty)
        self.changed.emit()

    def _hint(self, name: str) -> None:
        """A gentle word beside what seems to be a patient's number; never a refusal."""
        found = fields.hint(str(self.form.value(name) or ""))
        self.form.set_pill(name, Pill(_("a patient's number?"), "warn") if found else None)
        words = _("Please leave out medical record, NIK and BPJS numbers.")
        self.form.input(name).setToolTip(words if found else "")


def state(patron: PatronRow, today: date) -> Pill:
    """Whether the membership is good, in a word."""
    if patron.blocked_reason:
        return Pill(_("may not borrow"), "bad")
    if patron.ended_on and patron.ended_on <= today:
        return Pill(_("no longer a member"), "bad")
    if patron.valid_until and patron.valid_until < today:
        return Pill(_("ended"), "bad")
    return Pill(_("active"), "good")


def _loan_table(name: str, empty: str, last: str) -> Table:
    return Table(
        [
            Column(_("Title"), "title", stretch=True),
            Column(_("Copy"), "barcode"),
            Column(_("Lent"), "lent", optional=True),
            Column(last, "last", kind="pill"),
        ],
        empty=empty,
        name=name,
    )


def _loan_row(loan: PatronLoan, last: Any) -> dict[str, Any]:
    return {
        "id": loan.id,
        "title": loan.title,
        "barcode": loan.barcode,
        "lent": date_plain(loan.lent_at.astimezone().date()),
        "last": last if isinstance(last, Pill | str) else date_short(last.astimezone().date()),
    }


def _due(due_on: date, today: date) -> Pill | str:
    days = (today - due_on).days
    if days > 0:
        late = ngettext("{day} · {n} day late", "{day} · {n} days late", days)
        return Pill(late.format(day=date_short(due_on), n=days), "bad")
    return Pill(_("due today"), "warn") if days == 0 else date_short(due_on)
