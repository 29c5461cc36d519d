"""The form of a title while it is typed: what follows from what stands in it."""

from __future__ import annotations

import json
from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent

from database.description import (
    callnumber,
    described,
    isbn,
    marc,
    marc_form,
    materials,
    own_marc,
)
from database.description.projection import project
from database.holdings import item_list
from database.policy import house
from database.text.own_values import OwnRow
from desktop.forms.own import fields as own
from desktop.pages.labels import labels
from desktop.program import Program
from desktop.screen import Screen
from desktop.screens.catalogue.form import codes, fields, layouts
from desktop.screens.catalogue.form.class_picker import FIELDS, ClassPicker, name_classes
from desktop.screens.catalogue.form.lookup import FIELDS as LOOKED_UP
from desktop.screens.catalogue.form.lookup import Lookup
from desktop.screens.catalogue.form.parts import TitleParts
from desktop.screens.catalogue.form.same_title import SameTitle
from desktop.screens.catalogue.form.values import shown_values, stored_values
from desktop.words.language import _

_PAUSE_MS = 250
_FIELD_OF = {scheme: key for key, scheme in FIELDS.items()}
_LIGHT = {"isbn", "carrier"}
"""What alone is typed, scanned or chosen again faster than it is asked about."""


class TitleBody(TitleParts):
    """The fields, the label and the copies of one title, kept as a draft while typed."""

    same: SameTitle

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(program, host)
        self._number: int | None = None
        self._slot = "title/new"
        self._record = self._stood = marc.Record()
        self._loaded: dict[str, str] = {}
        self._auto, self._own_call, self._restored = "", False, False
        self._style = callnumber.PLAIN
        self._loaded_call = ""
        self._kind = "book"
        self._by_tags = False
        self._own: list[OwnRow] = []
        self._loaded_own: dict[str, str] = {}
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._soon.timeout.connect(self.settle)

    def _build_body(self) -> None:
        self._build_parts()
        self.lookup = Lookup(self, self.program, self._take_over)
        self._isbn = self.form.input("isbn")
        self._isbn.installEventFilter(self)
        self.form.changed.connect(self._typed)
        self.copies.changed.connect(lambda: self._typed("copies"))

    def show_whole(self, whole: bool) -> None:
        """All fields, or those that almost every title has; this PC remembers it."""
        super().show_whole(whole)
        self._show_fields()
        if whole:
            self.form.focus(layouts.more(self._kind)[0][0])

    def focus_first(self) -> None:
        """To the ISBN of a new title, to the title of one that stands."""
        asked = self._number is None and "isbn" in layouts.LAYOUTS[self._kind][0]
        self.form.focus("isbn" if asked else "title")

    def pick_class(self, key: str = "") -> None:
        """Find a class by word for the field one is in, else for the scheme in use."""
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
        """Ask other catalogues for the ISBN that stands here."""
        number = isbn.canonical(self.form.value("isbn") or "")
        if not number:
            self.notice.look(_("Type or scan a sound ISBN first."))
            self.form.focus("isbn")
            return
        self.lookup.start(number, stored_values(self.form))

    def _take_over(self, record: marc.Record | None, values: Mapping[str, str]) -> None:
        """Fill in what was chosen; a new title also keeps the rest of a record that came whole."""
        typed = stored_values(self.form)
        if record is not None and self._number is None and not self._record.fields:
            self._fill(record, "")
        for key, value in shown_values({**typed, **values}, "").items():
            asked = key in values or key in LOOKED_UP or typed.get(key)
            if key != "call_number" and asked:
                self.form.put(key, value)
        self._show_fields()
        self.settle()
        self.form.focus("title")

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
            self.form.focus("title")
            return True
        return super().eventFilter(watched, event)

    def _typed(self, key: str) -> None:
        if key == "kind":
            self._turn_kind()
        if key == "call_number":
            typed = self.form.value("call_number")
            self._own_call = bool(typed) and typed != self._auto
        if key != "copies" and self.form.value(key) and not self.form.input(key).isEnabled():
            self._show_fields()  # nothing that was filled in stays out of sight
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
        self.copies.foresee()
        self._draw_label()
        self._keep()

    def _changed_values(self) -> dict[str, str]:
        now = stored_values(self.form)
        return {key: text for key, text in now.items() if text != self._loaded.get(key)}

    def _changed_own(self) -> dict[str, str]:
        """The library's own fields where something else was typed."""
        now = own.typed(self.form.values())
        return {key: text for key, text in now.items() if text != self._loaded_own.get(key, "")}

    def _declare(self) -> None:
        """Ask for the fields that the library declared itself, as they are declared now."""
        self._own = self.program.read(own.of_titles)
        own.declare(self.form, self._own)

    def _show_fields(self) -> None:
        """What this kind asks for, as far as it is wanted."""
        fields.show_kind(self.form, self._kind, self.is_whole(), own.rows(self._own))

    def _turn_kind(self) -> None:
        """Ask what another kind asks for; what is typed stays."""
        kind = self.form.value("kind") or "book"
        if kind == self._kind:
            return
        self._kind = kind
        self._show_fields()
        carrier = self.form.value("carrier")
        if kind == "audiovisual" and carrier not in materials.AUDIOVISUAL:
            self.form.put("carrier", "g")
        elif kind != "audiovisual" and carrier in materials.AUDIOVISUAL:
            self.form.put("carrier", "a")
        if self._number is None:
            self.copies.form.put("item_type", materials.item_type(kind))

    def _fill(self, record: marc.Record, call_number: str) -> None:
        """Show a record; what is typed from now on differs from it."""
        self._record = record
        values = marc_form.values(record)
        self._kind = materials.kind_of(record)
        codes.offer_codes(self.form, values)
        shown = shown_values(values, call_number)
        held = own_marc.values(record)
        self.form.set_values({**shown, **own.shown(self.form, self._own, held), "kind": self._kind})
        self._show_fields()
        self._loaded = stored_values(self.form)
        self._loaded_own = own.typed(self.form.values())
        self.names.stand()

    def take_record(self, record: marc.Record) -> None:
        """Go on from a record edited by tags."""
        if record == self._described():
            return
        self._by_tags = True
        self._fill(record, self.form.value("call_number"))
        self.settle()

    def begin_with(self, record: marc.Record) -> None:
        """Go on from a template: what is typed already stays."""
        typed = {key: text for key, text in self._changed_values().items() if text}
        mine = {key: text for key, text in self._changed_own().items() if text}
        self._fill(record, "")
        for key, text in mine.items():
            self.form.put(f"{own.PREFIX}{key}", text)
        if typed:
            self._record = marc_form.apply(record, typed)
            shown = shown_values(marc_form.values(self._record), "")
            for key in typed:
                self.form.put(key, shown[key])
            self._record = record
        if self._number is None:
            self.copies.form.put("item_type", materials.item_type(self._kind))
        self.settle()
        self.form.focus("title")

    def _described(self) -> marc.Record:
        """The record with what was typed; one that stands keeps its signs of kind to the
        letter unless another kind was chosen."""
        changed = self.names.foreseen(self._changed_values())
        record = marc_form.apply(self._record, changed, self.names.persons())
        record = own_marc.apply(record, self._changed_own())
        kind = self.form.value("kind") or "book"
        if self._number is None or kind != materials.kind_of(self._record):
            return materials.dress(record, kind, self.program.now().date())
        return record

    def _follow_call_number(self) -> None:
        """The call number follows class, author and title until another is typed."""
        self._auto = self._call_number(self._described())
        busy = self.form.input("call_number").hasFocus()
        if not self._own_call and not busy and self.form.value("call_number") != self._auto:
            self.form.put("call_number", self._auto)

    def _call_number(self, record: marc.Record) -> str:
        return described.call_number_of(project(record), self._style)

    def _draw_label(self) -> None:
        name = self.program.read(house.profile).name
        barcode = self.copies.first_barcode()
        if self._number is not None:
            number = self._number
            rows = self.program.read(lambda session: item_list.items_of(session, number))
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
            "record": marc.to_json(self._record) if self._record != self._stood else "",
        }
        kept = json.dumps(typed, ensure_ascii=False) if self._worth_keeping() else ""
        self.program.drafts.keep(self._slot, kept)

    def _worth_keeping(self) -> bool:
        """An ISBN alone is scanned again faster than it is asked about."""
        call = self.form.value("call_number") if self._own_call else ""
        typed = set(self._changed_values()) - _LIGHT
        typed |= self._changed_own().keys()
        return bool(typed) or self._by_tags or call != self._loaded_call
