"""Looking at files before they are imported: the same plan, nothing written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.orm import Session

from database.import_plan import Report, plan, strong
from database.import_reader import Planned
from database.projection import Projection


@dataclass(slots=True)
class Preview:
    """What an import would do; `rows` holds at most the first thousand of interest."""

    read: int = 0
    new: int = 0
    matched: int = 0
    refused: int = 0
    copies: int = 0
    rows: list[PreviewRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One record as the preview lists it."""

    file: str
    position: int
    outcome: str
    reason: str
    title: str
    contributors: str
    year: int | None
    copies: int
    isbn: str = ""
    mended: str = ""


PREVIEW_ROWS = 2000


def preview(
    session: Session,
    files: Sequence[Path],
    *,
    with_items: bool = True,
    report: Report = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Preview:
    """Look at files without writing anything. Records refused or matched come first."""
    result = Preview()
    seen: set[str] = set()
    for chunk in plan(session, files, with_items=with_items, report=report, cancelled=cancelled):
        for one in chunk:
            _see_twins(one, seen)
            result.read += 1
            result.copies += len(one.copies)
            if one.outcome == "new":
                result.new += 1
            elif one.outcome == "matched":
                result.matched += 1
            else:
                result.refused += 1
            if len(result.rows) < PREVIEW_ROWS or one.outcome != "new" or one.mended:
                result.rows.append(_row(one))
    return result


def _see_twins(one: Planned, seen: set[str]) -> None:
    """A record met in an earlier chunk of the same files will have been stored by then."""
    if one.outcome != "new" or one.facts is None:
        return
    marks = {f"{kind}={value}={one.facts.title_key}" for kind, value in one.facts.identifiers}
    if not one.facts.volume:
        marks |= {f"isbn={value}" for kind, value in one.facts.identifiers if kind == "isbn"}
    if strong(one.facts):
        marks.add(one.facts.match_key)
    if marks & seen:
        one.outcome = "matched"
    seen |= marks


def _row(one: Planned) -> PreviewRow:
    facts = one.facts or Projection()
    return PreviewRow(
        one.file, one.position, one.outcome, one.reason, facts.title, facts.contributors,
        facts.year, len(one.copies), facts.isbn, one.mended,
    )  # fmt: skip
