"""The columns of the list of titles."""

from __future__ import annotations

from typing import Any

from desktop.screens.catalogue.description import availability
from desktop.screens.catalogue.form.codes import LANGUAGES
from desktop.widgets.table import Column
from desktop.words.codes import MATERIALS
from desktop.words.language import _


def title_columns() -> list[Column]:
    """All there are; which are shown is chosen on this PC."""
    return [
        Column(_("Title"), _title, stretch=True, name="title", sortable=True),
        Column(_("Author"), "contributors", optional=True, width=136, name="contributors",
               sortable=True),
        Column(_("Year"), lambda row: str(row.year or ""), align="right", optional=True,
               name="year", sortable=True),
        Column(_("Call number"), "call_number", optional=True, name="call_number", sortable=True),
        Column(_("Publisher"), "publisher", optional=True, width=120, name="publisher",
               sortable=True),
        Column(_("Kind"), lambda row: _(MATERIALS.get(row.material, row.material)), optional=True,
               name="material", sortable=True),
        Column(_("Language"), lambda row: _(LANGUAGES.get(row.language, row.language)),
               optional=True, name="language", sortable=True),
        Column(_("Added on"), "created_on", kind="date", optional=True, name="added",
               sortable=True),
        Column(_("Available"), _pill, kind="pill", name="available", sortable=True),
    ]  # fmt: skip


def _title(row: Any) -> str:
    """The title; before it the words it was found by where they are not those typed."""
    title: str = row.title
    return f"≈ {row.why} · {title}" if row.why else title


def _pill(row: Any) -> Any:
    return availability(row.available, row.items)
