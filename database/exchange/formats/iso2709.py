"""ISO 2709, in UTF-8 or MARC-8.

Records are framed by their terminators and leaders, so that a damaged one never costs its
neighbours. Memory stays constant: a file of gigabytes is read a block at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import IO

from database.description.iso2709 import LEADER_LENGTH, parse, salvage, serialise
from database.description.marc import Record
from database.exchange import marc8
from database.exchange.file_format import (
    BLANKS,
    BLOCK,
    LONGEST,
    NO,
    PERHAPS,
    SURELY,
    Entry,
    Format,
    Writer,
    entry_of,
)

_LEADER = re.compile(rb"\d{5}[acdnpsxo ][a-z][a-z].[a ]\d\d\d{5}.{3}4[5 ]", re.DOTALL)


def _sniff(head: bytes) -> int:
    start = head.lstrip(BLANKS)
    if start[:1] in (b"<", b"{", b"[") or head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return NO
    if _LEADER.search(head) or (b"\x00" not in head and b"\x1e" in head and b"\x1f" in head):
        return SURELY
    return PERHAPS if start[:5].isdigit() else NO


def _read(stream: IO[bytes]) -> Iterator[Entry]:
    position = 0
    for piece, done in _pieces(stream):
        for raw in _frames(piece):
            position += 1
            entry = entry_of(position, done, partial(parse, raw))
            yield entry if entry.record else _saved(entry, raw)


def _saved(entry: Entry, raw: bytes) -> Entry:
    def saved() -> Record:
        return salvage(raw, entry.reason) or Record()

    found = entry_of(entry.position, entry.done, saved)
    return replace(found, mended=entry.reason) if found.record else entry


def _pieces(stream: IO[bytes]) -> Iterator[tuple[bytes, int]]:
    """Stretches that end with a record terminator; the last may lack it."""
    done = 0
    held = bytearray()
    while block := stream.read(BLOCK):
        done += len(block)
        held += block
        *whole, rest = bytes(held).split(b"\x1d")
        for piece in whole:
            yield piece + b"\x1d", done
        held = bytearray(rest)
        if len(held) > LONGEST:
            yield bytes(held), done
            held.clear()
    if held.strip(BLANKS):
        yield bytes(held), done


def _frames(piece: bytes) -> Iterator[bytes]:
    """Split a stretch where a leader starts inside it: before it lies a cut-off record."""
    raw = piece.lstrip(BLANKS)
    if not raw.strip(b"\x1d" + BLANKS):
        return
    if raw[:5].isdigit() and int(raw[:5]) == len(raw):
        yield raw
        return
    start = 0
    for match in _LEADER.finditer(raw, 1):
        # A leader is followed by a directory: three signs of tag and nine digits.
        at = match.start()
        entry = raw[at + LEADER_LENGTH : at + LEADER_LENGTH + 12]
        own = LEADER_LENGTH if raw[start : start + 3].isdigit() else 1
        if at - start >= own and len(entry) == 12 and entry[3:].isdigit():
            yield raw[start:at]
            start = at
    yield raw[start:]


FORMATS = (
    Format(
        "mrc",
        "MARC 21",
        (".mrc", ".marc", ".iso", ".dat"),
        _sniff,
        _read,
        writers=(
            ("mrc", "MARC 21", Writer(serialise)),
            ("marc8", "MARC 21, MARC-8", Writer(marc8.to_iso2709)),
        ),
    ),
)
