"""Describing a title, new or standing, with its first copies and its label."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal

from database import journal
from database.catalogue import templates, titles
from database.description import isbn, marc
from database.holdings import item_list
from database.library import Session
from database.policy import settings
from database.refusal import Fault, Reason, Refusal
from database.search import headings
from desktop.forms.act_dialog import show_wrong
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.catalogue.copies import copies, copy_forms
from desktop.screens.catalogue.form.beginnings import TemplateButton
from desktop.screens.catalogue.form.form_body import TitleBody
from desktop.screens.catalogue.form.same_title import SameTitle
from desktop.screens.catalogue.page import short
from desktop.widgets.buttons import Button
from desktop.widgets.card import Band, heading
from desktop.words.language import _, ngettext
from desktop.words.sentences import refusal

_FIELDS = {
    Reason.TITLE_MISSING: "title",
    Reason.BARCODE_TAKEN: "barcode",
    Reason.ACCESSION_TAKEN: "accession_number",
}


class TitlePage(TitleBody):
    """`open_new` or `open_edit` first. Signals: `finished(title id or None)`,
    `labels_wanted(copy ids)` after "save and print labels", `again(slot)` to go on with
    what was typed, `tags_wanted(record)` to edit it by tags."""

    labels_wanted = Signal(object)
    again = Signal(object)
    tags_wanted = Signal(object)

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(program, host)
        self._build_head()
        self._build_bands()
        self._build_body()

    def _build_head(self) -> None:
        cancel, save, both, *_more = self.page_keys()
        self.templates = TemplateButton(self, self.begin_with, self._described)
        head = heading(
            "",
            self.templates,
            Button(_("Tags"), self.edit_tags, key="tags"),
            Button.of(cancel),
            Button.of(save),
            Button.of(both, kind="primary"),
        )
        self.column.addLayout(head)
        self._name: Any = head.itemAt(0).widget()  # type: ignore[union-attr]

    def _build_bands(self) -> None:
        self.same = SameTitle(self.program, self._add_copy)
        self.draft_band = Band(
            "", "warn", Button(_("Start afresh"), self._start_afresh, small=True)
        )
        self.column.addWidget(self.draft_band)
        self.column.addWidget(self.same)

    def page_keys(self) -> list[Key]:
        """Shown on the buttons."""
        return [
            Key("back", _("Cancel"), self.cancel),
            Key("save", _("Save"), partial(self.save, False)),
            Key("print", _("Save and print labels"), partial(self.save, True)),
            Key("look_up", _("Find a class"), self.pick_class),
            Key("bring_in", _("Fetch data for the ISBN"), self.fetch),
            Key("tags", _("Edit the record by tags"), self.edit_tags),
            Key("", _("Templates…"), lambda: self.templates.open_menu()),
            Key("copies_add", _("Add a copy of the title that is here already"), self._add_copy),
            Key("take", _("Take the suggested heading"), lambda: self.names.take()),
        ]

    def edit_tags(self) -> None:
        """The same record, as its fields stand."""
        self.settle()
        self.tags_wanted.emit(self._described())

    # --- opening

    def open_new(self, number: str = "") -> None:
        """An empty form, or what was typed and not saved; `number` is an ISBN."""
        self._number = None
        self._slot = f"title/isbn/{number}" if number else "title/new"
        self._open(marc.Record(), "", _("New title"))
        if number and not self._restored:
            self.form.put("isbn", isbn.describe(number).shown)
        self.settle()

    def open_copy(self, number: int | None) -> bool:
        """A new title with the data of another; None goes on with one that was begun."""
        record = marc.Record()
        if number is not None:
            try:
                standing, _shelf = self.program.read(
                    lambda session: titles.record_of(session, number)
                )
            except (Refusal, Fault) as told:
                self.notice.refused(refusal(told))
                return False
            record = templates.copy_of(standing)
            self.program.drafts.keep("title/copy", "")
        self._number, self._slot = None, "title/copy"
        self._open(marc.Record(), "", _("New title"))
        if number is not None:
            self.begin_with(record)
        self.settle()
        return True

    def open_record(self, record: marc.Record) -> None:
        """A new title that begins with a record of another library."""
        self.program.drafts.keep("title/copy", "")
        self._number, self._slot = None, "title/copy"
        self._open(marc.Record(), "", _("New title"))
        self.begin_with(record)
        self.settle()

    def open_edit(self, number: int) -> bool:
        """The form of a title that stands; False if it is gone."""
        try:
            record, call_number = self.program.read(
                lambda session: titles.record_of(session, number)
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
        self.scrolled.verticalScrollBar().setValue(0)
        self._style = self.program.read(settings.call_number_style)
        self._declare()
        self._auto = self._call_number(record) if self._number else ""
        self._own_call = bool(call_number) and call_number != self._auto
        self._loaded_call = call_number if self._own_call else ""
        self._stood, self._by_tags = record, False
        self._fill(record, call_number)
        self.templates.setVisible(self._number is None)
        self.cover.open(self._number)
        self.copies.clear()
        self.copies.setVisible(self._number is None)
        self.same.forget()
        self.names.forget()
        self._restore()

    def _restore(self) -> None:
        """Go on with what was typed and not saved."""
        kept = self.program.drafts.read(self._slot)
        self._restored = bool(kept)
        self.draft_band.set("")
        if kept:
            draft = json.loads(kept)
            if draft.get("record"):
                self._by_tags = True
                self._fill(marc.from_json(draft["record"]), self.form.value("call_number"))
            self.form.restore(draft["form"])
            self._turn_kind()
            self._show_fields()
            self.copies.form.restore(draft["copies"])
            self._own_call = draft["own_call"]
            self.draft_band.set(_("This was typed before and is not saved yet."), "warn")

    def _start_afresh(self) -> None:
        self.program.drafts.keep(self._slot, "")
        if self._number is None:
            self.open_new()
        else:
            self.open_edit(self._number)
        self.focus_first()

    def take_scan(self, code: str, kind: str) -> bool:
        """The ISBN of the book in hand, whichever field has the focus."""
        if kind != "isbn":
            return False
        self.form.put("isbn", isbn.describe(code).shown)
        self.settle()
        return True

    # --- leaving

    def cancel(self) -> None:
        """Esc: keep a name as typed where a heading is suggested; else leave, and what was typed
        stays for the next time."""
        if self.names.refuse():
            return
        self.settle()
        if self.program.drafts.read(self._slot):
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
        facts, count = copy_forms.facts_of(values), max(values["count"], 1)
        done = self.program.attempt(
            self.host, lambda session: copies.add(session, number, facts, count, now)
        )
        if done:
            self.program.drafts.keep(self._slot, "")
            copies.tell_added(self.program, self.host, number, done[0], done[1], title)
            self.finished.emit(number)

    def save(self, then_labels: bool) -> None:
        """Save the title and its copies in one go."""
        self.names.settle()
        self.settle()
        asked = [self.form] if self._number is not None else [self.form, self.copies.form]
        # The first form is judged last, so that the focus ends in the topmost wrong field.
        sound = [form.validate() for form in reversed(asked)]
        if not all(sound):
            self.notice.refused(_("Not saved: look at the fields marked."))
            return
        try:
            number, ids, lines = self.program.write(self._writing())
        except (Refusal, Fault) as told:
            self.notice.refused(refusal(told))
            for form in asked:
                show_wrong(form, told, _FIELDS)
            if isinstance(told, Refusal) and told.reason is Reason.CHANGED_MEANWHILE:
                self._see_again()
            return
        self.program.drafts.keep(self._slot, "")
        title = short(self.form.value("title"))
        self.notice.done(_saved(title, len(ids)), partial(self.program.undo, self.host, lines[0]))
        if then_labels:
            rows = self.program.read(lambda session: item_list.items_of(session, number))
            ids = ids or [row.id for row in rows]
        if then_labels and ids:
            self.labels_wanted.emit(ids)
        else:
            self.finished.emit(number)

    def _see_again(self) -> None:
        """What another desk made of it was told: saving once more goes over that."""
        number = self._number
        assert number is not None
        self._stood, _shelf = self.program.read(lambda s: titles.record_of(s, number))

    def _writing(self) -> Callable[[Session], tuple[int, list[int], list[int]]]:
        """What saves all that stands here now: the title's id, the new copies, the journal
        lines."""
        now, record, read = self.program.now(), self._described(), self._stood
        shelf = self.form.value("call_number") if self._own_call else ""
        known, names, cover = self._number, self.names.chosen(), self.cover.writing(now)
        values, volume = self.copies.form.values(), self.form.value("volume")

        def write(session: Session) -> tuple[int, list[int], list[int]]:
            if known is not None:
                titles.save_biblio(session, known, record, now, shelf, read)
                headings.remember(session, names)
                line = journal.line_about(session, "biblio.saved", known)
                return known, [], [line, *cover(session, known)]
            number = titles.add_biblio(session, record, now, shelf)
            headings.remember(session, names)
            lines = [journal.line_about(session, "biblio.added", number), *cover(session, number)]
            if not values["count"]:
                return number, [], lines
            facts = copy_forms.facts_of(values, volume)
            ids, more = copies.add(session, number, facts, values["count"], now)
            return number, ids, lines + more

        return write


def _saved(title: str, copies: int) -> str:
    if not copies:
        return _("Saved: {title}").format(title=title)
    text = ngettext("Saved: {title} with {n} copy", "Saved: {title} with {n} copies", copies)
    return text.format(title=title, n=copies)
