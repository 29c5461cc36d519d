"""The list of fields that the library declares itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from database.library import Session
from database.patrons import own_field_removal
from database.policy import own_fields
from database.policy.own_fields import OwnFacts
from database.text.own_values import OwnRow
from database.vocabulary import OwnKind, OwnRecord
from desktop.program import Program
from desktop.screen import Screen
from desktop.screens.settings.listed import ListSection
from desktop.widgets.dialog import confirm
from desktop.widgets.form import CheckBox, Choice, Field, TextArea
from desktop.widgets.pill import Pill
from desktop.widgets.table import Column
from desktop.words.codes import choices
from desktop.words.language import N_, _, ngettext, number

RECORDS: dict[str, str] = {
    OwnRecord.TITLE: N_("Title"),
    OwnRecord.ITEM: N_("Copy"),
    OwnRecord.PATRON: N_("Patron"),
}
KINDS: dict[str, str] = {
    OwnKind.TEXT: N_("Text"),
    OwnKind.CHOICE: N_("Choice"),
    OwnKind.DATE: N_("Date"),
    OwnKind.NUMBER: N_("Number"),
}


class OwnFieldsSection(ListSection):
    """A field that is switched off keeps its values; taking it away asks first."""

    store = own_fields

    def __init__(self, screen: Screen, program: Program) -> None:
        super().__init__(
            screen,
            program,
            _("Own fields"),
            _(
                "What your library notes besides: asked in the forms of titles, copies and "
                "patrons, found by the search, taken along in every export."
            ),
            [
                Column(_("Name"), "name", stretch=True, strong=True),
                Column(_("In the form of"), "about"),
                Column(_("Kind of value"), "told", muted=True),
                Column(_("Filled in"), "held", align="right"),
                Column("", "state", kind="pill"),
            ],
            _("No field of your own yet. Add one, such as “Project” for titles."),
        )

    def rows(self, session: Session) -> list[dict[str, Any]]:
        """Every field, in use or not."""
        return [_row(one, own_fields.holders(session, one)) for one in own_fields.listed(session)]

    def fields(self) -> list[Field | Sequence[Field]]:
        """What a field is."""
        return [
            Field("name", _("Name"), required=True, placeholder=_("such as Project number")),
            [
                Choice("record", _("In the form of"), options=choices(RECORDS), required=True),
                Choice("kind", _("Kind of value"), options=choices(KINDS), required=True),
            ],
            TextArea("choices", _("Choices, one a line"), lines=4),
            CheckBox("active", _("In use: is asked for")),
        ]

    def asked_for(self, values: Mapping[str, Any]) -> Mapping[str, bool]:
        """Choices only of a field that is chosen."""
        return {"choices": values["kind"] == OwnKind.CHOICE}

    def usual(self) -> dict[str, Any]:
        """A text about titles."""
        return {**asdict(OwnFacts(OwnRecord.TITLE, "")), "choices": ""}

    def facts(self, values: Mapping[str, Any]) -> Any:
        """A field as the rules take it."""
        return _facts(values)

    def write_removal(self, session: Session, chosen: int) -> int:
        """With what it told of persons."""
        return own_field_removal.remove(session, chosen, self.program.now())

    def remove(self) -> None:
        """Ask first where records have a value."""
        row = self._chosen()
        if row is None or (row["count"] and not self._agreed(row)):
            return
        super().remove()

    def _agreed(self, row: Mapping[str, Any]) -> bool:
        count = ngettext(
            "{n} record has a value of “{name}”.", "{n} records have a value of “{name}”.",
            row["count"],
        ).format(n=number(row["count"]), name=row["name"])  # fmt: skip
        rest = _(
            "It stays in the records, unseen; a field of the same name shows it again. To hide it "
            "for a while, switch the field off instead."
        )
        if row["record"] == OwnRecord.PATRON:
            rest = _(
                "It is deleted with the field, for it is personal data. To hide it for a while, "
                "switch the field off instead."
            )
        title = _("Remove the field?")
        return confirm(self, title, f"{count} {rest}", _("Remove"), danger=True)


def _facts(values: Mapping[str, Any]) -> OwnFacts:
    lines = str(values["choices"] or "").split("\n")
    listed = tuple(line.strip() for line in lines if line.strip())
    kind = values["kind"]
    chosen = listed if kind == OwnKind.CHOICE else ()
    return OwnFacts(values["record"], values["name"] or "", kind, chosen, bool(values["active"]))


def _row(one: OwnRow, count: int) -> dict[str, Any]:
    told = _(KINDS[OwnKind(one.kind)])
    return {
        **asdict(one),
        "choices": "\n".join(one.choices),
        "about": _(RECORDS[OwnRecord(one.record)]),
        "told": f"{told}: {', '.join(one.choices)}" if one.choices else told,
        "count": count,
        "held": number(count) if count else "–",
        "state": None if one.active else Pill(_("off"), "plain"),
    }
