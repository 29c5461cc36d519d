"""The patrons' place: the list at the left, the chosen one at the right."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from database import clearance, journal, membership, undo
from database.membership import PatronRow
from database.refusal import Fault, Refusal
from desktop.drafts import Draft
from desktop.language import N_, _, date_long
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.patrons import fields
from desktop.screens.patrons.asking import CheckDialog
from desktop.screens.patrons.card import PatronCard
from desktop.screens.patrons.listing import PatronList
from desktop.screens.patrons.personal import PersonalData
from desktop.screens.patrons.printing import PatronPapers
from desktop.sentences import refusal
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card, heading
from desktop.widgets.empty import Empty


class PatronsScreen(Screen):
    """Find, enrol, change. Nothing typed is lost: it is kept as a draft of its patron."""

    title = N_("Patrons")
    shows = frozenset({"Patron", "Loan", "Clearance"})
    undoes = frozenset({"Patron", "Clearance"})

    def __init__(self, program: Program) -> None:
        super().__init__()
        self.program = program
        self.patron: PatronRow | None = None
        self.list = PatronList(program, self.new)
        self.papers = PatronPapers(program, self, self._open_paper)
        self.personal = PersonalData(program, self, self.papers.show_paper)
        self.card = PatronCard(self.save, self.renew, self.lend, self.discard, self.personal)
        self.draft = Draft(self.card.form, program.pc)
        self.new_button = Button(_("New patron"), self.new, key="Ctrl+N", kind="primary")
        self.card_button = Button(_("Print cards"), self.print_cards, key="Ctrl+P")
        self._arrange()
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(lambda: self.card.form.focus("name"))
        self.card.changed.connect(self._show_primary)
        self.papers.closed.connect(self._close_paper)
        self.personal.forgotten.connect(self._forgotten)

    def _arrange(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 16, 20, 8)
        self.stack = QStackedWidget()
        whole.addWidget(self.stack)
        everyone = QWidget()
        self.stack.addWidget(everyone)
        self.stack.addWidget(self.papers)
        column = QVBoxLayout(everyone)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(heading(_("Patrons"), self.card_button, self.new_button))
        self.side = QStackedWidget()
        nobody = Card()
        nobody.body.addWidget(
            Empty(_("Choose a patron at the left, or press Ctrl+N."), icon="user")
        )
        self.side.addWidget(nobody)
        self.side.addWidget(self.card)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.list, 6)
        row.addWidget(self.side, 7)
        column.addLayout(row, 1)

    def keys(self) -> list[Key]:
        """What can be done here."""
        if self.stack.currentWidget() is self.papers:
            return self.papers.keys()
        return [
            Key("F3", _("Find a patron"), self.list.search_box.line.setFocus),
            Key("Ctrl+N", _("New patron"), self.new),
            Key("Ctrl+S", _("Save"), self.save),
            Key("F8", _("Renew membership"), self.renew),
            Key("F4", _("Lend to this patron"), self.lend),
            Key("Ctrl+P", _("Print cards"), self.print_cards),
            Key("", _("Check a letter"), self.check_letter),
            Key("Esc", _("Back to the list"), self.back),
        ]

    def focus_first(self) -> None:
        """To the search."""
        self.list.search_box.line.setFocus()

    def arrive(self, what: Any) -> None:
        """ "new", ("patron", id), or a text to search for."""
        if what == "new":
            self.new()
        elif isinstance(what, tuple) and what[0] == "patron":
            self._find(int(what[1]))
        elif isinstance(what, str):
            self.list.search_box.set_text(what)

    def may_leave(self) -> bool:
        """Closing loses nothing: the draft is kept."""
        self.draft.keep()
        return True

    # --- papers

    def print_cards(self) -> None:
        """Ctrl+P: the card of the chosen one, or of all in the list."""
        chosen = [self.patron.id] if self.patron else []
        self.papers.show_cards(chosen, [row["id"] for row in self.list.table.rows()])

    def _open_paper(self) -> None:
        if self.stack.currentWidget() is not self.papers:
            self.draft.keep()
            self.stack.setCurrentWidget(self.papers)
            self.renew_keys()

    def _close_paper(self) -> None:
        self.stack.setCurrentIndex(0)
        self.renew_keys()
        self._reload()
        self.list.enter()

    def _forgotten(self) -> None:
        """Nobody is shown, and nothing typed about the person is kept."""
        self.draft.drop()
        self.card.form.mark_clean()
        self._show(None)
        self.list.reload()

    def check_letter(self) -> None:
        """Whether a letter somebody shows is ours."""
        read = self.program.read
        CheckDialog(self, lambda typed: read(lambda s: clearance.check(s, typed))).exec()

    # --- the chosen one

    def reload(self) -> None:
        """Read the list and the chosen patron anew; what is being typed stays."""
        kinds = self.program.read(membership.categories)
        self.card.offer(kinds, self.program.read(membership.units))
        self.list.offer(kinds)
        self.list.reload()
        if self.patron is None:
            return
        if self.card.form.is_dirty():
            self._show_loans(self.patron.id)
        else:
            self._show(self._read(self.patron.id))

    def _read(self, patron_id: int) -> PatronRow | None:
        return self.program.read(lambda session: membership.one(session, patron_id))

    def _find(self, patron_id: int) -> None:
        self.list.pick(patron_id)
        self._choose(patron_id)

    def _choose(self, patron_id: int) -> None:
        """Show a patron; what stands unsaved on another stays as a draft."""
        if self.patron is not None and self.patron.id == patron_id:
            return
        self.draft.keep()
        self._show(self._read(patron_id))
        if self.patron is not None and self.draft.begin(f"patron-{patron_id}"):
            self.card.say_restored()

    def _show(self, patron: PatronRow | None) -> None:
        self.patron = patron
        self.side.setCurrentIndex(0 if patron is None else 1)
        if patron is not None:
            self.card.show_patron(patron, self._today())
            self._show_loans(patron.id)
        self.personal.show_patron(patron)
        self._show_primary()

    def _today(self) -> date:
        return self.program.now().date()

    def _show_loans(self, patron_id: int) -> None:
        loans = self.program.read(lambda s: membership.loans_in_hand(s, patron_id))
        past = self.program.read(lambda s: membership.history(s, patron_id))
        self.card.show_loans(loans, past, self._today())

    def _editing(self) -> bool:
        return self.side.currentIndex() == 1

    def _show_primary(self) -> None:
        """One filled button: to save while something is typed, else to enrol."""
        typing = self._editing() and self.card.form.is_dirty()
        self.new_button.set_kind("outlined" if typing else "primary")

    def new(self) -> None:
        """Ctrl+N: an empty form, or the one begun earlier."""
        if self._stale:
            self._reload()
        self.draft.keep()
        self.patron = None
        self.list.table.select_ids([])
        self.card.show_patron(None, self._today())
        self.side.setCurrentIndex(1)
        if self.draft.begin("patron-new"):
            self.card.say_restored()
        self.card.form.focus("name")

    def discard(self) -> None:
        """Forget what was typed and show what is saved."""
        self.draft.drop()
        self.card.show_patron(self.patron, self._today())
        self.card.form.focus("name")

    def back(self) -> None:
        """Esc: to the list; what was typed is kept."""
        box = self.list.search_box.line
        if box.hasFocus():
            box.clear()
            return
        if self._editing() and self.card.form.is_dirty():
            self.draft.keep()
            self.notice.look(_("Not saved yet; what was typed is kept until you come back."))
        if self.patron:
            self.list.enter()
        else:
            box.setFocus()

    # --- acts

    def save(self) -> None:
        """Ctrl+S: enrol or change; what is wrong is told beside its field."""
        if not self._editing() or not self.card.form.validate():
            return
        values, before = self.card.form.values(), self.patron
        facts = fields.facts_of(values, self.card.audience(), before, self._today())
        now = self.program.now()
        try:
            saved = self.program.write(lambda s: _write(s, facts, before, now))
        except (Refusal, Fault) as told:
            self._tell_refusal(told)
            return
        self.draft.drop()
        self.card.form.mark_clean()
        self._show(self._read(saved))
        self.list.reload()
        self.list.pick(saved)
        self._tell_saved(before is None)

    def _tell_refusal(self, told: Refusal | Fault) -> None:
        self.notice.refused(refusal(told))
        key = fields.wrong_field(told, self.card.form.values()) if isinstance(told, Refusal) else ""
        if key in self.card.form.values():
            self.card.form.show_error(key, _("check this"))
            self.card.form.focus(key)

    def _tell_saved(self, is_new: bool) -> None:
        assert self.patron is not None
        text = _("Enrolled: {name}, number {number}") if is_new else _("Saved: {name}")
        self.notice.done(text.format(name=self.patron.name, number=self.patron.number))
        self.list.enter()

    def renew(self) -> None:
        """F8: lengthen the membership by what its kind allows."""
        if self.patron is None:
            self.notice.look(_("Choose a patron first."))
            return
        if self.card.form.is_dirty():
            self.notice.look(_("Save what was typed first, then renew."))
            return
        patron, now = self.patron, self.program.now()
        made = self.program.attempt(self, lambda s: _renew(s, patron.id, now))
        if made is None:
            return
        until, line = made
        text = _("{name} is a member without end now")
        if until:
            text = _("{name} is a member until {day} now")
        words_said = text.format(name=patron.name, day=date_long(until) if until else "")
        self.notice.done(words_said, undo=lambda: self._unrenew(patron, line))

    def _unrenew(self, patron: PatronRow, line: int) -> None:
        now = self.program.now()
        if self.program.attempt(self, lambda s: undo.undo(s, line, now)):
            self.notice.done(_("The renewal of {name} is undone").format(name=patron.name))

    def lend(self) -> None:
        """F4: to the desk with this patron."""
        if self.patron is None:
            self.notice.look(_("Choose a patron first."))
            return
        self.draft.keep()
        self.leave_for.emit("desk", ("patron", self.patron.number))


def _write(session: Any, facts: membership.PatronFacts, before: PatronRow | None, now: Any) -> int:
    if before is None:
        return membership.enrol(session, facts, now)
    membership.save(session, before.id, facts, now)
    return before.id


def _renew(session: Any, patron_id: int, now: Any) -> tuple[date | None, int]:
    until = membership.renew(session, patron_id, now)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    line = journal.latest(session, midnight, frozenset({"patron.renewed"}))
    assert line is not None
    return until, line.id
