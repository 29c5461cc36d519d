"""Copies that come with imported records, stored with the numbers they have.

A copy without a barcode gets one of the library's own pattern, once all others are in: else one
made early might be that of a copy further on in the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from database import journal
from database.description import materials, shelf_order
from database.engine import bulk, pausing
from database.holdings import item_numbers
from database.holdings.item_facts import ItemFacts
from database.imports import completing, copies_standing
from database.imports.plan import NotTaken, Result
from database.imports.planned import Planned
from database.schema import Item, ItemStatus

_Pair = tuple[Planned, ItemFacts]
_MOST = 1000


@dataclass(slots=True)
class Copies:
    """The copies of an import on their way into the store."""

    result: Result
    line: int
    now: datetime
    unnumbered: list[_Pair] = field(default_factory=list)

    def store(self, session: Session, chunk: list[Planned]) -> Mapping[int, Sequence[str]]:
        """Store the copies of a chunk; those without a barcode wait for `finish`. By title, the
        numbers by which those stored are to be found."""
        pairs = [(one, copy) for one in chunk if one.biblio_id for copy in one.copies]
        self.unnumbered += [pair for pair in pairs if not pair[1].barcode]
        return _store(session, [pair for pair in pairs if pair[1].barcode], self)

    def finish(self, session: Session) -> Iterator[Mapping[int, Sequence[str]]]:
        """Store the copies that came without a barcode, in pieces where the act is a long one; of
        each what `store` says. One that nothing tells from those that stand joins only a title
        that is new: the same file twice adds nothing."""
        met: set[str] = set()
        pace = pausing.Pace(session, most=_MOST)
        for part in pace.parts(self.unnumbered):
            numbered = self._numbered(session, part, met)
            yield _store(session, numbered, self)
        self.unnumbered = []

    def _numbered(self, session: Session, part: list[_Pair], met: set[str]) -> list[_Pair]:
        """Some copies without a barcode with one that is made, as far as they are taken; `met`
        are the accession numbers of those that came so before."""
        wanted = [copy.accession_number for _, copy in part]
        registered = copies_standing.registered(session, [one for one in wanted if one not in met])
        came = copies_standing.came(session, [one for one, _ in part], self.line)
        numbered = []
        for one, copy in part:
            again = registered.get(copy.accession_number) if copy.accession_number else None
            if again is not None and again.struck:
                numbered.append((one, replace(copy, barcode=again.barcode)))
                continue
            stood = one.outcome != "new" and one.biblio_id not in came
            if again is not None or (not copy.accession_number and stood):
                why = "copy_stands" if again is not None else "no_barcode"
                self.refuse(one, why, copy.accession_number)
                continue
            met.add(copy.accession_number)
            numbered.append((one, copy))
        return self._made(session, numbered)

    def _made(self, session: Session, listed: list[_Pair]) -> list[_Pair]:
        """The same copies, those that lack one with a barcode of the library's own pattern."""
        sources = [copy.source for _, copy in listed if not copy.barcode]
        made = iter(item_numbers.next_barcodes(session, sources, self.now.date()))
        found = []
        for one, copy in listed:
            number = copy.barcode or next(made)
            if not copy.barcode:
                told = NotTaken(one.file, one.position, "number_made", number, partly=True)
                self.result.doubtful.append(told)
            found.append((one, replace(copy, barcode=number)))
        return found

    def free(self, one: Planned, accession: str, registered: set[str]) -> str:
        """An accession number nobody else has, "" and told where somebody has it."""
        if accession and accession in registered:
            told = NotTaken(one.file, one.position, "accession_taken", accession, partly=True)
            self.result.mended.append(told)
            return ""
        registered.add(accession)
        return accession

    def refuse(self, one: Planned, reason: str, detail: str) -> None:
        """Tell of a copy that is not taken."""
        self.result.items_refused.append(NotTaken(one.file, one.position, reason, detail))


