"""A list to work through as a file for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from database.catalogue.worklists import Row
from database.exchange import sheet
from database.refusal import Fault, Trouble
from desktop.words.language import _
from desktop.words.titles import class_group


def write_sheet(where: Path, rows: Iterable[Row]) -> None:
    """All that is known of each title. Raises Fault FILE_UNWRITABLE."""
    heads = [
        _("Title"),
        _("Author"),
        _("Edition"),
        _("Year"),
        _("Publisher"),
        _("ISBN"),
        _("Call number"),
        _("Class"),
        _("Added on"),
        _("Review on"),
    ]
    try:
        sheet.write_csv(where, heads, (_cells(row) for row in rows))
    except OSError as error:
        raise Fault(Trouble.FILE_UNWRITABLE, where=str(where)) from error


def _cells(row: Row) -> tuple[object, ...]:
    return (
        row.title,
        row.contributors,
        row.edition,
        row.year,
        row.publisher,
        row.isbn,
        row.call_number,
        class_group(row.class_group),
        row.created_on,
        row.review_on,
    )
