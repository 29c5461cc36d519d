"""The library's own label sheets: numbers in millimetres, as the editor gives them.

What makes a sheet possible is known where sheets are drawn; here they are kept by their ids.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from database import journal
from database.journal import Line
from database.policy import settings
from database.refusal import Reason, Refusal

Sheet = dict[str, Any]


def own(session: Session) -> list[Sheet]:
    """All of them, in the order they were made."""
    return list(settings.get(session, settings.LABEL_SHEETS))


def put(session: Session, sheet: Sheet, now: datetime) -> int:
    """Keep a sheet, a new one last, a known one (by its `id`) in its place; gives the line."""
    before = own(session)
    after = [sheet if one["id"] == sheet["id"] else one for one in before]
    if sheet not in after:
        after.append(sheet)
    return _kept(session, before, after, now)


def remove(session: Session, sheet_id: str, now: datetime) -> int:
    """Take a sheet out; gives the line. Refusal: there is none of that id."""
    before = own(session)
    after = [one for one in before if one["id"] != sheet_id]
    if len(after) == len(before):
        raise Refusal(Reason.RECORD_GONE)
    return _kept(session, before, after, now)


def _kept(session: Session, before: list[Sheet], after: list[Sheet], now: datetime) -> int:
    settings.put(session, settings.LABEL_SHEETS, after)
    return journal.write(
        session, "label_sheets.changed", "Setting", None, now, before=before, after=after
    )


def _undo_changed(session: Session, line: Line, now: datetime) -> None:
    if own(session) != line.facts["after"]:
        raise Refusal(Reason.CANNOT_UNDO)
    settings.put(session, settings.LABEL_SHEETS, line.facts["before"])


INVERSES = {"label_sheets.changed": _undo_changed}
