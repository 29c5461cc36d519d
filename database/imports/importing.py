"""Bringing records in: each becomes a new title, joins one that stands, or is refused.

Preview and import share `classify`, so what was shown is what is done. A whole import
is one transaction and one journal line; stopped half-way, nothing of it remains.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from database import journal
from database.catalogue import titles
from database.engine import collector
from database.imports.copies import store_copies
from database.imports.plan import Matched, NotTaken, Report, Result, plan
from database.imports.reader import Planned
from database.imports.storing import Met, finish, highest, overlay, store
from database.policy import settings


@collector.held_back()
def run(
    session: Session,
    files: Sequence[Path],
    now: datetime,
    *,
    with_items: bool = False,
    matched: Matched = Matched.ADD,
    report: Report = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Result:
    """Import `files` in the caller's transaction. Raises Cancelled to undo it all."""
    result = Result()
    titles.alone(session)
    _hasten(session)
    line = journal.write(session, "import.done", "Biblio", None, now)
    last_id = highest(session)
    met: Met = {}
    overlaid: list[int] = []
    style = settings.call_number_style(session)
    for chunk in plan(
        session, files, with_items=with_items, style=style, report=report, cancelled=cancelled
    ):
        collector.tidy()
        last_id = store(session, chunk, last_id, line, now, met)
        _count(result, chunk)
        if matched is Matched.OVERLAY:
            overlaid += overlay(session, chunk, now)
        if with_items:
            taken = [one for one in chunk if matched is not Matched.SKIP or one.outcome == "new"]
            store_copies(session, taken, result, line, now)
    finish(session, result.added)
    result.line, result.overlaid = line, len(overlaid)
    _tell(session, result, files, overlaid)
    return result


def _tell(session: Session, result: Result, files: Sequence[Path], overlaid: list[int]) -> None:
    """Complete the one line of the import."""
    journal.complete(
        session,
        result.line,
        None,
        files=[path.name for path in files],
        read=result.read,
        added=result.added,
        matched=result.matched,
        refused=len(result.refused),
        items=result.items,
        overlaid=overlaid,
    )


def _hasten(session: Session) -> None:
    """A plan kept from when the tables were small would read them whole at every chunk."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET LOCAL enable_seqscan = off"))


def _count(result: Result, chunk: list[Planned]) -> None:
    result.read += len(chunk)
    for one in chunk:
        if one.mended:
            result.mended.append(NotTaken(one.file, one.position, one.mended, partly=True))
        if one.outcome == "new":
            result.added += 1
        elif one.outcome == "matched":
            result.matched += 1
        else:
            result.refused.append(NotTaken(one.file, one.position, one.reason))
