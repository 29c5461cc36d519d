"""Words that are written together, with a hyphen or apart: covid19, covid-19, COVID 19.

What is indexed holds each in one word too; what is typed is asked for in both ways. So the
same title is found however either of them was written, letter by letter as it is typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from database.text.words import APOSTROPHES as _APOSTROPHES
from database.text.words import fold, words

_HYPHENS = "‐‑‒–—−-"
_L = r"[^\W\d_]"
_PIECE = re.compile(rf"[^\W_]+(?:[{_APOSTROPHES}][^\W_]+)*")
_PIECE_PLAIN = re.compile(r"[A-Za-z0-9]+(?:['`][A-Za-z0-9]+)*")
_LEADING = re.compile(rf"^[^\W\d_][{_APOSTROPHES}]([^\W_]{{2,}})")
"""O'Neill, D'Souza, l'enfant: the name behind its particle."""
_OF = re.compile(rf"(?<=[^\W\d_])[{_APOSTROPHES}][sS]$")
AND = frozenset({"dan", "and"})
_AFTER_AL = frozenset(
    {
        "quran", "qoran", "hadits", "hadis", "hadith", "fatihah", "baqarah", "islam", "ghazali",
        "ghazzali", "kitab", "hikmah", "sunnah", "farabi", "kindi", "biruni", "khawarizmi", "razi",
        "maidah", "mulk", "kahfi", "kautsar", "ikhlas", "asma", "azhar",
    }
)  # fmt: skip
"""What the Arabic article is also written together with: Alquran."""
_SHORT, _LONG = 3, 6
_WORTH = re.compile(
    rf"&|[^\W_][{_HYPHENS}][^\W_]|\b{_L}(?:[{_APOSTROPHES}]|\s+{_L}{{3}})"
    rf"|{_L}\s+\d{{1,3}}\b|\b\d{{1,3}}\s+{_L}{{1,3}}\b|(?-i:\b[A-Z]{{2,4}}\s+[A-Z]{{2,4}}\b)"
    rf"|\b[aA][lL](?:\s|\w*[{_APOSTROPHES}])|\bal(?:{'|'.join(sorted(_AFTER_AL))})\b",
    re.IGNORECASE,
)
"""A text without any of these has its words alone; most have none, and imports bring many."""
_WORTH_PLAIN = re.compile(
    r"&|[A-Za-z0-9](?:-[A-Za-z0-9]|(?<=[A-Za-z])\s+[0-9]{1,3}\b)"
    r"|(?<!\w)(?:[A-Za-z](?:['`]|\s+[A-Za-z]{3})|[0-9]{1,3}\s+[A-Za-z]{1,3}\b"
    r"|[A-Z]{2,4}\s+[A-Z]{2,4}\b"
    rf"|[aA][lL](?:\s|\w*['`]|(?i:{'|'.join(sorted(_AFTER_AL))})\b))"
)
"""The same of a text of ASCII letters, in less time."""


class Piece(NamedTuple):
    """A word as it is written, folded, and what stands between it and the one before."""

    written: str
    folded: str
    before: str

    @property
    def hyphened(self) -> bool:
        """Whether only a hyphen parts it from the one before."""
        return len(self.before) == 1 and self.before in _HYPHENS


def pieces(text: str) -> Iterator[Piece]:
    """The words of a text in order; apostrophes belong to them."""
    end = 0
    for match in (_PIECE_PLAIN if text.isascii() else _PIECE).finditer(text):
        written = match.group()
        folded = written.lower() if written.isascii() and written.isalnum() else _folded(written)
        if folded:
            yield Piece(written, folded, text[end : match.start()])
            end = match.end()


def _folded(written: str) -> str:
    return "".join(words(written))


def searchable(*texts: str) -> tuple[str, ...]:
    """The folded words of `texts`, then the other forms they are also looked for in."""
    more: list[str] = []
    for text in texts:
        if text:
            more += _other_forms(text) if len(text) <= _SHORT_TEXT else _found_forms(text)
    plain = words(" ".join(texts))
    return (*plain, *dict.fromkeys(more)) if more else plain


def _found_forms(text: str) -> tuple[str, ...]:
    """The other forms in which words of a text are looked for."""
    if text.isalnum() or not (_WORTH_PLAIN if text.isascii() else _WORTH).search(text):
        return ()
    listed = list(pieces(text))
    more = [*_together(listed, text.isupper()), *_bared(listed)]
    return (*more, "dan") if "&" in text else tuple(more)


_SHORT_TEXT = 80
# Names, subjects and publishers come again, by the thousands in an import.
_other_forms = lru_cache(maxsize=20_000)(_found_forms)


def _together(listed: Sequence[Piece], shouted: bool) -> Iterator[str]:
    run: list[str] = []
    for one, other in pairwise(listed):
        if other.before == " " and _are_plain(one.folded, other.folded, shouted):
            run = []
            continue
        if one.folded != other.folded and (
            other.hyphened or is_pair(one, other) or (not shouted and _are_acronyms(one, other))
        ):
            yield one.folded + other.folded
        run = [*(run or [one.folded]), other.folded] if other.hyphened else []
        if len(run) > 2:
            yield "".join(run)


def _are_plain(one: str, other: str, shouted: bool) -> bool:
    """Whether two words parted by a blank are surely two, as most are."""
    short = len(one) < 5 and len(other) < 5 and not shouted
    return not short and one != "al" and len(one) > 1 and one.isalpha() and other.isalpha()


def _bared(listed: Sequence[Piece]) -> Iterator[str]:
    """Names without what is grown to them."""
    for one in listed:
        if not one.written.isalpha() and (led := _LEADING.match(one.written)):
            yield fold(led.group(1))
        if one.folded.startswith("al") and one.folded[2:] in _AFTER_AL:
            yield one.folded[2:]


def is_pair(one: Piece, other: Piece) -> bool:
    """Whether two words parted by a blank may be one: COVID 19, 5 FU, x ray, al Quran."""
    if not other.before.isspace():
        return False
    if is_mixed(one, other):
        return True
    if not (one.folded.isalpha() and other.folded.isalpha()):
        return False
    if one.folded == "al":
        return True
    return len(one.folded) == 1 and len(other.folded) >= _SHORT


def is_mixed(one: Piece, other: Piece) -> bool:
    """Letters and a number, or a number and few letters."""
    if one.folded.isalpha() and other.folded.isdecimal():
        return len(one.folded) <= _LONG and len(other.folded) <= _SHORT
    if one.folded.isdecimal() and other.folded.isalpha():
        return len(one.folded) <= _SHORT and len(other.folded) <= _SHORT
    return False


def _are_acronyms(one: Piece, other: Piece) -> bool:
    """TB RO; in a title all in capitals nothing is told from the others."""
    return other.before.isspace() and all(
        2 <= len(piece.written) <= 4 and piece.written.isupper() for piece in (one, other)
    )


def bare(one: Piece) -> str:
    """A word asked for without what may not be in a title: Nelson's as nelson, alquran as quran
    (also while it is still being typed); "" where there is nothing to leave out."""
    if _OF.search(one.written):
        return one.folded[:-1]
    rest = one.folded[2:]
    if one.folded.startswith("al") and len(rest) > _SHORT - 1:
        return rest if any(name.startswith(rest) for name in _AFTER_AL) else ""
    return ""
