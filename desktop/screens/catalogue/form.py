"""Describing a title, new or standing, with its first copies and its label."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from database import (
    callnumber,
    catalogue,
    headings,
    house,
    isbn,
    items,
    journal,
    marc,
    marc_form,
    settings,
)  # fmt: skip
from database.projection import project
from database.refusal import Fault, Reason, Refusal
from desktop.language import _, ngettext
from desktop.pages import labels
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.catalogue import copies, fields
from desktop.screens.catalogue.class_picker import FIELDS, ClassPicker, name_classes
from desktop.screens.catalogue.lookup import Lookup
from desktop.screens.catalogue.name_hints import NameHints
from desktop.screens.catalogue.new_copies import NewCopies
from desktop.screens.catalogue.page import Page, short, undo_lines
from desktop.screens.catalogue.preview import LabelPreview
from desktop.screens.catalogue.same_title import SameTitle
from desktop.sentences import refusal
from desktop.widgets.buttons import Button
from desktop.widgets.card import Band, Card, heading

_PAUSE_MS = 250
_FIELD_OF = {scheme: key for key, scheme in FIELDS.items()}
_FIELDS = {
    Reason.TITLE_MISSING: "title",
    Reason.BARCODE_TAKEN: "barcode",
    Reason.ACCESSION_TAKEN: "accession_number",
}


class TitlePage(Page):
    """`open_new` or `open_edit` first. Signals: `finished(title id or None)`,
    `labels_wanted(copy ids)` after "save and print labels", `again(slot)` to go on with
    what was typed."""

    labels_wanted = Signal(object)
    again = Signal(object)

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(program, host)
        self._number: int | None = None
        self._slot = "title/new"
        self._record = marc.Record()
        self._loaded: dict[str, str] = {}
        self._auto, self._own_call, self._restored = "", False, False
        self._style = callnumber.PLAIN
        self._loaded_call = ""
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._soon.timeout.connect(self.settle)
        self._build_head()
        self._build_bands()
        self._build_body()

    def _build_head(self) -> None:
        cancel, save, both, *_more = self.page_keys()
        head = heading("", Button.of(cancel), Button.of(save), Button.of(both, kind="primary"))
        self.column.addLayout(head)
        self._name: Any = head.itemAt(0).widget()  # type: ignore[union-attr]

    def _build_bands(self) -> None:
        self.same = SameTitle(self.program, self._add_copy)
        self.draft_band = Band(
            "", "warn", Button(_("Start afresh"), self._start_afresh, small=True)
        )
        self.column.addWidget(self.draft_band)
        self.column.addWidget(self.same)

    def _build_body(self) -> None:
        self.form = fields.title_form(self.program)
        self._add_pickers()
        self.names = NameHints(self.program, self.form)
        self.copies = NewCopies(self.program)
        inside = QWidget()
        inside.setObjectName("scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(14)
        column.addWidget(self.form)
        column.addWidget(self.copies)
        column.addStretch(1)
        self.scrolled = scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        card = Card()
        card.body.addWidget(scroll, 1)
        self.preview = LabelPreview(self.program)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(card, 1)
        row.addWidget(self.preview)
        self.column.addLayout(row, 1)
        self.lookup = Lookup(self, self.program, self._take_over)
        self._isbn = self.form.input("isbn")
        self._isbn.set_button(
            Button("", self.fetch, icon="download", kind="quiet", small=True,
                   tooltip=_("Fetch data for the ISBN (F5)"))
        )  # fmt: skip
        self._isbn.installEventFilter(self)
        self.form.changed.connect(self._typed)
        self.copies.changed.connect(lambda: self._typed("copies"))

    def _add_pickers(self) -> None:
        """The class fields have a button that does what F4 does."""
        for key in FIELDS:
            self.form.input(key).set_button(
                Button("", partial(self.pick_class, key), icon="search", kind="quiet", small=True,
                       tooltip=_("Find a class (F4)"))
            )  # fmt: skip

    def page_keys(self) -> list[Key]:
        """Shown on the buttons."""
        return [
            Key("Esc", _("Cancel"), self.cancel),
            Key("Ctrl+S", _("Save"), partial(self.save, False)),
            Key("Ctrl+P", _("Save and print labels"), partial(self.save, True)),
            Key("F4", _("Find a class"), self.pick_class),
            Key("F5", _("Fetch data for the ISBN"), self.fetch),
            Key("Ctrl+J", _("Take the suggested heading"), lambda: self.names.take()),
        ]

    def focus_first(self) -> None:
        """To the ISBN of a new title, to the title of one that stands."""
        self.form.focus("isbn" if self._number is None else "title")

    def pick_class(self, key: str = "") -> None:
        """F4: find a class by word for the field one is in, else for the scheme in use."""
        if not key:
            inside = [one for one in FIELDS if self.form.input(one).hasFocus()]
            key = inside[0] if inside else _FIELD_OF[self._style.scheme]
        self.form.focus(key)
        self.scrolled.ensureWidgetVisible(self.form.input(key))
        picker = ClassPicker(self, FIELDS[key], self._take_class, self.form.value(key) or "")
        picker.open_beside(self.form.input(key))

    def _take_class(self, scheme: str, number: str) -> None:
        """An NLM schedule still wants its number: the cursor stands behind it."""
        key = _FIELD_OF[scheme]
        self.form.put(key, number if scheme == "ddc" else f"{number} ")
        self.form.focus(key)
        self.form.input(key).end(False)
        self.settle()

    def fetch(self) -> None:
        """F5: ask other catalogues for the ISBN that stands here."""
        number = isbn.canonical(self.form.value("isbn") or "")
        if not number:
            self.notice.look(_("Type or scan a sound ISBN first."))
            self.form.focus("isbn")
            return
        self.lookup.start(number, fields.stored_values(self.form))

    def _take_over(self, record: marc.Record | None, values: Mapping[str, str]) -> None:
        """Fill in what was chosen; a new title also keeps the rest of a record that came whole."""
        typed = fields.stored_values(self.form)
        if record is not None and self._number is None and not self._record.fields:
            self._record = record
            whole = marc_form.values(record)
            fields.offer_language(self.form, whole["language"])
            self.form.set_values(fields.shown_values(whole, ""))
            self._loaded = fields.stored_values(self.form)
        for key, value in fields.shown_values({**typed, **values}, "").items():
            if key != "call_number":
                self.form.put(key, value)
        self.settle()
        self.form.focus("title")

    # --- opening

    def open_new(self, number: str = "") -> None:
        """An empty form, or what was typed and not saved; `number` is an ISBN."""
        self._number = None
        self._slot = f"title/isbn/{number}" if number else "title/new"
        self._open(marc.Record(), "", _("New title"))
        if number and not self._restored:
            self.form.put("isbn", isbn.describe(number).shown)
        self.settle()

    def open_edit(self, number: int) -> bool:
        """The form of a title that stands; False if it is gone."""
        try:
            record, call_number = self.program.read(
                lambda session: catalogue.record_of(session, number)
            )
        except (Refusal, Fault) as told:
            self.notice.refused(refusal(told))
            return False
        self._number, self._slot = number, f"title/{number}"
        self._open(record, call_number, _("Edit title"))
        self.settle()
        return True

    def _open(self, record: marc.Record, call_number: str, name: str) -> None:
        self._name.set_text(name)
        self._style = self.program.read(settings.call_number_style)
        self._record = record
        values = marc_form.values(record)
        self._auto = self._call_number(record) if self._number else ""
        self._own_call = bool(call_number) and call_number != self._auto
        self._loaded_call = call_number if self._own_call else ""
        fields.offer_language(self.form, values["language"])
        self.form.set_values(fields.shown_values(values, call_number))
        self._loaded = fields.stored_values(self.form)
        self.copies.clear()
        self.copies.setVisible(self._number is None)
        self.same.forget()
        self.names.forget()
        self._restore()

    def _restore(self) -> None:
        """Go on with what was typed and not saved."""
        kept = self.program.pc.draft(self._slot)
        self._restored = bool(kept)
        self.draft_band.set("")
        if kept:
            draft = json.loads(kept)
            self.form.restore(draft["form"])
            self.copies.form.restore(draft["copies"])
            self._own_call = draft["own_call"]
            self.draft_band.set(_("This was typed before and is not saved yet."), "warn")

    def _start_afresh(self) -> None:
        self.program.pc.keep_draft(self._slot, "")
        if self._number is None:
            self.open_new()
        else:
            self.open_edit(self._number)
        self.focus_first()

    # --- while typing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A scanner ends with Enter: look the number up at once, before going on."""
        if (
            watched is self._isbn
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self.settle()
            if self.same.found:
                self.same.button.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            self.form.focus("title")
            return True
        return super().eventFilter(watched, event)

    def _typed(self, key: str) -> None:
        if key == "call_number":
            typed = self.form.value("call_number")
            self._own_call = bool(typed) and typed != self._auto
        if key == "isbn":
            self.form.set_pill("isbn", fields.isbn_pill(self.form.value("isbn")))
        self._soon.start()

    def settle(self) -> None:
        """Bring up to date what follows from what was typed, and keep it."""
        self._soon.stop()
        self.form.set_pill("isbn", fields.isbn_pill(self.form.value("isbn")))
        if self._number is None:
            self.same.look(self.form.value("isbn"), self.form.value("title"))
        name_classes(self.form)
        self._follow_call_number()
        self.copies.foresee(self.form.value("call_number"))
        self._draw_label()
        self._keep()

    def _changed_values(self) -> dict[str, str]:
        now = fields.stored_values(self.form)
        return {key: text for key, text in now.items() if text != self._loaded.get(key)}

    def _described(self) -> marc.Record:
        return marc_form.apply(self._record, self._changed_values())

    def _follow_call_number(self) -> None:
        """The call number follows class, author and title until another is typed."""
        self._auto = self._call_number(self._described())
        busy = self.form.input("call_number").hasFocus()
        if not self._own_call and not busy and self.form.value("call_number") != self._auto:
            self.form.put("call_number", self._auto)

    def _call_number(self, record: marc.Record) -> str:
        return catalogue.call_number_of(project(record), self._style)

    def _draw_label(self) -> None:
        name = self.program.read(house.profile).name
        barcode = self.copies.first_barcode()
        if self._number is not None:
            number = self._number
            rows = self.program.read(lambda session: items.items_of(session, number))
            barcode = rows[0].barcode if rows else ""
        call_number = self.form.value("call_number")
        text = labels.label_text(
            name, call_number, self.form.value("volume"), 1, barcode, self.form.value("title")
        )
        note = "" if call_number else _("With a class the call number appears here.")
        self.preview.show_label(text, note)

    def _keep(self) -> None:
        """Keep what was typed, so that neither Esc nor a power cut loses it."""
        typed = {
            "form": self.form.draft(),
            "copies": self.copies.form.draft(),
            "own_call": self._own_call,
        }
        kept = json.dumps(typed, ensure_ascii=False) if self._worth_keeping() else ""
        self.program.pc.keep_draft(self._slot, kept)

    def _worth_keeping(self) -> bool:
        """An ISBN alone is scanned again faster than it is asked about."""
        own = self.form.value("call_number") if self._own_call else ""
        return bool(set(self._changed_values()) - {"isbn"}) or own != self._loaded_call

    # --- leaving

    def cancel(self) -> None:
        """Esc: leave; what was typed stays for the next time."""
        self.settle()
        if self.program.pc.draft(self._slot):
            slot = self._number if self._number is not None else self._slot.rpartition("/")[2]
            action = Key("", _("Continue"), lambda: self.again.emit(slot))
            self.notice.look(_("Not saved yet; what you typed is kept."), action)
        self.finished.emit(self._number)

    def _add_copy(self) -> None:
        """The title stands already: this book is one more copy of it."""
        if self.same.found is None or not self.copies.form.validate():
            return
        number, title, _copies = self.same.found
        now, values = self.program.now(), self.copies.form.values()
        facts, count = copies.facts_of(values), max(values["count"], 1)
        done = self.program.attempt(
            self.host, lambda session: copies.add(session, number, facts, count, now)
        )
        if done:
            self.program.pc.keep_draft(self._slot, "")
            copies.tell_added(self.program, self.host, number, done[0], done[1], title)
            self.finished.emit(number)

    def save(self, then_labels: bool) -> None:
        """Save the title and its copies in one go."""
        self.settle()
        asked = [self.form] if self._number is not None else [self.form, self.copies.form]
        # The first form is judged last, so that the focus ends in the topmost wrong field.
        sound = [form.validate() for form in reversed(asked)]
        if not all(sound):
            self.notice.refused(_("Not saved: look at the fields marked."))
            return
        try:
            number, ids, lines = self.program.write(self._write)
        except (Refusal, Fault) as told:
            self.notice.refused(refusal(told))
            for form in asked:
                copies.show_wrong(form, told, _FIELDS)
            return
        self.program.pc.keep_draft(self._slot, "")
        title = short(self.form.value("title"))
        self.notice.done(_saved(title, len(ids)), partial(
            undo_lines, self.program, self.host, lines))  # fmt: skip
        if then_labels:
            rows = self.program.read(lambda session: items.items_of(session, number))
            ids = ids or [row.id for row in rows]
        if then_labels and ids:
            self.labels_wanted.emit(ids)
        else:
            self.finished.emit(number)

    def _write(self, session: Any) -> tuple[int, list[int], list[int]]:
        """The title's id, the new copies, and the journal lines to take back."""
        now, record = self.program.now(), self._described()
        shelf = self.form.value("call_number") if self._own_call else ""
        if self._number is not None:
            stored, _shelf = catalogue.record_of(session, self._number)
            if stored != self._record:
                raise Refusal(Reason.RECORD_GONE)
            catalogue.save_biblio(session, self._number, record, now, shelf)
            headings.remember(session, self.names.chosen())
            return self._number, [], [journal.line_about(session, "biblio.saved", self._number)]
        number = catalogue.add_biblio(session, record, now, shelf)
        headings.remember(session, self.names.chosen())
        lines = [journal.line_about(session, "biblio.added", number)]
        values = self.copies.form.values()
        if not values["count"]:
            return number, [], lines
        facts = copies.facts_of(values, self.form.value("volume"))
        ids, more = copies.add(session, number, facts, values["count"], now)
        return number, ids, lines + more


def _saved(title: str, copies: int) -> str:
    if not copies:
        return _("Saved: {title}").format(title=title)
    text = ngettext("Saved: {title} with {n} copy", "Saved: {title} with {n} copies", copies)
    return text.format(title=title, n=copies)
