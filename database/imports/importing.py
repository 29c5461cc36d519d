"""Bringing records in: each becomes a new title, joins one that stands, or is refused.

Preview and import share `classify`, so what was shown is what is done. A whole import is one
journal line, written first: in an ordinary transaction all of it or nothing comes in; a long one
pauses for the desks, and what a killed PC left is one act to take back, or goes on when the same
files are brought in again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from database import journal
from database.engine import bulk, collector, pausing
from database.imports import pictures
from database.imports.copies import Copies
from database.imports.plan import Decided, Matched, NotTaken, Report, Result, plan
from database.imports.planned import Planned, Source, name_of
from database.imports.storing import Met, index, overlay, settle, store
from database.policy import settings
from database.schema import Biblio


@collector.held_back()
def run(
    session: Session,
    files: Sequence[Source],
    now: datetime,
    *,
    with_items: bool = False,
    matched: Matched = Matched.ADD,
    decided: Decided | None = None,
    report: Report = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Result:
    """Import `files`, those of records with the copies they tell of where `with_items`, in pieces
    where the transaction is a long one; what is `decided` of a record goes before `matched`.
    Raises Cancelled."""
    result = Result(line=journal.write(session, "import.done", "Biblio", None, now))
    copies = Copies(result, result.line, now)
    overlaid: list[int] = []
    _tell(session, result, files, overlaid)
    met, style = Met(), settings.call_number_style(session)

    def stands() -> None:
        bulk.continue_sequences(session.connection(), Biblio)
        _tell(session, result, files, overlaid)
        met.clear()

    planned = plan(
        session, files, with_items=with_items, style=style,
        report=report, cancelled=cancelled, decided=decided,
        waiting=lambda: pausing.let_go(session, stands),
    )  # fmt: skip
    for chunk in planned:
        overlaid += _take(session, chunk, matched, copies, met)
        result.overlaid = len(overlaid)
        pausing.pause(session, stands)
    _finish(session, copies, stands)
    stands()
    settle(session, result.added)
    return result


def _finish(session: Session, copies: Copies, stands: Callable[[], None]) -> None:
    for came in copies.finish(session):
        index(session, [], came)
        pausing.pause(session, stands)


def _take(
    session: Session, chunk: list[Planned], matched: Matched, copies: Copies, met: Met
) -> list[int]:
    """Bring a chunk in; lines that tell what was overlaid."""
    collector.tidy()
    store(session, chunk, copies.line, copies.now, met)
    _count(copies.result, chunk)
    return _join(session, chunk, matched, copies)


def _join(session: Session, chunk: list[Planned], matched: Matched, copies: Copies) -> list[int]:
    """Overlay and copies of a chunk, as is done with each record, and all of it indexed; lines
    that tell what was overlaid."""
    anew = [one for one in chunk if _how(one, matched) == Matched.OVERLAY]
    lines = overlay(session, anew, copies.line, copies.now)
    joining = [one for one in chunk if _how(one, matched) != Matched.SKIP]
    index(session, chunk, copies.store(session, joining))
    pictures.hang(session, chunk, copies.result, copies.now)
    return lines


def _how(one: Planned, matched: Matched) -> str:
    """What is done with a record; a new title is added."""
    return (one.decided or matched) if one.outcome == "matched" else Matched.ADD


def _tell(session: Session, result: Result, files: Sequence[Source], overlaid: list[int]) -> None:
    """Complete the one line of the import."""
    journal.complete(
        session,
        result.line,
        None,
        files=[name_of(one) for one in files],
        read=result.read,
        added=result.added,
        matched=result.matched,
        refused=len(result.refused),
        items=result.items,
        overlaid=overlaid,
    )


def _count(result: Result, chunk: list[Planned]) -> None:
    result.read += len(chunk)
    for one in chunk:
        if one.outcome != "refused":
            result.doubtful += [
                NotTaken(one.file, one.position, reason, detail, partly=True)
                for reason, detail in one.doubts
            ]
        if one.mended:
            result.mended.append(NotTaken(one.file, one.position, one.mended, partly=True))
        if one.outcome == "new":
            result.added += 1
        elif one.outcome == "matched":
            result.matched += 1
        else:
            result.refused.append(NotTaken(one.file, one.position, one.reason))
