"""Copies: adding some, changing one, striking one."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from database import journal
from database.holdings import item_facts, item_list, item_numbers, items
from database.library import Session
from database.refusal import Fault, Refusal
from desktop.forms.act_dialog import ActDialog
from desktop.forms.own import fields as own
from desktop.program import Program
from desktop.screen import Screen
from desktop.screens.catalogue.copies.copy_forms import (
    MOST,
    copies_form,
    edit_form,
    facts_of,
    how_many,
)
from desktop.screens.catalogue.page import short
from desktop.widgets.buttons import Button
from desktop.widgets.dialog import confirm
from desktop.widgets.text import label
from desktop.words.language import _, ngettext
from desktop.words.sentences import refusal


def add(session: Session, biblio_id: int, facts: item_facts.ItemFacts, count: int, now: Any) -> Any:
    """Add copies; their ids and the journal lines to take back."""
    ids = items.add_items(session, biblio_id, facts, count, now)
    return ids, [journal.line_about(session, "item.added", number) for number in ids]


def tell_added(
    program: Program, host: Screen, biblio_id: int, ids: list[int], lines: list[int], title: str
) -> None:
    """Say which copies came, with Undo."""
    rows = program.read(lambda session: item_list.items_of(session, biblio_id))
    barcodes = ", ".join([row.barcode for row in rows if row.id in ids][:3])
    more = ", …" if len(ids) > 3 else ""
    text = ngettext(
        "{n} copy added to “{title}”: {barcodes}",
        "{n} copies added to “{title}”: {barcodes}",
        len(ids),
    )
    host.notice.done(
        text.format(n=len(ids), title=short(title), barcodes=barcodes + more),
        partial(program.undo, host, lines[0]),
    )


class AddCopies(ActDialog):
    """More copies of a title that stands."""

    def __init__(
        self, program: Program, host: Screen, biblio_id: int, title: str, volume: str = ""
    ) -> None:
        super().__init__(program, host, _("Add copies"), _("Add"))
        self._biblio_id, self._title, self._volume = biblio_id, title, volume
        self.build(copies_form(own=program.read(own.of_copies)), short(title))
        self._numbers = label("", "muted")
        self.body.addWidget(self._numbers)
        self.form.changed.connect(lambda _key: self._foresee())
        self._foresee()
        self.form.focus("count")
        self.form.input("count").selectAll()

    def _foresee(self) -> None:
        """Which numbers they will have."""
        count = self.form.value("count")
        if self.form.value("barcode") or not count or how_many(count):
            self._numbers.setText("")
            return
        listed = foreseen(self.program, self.form.value("source"), min(count, MOST))
        first, last = listed[0], listed[-1]
        text = " – ".join(dict.fromkeys((first[0], last[0])))
        text += " · " + " – ".join(dict.fromkeys((first[1], last[1])))
        self._numbers.setText(_("Numbers: {numbers}").format(numbers=text))

    def act(self) -> None:
        """Add them and say so."""
        count, facts = self.form.value("count"), facts_of(self.form.values(), self._volume)
        now = self.program.now()
        ids, lines = self.program.write(
            lambda session: add(session, self._biblio_id, facts, count, now)
        )
        tell_added(self.program, self.host, self._biblio_id, ids, lines, self._title)


def foreseen(program: Program, source: str | None, count: int) -> list[tuple[str, str]]:
    """The numbers the next copies would get."""
    day = program.now().date()
    return program.read(
        lambda session: item_numbers.next_numbers(session, source or "purchase", day, count)
    )


class EditCopy(ActDialog):
    """Everything about one copy."""

    def __init__(self, program: Program, host: Screen, row: item_list.ItemRow) -> None:
        super().__init__(program, host, _("Copy {barcode}").format(barcode=row.barcode), _("Save"))
        self.row = row
        self.build(edit_form(row, program.read(own.of_copies)), short(row.title))
        self.remove_button = Button(_("Remove copy…"), self.remove, kind="danger")
        self.buttons.insertWidget(0, self.remove_button)
        self.form.focus("location")

    def act(self) -> None:
        """Save and say so."""
        values = self.form.values()
        typed = own.typed(values)
        values = {key: value for key, value in values.items() if not key.startswith(own.PREFIX)}
        condition = values.pop("condition")
        facts = replace(item_facts.ItemFacts(), **values, condition=condition or "", own=typed)
        row, now = self.row, self.program.now()
        line = self.program.write(lambda s: items.save_item(s, row.id, facts, now, row))
        self.host.notice.done(
            _("Copy {barcode} saved.").format(barcode=facts.barcode),
            partial(self.program.undo, self.host, line),
        )

    def seen(self) -> None:
        """What another desk changed is known now."""
        (self.row,) = self.program.read(lambda s: item_list.items_by_id(s, [self.row.id]))

    def remove(self) -> None:
        """Strike the copy; asks first, for its number is never given again."""
        text = _(
            "For a copy entered by mistake. Its numbers stay used and are not given again. "
            "A book that is lost or weeded keeps its row: change its state instead."
        )
        if not confirm(self, _("Remove this copy?"), text, _("Remove"), danger=True):
            return
        number, now = self.row.id, self.program.now()
        try:
            line = self.program.write(lambda session: items.remove_item(session, number, now))
        except (Refusal, Fault) as told:
            self.refused.set(refusal(told), "bad")
            return
        self.host.notice.done(
            _("Copy {barcode} removed.").format(barcode=self.row.barcode),
            partial(self.program.undo, self.host, line),
        )
        self.reject()
