"""Text of lines that begin with a tag: RIS and MEDLINE. A line at a time, a record at a time, so
that a list of gigabytes needs no more memory than its longest record."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import IO

from database import limits
from database.description.marc import Record
from database.exchange.file_format import Entry, entry_of
from database.text.bad_bytes import MARK, MARKED

_LONGEST_LINE = limits.TAGGED_LINE.most
_MOST_LINES = limits.TAGGED_LINES.most
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
Tagged = list[tuple[str, str]]


def head_text(head: bytes) -> str:
    """The first block of a file as text, to look at."""
    return head.decode(_encoding(head), "replace").lstrip("\ufeff")


def _encoding(head: bytes) -> str:
    return "utf-16" if head[:2] in _UTF16 else "utf-8-sig"


def lines_of(stream: IO[bytes]) -> Iterator[str]:
    """The lines of a text without their ends; bytes that are no text are marked and mended."""
    start = stream.read(3)
    stream.seek(0)
    text = io.TextIOWrapper(stream, _encoding(start), errors=MARKED, newline=None)
    try:
        while line := text.readline(_LONGEST_LINE):
            yield line.rstrip("\n")
    except UnicodeError:
        return  # half a sign at the end of UTF-16
    finally:
        text.detach()


def read(
    stream: IO[bytes],
    line: re.Pattern[str],
    begins: str,
    make: Callable[[Tagged], Record],
    ends: str = "",
) -> Iterator[Entry]:
    """Each record of `make`. `line` takes a tag and its text apart; a record goes from the tag
    `begins` to `ends`, or to where the next begins. Lines without a tag go on with the last."""
    position = 0
    for tagged in _records(stream, line, begins, ends):
        position += 1
        marked = any(MARK in value for _, value in tagged)
        plain = [(tag, value.replace(MARK, "")) for tag, value in tagged] if marked else tagged
        entry = entry_of(position, stream.tell(), partial(make, plain))
        yield replace(entry, mended="bad_encoding") if marked and entry.record else entry
    if not position:
        yield Entry(1, None, "not_marc", stream.tell())


def _records(stream: IO[bytes], line: re.Pattern[str], begins: str, ends: str) -> Iterator[Tagged]:
    tagged: Tagged = []
    for text in lines_of(stream):
        found = line.match(text)
        tag = found.group(1) if found else ""
        if tag == begins and tagged:
            yield tagged
            tagged = []
        if not tagged and tag != begins:
            continue
        if tag and tag == ends:
            yield tagged
            tagged = []
        elif found is not None and len(tagged) < _MOST_LINES:
            tagged.append((tag, (found.group(2) or "").strip()))
        elif found is None and text.strip() and len(tagged[-1][1]) < _LONGEST_LINE:
            tagged[-1] = (tagged[-1][0], f"{tagged[-1][1]} {text.strip()}".strip())
    if tagged:
        yield tagged
