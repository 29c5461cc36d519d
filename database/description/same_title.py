"""Whether two titles under one number may be the same book, or plainly are different ones.

An ISBN is printed on the wrong book, typed for its neighbour, shared by the volumes of a set. So
equal numbers join only what may be one title: a subtitle, an article, an edition, a sign or a
letter more or less is the same; another word, another volume is not. Who is in doubt keeps two.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from database.text.words import words

_ARTICLES = frozenset(
    {"the", "a", "an", "le", "la", "les", "el", "los", "las", "der", "die", "das"}
)
_AND = frozenset({"dan", "and", "und", "et", "y", "n"})
_VOLUME = frozenset(
    {"jilid", "jil", "jld", "volume", "vol", "buku", "book", "bagian", "bag", "part", "semester",
     "smt", "sem", "kelas", "seri", "series", "tome", "tom", "band", "no", "nomor", "number",
     "modul", "paket", "tingkat", "level", "bab"}
)  # fmt: skip
_ORDINAL = (
    r"(?:\d+(?:st|nd|rd|th)?|[ivx]+|pertama|kedua|ketiga|keempat|kelima|keenam|ketujuh|kedelapan|"
    r"kesembilan|kesepuluh|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|"
    r"revisi|revised|rev|baru|terbaru|new|asli|internasional|international|indonesia)"
)
_EDITION = re.compile(
    rf"\b(?:(?:edisi|ed|edition|edn|cetakan|cet|ctk)(?: ke)?(?: {_ORDINAL})+"
    rf"|cetak(?:an)? ulang|reprint(?:ed)?"
    rf"|(?:{_ORDINAL} )+(?:edisi|ed|edition|edn)|(?:edisi|ed|edition|edn|revisi|revised|rev)"
    rf"(?: {_ORDINAL})*)\b(?: \d{{4}}\b)?"
)
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_ROMAN = {
    one: number
    for number, one in enumerate(
        ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii"), 1
    )
}
_FIGURE = re.compile(r"\d+")
_LIKE = ({"i", "y"}, {"k", "c"}, {"s", "z"}, {"f", "v"})
"""Letters that spellings of a word change for each other."""
_LONG_WORD = 5


class _Title(NamedTuple):
    """A title taken apart: proper title and the rest, its volumes and all its figures."""

    main: tuple[str, ...]
    rest: tuple[str, ...]
    volumes: frozenset[int]
    figures: frozenset[int]

    @property
    def whole(self) -> tuple[str, ...]:
        return self.main + self.rest


def may_be_same(one: str, other: str) -> bool:
    """Whether two titles as they are shown ("Title : subtitle. Part") may be one book's."""
    if one == other:
        return True
    first, second = _apart(one), _apart(other)
    if first.volumes != second.volumes:
        return False
    if first.figures and second.figures and first.figures != second.figures:
        return False
    if not first.main or not second.main:
        return first.whole == second.whole
    return _agree(first, second)


def _agree(first: _Title, second: _Title) -> bool:
    if _alike(first.whole, second.whole):
        return True
    if _alike(first.main, second.main):
        return not first.rest or not second.rest or _overlap(first.rest, second.rest)
    # A subtitle that one writes without a colon, or leaves out.
    if _alike(first.main, second.whole) or _alike(first.whole, second.main):
        return True
    short, long = sorted((first.whole, second.whole), key=len)
    if len(short) < 2:
        return False
    return _alike(short, long[: len(short)]) or _alike(short, long[-len(short) :])


def _overlap(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether half the words of the shorter subtitle are in the longer."""
    short, long = sorted((set(one), set(other)), key=len)
    return 2 * len(short & long) >= len(short)


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """The same words, a letter of spelling apart; or the same letters, parted otherwise."""
    if "".join(one) == "".join(other):
        return True
    return len(one) == len(other) and all(map(_same_word, one, other))


def _same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < _LONG_WORD or short.isdigit():
        return False
    at = next((n for n, sign in enumerate(short) if sign != long[n]), len(short))
    if len(long) == len(short) + 1:
        return short[at:] == long[at + 1 :]
    if len(long) > len(short) or short[at + 1 :] != long[at + 1 :]:
        return False
    return any({short[at], long[at]} == pair for pair in _LIKE)


@lru_cache(maxsize=4096)
def _apart(title: str) -> _Title:
    bare = _ASIDE.sub(" ", title)
    proper, _sign, after = bare.partition(":") if ":" in bare else bare.partition(" - ")
    main, rest = _plain(proper), _plain(after)
    if not main:
        main, rest = rest, ()
    aside = _plain(" ".join(_ASIDE.findall(title)))
    everything = (*main, *rest)
    return _Title(
        tuple(word for word in main if word not in _AND),
        tuple(word for word in rest if word not in _AND),
        frozenset(_volumes((*everything, *aside))),
        frozenset(int(word) for word in everything if word.isascii() and word.isdigit()),
    )


def _plain(text: str) -> tuple[str, ...]:
    """The words without editions and without an article before them."""
    told = _EDITION.sub(" ", " ".join(words(text)))
    found: list[str] = []
    for word in told.split():
        roman = _ROMAN.get(word) if found and found[-1] in _VOLUME else None
        plain = _FIGURE.sub(lambda one: one.group()[:9].lstrip("0") or "0", word)
        found.append(str(roman) if roman else plain)
    return tuple(found[1:] if len(found) > 1 and found[0] in _ARTICLES else found)


def _volumes(told: tuple[str, ...]) -> list[int]:
    """The numbers that follow a word for a volume."""
    pairs = pairwise(told)
    return [int(after) for word, after in pairs if word in _VOLUME and after.isdecimal()]
