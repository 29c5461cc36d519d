"""One line of a register, asked for by the fields its register has."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from database.registers import fields, registers
from database.registers.fields import Entry, FieldSpec
from database.text import patient_numbers
from desktop.forms.act_dialog import ActDialog
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.card import Band
from desktop.widgets.form import (
    CheckBox,
    Choice,
    DateField,
    Field,
    Form,
    MoneyField,
    NumberField,
    TextArea,
)
from desktop.words.language import _
from desktop.words.register_words import field, register, word

_LONG = frozenset({"note", "question", "impact", "result", "results"})
_LINES = {"question": 2, "impact": 3, "results": 4}
_WHOLE_ROW = frozenset({"title"})
_PAIRS = frozenset({"patient", "intervention", "comparison", "outcome"})
_ABOUT_PATIENTS = ("question", "patient", "intervention", "comparison", "outcome", "note")
_IN_ROW = 3


class EntryDialog(ActDialog):
    """A new line, or `entry` to be changed."""

    def __init__(
        self, program: Program, host: Screen, name: str, entry: Entry | None = None
    ) -> None:
        verb = _("Save") if entry else _("Add")
        super().__init__(program, host, register(name), verb, width=760)
        self.name, self.entry = name, entry
        self.warning = Band("", "warn")
        self.body.addWidget(self.warning)
        specs = fields.registers()[name]
        self.build(Form(_rows(specs, name)))
        self.form.changed.connect(lambda _key: self._warn())
        self.form.set_values(_shown(specs, entry.values if entry else self._first(specs)))
        self.form.focus(specs[0].key)

    def _first(self, specs: Sequence[FieldSpec]) -> dict[str, Any]:
        """Today, this year; the first of a choice that must be made."""
        today = self.program.now().date()
        first: dict[str, Any] = {"day": today, "year": today.year}
        first |= {spec.key: spec.choices[0] for spec in specs if spec.choices and spec.required}
        return {spec.key: first[spec.key] for spec in specs if spec.key in first}

    def _warn(self) -> None:
        """Nothing is refused, but a patient's number does not belong here."""
        values = self.form.values()
        typed = " ".join(str(values.get(key) or "") for key in _ABOUT_PATIENTS)
        found = patient_numbers.found_in(typed) if self.name == "literature_search" else None
        self.warning.set(
            _("This looks like a patient's number. Better leave it out.") if found else "", "warn"
        )

    def act(self) -> None:
        """Add or change it, and say so."""
        values, now, entry = _taken(self.name, self.form.values()), self.program.now(), self.entry
        line = self.program.write(
            lambda session: (
                registers.save(session, entry.id, values, now)
                if entry
                else registers.add(session, self.name, values, now)
            )
        )
        told = _("Saved in {register}").format(register=register(self.name))
        self.host.notice.done(told, partial(self.program.undo, self.host, line))


def _rows(specs: Sequence[FieldSpec], name: str) -> list[Field | Sequence[Field]]:
    """Long texts in rows of their own, the rest three beside each other."""
    rows: list[Field | Sequence[Field]] = []
    row: list[Field] = []
    for spec in specs:
        if spec.key in _LONG or spec.key in _WHOLE_ROW:
            rows += [row] if row else []
            rows.append(_field(spec, name))
            row = []
            continue
        if row and (spec.key in _PAIRS) != (row[-1].key in _PAIRS):
            rows.append(row)
            row = []
        row.append(_field(spec, name))
        if len(row) == (2 if spec.key in _PAIRS else _IN_ROW):
            rows.append(row)
            row = []
    return [*rows, row] if row else rows


def _field(spec: FieldSpec, register_name: str) -> Field:
    name, required = field(spec.key, register_name), spec.required
    if spec.choices:
        options: list[tuple[object, str]] = [(code, word(code)) for code in spec.choices]
        if not required:
            options.insert(0, (None, "–"))
        return Choice(spec.key, name, required=required, options=options)
    if spec.type == "score":
        scores: list[tuple[object, str]] = [(n, str(n)) for n in (1, 2, 3, 4)]
        return Choice(spec.key, name, required=required, options=scores)
    if spec.key == "year":
        return Field(spec.key, name, required=required, check=_year)
    if spec.key in _LONG:
        return TextArea(spec.key, name, required=required, lines=_LINES.get(spec.key, 1))
    kinds: dict[str, type[Field]] = {
        "day": DateField,
        "number": NumberField,
        "money": MoneyField,
        "yes": CheckBox,
    }
    if spec.type == "hours":
        return NumberField(spec.key, name, required=required, decimals=2)
    return kinds.get(spec.type, Field)(spec.key, name, required=required)


def _year(text: Any) -> str | None:
    return None if str(text).strip().isdecimal() else _("write it like 2027")


def _shown(specs: Sequence[FieldSpec], values: Any) -> dict[str, Any]:
    shown = {spec.key: values.get(spec.key) for spec in specs}
    for spec in specs:
        if shown[spec.key] is None and spec.type in {"text", "yes"}:
            shown[spec.key] = False if spec.type == "yes" else ""
        if spec.key == "year" and shown["year"] is not None:
            shown["year"] = str(shown["year"])
        if spec.type in {"number", "money"} and shown[spec.key] == 0 and not spec.required:
            shown[spec.key] = None
    return shown


def _taken(name: str, values: dict[str, Any]) -> dict[str, Any]:
    """A year is typed as text, and counted as a number."""
    taken = dict(values)
    if any(spec.key == "year" for spec in fields.registers()[name]):
        taken["year"] = int(str(values["year"]).strip())
    return taken
