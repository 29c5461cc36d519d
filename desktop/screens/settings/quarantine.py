"""Quarantine: hours by ward and kind of copy, and the switch for an outbreak."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from database.library import Session
from database.policy import quarantine_rules, settings
from database.policy.quarantine_rules import QuarantineRow
from desktop.program import Program
from desktop.screen import Screen
from desktop.screens.settings.section import Section
from desktop.widgets.buttons import Button
from desktop.widgets.form import CheckBox, Choice, Form, NumberField
from desktop.widgets.pill import Pill
from desktop.widgets.table import Column, Table
from desktop.words.codes import ITEM_TYPES, choices
from desktop.words.language import N_, _, ngettext, number

_ANY_UNIT, _ANY_KIND = N_("every unit"), N_("every kind")


class QuarantineSection(Section):
    """Each rule is kept as soon as it is added, and can be taken back."""

    def __init__(self, screen: Screen, program: Program) -> None:
        hint = _(
            "For what wards, patients and families bring back; staff copies do not rest. "
            "Agree on the hours with infection control (PPI/IPCN)."
        )
        super().__init__(screen, _("Quarantine"), hint)
        self.program = program
        self.outbreak = _outbreak_form()
        self.outbreak.changed.connect(lambda _key: self._keep_outbreak())
        self.table = Table(
            [
                Column(_("Ward or unit"), "unit", stretch=True),
                Column(_("Kind of copy"), "type"),
                Column(_("Rests"), "rest", kind="pill"),
            ],
            on_open=lambda row: self.edit(row),
            empty=_("No rule yet: nothing rests. Add a ward and its hours below."),
            name=_("Quarantine"),
        )
        self.form = _rule_form()
        self._arrange()

    def _arrange(self) -> None:
        self.body.addWidget(self.outbreak)
        top = QHBoxLayout()
        top.addStretch(1)
        top.addWidget(Button(_("Remove"), self.remove, small=True))
        self.body.addLayout(top)
        self.body.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.addWidget(self.form, 1)
        row.addWidget(Button(_("Add"), self.save, key="save", kind="primary"))
        self.body.addLayout(row)

    def load(self) -> None:
        """Read the rules and the switch."""

        def read(session: Session) -> Any:
            return (
                quarantine_rules.rules(session),
                quarantine_rules.units(session),
                settings.get(session, settings.OUTBREAK),
                settings.get(session, settings.OUTBREAK_HOURS),
            )

        rules, units, on, hours = self.program.read(read)
        self.table.set_rows([_row(one) for one in rules])
        self.form.set_options("unit", [(0, _(_ANY_UNIT)), *units])
        if not self.form.is_dirty():
            self._begin()
        if self.outbreak.values() != {"on": on, "hours": hours}:
            self.outbreak.set_values({"on": on, "hours": hours})

    def _begin(self) -> None:
        self.form.set_values({"unit": 0, "type": "", "hours": 24, "stays": False})
        self.form.mark_clean()

    def edit(self, row: Any) -> None:
        """Put a rule back into the line, to correct it."""
        one: QuarantineRow = row["rule"]
        self.form.set_values(
            {
                "unit": one.unit_id or 0,
                "type": one.item_type,
                "hours": one.hours,
                "stays": one.stays_out,
            }
        )
        self.form.focus("hours")

    def save(self) -> None:
        """The rule in the line."""
        if not self.form.validate():
            return
        values, now = self.form.values(), self.program.now()
        hours = 0 if values["stays"] else values["hours"] or 0

        def act(session: Session) -> int:
            return quarantine_rules.save_rule(
                session,
                values["unit"] or None,
                values["type"] or "",
                hours,
                now,
                stays_out=bool(values["stays"]),
            )

        self._act(act, _("Rule kept"))

    def remove(self) -> None:
        """The chosen rule goes."""
        row = self.table.current()
        if row is None:
            self.owner.notice.look(_("Choose a rule in the list first."))
            return
        one, now = row["rule"], self.program.now()
        self._act(
            lambda s: quarantine_rules.drop_rule(s, one.unit_id, one.item_type, now),
            _("Rule removed"),
        )

    def _act(self, act: Any, told: str) -> None:
        line = self.program.attempt(self.owner, act)
        if line is not None:
            self.owner.notice.done(told, partial(self.program.undo, self.owner, line))
            self._begin()
        self.load()

    def _keep_outbreak(self) -> None:
        values = self.outbreak.values()
        if self.outbreak.errors() or values["hours"] is None:
            return

        now = self.program.now()

        def act(session: Session) -> bool:
            settings.change(session, settings.OUTBREAK, bool(values["on"]), now)
            settings.change(session, settings.OUTBREAK_HOURS, values["hours"], now)
            return True

        self.program.attempt(self.owner, act)

    def focus_first(self) -> None:
        """The ward of the next rule."""
        self.form.focus("unit")


def _hours(hours: Any) -> str | None:
    return None if 0 <= hours <= quarantine_rules.MOST_HOURS else _("from 0 to 2,160")


def _row(one: QuarantineRow) -> dict[str, Any]:
    rest = Pill(_("does not come back"), "bad")
    if not one.stays_out:
        text = ngettext("{n} hour", "{n} hours", one.hours).format(n=number(one.hours))
        rest = Pill(text, "warn" if one.hours else "plain")
    return {
        "id": one.id,
        "rule": one,
        "unit": one.unit or _(_ANY_UNIT),
        "type": _(ITEM_TYPES.get(one.item_type, one.item_type)) if one.item_type else _(_ANY_KIND),
        "rest": rest,
    }


def _outbreak_form() -> Form:
    told = _("Outbreak: every copy that comes back rests at least")
    hours = NumberField("hours", _("hours"), required=True, check=_hours, width=1)
    return Form([[CheckBox("on", told, width=5), hours]])


def _rule_form() -> Form:
    types = [("", _(_ANY_KIND)), *choices(ITEM_TYPES)]
    return Form(
        [
            [
                Choice("unit", _("Ward or unit"), options=[], width=3),
                Choice("type", _("Kind of copy"), options=types, width=2),
                NumberField("hours", _("Hours"), check=_hours, width=1),
                CheckBox("stays", _("does not come back"), width=2),
            ]
        ]
    )