def _store(session: Session, pairs: list[_Pair], copies: Copies) -> dict[int, list[str]]:
    """One whose row was struck with an import that was taken back stands again in that row: its
    barcode is the same book's. By title, what the copies stored are found by."""
    if not pairs:
        return {}
    result = copies.result
    taken, struck = copies_standing.taken(session, [copy.barcode for _, copy in pairs])
    registered = {
        number
        for number, row in copies_standing.registered(
            session, [copy.accession_number for _, copy in pairs]
        ).items()
        if row.barcode not in struck
    }
    highest = copies_standing.highest(session, [one for one, _ in pairs if one.outcome != "new"])
    rows, revived = [], []
    for one, copy in _fresh(session, pairs, taken, registered, copies):
        again, accession = struck.get(copy.barcode), copy.accession_number
        accession = copies.free(one, accession, registered)
        number = copy.copy_number or highest[one.biblio_id] + 1
        highest[one.biblio_id] = max(highest[one.biblio_id], number)
        row = _item_row(one, copy, accession, number, copies)
        revived += [{**row, "own_id": again.id}] if again else []
        rows += [] if again else [row]
    _write(session, rows, revived)
    result.items += len(rows) + len(revived)
    found: dict[int, list[str]] = {}
    for row in (*sorted(revived, key=itemgetter("own_id")), *rows):
        numbers = (row["barcode"], row["accession_number"], row["call_number"])
        found.setdefault(row["biblio_id"], []).extend(one for one in numbers if one)
    return found


def _fresh(
    session: Session,
    pairs: list[_Pair],
    taken: Mapping[str, Any],
    registered: set[str],
    copies: Copies,
) -> list[_Pair]:
    """The copies whose barcode nobody has; those of a list that stand are told more of, the
    others refused."""
    fresh, standing = [], []
    met: set[str] = set()
    for one, copy in pairs:
        stood = taken.get(copy.barcode)
        if stood is not None and stood.biblio_id == one.biblio_id and one.by_title:
            number = copy.accession_number
            if number != stood.accession_number:
                number = copies.free(one, number, registered)
            standing.append((one, replace(copy, accession_number=number), stood))
        elif stood is not None or copy.barcode in met:
            same = stood is not None and stood.biblio_id == one.biblio_id
            copies.refuse(one, "copy_stands" if same else "barcode_taken", copy.barcode)
        else:
            met.add(copy.barcode)
            fresh.append((one, copy))
    done = completing.complete(session, standing, copies.line, copies.now)
    copies.result.items_completed += done
    return fresh


def _write(session: Session, rows: list[dict[str, Any]], revived: list[dict[str, Any]]) -> None:
    if rows:
        bulk.add(session.connection(), Item, rows)
    if revived:
        changed: dict[str, Any] = {name: bindparam(name) for name in revived[0] if name != "own_id"}
        session.connection().execute(
            update(Item.__table__)  # type: ignore[arg-type]
            .where(Item.__table__.c.id == bindparam("own_id"))
            .values(**changed, cancelled_at=None),
            revived,
        )
    if rows or revived:
        came = [*rows, *revived]
        item_numbers.go_on_after(
            session,
            [row["barcode"] for row in came],
            [row["accession_number"] or "" for row in came],
        )
        journal.touch(session, "Item")


def _item_row(
    one: Planned, copy: ItemFacts, accession: str, number: int, copies: Copies
) -> dict[str, Any]:
    """A copy that left the stock before it came here left it on the day it came: it is in the
    register, and in no period's figures of what was weeded."""
    assert one.described is not None
    title, today = one.described.row, copies.now.date()
    shelf = copy.call_number or title["call_number"]
    came = min(copy.accessioned_on or today, today)
    return {
        "biblio_id": one.biblio_id,
        "barcode": copy.barcode,
        "accession_number": accession or None,
        "call_number": shelf,
        "shelf_key": shelf_order.key(shelf, copy.volume, number),
        "volume": copy.volume,
        "copy_number": number,
        "location": copy.location,
        "price": copy.price,
        "item_type": copy.item_type or materials.item_type(title["material"]),
        "class_group": title["class_group"],
        "ownership": str(copy.ownership),
        "source": str(copy.source),
        "supplier": copy.supplier,
        "invoice": copy.invoice,
        "note": copy.note,
        "condition": copy.condition,
        "status": str(copy.status),
        "left_on": None if ItemStatus(copy.status).in_stock else came,
        "accessioned_on": came,
        "own": copy.noted(),
        "created_at": copies.now,
        "batch_id": copies.line,
    }
