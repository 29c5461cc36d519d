"""What a search finds beyond the words typed: other word forms, other names for the same
thing in Indonesian or English, and words with one slip of the finger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Integer, Select, String, func, literal_column, select, table
from sqlalchemy.orm import Session

from database.engine.among import among
from database.search import spelling, thesaurus, tiers
from database.search.indexes import NEIGHBOURS, OURS, Index
from database.search.thesaurus import Phrase, Span
from database.search.tiers import EXACT, Group
from database.text.stems import MARK, SHORTEST_WORD, stem


def widened(asked: Phrase) -> list[Group]:
    """Every span of a query with its word forms and other names as alternatives."""
    return [_alternatives(span) for span in thesaurus.spans(asked)]


def _alternatives(span: Span) -> Group:
    forms = _forms(span.words)
    others = [tuple(EXACT + word for word in other) for other in span.others]
    return tuple(dict.fromkeys([span.words, *forms, *others]))


def _forms(words: Phrase) -> list[Phrase]:
    """The same words by their stems: as marked in the index, and bare as a word of its own.

    A number, a barcode or a short word has no other form.
    """
    if not any(len(word) >= SHORTEST_WORD and word.isalpha() for word in words):
        return []
    if len(words) > 1:
        return [tuple(MARK + stem(word) for word in words)]
    (word,) = words
    return [(MARK + stem(word),), (EXACT + stem(word),)]


def find(
    session: Session, asked: Phrase, known: set[int], limit: int, index: Index = OURS
) -> dict[int, str]:
    """Up to `limit` titles beyond those `known`, each with the words it was found by."""
    groups = widened(asked)
    if all(len(group) == 1 for group in groups):
        return {}
    bound = limit + len(known)
    ids = tiers.anywhere(session, groups, bound, index)
    fresh = [one for one in ids if one not in known][:limit]
    return _explained(session, asked, fresh, index)


def corrected(session: Session, asked: Phrase, index: Index = OURS) -> list[Phrase]:
    """The query with words of the catalogue in place of those that have a slip."""
    found = [asked]
    for at, word in enumerate(asked):
        near = spelling.nearest(session, word, index)
        if near:
            found = [(*one[:at], other, *one[at + 1 :]) for one in found for other in near]
    return [one for one in found if one != asked]


# --- why --------------------------------------------------------------------------


def _held(index: Index, dialect: str) -> Select[*tuple[Any, ...]]:
    """The words of the titles `ids` of an index."""
    on_server = dialect == "postgresql"
    number = literal_column(index.record if on_server else "rowid", Integer)
    listed: Any = literal_column("title || ' ' || rest", String)
    if on_server:
        listed = func.array_to_string(func.tsvector_to_array(literal_column("words")), " ")
    return select(number, listed).select_from(table(index.words)).where(among(number, "ids"))


_HELD = {
    (index, dialect): _held(index, dialect)
    for index in (OURS, NEIGHBOURS)
    for dialect in ("sqlite", "postgresql")
}


def _explained(session: Session, asked: Phrase, ids: Sequence[int], index: Index) -> dict[int, str]:
    """The words of each title that stand for what was asked."""
    if not ids:
        return {}
    rows = session.execute(_HELD[index, session.get_bind().dialect.name], {"ids": list(ids)})
    held = {number: set(listed.split()) for number, listed in rows}
    spans = thesaurus.spans(asked)
    return {
        one: ", ".join(filter(None, (_reason(span, held.get(one, set())) for span in spans)))
        for one in ids
    }


def _reason(span: Span, held: set[str]) -> str:
    """What a title has in place of a span; nothing where it has the span itself."""
    if all(any(one.startswith(word) for one in held) for word in span.words):
        return ""
    stems = {stem(word) for word in span.words}
    forms = sorted(one for one in held if one[:1] != MARK and stem(one) in stems)
    if forms:
        return " ".join(forms[: len(span.words)])
    return next((" ".join(other) for other in span.others if held.issuperset(other)), "")
