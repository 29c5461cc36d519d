"""Copies of a list that names their titles by words alone, joined to the titles they mean.

A copy whose barcode stands is of that title. Else the title's words decide, where one title alone
has them, or one of them with that call number: the first of several would be a guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.description import marc_form
from database.engine.among import among
from database.imports.planned import Planned
from database.schema import Biblio, Item
from database.text.words import key


@dataclass(frozen=True, slots=True)
class Standing:
    """A title that a record may be matched with: a stored one, one of its chunk, or one of an
    earlier chunk that a preview remembers."""

    title: str
    biblio_id: int | None = None
    twin: Planned | None = None


_BRIEF = Biblio.marc.like('{"leader":"' + "_" * 17 + marc_form.BRIEF + "%")
_BY_WORDS = select(
    Biblio.id, Biblio.title, Biblio.title_key, Biblio.call_number, _BRIEF.label("brief")
).where(among(Biblio.title_key, "titles"), Biblio.cancelled_at.is_(None))
_BY_BARCODE = (
    select(Item.barcode, Biblio.id, Biblio.title, Biblio.title_key)
    .join(Biblio, Biblio.id == Item.biblio_id)
    .where(among(Item.barcode, "codes"), Item.cancelled_at.is_(None))
)
_COPY = re.compile(r" (?:c|cop|copy|kopi|eks) ?\d{1,3}$")


@dataclass(frozen=True, slots=True)
class Worded:
    """A title that may be meant by its words: of a `brief` one nothing but them is known."""

    standing: Standing
    call_number: str
    brief: bool


class Titles:
    """The titles that the copies of a chunk may mean: stored ones, those of earlier chunks that
    `earlier` tells by their words, and those met in the chunk itself."""

    def __init__(
        self,
        session: Session,
        chunk: Sequence[Planned],
        earlier: Callable[[set[str]], list[tuple[str, Worded]]] | None,
    ) -> None:
        wanted = [one for one in chunk if one.by_title and one.described is not None]
        self._words: dict[str, list[Worded]] = {}
        self._codes: dict[str, Any] = {}
        self._asked = bool(wanted)
        if not wanted:
            return
        titles = {one.described.title_key for one in wanted if one.described}
        for row in session.execute(_BY_WORDS, {"titles": sorted(titles)}):
            found = Worded(Standing(row.title, row.id), row.call_number, bool(row.brief))
            self._words.setdefault(row.title_key, []).append(found)
        for words, found in earlier(titles) if earlier is not None else ():
            self._words.setdefault(words, []).append(found)
        codes = sorted({copy.barcode for one in wanted for copy in one.copies if copy.barcode})
        for copy in session.execute(_BY_BARCODE, {"codes": codes}):
            self._codes[copy.barcode] = copy

    def meet(self, one: Planned) -> None:
        """A new title, which copies further on in the chunk may mean."""
        told = one.described
        if self._asked and told is not None:
            self._words.setdefault(told.title_key, []).append(
                worded(one, Standing(told.title, twin=one))
            )

    def of(self, one: Planned) -> Standing | None:
        """The title a copy belongs to; told where several have its words and none its number."""
        told = one.described
        assert told is not None
        for copy in one.copies:
            row = self._codes.get(copy.barcode)
            if row is not None and row.title_key == told.title_key:
                return Standing(row.title, row.id)
        rows = self._words.get(told.title_key, [])
        shelf = _bare(told.row["call_number"])
        same = [row for row in rows if _bare(row.call_number) == shelf]
        if len(same) == 1:
            return same[0].standing
        whole = [row for row in rows if not row.brief]
        if not same and len(whole) == 1:
            if shelf and whole[0].call_number:
                one.doubts.append(("call_number_differs", whole[0].call_number))
            return whole[0].standing
        if len(rows) > 1:
            one.doubts.append(("title_ambiguous", ""))
        return None


def worded(one: Planned, standing: Standing) -> Worded:
    """A record as copies may mean it by its words."""
    assert one.described is not None
    return Worded(standing, one.described.row["call_number"], one.by_title)


def _bare(call_number: str) -> str:
    return _COPY.sub("", key(call_number))
