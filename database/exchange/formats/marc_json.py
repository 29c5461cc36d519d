"""MARC-in-JSON: an array of records, one record, or a record a line."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from functools import partial
from typing import IO, Any

from database.description.marc import Record, from_json, from_plain, to_json
from database.exchange.file_format import (
    BLANKS,
    BLOCK,
    LONGEST,
    NO,
    SURELY,
    Entry,
    Format,
    Writer,
    entry_of,
)
from database.text.bad_bytes import MARK, MARKED


def _sniff(head: bytes) -> int:
    return SURELY if _BEGINS.match(head.lstrip(BLANKS)) else NO


_BEGINS = re.compile(rb"\[\s*(?:[\[{\]\"\d]|$)|\{\s*(?:[\"}]|$)")


_DECODER = json.JSONDecoder(strict=False, parse_int=str, parse_float=str)
"""A line break inside a text is taken as it stands, and a number is the text it was written as:
some thousand digits would be an error."""
_BETWEEN = re.compile(r"[\s,\[\]\ufeff]*")
_NEXT_RECORD = re.compile(r'\n\{|\{\s*"leader"\s*:')
_HALF = re.compile("[\ud800-\udfff]")
_CUT_OFF = 12
"""A mistake this near to the end of what was read may only mean that more must be read."""


def _read(stream: IO[bytes]) -> Iterator[Entry]:
    """An array of records, one record, or a record a line; a block at a time, so that a file of
    gigabytes needs no more memory than its longest record."""
    position = 0
    for plain, done in _json_values(stream):
        position += 1
        yield _entry(position, plain, done)
    if not position:
        yield Entry(1, None, "not_marc", stream.tell())


def _entry(position: int, plain: Any, done: int) -> Entry:
    """A record with bad bytes, or halves of letters, is taken without them, and told."""
    found = entry_of(position, done, partial(from_plain, plain))
    if found.record is None:
        return found
    text = to_json(found.record)
    whole = _HALF.sub("\ufffd", text.replace(MARK, ""))
    return found if whole == text else Entry(position, from_json(whole), "", done, "bad_encoding")


def _json_values(stream: IO[bytes]) -> Iterator[tuple[Any, int]]:
    """Each value and the bytes read with it; None for a stretch that is none."""
    decoder = codecs.getincrementaldecoder("utf-8")(MARKED)
    held, at, done, block = "", 0, 0, BLOCK
    while True:
        more = stream.read(block)
        done += len(more)
        held, at = held[at:] + decoder.decode(more, final=not more), 0
        while True:
            at = _BETWEEN.match(held, at).end()  # type: ignore[union-attr]
            if at == len(held):
                break
            value, end = _json_value(held, at, bool(more))
            if not end:
                break
            yield value, done
            at = end
        if not more:
            return
        # A record longer than a block is tried again only when twice as much is there.
        block = max(BLOCK, len(held) - at)


def _json_value(held: str, at: int, more: bool) -> tuple[Any, int]:
    """The value that begins at `at` and where it ends: at 0 if more must be read first, after
    a stretch without sense if it is None."""
    try:
        value, end = _DECODER.raw_decode(held, at)
        return value, end
    except RecursionError:
        # Looking for the next record inside it would nest as deep again and again.
        following = held.find("\n{", at + 1)
        return None, following if following >= 0 else len(held)
    except json.JSONDecodeError as error:
        unfinished = error.msg.startswith("Unterminated") or error.pos >= len(held) - _CUT_OFF
        if more and unfinished and len(held) - at < LONGEST:
            return None, 0
    found = _NEXT_RECORD.search(held, at + 1)
    return None, found.start() if found else len(held)


def _encode(record: Record) -> bytes:
    return to_json(record).encode()


FORMATS = (
    Format(
        "json",
        "MARC-in-JSON",
        (".json",),
        _sniff,
        _read,
        writers=(("json", "MARC-in-JSON", Writer(_encode, b"[\n", b",\n", b"\n]\n")),),
    ),
)
