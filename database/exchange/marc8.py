"""Writing MARC-8, which older systems still ask for: pymarc's tables turned round.

ASCII and ANSEL (Latin with its marks) need no announcement; other alphabets are announced by
escape sequences and left again before anything else comes (MARC 21 Specifications for Record
Structure, Character Sets: MARC-8). What is not in the tables cannot be written.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

from database.description.iso2709 import content, parse, serialise
from database.description.marc import MarcError, Record

_ASCII, _ANSEL, _EAST_ASIAN = 0x42, 0x45, 0x31
_G1_FROM = 0x80
_Place = tuple[int, int, bool]
"""Table, code in it, whether it is a mark that goes before its letter."""


def to_iso2709(record: Record) -> bytes:
    """The record in MARC-8, in UTF-8 where MARC-8 has not all its signs: the leader says which.

    Raises MarcError too_long.
    """
    try:
        written = serialise(record, encode)
        if written.isascii() or _said(parse(written)) == _said(record):
            return written
    except (UnicodeEncodeError, MarcError):
        pass  # a sign MARC-8 lacks, or a control sign that its readers drop
    return serialise(record)


def _said(record: Record) -> list[tuple[str, str]]:
    """What a record says, its letters and marks put together."""
    return [(one.tag, unicodedata.normalize("NFC", content(one))) for one in record.fields]


def encode(text: str) -> bytes:
    """`text` in MARC-8. Raises UnicodeEncodeError where a sign is not in its tables."""
    if text.isascii():
        return text.encode()
    out = bytearray()
    g0, g1 = _ASCII, _ANSEL
    for table, code, _mark in _places(unicodedata.normalize("NFC", text)):
        if code >= _G1_FROM and table != _EAST_ASIAN:
            if g1 != table:
                out += b"\x1b)" + _announced(table)
                g1 = table
        elif g0 != table:
            out += _designation(table)
            g0 = table
        out += code.to_bytes(3 if table == _EAST_ASIAN else 1, "big")
    # Each field begins anew with ASCII and ANSEL.
    out += b"" if g0 == _ASCII else b"\x1b(B"
    out += b"" if g1 == _ANSEL else b"\x1b)" + _announced(_ANSEL)
    return bytes(out)


def _announced(table: int) -> bytes:
    return b"!E" if table == _ANSEL else bytes([table])


def _designation(table: int) -> bytes:
    return b"\x1b$1" if table == _EAST_ASIAN else b"\x1b(" + bytes([table])


def _places(text: str) -> Iterator[_Place]:
    """Where each sign lies in the tables, marks before the letter they stand on."""
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        letter, marks = text[at], list(text[at + 1 : end])
        place = _table().get(letter)
        if place is None:
            apart = unicodedata.normalize("NFD", letter)
            letter, marks = apart[0], [*apart[1:], *marks]
            place = _table().get(letter)
        found = [_table().get(mark) for mark in marks]
        if place is None or any(one is None or not one[2] for one in found):
            raise UnicodeEncodeError("marc-8", text, at, end, "not in the tables")
        yield from (one for one in found if one is not None)
        yield place
        at = end


@cache
def _table() -> dict[str, _Place]:
    """Every sign's place, ASCII and ANSEL going before others."""
    from pymarc.marc8_mapping import CODESETS

    found: dict[str, _Place] = {}
    for table in (_ASCII, _ANSEL, *CODESETS):
        for code, (point, mark) in CODESETS[table].items():
            found.setdefault(chr(point), (table, code, bool(mark)))
    return found
