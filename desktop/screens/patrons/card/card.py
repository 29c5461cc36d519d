"""One patron: who it is, the form, what is out on loan and what was, notes, and what is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from database.circulation.hold_lists import HoldRow
from database.patrons.finding import PatronLoan, PatronRow
from database.patrons.membership import Category
from database.policy.lateness import Late
from database.text import own_values, phones
from database.text.own_values import OwnRow
from database.vocabulary import NO_VALUES
from desktop.forms.own import fields as own
from desktop.screens.patrons.card import fields, loans
from desktop.screens.patrons.card.face import Face
from desktop.screens.patrons.card.standing import state
from desktop.widgets.buttons import Button
from desktop.widgets.card import Band, Card
from desktop.widgets.completion import by_keys
from desktop.widgets.keys import Key
from desktop.widgets.one_bar import OneBar
from desktop.widgets.pages import Pages
from desktop.widgets.pill import Pill, PillLabel
from desktop.widgets.tabs import Tabs
from desktop.widgets.text import Elided, tip
from desktop.words.language import _

DETAILS, HISTORY, NOTES, PERSONAL = range(4)
_PHOTOGRAPHED = ("staff", "student", "public")


class PatronCard(Card):
    """Shows a patron or an empty form; `changed` when something is typed. What else can be
    done with a patron is added with `add_act`."""

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
        self._units = QStringListModel(self)
        self._complete_units()
        self.save_button = Button(_("Save"), save, key="save", needs="patrons")
        self.discard_button = Button("", discard, icon="undo-2", kind="quiet")
        self.discard_button.setToolTip(_("Discard"))
        self.discard_button.setAccessibleName(_("Discard"))
        self.renew_button = Button(_("Renew"), renew, key="extend", small=True, needs="patrons")
        self.lend_button = Button(_("Lend"), lend, key="lend", small=True, needs="desk")
        self.more_button = Button("", self._open_more, icon="ellipsis", small=True)
        self.more_button.setToolTip(_("More"))
        self.more_button.setAccessibleName(_("More"))
        self.face, self._name = Face(), Elided("", "cardTitle")
        self._kind, self._state = PillLabel(), PillLabel()
        self._new = True
        self._own: list[OwnRow] = []
        self._own_part: QWidget | None = None
        self._draft = Band(narrow=True)
        self._audiences: dict[str, str] = {}
        self._acts: list[tuple[Key, Callable[[], bool]]] = []
        self._buttons = QHBoxLayout()
        self.bands = QVBoxLayout()
        self._arrange()
        self.form.changed.connect(self._typed)
        self.form.left.connect(self._left)

    def add_act(
        self, act: Key, when: Callable[[], bool] = lambda: True, *, main: bool = False
    ) -> Button | None:
        """Offer something that can be done with the patron shown: `main` as a button beside
        Renew, else in the menu, which has it `when` that is possible."""
        if not main:
            self._acts.append((act, when))
            return None
        button = Button.of(act, small=True)
        self._buttons.insertWidget(self._buttons.count() - 1, button)
        return button

    def add_page(self, name: str, page: QWidget) -> int:
        """One more page with its tab, hidden at first; its place."""
        place = self.tabs.addTab(name)
        self.tabs.setTabVisible(place, False)
        self._pages.addWidget(page)
        return place

    def _arrange(self) -> None:
        head, who, pills = QHBoxLayout(), QVBoxLayout(), QHBoxLayout()
        head.setSpacing(12)
        who.setSpacing(4)
        pills.setSpacing(6)
        for pill in (self._kind, self._state):
            pills.addWidget(pill)
        pills.addStretch(1)
        who.addWidget(self._name)
        who.addLayout(pills)
        self._buttons.setSpacing(6)
        for button in (self.renew_button, self.lend_button, self.more_button):
            self._buttons.addWidget(button)
        head.addWidget(self.face)
        head.addLayout(who, 1)
        head.addLayout(self._buttons)
        self.bands.setSpacing(6)
        self.bands.addWidget(self._draft)
        for part in (head, self.bands):
            self.body.addLayout(part)
        self._arrange_pages()

    def _arrange_pages(self) -> None:
        """Tabs at the left and, in the same row, what is done with the form at the right. They
        stand above all pages, so that each has the whole card below them."""
        self.tabs = Tabs()
        self._pages = Pages()
        self.loans = loans.loan_table(_("Out on loan"), _("Nothing out on loan."), _("Due"))
        self.history = loans.loan_table(_("History"), _("Nothing borrowed yet."), _("Returned"))
        notes = OneBar(self._notes())
        for name, page in (
            (_("Details"), OneBar(self._details())),
            (_("History"), self.history),
            (_("Notes"), notes),
            (_("Personal data"), OneBar(self.personal)),
        ):
            self.tabs.addTab(name)
            self._pages.addWidget(page)
        self.tabs.currentChanged.connect(self._pages.setCurrentIndex)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.tabs, 1, Qt.AlignmentFlag.AlignBottom)
        for button in (self.discard_button, self.save_button):
            row.addWidget(button)
        self.body.addLayout(row)
        self.body.addWidget(self._pages, 1)

    def _details(self) -> QWidget:
        """Who it is and, below it, what is out on loan."""
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.form)
        column.addWidget(self.loans, 1)
        return page

    def _notes(self) -> QWidget:
        """What the library declared itself, and below it what is noted besides."""
        page = QWidget()
        self._own_place = QVBoxLayout(page)
        self._own_place.setContentsMargins(0, 0, 0, 0)
        self._own_place.setSpacing(10)
        self._own_place.addWidget(fields.apart(self.form))
        self._own_place.addStretch(1)
        return page

    def _declare(self, declared: Sequence[OwnRow]) -> None:
        self._own = list(declared)
        if not own.declare(self.form, self._own):
            return
        if self._own_part is not None:
            self._own_part.deleteLater()
        self._own_part = self.form.part(own.rows(self._own))
        self._own_place.insertWidget(0, self._own_part)
        fields.show_fields(self.form, self.audience(), new=self._new)

    def _open_more(self) -> None:
        self.menu_of().popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    def menu_of(self) -> QMenu:
        """What else can be done with the patron shown."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for act in (act for act, when in self._acts if when()):
            menu.addAction(act.label + (f"\t{act.shown}" if act.sequence else ""), act.slot)
        return menu

    def _complete_units(self) -> None:
        line = self.form.input("unit")
        completer = QCompleter(self._units, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        line.setCompleter(completer)
        by_keys(line, completer)

    def offer(
        self, categories: Sequence[Category], units: Sequence[str], declared: Sequence[OwnRow] = ()
    ) -> None:
        """The library's kinds of patrons and the fields that it declared itself, and the units
        known so far as suggestions."""
        self._declare(declared)
        self._audiences = {one.code: one.audience for one in categories}
        self.form.set_options("category", [(one.code, one.name) for one in categories])
        self._units.setStringList(list(units))

    def audience(self) -> str:
        """Of the kind chosen in the form."""
        return self._audiences.get(self.form.value("category") or "", "staff")

    def show_patron(
        self,
        patron: PatronRow | None,
        today: date,
        codes: Sequence[str] = (),
        photo: bytes | None = None,
        kind: str = "",
    ) -> None:
        """Fill the card with a patron, or empty it for a new one, perhaps of a `kind`."""
        if patron is not None and patron.category not in self._audiences:
            # A kind switched off is still the kind of those who have it.
            self._audiences[patron.category] = patron.audience
            self.form.input("category").addItem(patron.category_name, patron.category)
        self._new = patron is None
        values = fields.values_of(patron, tuple(codes))
        stored = own_values.unpacked(patron.own if patron else NO_VALUES)
        values |= own.shown(self.form, self._own, stored)
        if patron is None and kind in self._audiences:
            values["category"] = kind
        self.form.set_values(values)
        fields.show_fields(self.form, self.audience(), new=self._new)
        self._buttons_shown(patron is not None)
        self._draft.set("")
        self._show_head(patron, today)
        allowed = patron is not None and patron.audience in _PHOTOGRAPHED
        self.face.show_face(patron.name if patron else "", photo, allowed=allowed)
        self._typed("")

    def _buttons_shown(self, known: bool) -> None:
        for at in range(self._buttons.count()):
            item = self._buttons.itemAt(at)
            widget = item.widget() if item else None
            if widget is not None:
                widget.setVisible(known)
        for page in (HISTORY, PERSONAL):
            self.tabs.setTabVisible(page, known)
        self.loans.setVisible(known)
        if not known:
            for page in range(PERSONAL + 1, self.tabs.count()):
                self.tabs.setTabVisible(page, False)
            self.tabs.setTabText(DETAILS, _("Details"))
            self.tabs.setCurrentIndex(DETAILS)

    def _show_head(self, patron: PatronRow | None, today: date) -> None:
        self.face.setVisible(patron is not None)
        if patron is None:
            self._name.set_text(_("New patron"))
            self._kind.set_pill(None)
            self._state.set_pill(None)
            return
        self._name.set_text(patron.name)
        self._kind.set_pill(Pill(patron.category_name, "info"))
        self._state.set_pill(state(patron, today))
        self._state.setToolTip(tip(patron.blocked_reason))

    def say_restored(self) -> None:
        """What stands here was typed earlier and is not saved."""
        self._draft.set(_("Typed earlier and not saved yet."), "warn")
        fields.show_fields(self.form, self.audience(), new=self._new)
        self._typed("")

    def show_loans(
        self,
        in_hand: Sequence[PatronLoan],
        past: Sequence[PatronLoan],
        today: date,
        held: Sequence[HoldRow] = (),
        late: Mapping[int, Late] | None = None,
    ) -> None:
        """Fill the two lists and count them on their tabs; what is waited for stands last."""
        self.loans.set_rows([*loans.open_rows(in_hand, today, late or {}), *loans.hold_rows(held)])
        self.history.set_rows(loans.past_rows(past))
        self.tabs.setTabText(DETAILS, _("Details and loans {n}").format(n=len(in_hand)))
        self.tabs.setTabText(HISTORY, _("History {n}").format(n=len(past)))

    def is_right(self) -> bool:
        """Show what is wrong and go there, on whichever page it stands."""
        right = self.form.validate()
        if not right:
            self.go_to(next(iter(self.form.errors())))
        return right

    def go_to(self, key: str) -> None:
        """Put the focus on a field, in sight."""
        self.tabs.setCurrentIndex(NOTES if fields.is_apart(key) else DETAILS)
        self.form.focus(key)

    def _typed(self, key: str) -> None:
        if key in ("category", "child"):
            fields.show_fields(self.form, self.audience(), new=self._new)
            self.form.focus(key)
        for name in [key] if key else fields.WATCHED:
            if fields.is_watched(name):
                self._warn(name)
        dirty = self.form.is_dirty()
        self.save_button.setEnabled(dirty)
        self.save_button.set_kind("primary" if dirty else "outlined")
        self.discard_button.setVisible(dirty)
        self.changed.emit()

    def _warn(self, name: str) -> None:
        """A gentle word below what seems to be a patient's number; never a refusal."""
        self.form.offer(name, "", "")
        words = fields.warning(str(self.form.value(name) or ""))
        if words:
            self.form.offer(name, words)

    def _left(self, key: str) -> None:
        """A telephone number is shown in the one form it is kept in."""
        if key != "phone":
            return
        typed = str(self.form.value("phone") or "")
        neat = phones.shown(phones.normal(typed))
        if neat != typed:
            self.form.put("phone", neat)
        odd = bool(typed) and not phones.is_number(typed)
        self.form.offer("phone", _("Not a telephone number? Kept as typed.") if odd else "")
