"""Indonesian word forms: "perawat", "perawatan" and "keperawatan" share one stem.

Stems stand in the search index beside the words, behind a mark no word can hold, so that
what was typed exactly is found first and alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import Any

MARK = "~"
IN_TITLE = "^"
"""Before a word of a title where the index has a list of those alone, in a file."""
SHORTEST_WORD, _SHORTEST_STEM = 4, 3
LONGEST_WORD = 200


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    # Late: the first search or index that needs a stem loads it.
    from snowballstemmer.indonesian_stemmer import IndonesianStemmer

    return IndonesianStemmer()


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of a folded word, the word itself where it has no shorter one."""
    if len(word) < SHORTEST_WORD or not word.isalpha():
        return word
    found: str = _stemmer().stemWord(word)
    return found if len(found) >= _SHORTEST_STEM else word


def index_texts(title: Sequence[str], other: Sequence[str]) -> tuple[str, str]:
    """What the search index holds: the words of a title, and all others with their stems."""
    distinct = dict.fromkeys(other) | dict.fromkeys(marked((*title, *other)))
    return _joined(title), _joined(distinct)


def with_more(other: str, more: Iterable[str]) -> str:
    """The second of `index_texts` as it would be with some more words among the others."""
    begin = 0 if other.startswith(MARK) else other.find(f" {MARK}") + 1 or len(other) + 1
    known, marks = other[:begin].split(), other[begin:].split()
    fresh = dict.fromkeys(more).keys() - known if more else ()
    if not fresh:
        return other
    listed = [word for word in dict.fromkeys(more) if word in fresh]
    return " ".join((*known, *map(_cut, listed), *dict.fromkeys((*marks, *marked(listed)))))


def _cut(word: str) -> str:
    return word[:LONGEST_WORD]


def _joined(words: Collection[str]) -> str:
    """PostgreSQL refuses words over 2 kB, and nobody types one."""
    if max(map(len, words), default=0) > LONGEST_WORD:
        words = [word[:LONGEST_WORD] for word in words]
    return " ".join(words)


def marked(words: Iterable[str]) -> list[str]:
    """The marked stems of those words that are not their own stem, without repetition."""
    stems = {word: stem(word) for word in words}
    return list(dict.fromkeys(MARK + found for word, found in stems.items() if found != word))
