"""Authority records in and out: headings with the forms that lead to them and their relations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.catalogue import heading_changes, heading_list, heading_relations
from database.description import authority
from database.description.authority import Authority, Named
from database.description.marc import Record
from database.engine import pausing
from database.exchange import found
from database.refusal import Reason, Refusal
from database.schema import Heading
from database.search import headings
from database.text.words import key

Report = Callable[[int, int | None], object]
PAGE = 500


@dataclass(frozen=True, slots=True)
class Brought:
    """What came in: records read, headings that are new, forms and relations that are new, and
    records or references that could not stand. `line` takes forms and relations back."""

    records: int
    new: int
    forms: int
    relations: int
    left_out: int
    line: int | None


def write(stream: IO[bytes], session: Session, form: str) -> int:
    """Every heading with its forms and relations, in a form of `found.forms`; how many.

    Raises Refusal VALUE_INVALID.
    """
    count, _places = found.write(stream, _records(session), form)
    return count


def _records(session: Session) -> Iterator[Record]:
    last = 0
    while True:
        asked = select(Heading.id).where(Heading.id > last).order_by(Heading.id).limit(PAGE)
        ids = list(session.scalars(asked))
        for number in ids:
            yield authority.to_record(_said(session, number), number)
        if not ids:
            return
        last = ids[-1]


def _said(session: Session, heading_id: int) -> Authority:
    row = heading_list.row(session, heading_id)
    others = heading_relations.of(session, heading_id)
    return Authority(
        Named(row.kind, row.scheme, row.name),
        tuple(one.name for one in heading_list.references(session, heading_id)),
        tuple(Named(one.kind, one.scheme, one.name, one.relation) for one in others),
    )


def bring(
    session: Session,
    path: Path,
    now: datetime,
    report: Report = lambda done, total: None,
) -> Brought:
    """Take in the authority records of a file; one act.

    A form or a relation that contradicts what stands is left out and counted. Raises Refusal
    NO_AUTHORITIES, and as `found.records_of`.
    """
    counts = dict.fromkeys(("records", "new", "forms", "relations", "left_out"), 0)
    for entry in found.records_of(path):
        record = entry.record
        said = authority.of_record(record) if record and authority.is_authority(record) else None
        if said is None:
            counts["left_out"] += 1
            continue
        counts["records"] += 1
        report(counts["records"], None)
        _take(session, said, now, counts)
        pausing.pause(session)
    if not counts["records"]:
        raise Refusal(Reason.NO_AUTHORITIES, path=path.name)
    return Brought(**counts, line=session.info.get("act"))


def _take(session: Session, said: Authority, now: datetime, counts: dict[str, int]) -> None:
    number = _standing(session, said.heading, counts)
    for form in said.forms:
        _try(partial(heading_changes.add_reference, session, number, form, now), "forms", counts)
    known = {one.id for one in heading_relations.of(session, number)}
    for one in said.others:
        other = _standing(session, one, counts)
        if other not in known:
            relate = partial(heading_relations.relate, session, number, other, one.relation, now)
            _try(relate, "relations", counts)


def _try(act: Callable[[], object], what: str, counts: dict[str, int]) -> None:
    try:
        act()
    except Refusal as told:
        # What stands already is no fault of the file.
        counts["left_out"] += told.reason is not Reason.REFERENCE_STANDS
    else:
        counts[what] += 1


def _standing(session: Session, one: Named, counts: dict[str, int]) -> int:
    entry = (key(one.name), one.kind, one.scheme)
    asked = select(Heading.id).where(
        Heading.key == entry[0], Heading.kind == one.kind, Heading.scheme == one.scheme
    )
    standing = session.scalar(asked)
    if standing is not None:
        return standing
    counts["new"] += 1
    return headings.ensure(session, {entry: one.name})[entry]
