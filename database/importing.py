"""Bringing records in: each becomes a new title, joins one that stands, or is refused.

Preview and import share `classify`, so what was shown is what is done. A whole import
is one transaction and one journal line; stopped half-way, nothing of it remains.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.orm import Session

from database import bulk, catalogue, headings, journal, marc, numbering, search, settings, storage
from database.callnumber import class_group
from database.exchange import marc as marc_files
from database.marc import Record
from database.projection import Projection, project
from database.refusal import Refusal
from database.schema import Biblio, BiblioIdentifier, Item
from database.words import code, words

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
    copies: list[catalogue.ItemFacts] = field(default_factory=list)


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
    match_keys = [one.facts.match_key for one in listed if _strong(one.facts)]  # type: ignore[arg-type,union-attr]
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
        if _strong(one.facts):
            keys.setdefault(one.facts.match_key, one)


def _strong(facts: Projection) -> bool:
    """Whether title, author and year are all there to be compared."""
    return bool(facts.year) and "||" not in facts.match_key


def _match(facts: Projection, numbers: Any, keys: Any) -> Any:
    for kind, value in facts.identifiers:
        for found, title in numbers.get((kind, value), ()):
            same_title = title == facts.title_key
            if same_title or (kind == "isbn" and not facts.volume):
                return found
    return keys.get(facts.match_key) if _strong(facts) else None


# --- storing ------------------------------------------------------------------------


def run(
    session: Session,
    files: Sequence[Path],
    now: datetime,
    *,
    with_items: bool = False,
    report: Report = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Result:
    """Import `files` in the caller's transaction. Raises Cancelled to undo it all."""
    result = Result()
    line = journal.write(session, "import.done", "Biblio", None, now)
    last_id = _highest(session)
    for chunk in plan(session, files, with_items=with_items, report=report, cancelled=cancelled):
        last_id = _store(session, chunk, last_id, line, now)
        _count(result, chunk)
        if with_items:
            _store_copies(session, chunk, result, line, now)
    storage.continue_sequences(session.connection())
    journal.complete(
        session, line, None, files=[path.name for path in files], read=result.read,
        added=result.added, matched=result.matched, refused=len(result.refused),
        items=result.items,
    )  # fmt: skip
    return result


def _highest(session: Session) -> int:
    return session.execute(select(func.max(Biblio.id))).scalar() or 0


def _store(session: Session, chunk: list[Planned], last_id: int, line: int, now: datetime) -> int:
    rows, numbers, uses, indexed = [], [], {}, []
    for one in chunk:
        if one.outcome != "new" or one.facts is None:
            continue
        last_id += 1
        one.biblio_id = last_id
        facts = one.facts
        shelf = catalogue.call_number_of(facts)
        values = catalogue.columns(one.stored, facts, shelf)
        values.update(
            id=last_id, created_at=now, created_on=now.date(), updated_at=now, batch_id=line
        )
        rows.append(values)
        numbers += [
            {"biblio_id": last_id, "kind": kind, "value": value}
            for kind, value in facts.identifiers
        ]
        uses[last_id] = facts.headings
        other = (*facts.other_words, *words(shelf))
        indexed.append(search.Words(last_id, facts.title_words, other))
        one.stored = ""
    if rows:
        connection = session.connection()
        bulk.add(connection, Biblio, rows)
        bulk.add(connection, BiblioIdentifier, numbers)
        headings.link(session, uses, fresh=True)
        search.index(connection, indexed, fresh=True)
    _settle(chunk)
    return last_id


def _settle(chunk: list[Planned]) -> None:
    """Records that matched one of their own chunk take its id, now that it has one."""
    for one in chunk:
        if one.twin is not None:
            one.biblio_id = one.twin.biblio_id


def _count(result: Result, chunk: list[Planned]) -> None:
    result.read += len(chunk)
    for one in chunk:
        if one.outcome == "new":
            result.added += 1
        elif one.outcome == "matched":
            result.matched += 1
        else:
            result.refused.append(NotTaken(one.file, one.position, one.reason))


