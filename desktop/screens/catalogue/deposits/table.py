"""The copies of a batch, listed."""

from __future__ import annotations

from desktop.program import Program
from desktop.screen import Screen
from desktop.screens.catalogue.description import state
from desktop.screens.catalogue.history import History
from desktop.widgets.table import Column, Table
from desktop.words.language import _


def copies_table(program: Program, host: Screen) -> Table:
    """Enter opens the history of a copy."""
    return Table(
        [
            Column(_("Number"), "barcode", strong=True),
            Column(_("Title"), "title", stretch=True),
            Column(_("Call number"), "call_number", optional=True),
            Column(_("Location"), "location", optional=True),
            Column(_("State"), state, kind="pill"),
        ],
        on_open=lambda row: History(program, host, row).open(),
        empty=_("No copies yet. Bring in the list (Ctrl+I), or scan the books."),
        name=_("Copies of the batch"),
    )
