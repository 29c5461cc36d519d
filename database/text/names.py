"""Suggesting under which word a person's name is filed, with the reason.

Indonesian names go under their last part, with the exceptions that the national library's
guide on headings of Indonesian persons lists (Perpusnas, decision 20/2005, revised 2014):
marga, one-word names, a last initial, patronymics, order-of-birth names, nobility. Western
names with particles follow the language (AACR2 22.5D). Only a suggestion: what the librarian
chose before, and any heading with a comma, is never turned round.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import Any

from database.text.words import key
from resources import FOLDER


class Why(StrEnum):
    """Why a name is filed as suggested."""

    LAST = "last"
    SINGLE = "single"
    FAMILY = "family"
    INITIAL = "initial"
    PATRONYMIC = "patronymic"
    BALINESE = "balinese"
    CHINESE = "chinese"
    NOBILITY = "nobility"
    ARABIC = "arabic"
    PARTICLE = "particle"
    INVERTED = "inverted"
    BODY = "body"
    SEVERAL = "several"
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A heading, why, and what the reason speaks of: `word` it is under, `dropped` titles."""

    form: str
    why: Why
    facts: Mapping[str, str] = field(default_factory=dict)


_SPECIALIST = re.compile(r"^(?:Sub)?[Ss]p\.?\s?[A-Z]\w*[\w().,-]*$|^\(?K\)$|^K-[A-Z]\w+$")
_INITIAL = re.compile(r"^[A-Z][a-z]?\.$|^[A-Z]$|^(?:[A-Z]\.){2,}$")
_GROWN = re.compile(r"(?<=[^\W\d_])\.(?=[^\W\d_]{3})")
"""The stop of a title written without its blank: Ny.Sumarni."""
_SEVERAL = re.compile(r";|&|\b(?:dan|and|et al|dkk|with|bersama)\b", re.IGNORECASE)


def suggest(name: str, language: str = "") -> Suggestion:
    """How `name`, written in direct order, would be filed; `language` is a MARC code."""
    plain, dropped = _without_titles(name)
    facts = {"dropped": dropped} if dropped else {}
    if "," in plain:
        return Suggestion(" ".join(name.split()), Why.INVERTED)
    if _SEVERAL.search(plain):
        return Suggestion(plain, Why.SEVERAL)
    words = plain.split()
    if _is_body(words):
        return Suggestion(" ".join(name.split()), Why.BODY)
    if len(words) < 2:
        return Suggestion(plain, Why.SINGLE, facts)
    words, ending = _generation(words)
    for rule in _RULES:
        found = rule(words, language)
        if found:
            form = ", ".join(part for part in (found.form, ending) if part)
            return Suggestion(form, found.why, {**found.facts, **facts})
    raise AssertionError("the last rule takes every name")


def without_titles(name: str) -> str:
    """The name alone: "Prof. dr. Siti Setiati, Sp.PD" is "Siti Setiati"."""
    return _without_titles(name)[0]


def is_addressed(name: str) -> bool:
    """Whether a name says itself how to address whom it is of: "Ibu Sumarni", "dr. Bagus",
    "Sumarni, Ny.". A single word is a name, whatever else it may mean."""
    first, *rest = [part.strip() for part in _GROWN.sub(". ", name).split(",")]
    words = first.split()
    if rest and all(map(is_address, re.split(r"[/\s]+", rest[-1]))):
        return True
    return len(words) > 1 and (is_address(words[0]) or _is_before(words[0]))


def is_address(word: str) -> bool:
    """Whether a word is a form of address: Bapak, Ny., An. (An without its stop is a name)."""
    bare = _bare(word)
    stopped = word.endswith(".") and bare in _known("titles", "address_with_stop")
    return stopped or bare in _known("titles", "address")


# --- titles -----------------------------------------------------------------------


def _without_titles(name: str) -> tuple[str, str]:
    """The name, and the titles that were taken from it. Behind one title all are titles."""
    first, *rest = [part.strip() for part in " ".join(name.split()).split(",")]
    at = next((n for n, part in enumerate(rest) if part and _is_titles(part)), len(rest))
    words = first.split()
    front = 0
    while front < len(words) - 1 and _is_before(words[front]):
        front += 1
    end = len(words)
    while end > front + 1 and _is_after(words[end - 1]) and not _is_plain(words[end - 1]):
        end -= 1
    kept = [" ".join(words[front:end]), *filter(None, rest[:at])]
    taken = [*words[:front], *words[end:], *filter(None, rest[at:])]
    return ", ".join(kept), " ".join(taken)


def _is_titles(part: str) -> bool:
    """Everything between two commas is titles: "S. Kep.", "Sp.A(K)", "dr. Sp.PD"."""
    return _is_after(part) or all(_is_after(word) or _is_before(word) for word in part.split())


def _is_before(word: str) -> bool:
    """A title in front, or several grown together (Prof.Dr.); H alone is an initial."""
    known = _known("titles", "before")
    parts = [part for part in word.split(".") if part]
    bare = _bare(word)
    if bare in known:
        return word.endswith(".") or len(bare) > 1
    return len(parts) > 1 and all(part.lower() in known for part in parts)


def _is_after(text: str) -> bool:
    bare = _bare(text).replace(" ", "").replace("-", "")
    listed = len(bare) > 1 and bare in _known("titles", "after")
    return listed or bool(_SPECIALIST.match(text))


def _is_plain(word: str) -> bool:
    """Written like a name: Mars and Ma are somebody's, MARS and M.A. are degrees."""
    return "." not in word and word[1:] == word[1:].lower()