# --- copies -------------------------------------------------------------------------


def copies_in(record: Record) -> list[catalogue.ItemFacts]:
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


def _copy(
    barcode: str, accession: str, shelf: str, location: str, price: str
) -> catalogue.ItemFacts:
    whole = price.strip().split(",")[0].replace(".", "")
    return catalogue.ItemFacts(
        barcode=code(barcode)[:40],
        accession_number=accession.strip()[:60],
        call_number=shelf.strip()[:80],
        location=location.strip()[:60],
        price=int(whole) if whole.isdigit() and len(whole) < 10 else None,
    )


def _store_copies(
    session: Session, chunk: list[Planned], result: Result, line: int, now: datetime
) -> None:
    wanted = [(one, copy) for one in chunk if one.biblio_id for copy in one.copies]
    if not wanted:
        return
    taken = _taken(session, Item.barcode, [copy.barcode for _, copy in wanted])
    registered = _taken(session, Item.accession_number, [c.accession_number for _, c in wanted])
    rows = []
    for one, copy in wanted:
        if copy.barcode in taken:
            result.items_refused.append(
                NotTaken(one.file, one.position, "barcode_taken", copy.barcode)
            )
            continue
        taken.add(copy.barcode)
        accession = copy.accession_number if copy.accession_number not in registered else ""
        registered.add(accession)
        rows.append(_item_row(one, copy, accession, line, now))
    if rows:
        session.execute(insert(Item), rows)
        _number_on(session, rows)
        catalogue.reindex(session, sorted({row["biblio_id"] for row in rows}))
        journal.touch(session, "Item")
    result.items += len(rows)


def _item_row(
    one: Planned, copy: catalogue.ItemFacts, accession: str, line: int, now: datetime
) -> dict[str, Any]:
    assert one.facts is not None
    return {
        "biblio_id": one.biblio_id,
        "barcode": copy.barcode,
        "accession_number": accession or None,
        "call_number": copy.call_number or catalogue.call_number_of(one.facts),
        "location": copy.location,
        "price": copy.price,
        "item_type": one.facts.material,
        "class_group": class_group(one.facts.classification),
        "accessioned_on": now.date(),
        "created_at": now,
        "batch_id": line,
    }


def _taken(session: Session, column: Any, numbers: list[str]) -> set[str]:
    found: set[str] = set()
    for at in range(0, len(numbers), 400):
        found.update(
            session.execute(select(column).where(column.in_(numbers[at : at + 400]))).scalars()
        )
    return found


def _number_on(session: Session, rows: list[dict[str, Any]]) -> None:
    """Our own patterns go on after the highest number that came in."""
    pairs = (
        ("barcode", settings.BARCODE_PATTERN, "barcode"),
        ("accession", settings.ACCESSION_PATTERN, "accession_number"),
    )
    for series, choice, column in pairs:
        pattern = settings.get(session, choice)
        met = [numbering.sequence_in(pattern, row[column] or "") for row in rows]
        highest = max((number for number in met if number is not None), default=0)
        if highest and highest < 10**9:
            numbering.raise_to(session, series, highest)


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
            if len(result.rows) < PREVIEW_ROWS or one.outcome != "new":
                result.rows.append(_row(one))
    return result


def _see_twins(one: Planned, seen: set[str]) -> None:
    """A record met in an earlier chunk of the same files will have been stored by then."""
    if one.outcome != "new" or one.facts is None:
        return
    marks = {f"{kind}={value}={one.facts.title_key}" for kind, value in one.facts.identifiers}
    if not one.facts.volume:
        marks |= {f"isbn={value}" for kind, value in one.facts.identifiers if kind == "isbn"}
    if _strong(one.facts):
        marks.add(one.facts.match_key)
    if marks & seen:
        one.outcome = "matched"
    seen |= marks


def _row(one: Planned) -> PreviewRow:
    facts = one.facts or Projection()
    return PreviewRow(
        one.file, one.position, one.outcome, one.reason, facts.title, facts.contributors,
        facts.year, len(one.copies), facts.isbn,
    )  # fmt: skip
