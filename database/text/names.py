"""Suggesting under which word a person's name is filed, with the reason.

Indonesian names go under their last part, with the exceptions that the national library's
guide on headings of Indonesian persons lists (Perpusnas, decision 20/2005, revised 2014):
marga, one-word names, a last initial, patronymics, order-of-birth names, nobility. Western
names with particles follow the language (AACR2 22.5D). Only a suggestion: what the librarian
chose before, and any heading with a comma, is never turned round.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from database.text.name_parts import (
    bare,
    is_address,
    is_addressed,
    is_body,
    known,
    split_titles,
    without_titles,
)

__all__ = [
    "Suggestion",
    "Why",
    "heading",
    "is_address",
    "is_addressed",
    "is_body",
    "suggest",
    "without_titles",
]


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


_INITIAL = re.compile(r"^[A-Z][a-z]?\.$|^[A-Z]$|^(?:[A-Z]\.){2,}$")
_UNSTOPPED = re.compile(r"^(?:[A-Z]\.)*[A-Z]$")
_SEVERAL = re.compile(r";|&|\b(?:dan|and|et al|dkk|with|bersama)\b", re.IGNORECASE)


def suggest(name: str, language: str = "") -> Suggestion:
    """How `name`, written in direct order, would be filed; `language` is a MARC code."""
    if is_body(name):
        return Suggestion(" ".join(name.split()), Why.BODY)
    plain, dropped = split_titles(name)
    facts = {"dropped": dropped} if dropped else {}
    if "," in plain:
        return Suggestion(" ".join(name.split()), Why.INVERTED)
    if _SEVERAL.search(plain):
        return Suggestion(plain, Why.SEVERAL)
    words = plain.split()
    if len(words) < 2:
        return Suggestion(plain, Why.SINGLE, facts)
    words, ending = _generation(words)
    for rule in _RULES:
        found = rule(words, language)
        if found:
            form = ", ".join(part for part in (found.form, ending) if part)
            return Suggestion(form, found.why, {**found.facts, **facts})
    raise AssertionError("the last rule takes every name")


def heading(text: str, language: str = "") -> tuple[str, bool]:
    """The heading of whoever is written so, and whether it is a body (MARC 110, 710)."""
    found = suggest(text, language)
    return found.form, found.why is Why.BODY


def _generation(words: list[str]) -> tuple[list[str], str]:
    if len(words) > 2 and bare(words[-1]) in known("titles", "generation"):
        return words[:-1], words[-1]
    return words, ""


# --- the rules, in the order in which they are asked -----------------------------


def _patronymic(words: Sequence[str], language: str) -> Suggestion | None:
    marks = known("arabic", "patronymics")
    found = next((word for word in words[1:-1] if bare(word) in marks), None)
    if found is None:
        return None
    return Suggestion(" ".join(words), Why.PATRONYMIC, {"word": found})


def _chinese(words: Sequence[str], language: str) -> Suggestion | None:
    if bare(words[0]) not in known("chinese", "surnames") or _is_family(words) or len(words) > 4:
        return None
    return Suggestion(" ".join(words), Why.CHINESE, {"word": words[0]})


def _balinese(words: Sequence[str], language: str) -> Suggestion | None:
    parts = [bare(word) for word in words]
    signs = known("balinese", "signs")
    if words[0].endswith(".") or not (parts[0] in signs or " ".join(parts[:2]) in signs):
        return None
    if all(word in known("balinese", "parts") for word in parts[:-1]) or (
        parts[-1] not in known("balinese", "parts")
    ):
        if _only_order(parts):
            return Suggestion(" ".join(words), Why.BALINESE, {"word": words[0]})
        return _turned(words, len(words) - 1, Why.BALINESE)
    return Suggestion(" ".join(words), Why.BALINESE, {"word": words[0]})


def _only_order(parts: Sequence[str]) -> bool:
    """Nothing but sex, caste and order of birth; Oka and Ngurah also are names of their own."""
    own = {"oka", "ngurah", "agung", "bagus", "istri"}
    return all(word in known("balinese", "parts") for word in parts) and parts[-1] not in own


def _particle(words: Sequence[str], language: str) -> Suggestion | None:
    """Under the part after van or von, under the particle itself for La, Du, Di."""
    after, with_it = known("western", "after"), known("western", "with")
    if language in _IBERIAN:
        after, with_it = after | _OF_THE, with_it - _OF_THE
    begin = next(
        (at for at in range(1, len(words) - 1) if words[at].lower() in after | with_it), None
    )
    if begin is None:
        return None
    if language == "eng":
        return _turned(words, begin, Why.PARTICLE, word=words[begin])
    at = begin
    while at < len(words) - 1 and (words[at].lower() in after or _is_spanish(words, at, language)):
        at += 1
    return _turned(words, at, Why.PARTICLE, word=" ".join(words[begin:at]) or words[at])


_IBERIAN = frozenset({"spa", "por", "cat", "glg"})
_OF_THE = frozenset({"la", "las", "los", "lo", "el", "del", "da", "das", "do", "dos"})


def _is_spanish(words: Sequence[str], at: int, language: str) -> bool:
    """ "de la Cruz" is filed under Cruz, "de La Fontaine" under the article: of French names
    alone (AACR2 22.5D1), which write it so or are told by their language."""
    if language == "fre" or words[at] not in _OF_THE:
        return False
    return words[at] == "del" or (at > 0 and words[at - 1].lower() == "de")


def _family(words: Sequence[str], language: str) -> Suggestion | None:
    length = _is_family(words)
    return _turned(words, len(words) - length, Why.FAMILY) if 0 < length < len(words) else None


def _is_family(words: Sequence[str]) -> int:
    """How many words at the end are a marga or fam."""
    names = known("family", "names")
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
    if tail and bare(head) in known("arabic", "articles"):
        return _turned(words, len(words) - 1, Why.ARABIC)
    joined = bare(words[-2])
    if joined in known("arabic", "articles") and len(words) > 2 and joined not in {"an", "as"}:
        return _turned(words, len(words) - 2, Why.ARABIC)
    if joined in known("arabic", "compounds"):
        return _turned(words, len(words) - 2, Why.ARABIC)
    return None


def _nobility(words: Sequence[str], language: str) -> Suggestion | None:
    parts = [bare(word) for word in words]
    ranks = known("nobility", "ranks")
    length = next((n for n in (3, 2, 1) if n < len(words) and " ".join(parts[:n]) in ranks), 0)
    if not length:
        return None
    return _turned(words, len(words) - 1, Why.NOBILITY, rank=" ".join(words[:length]))


def _last(words: Sequence[str], language: str) -> Suggestion | None:
    return _turned(words, len(words) - 1, Why.LAST)


_RULES = (_patronymic, _balinese, _chinese, _particle, _family, _initial, _arabic, _nobility, _last)


def _turned(words: Sequence[str], at: int, why: Why, **facts: str) -> Suggestion:
    """The words from `at` first, then a comma and the others."""
    entry = " ".join(words[at:])
    fore = words[:at] if why is Why.BALINESE else [_stopped(word) for word in words[:at]]
    form = f"{entry}, {' '.join(fore)}" if at else entry
    return Suggestion(form, why, {"word": entry, **facts})


def _stopped(word: str) -> str:
    """Initials end with a stop: C.S.T as C.S.T., D as D."""
    return f"{word}." if _UNSTOPPED.match(word) else word
