"""The order of books on a shelf, as a text that sorts by code point on both engines.

DDC numbers are decimals: 616 < 616.1 < 616.12 < 617. NLM goes by letters, then by whole
number, then by decimals and cutters: QZ 200 < W 1 < WB 100 < WB 100.5 < WB 105. The
Indonesian 2X stands between 299 and 300. Books with a prefix (R, KTI, A) stand apart,
behind those without. After the class come letters and title letter, then year, volume and
copy, each as a number: j.2 before j.10.
"""

from __future__ import annotations

import re
from functools import lru_cache

from database.description.call_parts import take_apart
from database.text.words import fold

_LONGEST = 200
"""Signs of a call number and of a volume that are looked at; an index holds no more."""

_GAP = " "
_COPY = "!"  # before any letter or figure: copies of one volume stand together
_DDC = re.compile(r"(?P<whole>2X\d*|\d+)(?P<rest>.*)")
_LETTERED = re.compile(
    r"(?P<letters>[A-Z]{1,2})\s*(?P<whole>\d+)(?P<rest>(?:\.\d+)?)(?P<cutters>(?:\.[A-Z]\d+)*)"
    r"(?P<country>.*)"
)
"""NLM, and what of LC is written like it."""
_NO_SIGNS = dict.fromkeys(map(ord, "'’\"[ "))
_PIECE = re.compile(r"[0-9]+|[A-Z]+")
_MARKS = {
    **dict.fromkeys(("J", "JIL", "JILID", "V", "VOL", "VOLUME", "BK", "BAGIAN"), "J"),
    **dict.fromkeys(("C", "COPY", "K", "KOPI", "EKS", "EKSEMPLAR"), _COPY),
}
_ROMAN = re.compile(r"(?=.)(X{0,3})(IX|IV|V?I{0,3})")
"""Up to XXXIX; beyond them a letter is a letter."""
_ROMAN_SIGNS = {"I": 1, "V": 5, "X": 10}
_UNNUMBERED = "~"
"""What has no number stands behind everything that has one."""


def key(call_number: str, volume: str = "", copy: int | None = None) -> str:
    """What to sort by; volume and copy of a copy come after what its number says."""
    tail = _tail(volume[:_LONGEST], copy) if volume or copy else ""
    return _number_key(call_number[:_LONGEST]) + tail


@lru_cache(maxsize=4096)
def _number_key(call_number: str) -> str:
    """Of the call number alone, which all copies of a title share."""
    parts = take_apart(call_number.upper())
    prefix, number = _plain(parts.prefix), parts.classification
    if not (number or parts.letters):
        return _UNNUMBERED
    start = _class(number) or _UNNUMBERED + _joined(_pieces(number))
    more = _joined(_pieces(parts.more))
    return f"{prefix}{_GAP}{start}{_heading(parts.letters)}{_title(parts.title_letter)}{more}"


def _class(number: str) -> str:
    """A class so that less comes first; "" for what is none."""
    found = _LETTERED.match(number)
    if found:
        cutters = found["cutters"].replace(".", _GAP) + found["country"]
        return f"{found['letters']}!{found['whole'].zfill(5)}{found['rest']}{cutters}"
    bare = number if "." in number or "," in number else number.replace(" ", ".", 1)
    found = _DDC.match(bare.translate(_NO_SIGNS).replace(",", "."))
    return found["whole"].zfill(3) + found["rest"] if found else ""


def _heading(letters: str) -> str:
    """The letters as one word, D'AG and AL-GH too; the figures of a cutter are decimals."""
    pieces = _pieces(letters)
    return "".join(
        piece if at and not piece.isdigit() and not pieces[at - 1].isdigit() else _GAP + piece
        for at, piece in enumerate(pieces)
    )


def _title(initial: str) -> str:
    """The letter, and each number written to it: "G2-2"."""
    return "".join(_GAP + _padded(piece) for piece in _pieces(initial))


def _tail(volume: str, copy: int | None) -> str:
    """Volume and copy, behind the call number."""
    pieces = _pieces(volume.upper())
    if pieces and (pieces[0] not in _MARKS or len(pieces) == 1):
        pieces.insert(0, "J")
    return _joined(pieces) + (f"{_GAP}{_COPY}{copy:06d}" if copy else "")


def _pieces(text: str) -> list[str]:
    found: list[str] = _PIECE.findall(_plain(text)) if text else []
    return found


def _padded(piece: str) -> str:
    return piece.zfill(6) if piece.isdigit() else piece


def _plain(text: str) -> str:
    """Capitals without accents."""
    return text if text.isascii() else fold(text).upper()


def _joined(pieces: list[str]) -> str:
    """A mark and the number behind it are one piece; a mark with none is a title letter."""
    made, at = "", 0
    while at < len(pieces):
        piece = pieces[at]
        number = _number(pieces[at + 1]) if piece in _MARKS and at + 1 < len(pieces) else ""
        if number:
            made += f"{_GAP}{_MARKS[piece]}{number}"
            at += 2
            continue
        made += _GAP + _padded(piece)
        at += 1
    return made


def _number(piece: str) -> str:
    """A volume's number, also a Roman one."""
    if piece.isdigit():
        return piece.zfill(6)
    if not _ROMAN.fullmatch(piece):
        return ""
    signs = [_ROMAN_SIGNS[sign] for sign in piece]
    # A sign before a greater one is taken from it: IX, XIV.
    steps = zip(signs, [*signs[1:], 0], strict=True)
    return f"{sum(-one if one < then else one for one, then in steps):06d}"
