"""What stands beside a name: titles and degrees, forms of address; and what is no person's name.

The lists are data in `resources/names.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from database.text.words import words as folded_words
from resources import FOLDER

_SPECIALIST = re.compile(r"^(?:Sub)?[Ss]p\.?\s?[A-Z]\w*[\w().,-]*$|^\(?K\)$|^K-[A-Z]\w+$")
_GROWN = re.compile(r"(?<=[^\W\d_])\.(?=[^\W\d_]{3})")
"""The stop of a title written without its blank: Ny.Sumarni."""
_INITIALS = re.compile(r"((?:[^\W\d_]\.)+)(?=[^\W\d_]{3})")
_MOST_PARTS = 4
_LONGEST_RUN = 3


def bare(word: str) -> str:
    """A word as the lists have it: lower case, without stops and brackets."""
    return word.replace(".", "").replace("(", "").replace(")", "").lower().strip(" ,")


@cache
def _lists() -> Any:
    return tomllib.loads((FOLDER / "names.toml").read_text(encoding="utf-8"))


@cache
def known(group: str, which: str) -> frozenset[str]:
    """One list of the words that names are told by."""
    return frozenset(_lists()[group][which])


# --- titles and degrees -----------------------------------------------------------


def split_titles(name: str) -> tuple[str, str]:
    """The name, and the titles that were taken from it. Behind one title all are titles."""
    first, *rest = [part.strip() for part in " ".join(name.split()).split(",")]
    at = next((n for n, part in enumerate(rest) if part and _is_titles(part)), len(rest))
    words = [piece for word in first.split() for piece in parted(word)]
    front = 0
    while front < len(words) - 1 and (
        is_before(words[front], words[front + 1])
        or (front and _is_pilgrim(words[front], words[front + 1]))
    ):
        front += 1
    end = len(words)
    while end > front + 1 and _is_behind(words[end - 1]):
        end -= 1
    kept = [" ".join(words[front:end]), *filter(None, rest[:at])]
    taken = [*words[:front], *words[end:], *filter(None, rest[at:])]
    return ", ".join(kept), " ".join(taken)


def parted(word: str) -> list[str]:
    """What is grown together, apart: Prof.Dr.Prayitno, Drs.C.S.T, H.Agus, C.S.T.Kansil."""
    found: list[str] = []
    while "." in word.rstrip("."):
        length = _title_length(word)
        if not length:
            break
        found.append(word[:length])
        word = word[length:]
    initials = _INITIALS.match(word)
    if initials and not _is_after(word):
        return [*found, initials.group(1), word[initials.end() :]]
    return [*found, word]


def _title_length(word: str) -> int:
    """How many signs of a word with stops inside are one title, its stop included."""
    stops = [at + 1 for at, sign in enumerate(word) if sign == "." and at + 1 < len(word)]
    for end in reversed(stops[:3]):
        title, rest = word[:end], word[end:]
        if is_before(title, rest) or (bare(title) in _ranks() and len(bare(title)) > 1):
            return end
    return 0


def _ranks() -> frozenset[str]:
    return known("nobility", "ranks")


def is_before(word: str, following: str = "") -> bool:
    """A title in front, or several grown together (Prof.Dr.). H alone is an initial, and so it
    is before another: H.B. Jassin."""
    listed = known("titles", "before")
    short = bare(word)
    parts = [part for part in word.split(".") if part]
    if len(parts) > 1 and short in _ranks():
        return False
    if short in listed:
        return (word.endswith(".") and not _is_initial(following)) or len(short) > 1
    return len(parts) > 1 and all(len(part) > 1 and part.lower() in listed for part in parts)


def _is_pilgrim(word: str, following: str) -> bool:
    """Behind another title H is Haji also without its stop: Drs H Abdullah."""
    return word in {"H", "Hj"} and not _is_initial(following)


def _is_behind(word: str) -> bool:
    """A degree behind a name, or a title that was put there: Bagus Santoso dr."""
    if _is_after(word):
        return not _is_plain(word)
    return word.endswith(".") and len(bare(word)) > 1 and is_before(word)


def _is_initial(word: str) -> bool:
    return bool(re.match(r"[^\W\d_](?:\.|$)", word))


def _is_titles(part: str) -> bool:
    """Everything between two commas is titles: "S. Kep.", "Sp.A(K)", "dr. Sp.PD"."""
    return _is_after(part) or all(_is_after(word) or is_before(word) for word in part.split())


def _is_after(text: str) -> bool:
    short = bare(text).replace(" ", "").replace("-", "")
    if len(short) > 1 and short in known("titles", "after"):
        return True
    return bool(_SPECIALIST.match(text)) or _are_degrees([p for p in text.split(".") if p.strip()])


def _are_degrees(parts: Sequence[str]) -> bool:
    """Degrees grown together: S.Kep.Ns.M.Kep."""
    if len(parts) < 2 or len(parts) > 4 * _MOST_PARTS:
        return False
    listed = known("titles", "after")
    reached = [True] + [False] * len(parts)
    for end in range(1, len(parts) + 1):
        reached[end] = any(
            reached[start] and bare("".join(parts[start:end])) in listed
            for start in range(max(0, end - _MOST_PARTS), end)
            if end - start > 1 or len(parts[start].strip()) > 1
        )
    return reached[-1]


def _is_plain(word: str) -> bool:
    """Written like a name: Mars and Ma are somebody's, MARS and M.A. are degrees."""
    return "." not in word and word[1:] == word[1:].lower()


def without_titles(name: str) -> str:
    """The name alone: "Prof. dr. Siti Setiati, Sp.PD" is "Siti Setiati"."""
    return split_titles(name)[0]


def is_addressed(name: str) -> bool:
    """Whether a name says itself how to address whom it is of: "Ibu Sumarni", "dr. Bagus",
    "Sumarni, Ny.". A single word is a name, whatever else it may mean."""
    first, *rest = [part.strip() for part in _GROWN.sub(". ", name).split(",")]
    words = first.split()
    if rest and all(map(is_address, re.split(r"[/\s]+", rest[-1]))):
        return True
    return len(words) > 1 and (is_address(words[0]) or is_before(words[0], words[1]))


def is_address(word: str) -> bool:
    """Whether a word is a form of address: Bapak, Ny., An. (An without its stop is a name)."""
    short = bare(word)
    stopped = word.endswith(".") and short in known("titles", "address_with_stop")
    return stopped or short in known("titles", "address")


# --- bodies -----------------------------------------------------------------------


def is_body(text: str) -> bool:
    """Whether a text names a body rather than a person: "Kementerian Kesehatan RI", "Tim Abdi
    Guru", "PT Gramedia", "World Health Organization". What stands behind a comma is looked at
    only where the first part has more than a word: "Dinas, Andi" is a person."""
    first = text.split(",")[0]
    words = folded_words(first)
    if not words or ("," in text and len(words) < 2):
        return False
    if words[0] == "tim":
        return any(word in known("bodies", "team") for word in words[1:]) or _is_listed(words[1:])
    if len(words) > 1 and words[0] in known("bodies", "first"):
        return True
    if len(words) > 1 and words[-1] in known("bodies", "last"):
        return True
    return _is_listed(words)


def _is_listed(words: Sequence[str]) -> bool:
    return any(run in known("bodies", "words") for run in _runs(words))


def _runs(words: Sequence[str]) -> Iterator[str]:
    for length in range(1, _LONGEST_RUN + 1):
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])
