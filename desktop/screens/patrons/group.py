"""Several patrons chosen in the list: lengthening all their memberships in one act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from database.patrons import finding, renewing
from database.patrons.finding import PatronRow
from database.refusal import Fault, Refusal
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.dialog import Dialog
from desktop.widgets.form import Choice, DateField, Form
from desktop.widgets.pill import Pill
from desktop.widgets.table import Column, Table
from desktop.widgets.text import Elided, label
from desktop.words.language import _, date_plain, ngettext, number
from desktop.words.sentences import refusal


class Several(Card):
    """Stands where one patron would: how many are chosen, and what can be done with them."""

    def __init__(self, renew: Callable[[], object], merge: Callable[[], object]) -> None:
        super().__init__()
        self._count = label("", "cardTitle")
        told = Elided(_("Shift and the arrows choose more; Ctrl+A chooses all."), "muted")
        self.renew_button = Button(_("Renew memberships…"), renew, key="extend")
        self.merge_button = Button(_("Merge these two…"), merge)
        self.body.addWidget(self._count)
        self.body.addWidget(told)
        for button in (self.renew_button, self.merge_button):
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)

    def say(self, count: int) -> None:
        """How many are chosen."""
        text = ngettext("{n} patron chosen", "{n} patrons chosen", count)
        self._count.setText(text.format(n=number(count)))
        self.merge_button.setVisible(count == 2)


class RenewMany(Dialog):
    """By what each kind allows, or all to one day; a look at every new end first."""

    def __init__(self, program: Program, screen: Screen, ids: Sequence[int]) -> None:
        super().__init__(screen, _("Renew memberships"), _("Renew"), width=640)
        self._program, self._screen, self._ids = program, screen, list(ids)
        by = [("kind", _("by what each kind allows, from today")), ("day", _("to one day"))]
        self.form = Form(
            [[Choice("by", _("How long"), options=by, width=2), DateField("until", _("Until"))]]
        )
        self.form.set_values({"by": "kind", "until": None})
        self.table = Table(
            [
                Column(_("Name"), "name", stretch=True, strong=True),
                Column(_("Kind"), "kind", muted=True),
                Column(_("Ends now"), "before"),
                Column(_("Would end"), "after", kind="pill"),
            ],
            name=_("Memberships"),
        )
        self.table.setMinimumHeight(260)
        self.body.addWidget(self.form)
        self.body.addWidget(self.table, 1)
        self._rows = program.read(lambda s: [finding.one(s, one) for one in self._ids])
        self.form.changed.connect(lambda _key: self._look())
        self._look()
        self.form.focus("by")

    def _until(self) -> date | None:
        return self.form.value("until") if self.form.value("by") == "day" else None

    def _look(self) -> None:
        self.form.set_shown("until", self.form.value("by") == "day")
        until, today = self._until(), self._program.now().date()
        ends = self._program.read(lambda s: renewing.new_ends(s, self._ids, until, today))
        self.table.set_rows([_row(one, ends[one.id]) for one in self._rows if one is not None])
        missing = self.form.value("by") == "day" and until is None
        self.accept_button.setEnabled(not missing)

    def ready(self) -> bool:
        """A day in the past renews nobody."""
        until = self._until()
        if self.form.value("by") == "kind":
            return True
        if until is None or until < self._program.now().date():
            self.form.show_error("until", _("must be today or later"))
            return False
        return self.form.validate()

    def accept(self) -> None:
        """Renew all in one act, with Undo."""
        until, now, program = self._until(), self._program.now(), self._program
        try:
            made = program.write(lambda s: renewing.renew_many(s, self._ids, until, now))
        except (Refusal, Fault) as told:
            self._screen.notice.refused(refusal(told))
            return
        super().accept()
        text = ngettext("{n} membership renewed", "{n} memberships renewed", len(made.ends))
        self._screen.notice.done(
            text.format(n=number(len(made.ends))), lambda: program.undo(self._screen, made.line)
        )


def _row(patron: PatronRow, after: date | None) -> dict[str, Any]:
    before = patron.valid_until
    same = after == before and patron.ended_on is None
    text = date_plain(after) if after else _("without end")
    return {
        "id": patron.id,
        "name": patron.name,
        "kind": patron.category_name,
        "before": date_plain(before) if before else _("without end"),
        "after": Pill(text, "plain" if same else "good"),
    }


def open_renewal(program: Program, screen: Screen, ids: Sequence[int]) -> QWidget:
    """Ask how long."""
    dialog = RenewMany(program, screen, ids)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
