"""The patrons' place: the list at the left, the chosen one at the right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from database.circulation import hold_lists
from database.patrons import finding, membership, numbers, photos
from database.patrons.finding import PatronRow
from database.patrons.likeness import Likeness
from database.policy import drafts, units
from desktop import pc
from desktop.drafts import Draft
from desktop.forms.acts import BinDialog
from desktop.forms.own import fields as own
from desktop.program import Program
from desktop.screen import Key
from desktop.screens.patrons import acts, arranging, doubles, group, money
from desktop.screens.patrons.card.card import PatronCard
from desktop.screens.patrons.chosen import ChosenActs
from desktop.screens.patrons.host import Patrons
from desktop.screens.patrons.listing import PatronList
from desktop.screens.patrons.personal.personal import PersonalData
from desktop.screens.patrons.printing import PatronPapers
from desktop.screens.patrons.rotation.rotation import RotationPage
from desktop.screens.patrons.saving import Saving
from desktop.widgets.buttons import Button
from desktop.widgets.card import heading
from desktop.widgets.pages import Pages
from desktop.words.language import N_, _

(NOBODY, ONE, SEVERAL), (EVERYONE, ROTATION, PAPERS) = range(3), range(3)
_CARED_FOR = frozenset({"patient", "family"})
"""Of whom nothing is kept that was not saved."""


class PatronsScreen(Patrons):
    """Find, enrol, change. Nothing typed is lost: it is kept as a draft of its patron."""

    title = N_("Patrons")
    shows = frozenset({
        "Patron", "PatronCategory", "Unit", "OwnField", "Loan", "Clearance", "Hold", "Charge",
    })  # fmt: skip

    def __init__(self, program: Program) -> None:
        super().__init__()
        self.program = program
        self.patron: PatronRow | None = None
        self._chosen = ChosenActs(self)
        self.list = PatronList(program, self.new)
        self.papers = PatronPapers(program, self, self._open_paper)
        self.personal = PersonalData(program, self, self.papers.show_paper)
        self.card = PatronCard(self.save, self.renew, self.lend, self.discard, self.personal)
        self.draft = Draft(
            self.card.form, program.drafts, may=lambda: self.card.audience() not in _CARED_FOR
        )
        self.doubles = doubles.Doubles(self.card.form, self._alike, self._open_known, self.save)
        self._saving = Saving(self, self.doubles)
        self.card.bands.addWidget(self.doubles.band)
        self.several = group.Several(self.renew, self._chosen.merge_both)
        new = Key("new", _("New patron"), self.new, needs="patrons")
        self.new_button = Button.of(new, kind="primary")
        self.card_button = Button(_("Print cards"), self.print_cards, key="print")
        self.rotation = RotationPage(program, self)
        self._arrange()
        self.card.add_act(Key("", _("Clearance letter…"), self.personal.write_letter))
        self.money = money.Money(self, self.papers.show_paper)
        self.card.add_act(*acts.lifting(self))
        self.card.add_act(*acts.merging(self))
        self._connect()

    def _connect(self) -> None:
        self.list.chosen.connect(self._choose)
        self.list.several.connect(self._show_several)
        self.list.opened.connect(lambda: self.card.go_to("name"))
        self.card.changed.connect(self._show_primary)
        self.papers.closed.connect(self._close_page)
        self.personal.forgotten.connect(self._forgotten)
        self.card.face.chosen.connect(self._chosen.put_photo)
        self.card.face.removed.connect(lambda: self._chosen.put_photo(None))
        unreadable = _("This is no picture that can be read. Choose a PNG or JPEG file.")
        self.card.face.unreadable.connect(lambda: self.notice.look(unreadable))
        self.rotation.finished.connect(self._close_page)
        self.rotation.asked_for.connect(self._look_at)

    def _arrange(self) -> None:
        self.pages = Pages()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pages)
        self.side = Pages()
        for page in (arranging.nobody(), self.card, self.several):
            self.side.addWidget(page)
        many = map(Button.of, (arranging.bring_in(self), arranging.rotation(self)))
        head = heading(_("Patrons"), *many, self.card_button, self.new_button)
        main = arranging.main_page(head, self.list, self.side)
        for whole_page in (main, self.rotation, arranging.inset(self.papers)):
            self.pages.addWidget(whole_page)

    def keys(self) -> list[Key]:
        """What can be done here."""
        at = self.pages.currentIndex()
        if at != EVERYONE:
            return self.rotation.page_keys() if at == ROTATION else self.papers.keys()
        return [
            Key("find", _("Find a patron"), self.list.search_box.line.setFocus),
            Key("new", _("New patron"), self.new, needs="patrons"),
            Key("save", _("Save"), self.save, needs="patrons"),
            Key("extend", _("Renew membership"), self.renew, needs="patrons"),
            Key("lend", _("Lend to this patron"), self.lend, needs="desk"),
            Key("print", _("Print cards"), self.print_cards),
            Key("", _("Check a letter"), lambda: acts.check_letter(self.program, self)),
            Key("back", _("Back to the list"), self.back),
            arranging.bring_in(self),
            arranging.rotation(self),
            Key("", _("Merge with another record…"), self.merge, needs="catalogue"),
            Key("", _("Bin: what was struck or withdrawn…"), self.open_bin, needs="strike"),
            Key("", _("What was done to this record…"), lambda: acts.show_history(self)),
        ]

    def focus_first(self) -> None:
        """To the search."""
        if self.pages.currentIndex() == ROTATION:
            self.rotation.focus_first()
        elif self.pages.currentIndex() == EVERYONE:
            self.list.search_box.line.setFocus()

    def arrive(self, what: Any) -> None:
        """ "new", "rotation", ("patron", id), or a text to search for."""
        if what == "rotation":
            self.open_rotation()
        elif what == "new":
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
        """The cards of those chosen, or of all in the list."""
        chosen = list(self.several_ids()) or ([self.patron.id] if self.patron else [])
        self.papers.show_cards(chosen, [row["id"] for row in self.list.table.rows()])

    def _open_paper(self) -> None:
        if self.pages.currentIndex() != PAPERS:
            self._open_page(PAPERS)

    def _open_page(self, page: int) -> None:
        self.draft.keep()
        self.pages.setCurrentIndex(page)
        self.renew_keys()

    def _close_page(self) -> None:
        self.pages.setCurrentIndex(EVERYONE)
        self.renew_keys()
        self._reload()
        self.list.enter()

    def _look_at(self, patron_id: int) -> None:
        """Somebody who is not in a list any more; the list goes on with "New rotation…"."""
        self._close_page()
        self._find(patron_id)

    def _forgotten(self) -> None:
        """Nobody is shown, and nothing typed about the person is kept."""
        self.draft.drop()
        self.card.form.mark_clean()
        self._show(None)
        self.list.reload()

    def open_bin(self) -> None:
        """What was taken away in the last days, to bring it back."""
        BinDialog(self.program, self).exec()
        self.list.enter()

    # --- the chosen one

    def reload(self) -> None:
        """Read the list and the chosen patron anew; what is being typed stays."""
        read = self.program.read
        kinds = read(membership.categories)
        self.card.offer(kinds, read(units.names), read(own.of_patrons))
        self.list.offer(kinds)
        self.list.reload()
        if self.patron is None or self.side.currentIndex() == SEVERAL:
            return
        if self.card.form.is_dirty():
            self._show_loans(self.patron.id)
        else:
            self._show(self._read(self.patron.id))

    def _read(self, patron_id: int) -> PatronRow | None:
        return self.program.read(lambda session: finding.one(session, patron_id))

    def _find(self, patron_id: int) -> None:
        self.list.pick(patron_id)
        self._choose(patron_id)

    def _choose(self, patron_id: int) -> None:
        """Show a patron; what stands unsaved on another stays as a draft."""
        if self.is_editing() and self.patron is not None and self.patron.id == patron_id:
            return
        self.draft.keep()
        self._show(self._read(patron_id))
        if self.patron is not None and self.draft.begin(drafts.of_patron(patron_id)):
            self.card.say_restored()

    def _show(self, patron: PatronRow | None) -> None:
        self.patron = patron
        self.draft.show(drafts.of_patron(patron.id) if patron else "")
        self.doubles.forget()
        self.side.setCurrentIndex(NOBODY if patron is None else ONE)
        if patron is not None:
            self._fill(patron)
            self._show_loans(patron.id)
        self.personal.show_patron(patron)
        self._show_primary()

    def _fill(self, patron: PatronRow) -> None:
        codes = self.program.read(lambda s: numbers.of(s, patron.id))
        photo = self.program.read(lambda s: photos.of(s, patron.id))
        self.card.show_patron(patron, self._today(), codes, photo)

    def _show_several(self, ids: list[int]) -> None:
        self.draft.keep()
        self.several.say(len(ids))
        self.side.setCurrentIndex(SEVERAL)
        self._show_primary()

    def _today(self) -> date:
        return self.program.now().date()

    def _show_loans(self, patron_id: int) -> None:
        loans = self.program.read(lambda s: finding.loans_in_hand(s, patron_id))
        past = self.program.read(lambda s: finding.history(s, patron_id))
        held = self.program.read(lambda s: hold_lists.of_patron(s, patron_id))
        late = self.program.read(lambda s: finding.late_in_hand(s, patron_id, self.program.now()))
        self.card.show_loans(loans, past, self._today(), held, late)
        self.money.show(patron_id)

    def is_editing(self) -> bool:
        """Whether the form of one patron is in sight."""
        return self.side.currentIndex() == ONE

    def several_ids(self) -> Sequence[int]:
        """The patrons chosen where they are several, else none."""
        several = self.side.currentIndex() == SEVERAL
        return self.list.table.selected_ids() if several else []

    def _show_primary(self) -> None:
        """One filled button: to save while something is typed, else to enrol."""
        typing = self.is_editing() and self.card.form.is_dirty()
        self.new_button.set_kind("outlined" if typing else "primary")

    def new(self) -> None:
        """An empty form, or the one begun earlier."""
        if self._stale:
            self._reload()
        self.draft.keep()
        self.patron = None
        self.list.table.select_ids([])
        self._show_empty()
        self.side.setCurrentIndex(ONE)
        if self.draft.begin("patron-new"):
            self.card.say_restored()
        self.card.go_to("name")

    def _show_empty(self) -> None:
        """The kind enrolled last comes first to mind again: rotations come in groups."""
        self.doubles.forget()
        kind = self.program.pc.get(pc.LAST_KIND)
        self.card.show_patron(None, self._today(), kind=kind)

    def discard(self) -> None:
        """Forget what was typed and show what is saved."""
        self.draft.drop()
        if self.patron is None:
            self._show_empty()
        else:
            self._fill(self.patron)
        self.card.go_to("name")

    def back(self) -> None:
        """Esc: to the list; what was typed is kept."""
        box = self.list.search_box.line
        if box.hasFocus():
            box.clear()
            return
        if self.is_editing() and self.card.form.is_dirty():
            self.draft.keep()
            kept = self.card.audience() not in _CARED_FOR
            text = _("Not saved yet; what was typed is kept until you come back.")
            self.notice.look(text if kept else _("Not saved yet: save it before another is shown."))
        if self.patron:
            self.list.enter()
        else:
            box.setFocus()

    # --- acts

    def save(self) -> None:
        """Enrol or change; what is wrong is told beside its field."""
        self._saving.save()

    def show_one(self, patron_id: int) -> None:
        """Read a patron anew and select it."""
        self._show(self._read(patron_id))
        self.list.reload()
        self.list.pick(patron_id)

    def _alike(self) -> list[Likeness]:
        """Only asked of persons not enrolled yet."""
        if self.patron is not None or self.card.audience() == "place":
            return []
        return acts.alike(self.program, doubles.facts_to_compare(self.card.form))

    def _open_known(self, patron_id: int) -> None:
        """The one typed is a member already: what was typed is not needed."""
        self.draft.drop()
        self.card.form.mark_clean()
        self._find(patron_id)
        self.list.enter()

    def renew(self) -> None:
        """Lengthen the membership by what its kind allows; of several, ask how long."""
        self._chosen.renew()

    def merge(self) -> None:
        """Choose another record of the one shown, and make the two one."""
        self._chosen.merge()

    def open_rotation(self) -> None:
        """A list of people, on a page of its own."""
        self._open_page(ROTATION)
        self.rotation.open()

    def lend(self) -> None:
        """To the desk with this patron."""
        self._chosen.lend()
