"""Class numbers by word and by number: DDC and the outline of the NLM Classification.

The rows are data in `resources/classification`, in our own words; loaded when first asked.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from database.description.call_parts import split_prefix
from database.text.words import words
from resources import FOLDER

_NLM = re.compile(r"^(Q[S-Z]|W[A-Z]?)(?=$|[\s\d.])")
_TYPED = str.maketrans({",": ".", "'": None, "’": None})
SHOWN = 40
_INSIDE = 4  # letters that may stand inside a word: bidan in kebidanan


@dataclass(frozen=True, slots=True)
class Class:
    """One class: its number, its name in Indonesian and English, words it is found by."""

    scheme: str
    number: str
    name_id: str
    name_en: str
    terms: frozenset[str]

    def name(self, language: str) -> str:
        """The name as it is read."""
        return self.name_id if language == "id" else self.name_en


@dataclass(frozen=True, slots=True)
class Pair:
    """What stands side by side in the picker; either side may be missing."""

    ddc: Class | None
    nlm: Class | None


@cache
def classes(scheme: str) -> dict[str, Class]:
    """Every class of "ddc" or "nlm" by its number without blanks, in order."""
    return {
        _bare(number): Class(scheme, number, indonesian, english, _terms(indonesian, english, more))
        for number, indonesian, english, more in _rows(scheme)
    }


def _rows(name: str) -> list[list[str]]:
    with (FOLDER / "classification" / f"{name}.toml").open("rb") as file:
        loaded: dict[str, Any] = tomllib.load(file)
    rows: list[list[str]] = loaded["rows"]
    return rows


def _terms(*texts: str) -> frozenset[str]:
    return frozenset(words(" ".join(texts)))


def _bare(number: str) -> str:
    """Without blanks and marks of segmentation, with a point where a comma was typed."""
    return "".join(number.upper().translate(_TYPED).split())


@cache
def _pairs() -> tuple[dict[str, str], dict[str, str]]:
    """DDC to NLM, and back to the first DDC number of each schedule."""
    there: dict[str, str] = {}
    back: dict[str, str] = {}
    for ddc, nlm in _rows("pairs"):
        there[_bare(ddc)] = nlm
        back.setdefault(nlm, _bare(ddc))
    return there, back


def find(number: str) -> Class | None:
    """The nearest class a number lies in: 616.123 is a heart disease, WB 105 is practice."""
    text = number.strip().upper()
    schedule = _NLM.match(text)
    if schedule:
        return classes("nlm").get(schedule.group(1))
    bare = _bare(split_prefix(text)[1])
    if not bare[:1].isdigit():
        return None
    known = classes("ddc")
    for end in range(len(bare), 2, -1):
        if bare[:end] in known:
            return known[bare[:end]]
    whole = bare[:3]
    if len(whole) < 3 or not whole.isdigit():
        return None
    return known.get(whole[:2] + "0") or known.get(whole[0] + "00")


def counterpart(one: Class) -> Class | None:
    """The class of the other scheme that plainly means the same, if there is one."""
    there, back = _pairs()
    if one.scheme == "nlm":
        number = back.get(one.number)
        return classes("ddc").get(number) if number else None
    bare = _bare(one.number)
    for end in range(len(bare), 2, -1):
        if bare[:end] in there:
            return classes("nlm").get(there[bare[:end]])
    return None


def suggest(number: str) -> Class | None:
    """The other scheme's class for a number typed: "610.73" gives WY, "WQ 100" 618.2."""
    found = find(number)
    return counterpart(found) if found else None


def search(query: str, limit: int = SHOWN) -> list[Pair]:
    """Classes that have every word, or a word that begins so; a number lists what it begins.

    Names before other words, then short numbers: the general before the particular.
    """
    numbered = _numbered(query)
    if numbered:
        return [_pair(one) for one in numbered[:limit]]
    asked = [word for word in words(query) if len(word) > 1]
    if not asked:
        return [_pair(one) for one in classes("ddc").values() if one.number.endswith("00")][:limit]
    everything = (*classes("ddc").values(), *classes("nlm").values())
    ranked = sorted(
        (rank, one.scheme, len(_bare(one.number)), one.number)
        for one in everything
        if (rank := _rank(one, asked)) is not None
    )
    found = [classes(scheme)[_bare(number)] for _rank_, scheme, _length, number in ranked]
    return _side_by_side(found)[:limit]


def _numbered(query: str) -> list[Class]:
    """What begins with the number typed: "616.1", "WB", "2X"."""
    bare = _bare(query)
    schedule = _NLM.match(query.strip().upper())
    if schedule:
        return [classes("nlm")[schedule.group(1)]]
    if not bare[:1].isdigit():
        return []
    listed = [one for number, one in classes("ddc").items() if number.startswith(bare)]
    nearest = find(query)
    return listed or ([nearest] if nearest else [])


def _rank(one: Class, asked: Sequence[str]) -> int | None:
    """0 where a name begins with what is asked, 1 where names have every word, more the less
    it fits; None if it does not."""
    spoken = (words(one.name_id), words(one.name_en))
    names = frozenset((*spoken[0], *spoken[1]))
    worst = 0 if any(name[: len(asked)] == tuple(asked) for name in spoken) else 1
    for word in asked:
        if word in names:
            continue
        if word in one.terms:
            worst = max(worst, 2)
        elif any(term.startswith(word) for term in one.terms):
            worst = max(worst, 3)
        elif len(word) >= _INSIDE and any(word in term for term in one.terms):
            worst = max(worst, 4)
        else:
            return None
    return worst


def _side_by_side(found: Iterable[Class]) -> list[Pair]:
    """Each class beside its counterpart; a schedule already shown is not shown again alone."""
    pairs: list[Pair] = []
    shown: set[str] = set()
    for one in found:
        if one.scheme == "nlm" and one.number in shown:
            continue
        pair = _pair(one)
        pairs.append(pair)
        if pair.nlm:
            shown.add(pair.nlm.number)
    return pairs


def _pair(one: Class) -> Pair:
    other = counterpart(one)
    return Pair(one, other) if one.scheme == "ddc" else Pair(other, one)
