"""What was decided of a list's columns, remembered for the next list of the same shape."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import blake2b

from sqlalchemy.orm import Session

from database.policy import own_fields, settings
from database.sources import own_columns
from database.sources.fields import PRIVATE, Kind, known
from database.sources.looking import Chosen, Looked, Part
from database.sources.table import Table

_MOST = 200
"""Shapes remembered; who has more brings in the same lists under other headings each time."""


def keep(session: Session, parts: Sequence[Part], now: datetime) -> None:
    """Remember the columns of the lists that were decided on."""
    decided = [part.table for part in parts if part.chosen.kind and part.table is not None]
    if not decided:
        return
    before = settings.get(session, settings.COLUMN_MAPS)
    fresh = {_mark(table): _packed(table) for table in decided}
    kept = {**{mark: text for mark, text in before.items() if mark not in fresh}, **fresh}
    settings.change(session, settings.COLUMN_MAPS, dict(list(kept.items())[-_MOST:]), now)


def recall(session: Session, looked: Looked) -> Looked:
    """A file as this library reads it: its own fields known, and what was decided before of
    lists of its shape."""
    maps, own = settings.get(session, settings.COLUMN_MAPS), own_fields.listed(session)
    known = [part.knowing(own) for part in looked.parts]
    parts = tuple(_recalled(part, maps.get(_mark(part.table), "")) if part.table else part
                  for part in known)  # fmt: skip
    return replace(looked, parts=parts)


def _recalled(part: Part, kept: str) -> Part:
    if not kept:
        return part
    told = json.loads(kept)
    kind = Kind(told["kind"])
    own = part.table.own if part.table is not None else ()
    allowed = {*known(kind), "", "ignored", "number"}
    allowed |= set(own_columns.fields_of(own, kind))
    meant = tuple((int(at), field) for at, field in told["fields"].items() if field in allowed)
    return part.decided(Chosen(kind, meant))


def _mark(table: Table) -> str:
    """Its headings, or for a list without any how wide it is."""
    told = table.mark if table.heading else f"{len(table.columns)} columns"
    return blake2b(told.encode(), digest_size=8).hexdigest()


def _packed(table: Table) -> str:
    fields = {str(one.at): one.field for one in table.columns if one.field != PRIVATE}
    return json.dumps({"kind": table.kind, "fields": fields})
