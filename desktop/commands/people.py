"""Patrons without a window: listing them."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from database.patrons import finding
from desktop.commands.opening import opened
from desktop.commands.telling import DONE, give
from desktop.words.language import _, date_plain

_EVERY = 1_000_000


def listed(chosen: argparse.Namespace) -> tuple[list[dict[str, Any]], list[str]]:
    """Everybody who is not forgotten: as values, and as lines for people."""
    library = opened(chosen)
    try:
        with library.reading() as session:
            _total, found = finding.search(session, finding.PatronFilter(), _EVERY)
    finally:
        library.close()
    rows = [
        {
            "number": one.number,
            "name": one.name,
            "category": one.category,
            "valid_until": one.valid_until,
            "open_loans": one.open_loans,
        }
        for one in found
    ]
    columns = [
        (one.number, one.name, one.category_name, _end(one), str(one.open_loans)) for one in found
    ]
    head = (_("Number"), _("Name"), _("Kind"), _("Valid until"), _("Loans"))
    return rows, _aligned([head, *columns])


def _end(one: finding.PatronRow) -> str:
    return date_plain(one.valid_until) if one.valid_until else "–"


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    wide = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, wide, strict=True)).rstrip()
        for row in rows
    ]


def _patrons(chosen: argparse.Namespace, now: datetime) -> int:
    rows, lines = listed(chosen)
    give(chosen, {"rows": rows}, lines)
    return DONE


ACTS: dict[str, Callable[[argparse.Namespace, datetime], int]] = {
    "patrons": _patrons,
}
