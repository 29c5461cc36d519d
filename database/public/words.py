"""What titles are found by, and what else their words are called: for a search without us."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.description import own_marc
from database.description.marc import Record, stored
from database.description.projection import project
from database.engine.among import among
from database.public.titles import shown
from database.schema import Biblio
from database.search import headings
from database.search.thesaurus import concepts as _concepts
from database.text.joined import searchable
from database.text.stems import MARK, index_texts, stem


def of_titles(session: Session, ids: Sequence[int]) -> list[tuple[int, list[str], list[str]]]:
    """Number, words of the title, and all other words with their stems (behind `MARK`) of titles
    that stand. Numbers of copies are left out."""
    rows = session.execute(
        select(Biblio.id, Biblio.marc, Biblio.title, Biblio.call_number)
        .where(among(Biblio.id, "ids"), Biblio.cancelled_at.is_(None))
        .order_by(Biblio.id),
        {"ids": list(ids)},
    ).all()
    referred = headings.variants(session.connection(), ids)
    found = []
    for number, kept, title, call_number in rows:
        record = stored(kept, title)[0]
        facts = project(shown(record))
        # The library's own fields are not shown to readers, but found by as at the desk.
        own = project(Record(fields=list(record.each(own_marc.TAG)))).other_words
        other = (*facts.other_words, *own, *searchable(call_number), *referred.get(number, ()))
        first, rest = index_texts(facts.title_words, other)
        found.append((number, first.split(), rest.split()))
    return found


def stems(words: Iterable[str]) -> dict[str, str]:
    """Words that have a shorter stem, with it."""
    return {
        word: found
        for word in dict.fromkeys(words)
        if not word.startswith(MARK) and (found := stem(word)) != word
    }


def concepts() -> list[list[str]]:
    """Terms that mean the same, folded, each of words with a blank between: a concept a list."""
    return [[" ".join(term) for term in one] for one in _concepts()]
