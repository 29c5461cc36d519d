"""What would become of each record of some files: new, matched with a title, or refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from database import (
    items,
    marc,
)
from database.exchange import marc as marc_files
from database.marc import Record
from database.projection import Projection, project
from database.refusal import Refusal
from database.schema import Biblio, BiblioIdentifier
from database.words import code

CHUNK = 250


Report = Callable[[int, int], None]


class Cancelled(Exception):  # noqa: N818
    """The librarian stopped it; the transaction rolls back."""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A record (or one copy of a taken record) left out, and why."""

    file: str
    position: int
    reason: str
    detail: str = ""


@dataclass(slots=True)
class Planned:
    """One entry of a file and what becomes of it: "new", "matched" or "refused".

    A match is a stored title (`biblio_id`) or an earlier record of the chunk (`twin`).
    """

    file: str
    position: int
    outcome: str
    reason: str = ""
    stored: str = ""
    facts: Projection | None = None
    biblio_id: int | None = None
    twin: Planned | None = None
    copies: list[items.ItemFacts] = field(default_factory=list)


@dataclass(slots=True)
class Result:
    """read = added + matched + len(refused)."""

    read: int = 0
    added: int = 0
    matched: int = 0
    refused: list[NotTaken] = field(default_factory=list)
    items: int = 0
    items_refused: list[NotTaken] = field(default_factory=list)


def plan(
    session: Session,
    files: Sequence[Path],
    *,
    with_items: bool,
    report: Report = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[list[Planned]]:
    """What would become of every record, a chunk at a time; nothing is written here.

    New titles of a chunk must be stored before the next chunk is asked for, or later
    records cannot be matched with them; `run` does, a preview remembers their keys.
    """
    total = sum(path.stat().st_size for path in files if path.is_file()) or 1
    before = 0
    for path in files:
        chunk: list[Planned] = []
        done = 0
        for entry in _entries(path):
            if cancelled():
                raise Cancelled
            done = entry.done
            chunk.append(_planned(path, entry, with_items))
            if len(chunk) == CHUNK:
                classify(session, chunk)
                yield chunk
                chunk = []
                report(before + done, total)
        classify(session, chunk)
        yield chunk
        before += path.stat().st_size if path.is_file() else 0
        report(before, total)


def _entries(path: Path) -> Iterator[marc_files.Entry]:
    """A file that cannot be read at all is one piece with a reason."""
    try:
        yield from marc_files.read(path)
    except Refusal as refusal:
        yield marc_files.Entry(1, None, refusal.reason.value, 0)


def _planned(path: Path, entry: marc_files.Entry, with_items: bool) -> Planned:
    if entry.record is None:
        return Planned(path.name, entry.position, "refused", entry.reason)
    if entry.record.leader[6:7] in {"z", "u", "v", "x", "y", "w", "q"}:
        return Planned(path.name, entry.position, "refused", "not_bibliographic")
    facts = project(entry.record)
    if not facts.title:
        return Planned(path.name, entry.position, "refused", "no_title")
    copies = copies_in(entry.record) if with_items else []
    # The record as text at once: thousands of live fields would keep the collector busy.
    stored = marc.to_json(entry.record)
    return Planned(path.name, entry.position, "new", "", stored, facts, copies=copies)


# --- matching -----------------------------------------------------------------------


_BY_NUMBER = (
    select(BiblioIdentifier.kind, BiblioIdentifier.value, Biblio.id, Biblio.title_key)
    .join(Biblio, Biblio.id == BiblioIdentifier.biblio_id)
    .where(
        BiblioIdentifier.value.in_(bindparam("numbers", expanding=True)),
        Biblio.cancelled_at.is_(None),
    )
)


_BY_KEY = select(Biblio.match_key, Biblio.id).where(
    Biblio.match_key.in_(bindparam("keys", expanding=True)), Biblio.cancelled_at.is_(None)
)


def classify(session: Session, chunk: list[Planned]) -> None:
    """Find for each record the title it repeats, in the library or earlier in the chunk.

    The same control number counts only with the same title, an ISBN of a volume only
    with the same title (sets share one); else author, title, year and edition decide.
    """
    numbers: dict[tuple[str, str], list[tuple[Any, str]]] = {}
    keys: dict[str, Any] = {}
    listed = [one for one in chunk if one.facts is not None]
    wanted = sorted({value for one in listed for _, value in one.facts.identifiers})  # type: ignore[union-attr]
    for at in range(0, len(wanted), 400):
        for kind, value, biblio_id, title in session.execute(
            _BY_NUMBER, {"numbers": wanted[at : at + 400]}
        ):
            numbers.setdefault((kind, value), []).append((biblio_id, title))
    match_keys = [one.facts.match_key for one in listed if strong(one.facts)]  # type: ignore[arg-type,union-attr]
    if match_keys:
        keys = {row[0]: row[1] for row in session.execute(_BY_KEY, {"keys": match_keys})}
    for one in listed:
        assert one.facts is not None
        found = _match(one.facts, numbers, keys)
        if found is not None:
            one.outcome = "matched"
            if isinstance(found, Planned):
                one.twin = found
            else:
                one.biblio_id = found
            continue
        for number in one.facts.identifiers:
            numbers.setdefault(number, []).append((one, one.facts.title_key))
        if strong(one.facts):
            keys.setdefault(one.facts.match_key, one)


def strong(facts: Projection) -> bool:
    """Whether title, author and year are all there to be compared."""
    return bool(facts.year) and "||" not in facts.match_key


def _match(facts: Projection, numbers: Any, keys: Any) -> Any:
    for kind, value in facts.identifiers:
        for found, title in numbers.get((kind, value), ()):
            same_title = title == facts.title_key
            if same_title or (kind == "isbn" and not facts.volume):
                return found
    return keys.get(facts.match_key) if strong(facts) else None


# --- storing ------------------------------------------------------------------------


def copies_in(record: Record) -> list[items.ItemFacts]:
    """Copies told by a record: 952 (Koha), 852 (MARC 21 holdings), 990 (INDOMARC)."""
    found = []
    for one in record.fields:
        if one.value is not None:
            continue
        if one.tag == "952" and one.get("p"):
            shelf = one.get("o")
            found.append(_copy(one.get("p"), one.get("i"), shelf, one.get("c"), one.get("g")))
        elif one.tag == "852" and one.get("p"):
            shelf = " ".join(one.all("khi"))
            found.append(_copy(one.get("p"), "", shelf, one.get("b"), one.get("9")))
        elif one.tag == "990" and _code_like(one.get("a")):
            found.append(_copy(one.get("b") or one.get("a"), one.get("a"), "", "", ""))
    return found


def _code_like(text: str) -> bool:
    """An accession number has a digit; 990 elsewhere holds words."""
    return any(sign.isdigit() for sign in text)


def _copy(barcode: str, accession: str, shelf: str, location: str, price: str) -> items.ItemFacts:
    whole = price.strip().split(",")[0].replace(".", "")
    return items.ItemFacts(
        barcode=code(barcode)[:40],
        accession_number=accession.strip()[:60],
        call_number=shelf.strip()[:80],
        location=location.strip()[:60],
        price=int(whole) if whole.isdigit() and len(whole) < 10 else None,
    )
