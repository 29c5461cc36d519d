"""Words that mean the same to a hospital library: `resources/thesaurus.toml`, id-en."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache

from database.text.words import words
from resources import FOLDER

Phrase = tuple[str, ...]
_MOST = 24


@dataclass(frozen=True, slots=True)
class Span:
    """Some words of a query, one after the other, and what else they are called."""

    words: Phrase
    others: tuple[Phrase, ...]


def concepts() -> list[list[Phrase]]:
    """The terms of each concept, folded into words."""
    text = (FOLDER / "thesaurus.toml").read_text(encoding="utf-8")
    return [
        [words(term) for side in line.split("=") for term in side.split(",")]
        for line in tomllib.loads(text)["concepts"]
    ]


@lru_cache(maxsize=1)
def _concepts() -> dict[Phrase, tuple[Phrase, ...]]:
    """Every term, folded into words, with the terms of all concepts it belongs to."""
    together: dict[Phrase, dict[Phrase, None]] = {}
    for terms in concepts():
        for term in terms:
            together.setdefault(term, {}).update(dict.fromkeys(terms))
    return {
        term: tuple(one for one in known if one != term)[:_MOST] for term, known in together.items()
    }


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(map(len, _concepts()))


def spans(asked: Phrase) -> list[Span]:
    """The query cut into the longest terms the thesaurus knows and single words between."""
    found = []
    at = 0
    while at < len(asked):
        span = _span_at(asked, at)
        found.append(span)
        at += len(span.words)
    return found


def _span_at(asked: Phrase, at: int) -> Span:
    for length in range(min(_longest(), len(asked) - at), 0, -1):
        term = asked[at : at + length]
        others = _concepts().get(term)
        if others:
            return Span(term, others)
    return Span(asked[at : at + 1], ())
