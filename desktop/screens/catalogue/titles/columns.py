"""The columns of the list of titles."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Literal

from database.text import own_values
from database.text.own_values import OwnRow
from database.vocabulary import OwnKind
from desktop.forms.own import fields as own
from desktop.screens.catalogue.description import availability
from desktop.widgets.table import Column
from desktop.words.codes import MATERIALS
from desktop.words.language import _
from desktop.words.titles import LANGUAGES


def title_columns(declared: Sequence[OwnRow] = ()) -> list[Column]:
    """All there are, the library's own fields too; which are shown is chosen on this PC."""
    may = partial(Column, optional=True, sortable=True)
    return [
        Column(_("Title"), _title, stretch=True, name="title", sortable=True),
        may(_("Author"), "contributors", width=136, name="contributors"),
        may(_("Year"), lambda row: str(row.year or ""), align="right", name="year"),
        may(_("Call number"), "call_number", name="call_number"),
        may(_("Publisher"), "publisher", width=120, name="publisher"),
        may(_("Kind"), _kind, name="material"),
        may(_("Language"), _language, name="language"),
        may(_("Added on"), "created_on", kind="date", name="added"),
        *map(_own, declared),
        Column(_("Available"), _pill, kind="pill", name="available", sortable=True),
    ]


def _own(one: OwnRow) -> Column:
    def value(row: Any) -> str:
        return own.said(one, own_values.unpacked(row.own).get(one.key, ""))

    side: Literal["right"] | None = "right" if one.kind == OwnKind.NUMBER else None
    return Column(one.name, value, optional=True, align=side, name=own.key_of(one))


def _kind(row: Any) -> str:
    return _(MATERIALS.get(row.material, row.material))


def _language(row: Any) -> str:
    return _(LANGUAGES.get(row.language, row.language))


def _title(row: Any) -> str:
    """The title; before it the words it was found by where they are not those typed."""
    title: str = row.title
    return f"≈ {row.why} · {title}" if row.why else title


def _pill(row: Any) -> Any:
    return availability(row.available, row.items)
