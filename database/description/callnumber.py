"""Call numbers: class, letters of the main heading, first letter of the title.

Indonesian practice (papers of the shelf label): "616 SET b"; R, KTI or A may stand before.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from database.description.call_parts import (
    Parts,
    says_copy,
    says_volume,
    split_prefix,
    take_apart,
)
from database.text.words import words
from resources import FOLDER

_NLM = re.compile(r"(Q[S-Z]|W[A-Z]?)$")
_NLM_CLASS = re.compile(r"(Q[S-Z]|W[A-Z]?)\s*\d")
MOST_LETTERS = 6

__all__ = [
    "MOST_LETTERS",
    "PLAIN",
    "Parts",
    "Style",
    "class_group",
    "filing_words",
    "make",
    "says_copy",
    "says_volume",
    "split_prefix",
    "take_apart",
    "whole",
    "with_prefix",
]


@dataclass(frozen=True, slots=True)
class Style:
    """How a library makes its call numbers; `prefixes` by kind of material or of copy."""

    letters: int = 3
    title_letter: bool = True
    scheme: str = "ddc"
    prefixes: Mapping[str, str] = field(default_factory=dict)

    def prefix(self, kind: str) -> str:
        """What stands before the numbers of this kind, "" for nothing."""
        return self.prefixes.get(kind, "")

    def number(self, classification: str, nlm: str) -> str:
        """The class the books stand by. NLM knows only medicine: the rest keeps its DDC."""
        return (nlm or classification) if self.scheme == "nlm" else classification


PLAIN = Style()


def make(
    classification: str,
    main_heading: str,
    title: str,
    prefix: str = "",
    style: Style = PLAIN,
    language: str = "",
) -> str:
    """ "616", "Setiati, Siti", "Buku ajar" give "616 SET b"; without a class, nothing."""
    if not classification.strip():
        return ""
    title_words = filing_words(title, language)
    entry = "".join(words(main_heading.split(",")[0])) or "".join(title_words)
    letters = entry[: style.letters].upper()
    initial = title_words[0][0] if title_words and style.title_letter else ""
    return " ".join(part for part in (prefix, classification.strip(), letters, initial) if part)


def filing_words(title: str, language: str = "") -> tuple[str, ...]:
    """The words of a title without the article it begins with, unless that is all of it."""
    found = words(title)
    if len(found) > 1 and found[0] in _articles().get(language, ()):
        return found[1:]
    return found


@cache
def _articles() -> dict[str, frozenset[str]]:
    with (FOLDER / "classification" / "articles.toml").open("rb") as file:
        return {language: frozenset(listed) for language, listed in tomllib.load(file).items()}


def whole(call_number: str, volume: str = "", copy: int | None = None) -> str:
    """A call number with what tells one copy from the next: "616 SET b j.2 c.3"."""
    parts = [call_number, f"j.{volume}" if volume.isdigit() else volume]
    return " ".join(part for part in [*parts, f"c.{copy}" if copy else ""] if part)


def with_prefix(call_number: str, prefix: str, known: Mapping[str, str]) -> str:
    """The number of a copy whose kind stands on shelves of its own; "" changes nothing."""
    if not prefix or not call_number:
        return call_number
    first, rest = split_prefix(call_number)
    return f"{prefix} {rest if first in known.values() and rest else call_number}"


@lru_cache(maxsize=4_096)
def class_group(classification: str) -> str:
    """The row of the figures a class belongs to: "610".."619", else its hundred, "" for none.

    2X (the Indonesian extension for Islam) counts with 200; NLM letters count with 610.
    """
    text = classification.strip().upper()
    if text[:2] == "2X":
        return "200"
    digits = re.match(r"\D{0,4}?(\d{3})", text)
    if _NLM_CLASS.match(text) or _NLM.match(text):
        return "610"
    if not digits:
        return ""
    number = digits.group(1)
    return number if number.startswith("61") else number[0] + "00"
