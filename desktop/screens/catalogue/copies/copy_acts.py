"""What can be done with the copies chosen: the questions asked first, and the acts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from database.holdings import item_list, item_states
from database.refusal import Reason
from database.rights import RIGHT_OF, Right
from desktop.forms.act_dialog import ActDialog
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.form import DateField, Field, Form
from desktop.words.language import N_, _, ngettext

NAMES = {
    "repair": N_("To repair…"),
    "back": N_("Back in service"),
    "missing": N_("Not found"),
    "found": N_("Found again"),
    "lost": N_("Lost…"),
    "withdraw": N_("Weed…"),
    "give_back": N_("Back to the owner…"),
}
"""The acts in the order of their buttons; those with dots ask something first."""
_DONE = {
    "repair": N_("To repair: {barcodes}"),
    "back": N_("Back in service: {barcodes}"),
    "missing": N_("Not found: {barcodes}"),
    "found": N_("Found again: {barcodes}"),
    "lost": N_("Lost: {barcodes}"),
    "withdraw": N_("Weeded: {barcodes}"),
    "give_back": N_("Given back to the owner: {barcodes}"),
}
_TITLES = {
    "repair": (N_("Send to repair"), N_("To repair")),
    "lost": (N_("Write off as lost"), N_("Lost")),
    "withdraw": (N_("Weed copies"), N_("Weed")),
    "give_back": (N_("Give back to the owner"), N_("Give back")),
}
_SHOWN = 4
_AT_THE_DESK = frozenset({Right.DESK, Right.EXCEPTIONS})
_SAID = {"withdraw": "withdrawn", "give_back": "given_back"}


def needs(name: str) -> str:
    """The right that an act needs to be offered at all: what happens at the desk is offered there,
    if only by the PIN of another."""
    right = RIGHT_OF[f"item.{_SAID.get(name, name)}"]
    return "" if right in _AT_THE_DESK else right


def barcodes(rows: Sequence[item_list.ItemRow]) -> str:
    """ "B000001, B000002, …" as it fits into a sentence."""
    listed = ", ".join(row.barcode for row in rows[:_SHOWN])
    return listed + (", …" if len(rows) > _SHOWN else "")


def do(program: Program, host: Screen, name: str, rows: Sequence[item_list.ItemRow]) -> None:
    """Do an act, after its question if it has one."""
    if name in _TITLES:
        StateDialog(program, host, name, rows).open()
        return
    now, ids = program.now(), [row.id for row in rows]
    act = item_states.ACTS[name]
    lines = program.attempt(host, lambda session: act(session, ids, item_states.Details(), now))
    if lines:
        tell(program, host, name, rows, lines)


def tell(
    program: Program, host: Screen, name: str, rows: Sequence[item_list.ItemRow], lines: list[int]
) -> None:
    """Say what was done, with Undo."""
    text = _(_DONE[name]).format(barcodes=barcodes(rows))
    host.notice.done(text, partial(program.undo, host, lines[0]))


class StateDialog(ActDialog):
    """Asks what an act needs: until when, why, by which minutes."""

    def __init__(
        self, program: Program, host: Screen, name: str, rows: Sequence[item_list.ItemRow]
    ) -> None:
        title, verb = _TITLES[name]
        super().__init__(program, host, _(title), _(verb))
        self.name, self.rows = name, rows
        self.build(_form(name), counted(rows))
        self.form.focus(next(iter(self.form.values())))

    wrong = {Reason.REASON_MISSING: "minutes"}

    def act(self) -> None:
        """All the copies, or none."""
        given = self.form.values()
        details = item_states.Details(
            given.get("until"), given.get("reason", ""), given.get("minutes", "")
        )
        ids, now = [row.id for row in self.rows], self.program.now()
        act = item_states.ACTS[self.name]
        lines = self.program.write(lambda session: act(session, ids, details, now))
        tell(self.program, self.host, self.name, self.rows, lines)


class MoveDialog(ActDialog):
    """Another place for all the copies chosen."""

    def __init__(self, program: Program, host: Screen, rows: Sequence[item_list.ItemRow]) -> None:
        super().__init__(program, host, _("Move copies"), _("Move"))
        self.rows = rows
        self.build(Form([Field("location", _("Location or shelf"), required=True)]), counted(rows))
        self.form.focus("location")

    def act(self) -> None:
        """Move them and say so."""
        place, now = self.form.value("location"), self.program.now()
        ids = [row.id for row in self.rows]
        lines = self.program.write(lambda session: item_states.move(session, ids, place, now))
        if not lines:
            self.host.notice.look(_("They are there already."))
            return
        text = ngettext("{n} copy moved to {place}", "{n} copies moved to {place}", len(lines))
        undo = partial(self.program.undo, self.host, lines[0])
        self.host.notice.done(text.format(n=len(lines), place=place), undo)


def counted(rows: Sequence[item_list.ItemRow]) -> str:
    """How many copies, and which."""
    text = ngettext("{n} copy: {barcodes}", "{n} copies: {barcodes}", len(rows))
    return text.format(n=len(rows), barcodes=barcodes(rows))


def _form(name: str) -> Form:
    fields: dict[str, list[Any]] = {
        "repair": [
            (DateField("until", _("Back by")), Field("reason", _("What is wrong"), width=2))
        ],
        "lost": [(Field("minutes", _("Number of the minutes")), Field("reason", _("Remark")))],
        "withdraw": [
            Field(
                "reason",
                _("Reason"),
                required=True,
                placeholder=_("superseded edition, damaged beyond repair, double …"),
            ),
            Field("minutes", _("Number of the minutes"), required=True),
        ],
        "give_back": [Field("minutes", _("Number of the handover deed"))],
    }
    return Form(fields[name])
