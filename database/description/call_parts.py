"""A call number taken apart, however a library writes it, without losing a sign.

"616 SET b", "650.HIL.G2-2", "658.4/PEA/C", "410 ANW B35", "WY 100 POT 2005", "R004.03 ENT b":
a prefix, the class (DDC, the Indonesian 2X, UDC, NLM, LC), letters of the heading, letter of the
title with what is written to it, then what tells years, volumes and copies.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

_LETTER = r"[^\W\d_]"
_YEAR = r"(?:1[89]|20)\d\d\b"
_NLM = re.compile(
    r"(?:Q[S-Z]|W[A-Z]?)\s*\d+(?:\.\d+)?(?:\.[A-Z]\d+)*(?![^\W_])"
    # A country of NLM's table G: WA 900 AA1.
    r"(?:\s[A-Z]{2}\d{1,2}(?=\s+[A-Z]{2}))?",
    re.IGNORECASE,
)
_LC = re.compile(r"[QR][A-Z]\d+(?:\.\d+)?(?:\.[A-Z]\d+)*(?![^\W_])")
"""Library of Congress, written together, in the letters that a hospital has: QA76.73.P98."""
_NUMBER = re.compile(
    r"[(\[]?(?:2X\d*|\d+)"
    # A blank behind the point is a slip of the hand: "616. 1".
    rf"(?:(?<=\d\d\d)[.,]\s+(?!{_YEAR})\d+(?=\s|$))?"
    # The decimals, and what UDC and the marks of segmentation put between figures.
    r"(?:[.,:/=+'’\"()\[\]*-]+\d+|[)\]])*",
    re.IGNORECASE,
)
_GROUPS = re.compile(rf"(?:\s+(?!{_YEAR})\d+(?=[\s/.]|$))+")
"""Decimals are often written in threes: 899.221 3."""
_POINTLESS = re.compile(rf"(?:\s+(?!{_YEAR})\d{{1,3}}(?=\s+{_LETTER}))+")
_OWN_LETTER = re.compile(r"\.[A-Z](?=[\s./]+[A-Z]{2})")
"""A letter that a library puts to a class of its own: "005.I SUA A"."""
_PREFIX = re.compile(rf"(?:{_LETTER}{{1,12}}(?:\d?[\s./-]+|(?=\d{{3}}))){{1,3}}")
_AROUND = re.compile(r"^[\W_]+|[\W_]+$")
_SIGNS = re.compile(r"[\W_]*")
_MANY = "cop|copy|kop|kopi|eks|eksemplar|jil|jilid|vol|volume|bk|bag|bagian|ed|edisi|th|thn|no|pt"
_COUNTED = rf"(?:{_MANY}|[cjkvt])\.\s*(?:\d|[IVX]+\b)|(?:{_MANY})\s*\d"
_MARK = rf"(?:{_COUNTED}|(?:{_MANY})\s+[IVX]+\b)"
"""What begins the number of a copy, a volume, an edition: "c.2", "jil. 2", "j.V", "vol 3"."""
_HEADING = re.compile(
    rf"(?!{_COUNTED}){_LETTER}(?:{_LETTER}|['’`ʼ](?={_LETTER})|-(?={_LETTER}{{2}}))*"
    # A cutter: K19b, SV4.
    rf"(?:\d+{_LETTER}?(?![^\W_]))?",
    re.IGNORECASE,
)
_TITLE = re.compile(rf"(?!{_MARK}){_LETTER}[\w'’-]*(?:/\d[\w-]*)?", re.IGNORECASE)
_USUAL = re.compile(rf"(\d+(?:\.\d+)?) ([A-Z]{{2,6}}) ({_LETTER})\Z")
"""Nine of ten are written like this, and imports take apart many."""
_CLASSLESS = re.compile(
    rf"(?P<prefix>{_LETTER}[^\W\d_/.-]*(?:[/.-]{_LETTER}+)?\s+)?"
    r"(?P<letters>[^\W\d_a-z]{2,6})(?P<signs>[\s./-]+)"
    rf"(?P<title>{_LETTER}(?:\d[\w-]*)?)(?=\s|$)"
)
"""A shelf without classes: "SUM s1", "JOU IEE E", "TA/SKRIPSI DID R1"."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A call number taken apart for the lines of a spine label.

    `more` is what stands behind: year, volume, copy. `written` are the five parts with the
    signs between them: joined they hold every sign of the call number, in order.
    """

    prefix: str
    classification: str
    letters: str
    title_letter: str
    more: str = ""
    written: tuple[str, str, str, str, str] = ("", "", "", "", "")


@lru_cache(maxsize=4_096)
def take_apart(call_number: str) -> Parts:
    """The parts of a call number; what has no class and no shape of one is all class."""
    plain = _USUAL.match(call_number)
    if plain:
        number, letters, initial = plain.groups()
        return Parts("", number, letters, initial, "", ("", number, letters, initial, ""))
    text = " ".join(call_number.split())
    prefix, at = _before_class(text)
    end = _class_end(text, at)
    if end is None:
        return _classless(text)
    end = _own_letter(text, end)
    # A sign with a blank behind it closes the class: "001. ETT".
    signs = _SIGNS.match(text, end)
    assert signs is not None
    closed = signs.group().rstrip(" ")
    split = signs.end() if closed != signs.group() or signs.end() == len(text) else end
    letters = _HEADING.match(text, signs.end())
    if letters is None:
        return _parts(text, at, split, split, split, prefix)
    signs = _SIGNS.match(text, letters.end())
    assert signs is not None
    title = _TITLE.match(text, signs.end())
    title_end = title.end() if title else letters.end()
    return _parts(text, at, split, letters.end(), title_end, prefix)


def split_prefix(call_number: str) -> tuple[str, str]:
    """ "R 610.3 DOR k" as "R" and the rest; letters before a number alone are an NLM class."""
    text = " ".join(call_number.split())
    parts = take_apart(text)
    return parts.prefix, text[len(parts.written[0]) :].strip()


def _parts(text: str, at: int, split: int, letters: int, title: int, prefix: str) -> Parts:
    """The text cut at four places; the parts bare, and as they are written."""
    cuts = (0, at, split, letters, title, len(text))
    written = tuple(text[one:other].strip() for one, other in pairwise(cuts))
    first, number, heading, initial, more = written
    return Parts(
        prefix,
        _bare(number),
        _AROUND.sub("", heading),
        _AROUND.sub("", initial),
        more.lstrip(" ./-"),
        (first, number, heading, initial, more),
    )


def _bare(text: str) -> str:
    return text.strip(" ./-,:;")


def _before_class(text: str) -> tuple[str, int]:
    """The prefix and where the class begins: letters, unless they are the class's own."""
    if _NLM.match(text) or _LC.match(text):
        return "", 0
    found = _PREFIX.match(text)
    if found is None:
        return "", 0
    at = found.end()
    # The letters of an NLM class may follow those of the prefix: "R WB 100".
    inner = re.search(r"(?:^|[\s./-])((?:Q[S-Z]|W[A-Z]?)\s*)$", text[:at])
    if inner and inner.start(1) and _NLM.match(text, inner.start(1)):
        at = inner.start(1)
    return (_bare(text[:at]), at) if _class_end(text, at) is not None else ("", 0)