def _generation(words: list[str]) -> tuple[list[str], str]:
    if len(words) > 2 and _bare(words[-1]) in _known("titles", "generation"):
        return words[:-1], words[-1]
    return words, ""


# --- the rules, in the order in which they are asked -----------------------------


def _patronymic(words: Sequence[str], language: str) -> Suggestion | None:
    marks = _known("arabic", "patronymics")
    found = next((word for word in words[1:-1] if _bare(word) in marks), None)
    if found is None:
        return None
    return Suggestion(" ".join(words), Why.PATRONYMIC, {"word": found})


def _chinese(words: Sequence[str], language: str) -> Suggestion | None:
    if _bare(words[0]) not in _known("chinese", "surnames") or _is_family(words) or len(words) > 4:
        return None
    return Suggestion(" ".join(words), Why.CHINESE, {"word": words[0]})


def _balinese(words: Sequence[str], language: str) -> Suggestion | None:
    bare = [_bare(word) for word in words]
    signs = _known("balinese", "signs")
    if words[0].endswith(".") or not (bare[0] in signs or " ".join(bare[:2]) in signs):
        return None
    if all(word in _known("balinese", "parts") for word in bare[:-1]) or (
        bare[-1] not in _known("balinese", "parts")
    ):
        if _only_order(bare):
            return Suggestion(" ".join(words), Why.BALINESE, {"word": words[0]})
        return _turned(words, len(words) - 1, Why.BALINESE)
    return Suggestion(" ".join(words), Why.BALINESE, {"word": words[0]})


def _only_order(bare: Sequence[str]) -> bool:
    """Nothing but sex, caste and order of birth; Oka and Ngurah also are names of their own."""
    own = {"oka", "ngurah", "agung", "bagus", "istri"}
    return all(word in _known("balinese", "parts") for word in bare) and bare[-1] not in own


def _particle(words: Sequence[str], language: str) -> Suggestion | None:
    """Under the part after van or von, under the particle itself for La, Du, Di."""
    after, with_it = _known("western", "after"), _known("western", "with")
    begin = next(
        (at for at in range(1, len(words) - 1) if words[at].lower() in after | with_it), None
    )
    if begin is None:
        return None
    if language == "eng":
        return _turned(words, begin, Why.PARTICLE, word=words[begin])
    at = begin
    while at < len(words) - 1 and words[at].lower() in after:
        at += 1
    return _turned(words, at, Why.PARTICLE, word=" ".join(words[begin:at]) or words[at])


def _family(words: Sequence[str], language: str) -> Suggestion | None:
    length = _is_family(words)
    return _turned(words, len(words) - length, Why.FAMILY) if 0 < length < len(words) else None


def _is_family(words: Sequence[str]) -> int:
    """How many words at the end are a marga or fam."""
    names = _known("family", "names")
    for length in (2, 1):
        if " ".join(word.lower() for word in words[-length:]) in names:
            return length
    return 0


def _initial(words: Sequence[str], language: str) -> Suggestion | None:
    if not _INITIAL.match(words[-1]):
        return None
    at = len(words) - 1
    while at > 0 and _INITIAL.match(words[at]):
        at -= 1
    return _turned(words, at, Why.INITIAL)


def _arabic(words: Sequence[str], language: str) -> Suggestion | None:
    head, _, tail = words[-1].partition("-")
    if tail and _bare(head) in _known("arabic", "articles"):
        return _turned(words, len(words) - 1, Why.ARABIC)
    joined = _bare(words[-2])
    if joined in _known("arabic", "articles") and len(words) > 2 and joined not in {"an", "as"}:
        return _turned(words, len(words) - 2, Why.ARABIC)
    if joined in _known("arabic", "compounds"):
        return _turned(words, len(words) - 2, Why.ARABIC)
    return None


def _nobility(words: Sequence[str], language: str) -> Suggestion | None:
    bare = [_bare(word) for word in words]
    ranks = _known("nobility", "ranks")
    length = next((n for n in (3, 2, 1) if n < len(words) and " ".join(bare[:n]) in ranks), 0)
    if not length:
        return None
    return _turned(words, len(words) - 1, Why.NOBILITY, rank=" ".join(words[:length]))


def _last(words: Sequence[str], language: str) -> Suggestion | None:
    return _turned(words, len(words) - 1, Why.LAST)


_RULES = (_patronymic, _balinese, _chinese, _particle, _family, _initial, _arabic, _nobility, _last)


def _turned(words: Sequence[str], at: int, why: Why, **facts: str) -> Suggestion:
    """The words from `at` first, then a comma and the others."""
    entry = " ".join(words[at:])
    form = f"{entry}, {' '.join(words[:at])}" if at else entry
    return Suggestion(form, why, {"word": entry, **facts})


# --- lists ------------------------------------------------------------------------


def _bare(word: str) -> str:
    return word.replace(".", "").replace("(", "").replace(")", "").lower().strip(" ,")


def _is_body(words: Sequence[str]) -> bool:
    known = _known("bodies", "words")
    folded = [key(word) for word in words]
    return any(word in known for word in _runs(folded))


def _runs(words: Sequence[str]) -> Iterator[str]:
    yield from words
    for first, second in pairwise(words):
        yield f"{first} {second}"


@cache
def _lists() -> Any:
    return tomllib.loads((FOLDER / "names.toml").read_text(encoding="utf-8"))


@cache
def _known(group: str, which: str) -> frozenset[str]:
    return frozenset(_lists()[group][which])
