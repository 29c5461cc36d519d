"""How the holds are listed: ready, past their day, waiting."""

from __future__ import annotations

from datetime import date
from typing import Any

from database.circulation.hold_lists import HoldRow
from desktop.widgets.pill import Pill
from desktop.widgets.table import Column, Table
from desktop.words.language import _, date_short


def ready_row(row: HoldRow, today: date) -> dict[str, Any]:
    """A copy that lies ready."""
    until = row.ready_until or today
    tone: Any = "warn" if until == today else "good"
    return {
        "id": row.id,
        "hold": row,
        "until": Pill(date_short(until), tone),
        "title": row.title,
        "copy": row.copy,
        "who": row.shown,
        "unit": row.unit,
    }


def expired_row(row: HoldRow) -> dict[str, Any]:
    """A copy nobody fetched in time."""
    return {
        "id": row.id,
        "hold": row,
        "until": Pill(_("not fetched: back"), "bad"),
        "title": row.title,
        "copy": row.copy,
        "who": row.shown,
        "unit": row.unit,
    }


def waiting_row(row: HoldRow) -> dict[str, Any]:
    """Somebody who waits."""
    return {
        "id": row.id,
        "hold": row,
        "queue": row.queue,
        "title": row.title,
        "who": row.shown,
        "since": date_short(row.placed_on),
        "free": Pill(_("fetch {shelf}").format(shelf=row.shelf), "info") if row.free else "",
    }


def waiting_table() -> Table:
    """The list of those who wait."""
    return Table(
        [
            Column(_("In the queue"), "queue", kind="number"),
            Column(_("Title"), "title", stretch=True),
            Column(_("For"), "who"),
            Column(_("Since"), "since", optional=True),
            Column(_("On the shelf"), "free", kind="pill"),
        ],
        empty=_("Nobody waits. F10 at the desk places a hold."),
        name=_("Waiting"),
    )