def _class_end(text: str, at: int) -> int | None:
    found = _NLM.match(text, at) or _LC.match(text, at)
    if found:
        return found.end()
    found = _NUMBER.match(text, at)
    if found is None:
        return None
    pointed = "." in found.group() or "," in found.group()
    groups = (_GROUPS if pointed else _POINTLESS).match(text, found.end())
    return groups.end() if groups else found.end()


def _own_letter(text: str, end: int) -> int:
    found = _OWN_LETTER.match(text, end)
    return found.end() if found else end


def _classless(text: str) -> Parts:
    found = _CLASSLESS.match(text)
    if found is None:
        return Parts("", text, "", "", "", ("", text, "", "", ""))
    at = found.start("letters")
    return _parts(text, at, at, found.end("letters"), found.end("title"), _bare(text[:at]))


def says_copy(more: str, copy: int) -> bool:
    """Whether what stands behind a call number tells this copy: "c.2", "eks. 2"."""
    return _says(more, "c|cop|copy|k|kop|kopi|eks|eksemplar", str(copy))


def says_volume(more: str, volume: str) -> bool:
    """Whether it tells this volume, given as "2" or "j.2"."""
    numbers = re.findall(r"\d+", volume)
    return len(numbers) == 1 and _says(more, "j|jil|jilid|v|vol|volume|bk|bag", numbers[0])


def _says(more: str, marks: str, number: str) -> bool:
    return bool(re.search(rf"(?<!\w)(?:{marks})[.\s]*0*{number}(?!\d)", more, re.IGNORECASE))
