"""Call numbers: class, letters of the main heading, first letter of the title.

Indonesian practice (papers of the shelf label): "616 SET b"; R, KTI or A may stand before.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from database.text.words import words
from resources import FOLDER

_SHAPE = re.compile(r"^(?P<prefix>[A-Z]{1,5})\s+(?P<rest>\S.*)$", re.DOTALL)
_NLM = re.compile(r"(Q[S-Z]|W[A-Z]?)$")
_NLM_CLASS = re.compile(r"(Q[S-Z]|W[A-Z]?)\s*\d")
_LETTERS = re.compile(r"(?<=\s)([A-Z]{1,6})(?:\s+(\w)\w*)?\s*$")
MOST_LETTERS = 6


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


@dataclass(frozen=True, slots=True)
class Parts:
    """A call number taken apart for the lines of a spine label."""

    prefix: str
    classification: str
    letters: str
    title_letter: str


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
    first, _, rest = call_number.partition(" ")
    return f"{prefix} {rest if first in known.values() and rest else call_number}"


def split_prefix(call_number: str) -> tuple[str, str]:
    """ "R 610.3 DOR k" as "R" and the rest; letters before a number alone are an NLM class."""
    text = call_number.strip()
    match = _SHAPE.match(text)
    if match is None:
        return "", text
    prefix, rest = match.group("prefix"), match.group("rest")
    numbered = rest[0].isdigit()
    if (_NLM.match(prefix) and numbered) or not (numbered or _NLM_CLASS.match(rest)):
        return "", text
    return prefix, rest


def take_apart(call_number: str) -> Parts:
    """The parts of a call number, however it was typed; what fits nowhere stays in the class."""
    prefix, rest = split_prefix(call_number)
    found = _LETTERS.search(rest)
    if not found:
        return Parts(prefix, rest, "", "")
    return Parts(prefix, rest[: found.start()].strip(), found.group(1), found.group(2) or "")


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
