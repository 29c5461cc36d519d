"""A letter to each library that has not sent, a file each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from database.library import Library
from database.registers import outgoing
from desktop.background import Cancelled
from desktop.file_names import safe
from desktop.pages.letters import recap_letter
from desktop.recap.gathering import Recap


def missing_by_library(found: Recap) -> dict[str, list[str]]:
    """Which periods each library has not sent, in their order."""
    listed: dict[str, list[str]] = {}
    for library, period in found.missing():
        listed.setdefault(library, []).append(period)
    return listed


def write(
    folder: Path,
    found: Recap,
    now: datetime,
    library: Library | None,
    report: Callable[[int, int], object] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[Path]:
    """Write the letters: numbered and under its letterhead where a library is open, else for
    paper with a head of its own. Raises OSError, Cancelled, Refusal, Fault."""
    asked, today = missing_by_library(found), now.date()
    folder.mkdir(parents=True, exist_ok=True)
    numbers = _numbered(asked, library, now)
    made: list[Path] = []
    for name, periods in asked.items():
        if cancelled():
            raise Cancelled
        path = folder / safe(recap_letter.file_name(name), ".pdf")
        if library is None:
            who = recap_letter.nobody(today)
            recap_letter.write_from(path, who, name, periods, "", today)
        else:
            with library.reading() as session:
                recap_letter.write(path, session, name, periods, numbers[name], today)
        made.append(path)
        report(len(made), len(asked))
    return made


def _numbered(
    asked: Mapping[str, list[str]], library: Library | None, now: datetime
) -> dict[str, str]:
    """A number each, of one act."""
    if library is None:
        return {}
    with library.transaction() as session:
        return {
            name: outgoing.write(session, _about(name, periods), now)[0]
            for name, periods in asked.items()
        }


def _about(name: str, periods: list[str]) -> outgoing.Letter:
    return outgoing.Letter(recap_letter.PAPER, recipient=name, subject=", ".join(periods))
