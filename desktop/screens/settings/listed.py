"""A section with a list that is edited line by line: each change is kept at once, with Undo."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from database.library import Session
from database.refusal import Fault, Reason, Refusal
from desktop.forms.act_dialog import meet
from desktop.program import Program
from desktop.screen import Screen
from desktop.screens.settings.section import Section
from desktop.widgets.buttons import Button
from desktop.widgets.form import Field
from desktop.widgets.form_dialog import FormDialog
from desktop.widgets.table import Column, Table
from desktop.words.language import _
from desktop.words.sentences import refusal

_BESIDE = 50
"""Signs for which there is room beside the name of a field."""


class ListSection(Section):
    """Subclasses say what is listed and how it is changed; every change is a journal line.

    `store` has the rules of it: `add`, `save`, `order`, `remove`. `first` is the field that has
    the focus, `ordered` tells whether the order is the library's."""

    store: Any
    first = "name"
    ordered = True

    def __init__(
        self,
        screen: Screen,
        program: Program,
        title: str,
        hint: str,
        columns: Sequence[Column],
        empty: str,
    ) -> None:
        super().__init__(screen, title, hint)
        self.program, self.name = program, title
        self.table = Table(columns, on_open=self.edit, empty=empty, name=title)
        add = Button(_("Add…"), self.add, key="save", kind="primary")
        up = Button("", lambda: self.shift(-1), icon="chevron-up", small=True)
        down = Button("", lambda: self.shift(1), icon="chevron-down", small=True)
        for button, words in ((up, _("Move up")), (down, _("Move down"))):
            button.setToolTip(words)
            button.setAccessibleName(words)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (up, down):
            row.addWidget(button)
            if not self.ordered:
                button.hide()
        row.addWidget(Button(_("Change…"), self.edit_chosen, small=True))
        row.addWidget(Button(_("Remove"), self.remove, small=True))
        row.addStretch(1)
        row.addWidget(add)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(row)

    # --- what subclasses say

    def rows(self, session: Session) -> list[dict[str, Any]]:
        """What is listed."""
        raise NotImplementedError

    def fields(self) -> list[Field | Sequence[Field]]:
        """What is asked about one."""
        raise NotImplementedError

    def fields_to_change(self) -> list[Field | Sequence[Field]]:
        """The same of one that is there."""
        return self.fields()

    def asked_for(self, values: Mapping[str, Any]) -> Mapping[str, bool]:
        """Which of the fields are asked for only with what the others say, and whether now."""
        return {}

    def usual(self) -> dict[str, Any]:
        """What a new one begins with."""
        raise NotImplementedError

    def facts(self, values: Mapping[str, Any]) -> Any:
        """What the rules know of one, out of the fields."""
        raise NotImplementedError

    def write(
        self,
        session: Session,
        chosen: int | None,
        values: Mapping[str, Any],
        read: Mapping[str, Any],
    ) -> int:
        """Add one, or change one that was `read` so; the journal line."""
        facts, now = self.facts(values), self.program.now()
        if chosen is None:
            return int(self.store.add(session, facts, now))
        return int(self.store.save(session, chosen, facts, now, self.facts(read)))

    def write_order(self, session: Session, ids: Sequence[int]) -> int:
        """Put them into an order, where it is theirs; the journal line."""
        return int(self.store.order(session, ids, self.program.now()))

    def write_removal(self, session: Session, chosen: int) -> int:
        """Take one away; the journal line."""
        return int(self.store.remove(session, chosen, self.program.now()))

    # --- how it is done

    def load(self) -> None:
        """Read the list."""
        self.table.set_rows(self.program.read(self.rows))

    def add(self) -> None:
        """Ask about a new one."""
        self._ask(None, _("Add"), self.usual())

    def save(self) -> None:
        """Ctrl+S adds."""
        self.add()

    def edit(self, row: Any) -> None:
        """Ask about one that is there."""
        self._ask(row["id"], _("Save"), row)

    def edit_chosen(self) -> None:
        """The one chosen in the list."""
        row = self._chosen()
        if row is not None:
            self.edit(row)

    def _chosen(self) -> Any | None:
        row = self.table.current()
        if row is None:
            self.owner.notice.look(_("Choose one in the list first."))
        return row

    def _ask(self, chosen: int | None, verb: str, values: Mapping[str, Any]) -> None:
        title = str(values.get("name") or _("Add: {list}").format(list=self.name))
        asked = self.fields() if chosen is None else self.fields_to_change()
        dialog = _EditDialog(self, title, verb, asked, values, chosen)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def done(self, line: int, said: str) -> None:
        """Say what was done, with Undo, and show it."""
        self.load()
        self.owner.notice.done(said, lambda: self._undo(line))

    def _undo(self, line: int) -> None:
        self.program.undo(self.owner, line)
        self.load()

    def _act(self, act: Callable[[Session], int], said: str) -> None:
        line = self.program.attempt(self.owner, act)
        if line:
            self.done(line, said)

    def shift(self, by: int) -> None:
        """Put the chosen one a place higher or lower."""
        row = self._chosen()
        ids = [one["id"] for one in self.table.rows()]
        if row is None or not 0 <= ids.index(row["id"]) + by < len(ids):
            return
        at = ids.index(row["id"])
        ids[at], ids[at + by] = ids[at + by], ids[at]
        self._act(lambda s: self.write_order(s, ids), _("Order saved"))
        self.table.select_ids([row["id"]])

    def remove(self) -> None:
        """Take the chosen one away, if nobody has it."""
        row = self._chosen()
        if row is not None:
            said = _("Removed: {name}").format(name=row["name"])
            self._act(lambda s: self.write_removal(s, row["id"]), said)

    def focus_first(self) -> None:
        """The list."""
        if self.table.current() is None:
            self.table.select_first()
        self.table.setFocus()


class _EditDialog(FormDialog):
    """What is refused is said beside its field, and the dialog stays."""

    def __init__(
        self,
        section: ListSection,
        title: str,
        verb: str,
        fields: Sequence[Field | Sequence[Field]],
        values: Mapping[str, Any],
        chosen: int | None,
    ) -> None:
        super().__init__(section, title, verb, fields, values)
        self._section, self._chosen = section, chosen
        self._read = self.form.values()
        self.form.changed.connect(lambda _key: self._ask())
        self._ask()
        self.form.focus(section.first)

    def _ask(self) -> None:
        for key, asked in self._section.asked_for(self.form.values()).items():
            self.form.set_shown(key, asked)

    def _tell(self, key: str, text: str) -> None:
        """Beside its field, or where it is longer than that has room, below them all."""
        beside = len(text) <= _BESIDE
        self.say("" if beside else text)
        self.form.show_error(key, text if beside else _("check this"))

    def accept(self) -> None:
        """Write it."""
        values, section, read = self.form.values(), self._section, self._read
        chosen = self._chosen
        try:
            line = section.program.write(lambda s: section.write(s, chosen, values, read))
        except (Refusal, Fault) as told:
            if isinstance(told, Refusal) and told.reason is Reason.CHANGED_MEANWHILE:
                self._read = {**read, **meet(self.form, told)}
                return
            key = section.first
            if isinstance(told, Refusal) and told.reason is not Reason.NAME_TAKEN:
                key = str(told.facts.get("field", section.first))
            known = key if key in values else section.first
            self._tell(known, refusal(told))
            self.form.focus(known)
            return
        super().accept()
        name = str(values.get("name") or "")
        section.done(line, _("Saved: {name}").format(name=name) if name else _("Saved"))
