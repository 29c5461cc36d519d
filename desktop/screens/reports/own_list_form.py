"""The question of a list of one's own: under which conditions, and counted by what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from database.reports.questions import Asked, Filter
from database.reports.subjects import Column
from desktop.screens.reports.own_list_words import OPERATORS, name_of, typed_value
from desktop.widgets.form import Choice, Field, Form
from desktop.words.language import _

FILTERS = 2
EMPTY: dict[str, Any] = {
    **{f"operator_{at}": "contains" if at == 0 else "from" for at in range(FILTERS)},
    **{f"column_{at}": "" for at in range(FILTERS)},
    "group": "",
}
"""What stands in the form at first."""


def question_form(known: Mapping[str, Column]) -> Form:
    """The form for lists with these columns."""
    columns: list[tuple[object, str]] = [("", "–")]
    columns += [(key, name_of(key, known)) for key in known]
    groups: list[tuple[object, str]] = [("", "–")]
    groups += [(key, name_of(key, known)) for key, one in known.items() if one.grouped]
    ways: list[tuple[object, str]] = [(key, _(words)) for key, words in OPERATORS.items()]
    rows: list[Field | Sequence[Field]] = [
        (
            Choice(f"column_{at}", _("Only where") if at == 0 else _("and"), options=columns),
            Choice(f"operator_{at}", _("How"), options=ways),
            Field(f"value_{at}", _("Value")),
        )
        for at in range(FILTERS)
    ]
    rows.append(Choice("group", _("Counted by"), options=groups))
    rows.append(Field("name", _("Name of the list")))
    return Form(rows)


def asked_of(
    values: Mapping[str, Any], subject: str, columns: Sequence[str], known: Mapping[str, Column]
) -> Asked:
    """The question as it stands in the form."""
    filters = tuple(
        Filter(
            values[f"column_{at}"],
            values[f"operator_{at}"] or "is",
            typed_value(known[values[f"column_{at}"]].kind, values[f"value_{at}"]),
        )
        for at in range(FILTERS)
        if values[f"column_{at}"] and values[f"value_{at}"]
    )
    return Asked(subject, tuple(columns), filters, values["group"] or "")


def values_of(asked: Asked) -> dict[str, Any]:
    """A question as the form shows it."""
    values: dict[str, Any] = {"group": asked.group}
    for at, one in enumerate(asked.filters[:FILTERS]):
        values |= {
            f"column_{at}": one.column,
            f"operator_{at}": one.operator,
            f"value_{at}": one.value,
        }
    return values
