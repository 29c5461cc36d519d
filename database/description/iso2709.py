"""A record as ISO 2709 bytes: read, written, and what can be saved of one that cannot be read.

Lengths that lie are forgiven where terminators tell; `exchange.marc` frames files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from database.description.marc import Field, MarcError, Record
from database.text import bad_bytes

FIELD_END = b"\x1e"
RECORD_END = b"\x1d"
SUBFIELD = "\x1f"
LEADER_LENGTH = 24
MAX_ISO_LENGTH = 99_999
_EACC_BLANK = b"\x21\x23\x21"


def parse(raw: bytes) -> Record:
    """Read one framed ISO 2709 record; lengths that lie are forgiven where terminators tell.

    Raises MarcError: cut_off, bad_leader, bad_directory, bad_encoding.
    """
    if not raw.endswith(RECORD_END):
        raise MarcError("cut_off")
    if len(raw) < LEADER_LENGTH + 2:
        raise MarcError("bad_leader")
    leader = raw[:LEADER_LENGTH].decode("ascii", "replace")
    directory_end = _directory_end(raw)
    if directory_end < 0:
        raise MarcError("bad_directory")
    directory = raw[LEADER_LENGTH:directory_end]
    decode = _decoder(leader, raw)
    base = directory_end + 1
    fields = _quickly(raw, leader, directory, base, decode)
    if fields is None:
        pairs = _contents(raw, leader, directory, base)
        fields = [_field(tag, decode(content)) for tag, content in pairs]
    if not fields:
        raise MarcError("bad_directory")
    return Record(leader, fields)


def _directory_end(raw: bytes) -> int:
    """Where the directory ends, -1 if nowhere. One closed by another sign than its own is
    believed where the base address says that fields begin behind it."""
    told, found = raw[12:17], raw.find(FIELD_END, LEADER_LENGTH)
    base = int(told) if told.isdigit() else 0
    if base == found + 1:
        return found
    directory = raw[LEADER_LENGTH : base - 1]
    if base <= len(raw) and len(directory) >= 12 and len(directory) % 12 == 0:
        entries = range(0, len(directory), 12)
        if all(directory[at + 3 : at + 12].isdigit() for at in entries):
            return base - 1
    return found


def _quickly(
    raw: bytes, leader: str, directory: bytes, base: int, decode: Any
) -> list[Field] | None:
    """The common case, decoded in one go: every field lies where the directory says, in
    its order. None where that is not so, or the text is MARC-8."""
    if decode is _marc8 or len(directory) % 12 or leader[12:17] != f"{base:05d}":
        return None
    listed = directory.decode("ascii", "replace")
    pieces = raw[base:-2].split(FIELD_END)
    tags = []
    at = 0
    try:
        for number, piece in zip(range(0, len(listed), 12), pieces, strict=True):
            if int(listed[number + 7 : number + 12]) != at:
                return None
            at += int(listed[number + 3 : number + 7])
            tags.append(listed[number : number + 3])
            if len(piece) != at - int(listed[number + 7 : number + 12]) - 1:
                return None
    except ValueError:
        return None
    if base + at + 1 != len(raw):
        return None
    texts = decode(raw[base:-2]).split("\x1e")
    return [_field(tag, text) for tag, text in zip(tags, texts, strict=True)]


def _contents(raw: bytes, leader: str, directory: bytes, base: int) -> Iterator[tuple[str, bytes]]:
    entries = [directory[at : at + 12] for at in range(0, len(directory), 12)]
    sound = len(directory) % 12 == 0 and leader[12:17].isdigit() and int(leader[12:17]) == base
    spans = _spans(raw, entries, base) if sound and len(raw) <= MAX_ISO_LENGTH else None
    if spans is not None:
        yield from spans
        return
    # The directory's numbers lie: its tags and the terminators still tell, in order.
    pieces = raw[base:-1].split(FIELD_END)
    if pieces and not pieces[-1]:
        pieces.pop()
    tags = [entry[:3] for entry in entries if len(entry) == 12]
    if len(tags) != len(pieces):
        raise MarcError("bad_directory")
    for tag, content in zip(tags, pieces, strict=True):
        yield tag.decode("ascii", "replace"), content


def _spans(raw: bytes, entries: list[bytes], base: int) -> list[tuple[str, bytes]] | None:
    """Tag and content by the directory's numbers, or None if any number lies."""
    found = []
    for entry in entries:
        if not entry[3:].isdigit():
            return None
        start = base + int(entry[7:12])
        end = start + int(entry[3:7]) - 1
        if raw[end : end + 1] != FIELD_END or (
            start > base and raw[start - 1 : start] != FIELD_END
        ):
            return None
        content = raw[start:end]
        if FIELD_END in content:
            return None
        found.append((entry[:3].decode("ascii", "replace"), content))
    return found


def _field(tag: str, text: str) -> Field:
    if tag < "010" and tag.isdigit():
        return Field(tag, text)
    head, *parts = text.split(SUBFIELD)
    if not parts:
        # A data field without subfields is not lost: it is kept as one of them.
        return Field(tag, None, (text[:2] + "  ")[:2], [("a", text[2:])] if text[2:] else [])
    indicators = head if len(head) == 2 else (head + "  ")[:2]
    return Field(tag, None, indicators, [(part[0], part[1:]) for part in parts if part])


def _decoder(leader: str, raw: bytes) -> Any:
    """How this record's bytes become text: UTF-8, or MARC-8 where nothing says otherwise.

    Many files say MARC-8 and hold UTF-8 (INLISLite's do): valid multi-byte UTF-8 is
    believed over the leader, since MARC-8 text practically never is.
    """
    if raw.isascii() and b"\x1b" not in raw:
        return _ascii
    try:
        raw.decode("utf-8")
        utf8 = True
    except UnicodeDecodeError:
        utf8 = False
    told = leader[9:10] == "a"
    if utf8 and (told or b"\x1b" not in raw):
        return _utf8
    if told:
        raise MarcError("bad_encoding")
    return _marc8


def _ascii(content: bytes) -> str:
    return content.decode("ascii")


def _utf8(content: bytes) -> str:
    return content.decode("utf-8")


def _marc8(content: bytes) -> str:
    if content.isascii() and b"\x1b" not in content:
        return content.decode("ascii")
    text = _as_marc8(content)
    # pymarc puts a blank, silently, where it knows no character.
    if text.count(" ") > content.count(b" ") + content.count(_EACC_BLANK):
        raise MarcError("bad_encoding")
    return text


def serialise(record: Record, encode: Callable[[str], bytes] = str.encode) -> bytes:
    """One ISO 2709 record, in UTF-8 or as `encode` writes it, which is then said to be MARC-8.

    Raises MarcError too_long over 99,999 bytes.
    """
    directory = bytearray()
    body = bytearray()
    for one in record.fields:
        coded = encode(content(one)) + FIELD_END
        if len(coded) > 9999:
            raise MarcError("too_long")
        directory += b"%-3.3s%04d%05d" % (
            one.tag.encode("ascii", "replace"),
            len(coded),
            len(body),
        )
        body += coded
    base = LEADER_LENGTH + len(directory) + 1
    total = base + len(body) + 1
    if total > MAX_ISO_LENGTH:
        raise MarcError("too_long")
    leader = (record.leader + " " * LEADER_LENGTH)[:LEADER_LENGTH]
    scheme = "a" if encode is str.encode else " "
    leader = f"{total:05d}{leader[5:9]}{scheme}22{base:05d}{leader[17:20]}4500"
    return (
        leader.encode("ascii", "replace") + bytes(directory) + FIELD_END + bytes(body) + RECORD_END
    )


def content(one: Field) -> str:
    """A field as ISO 2709 has it between its terminators."""
    if one.value is not None:
        return one.value
    return one.indicators + "".join(f"{SUBFIELD}{code}{value}" for code, value in one.subfields)


def salvage(raw: bytes, reason: str) -> Record | None:
    """What can be saved of a record that `parse` refused for `reason`; None if no title is.

    Of one that is cut off, the fields that are whole. Of one with bytes that are no text in
    its encoding, every field: in a record that says UTF-8 each such byte is read as
    Windows-1252, where they mostly come from; in MARC-8 a sign unknown becomes a blank.
    """
    if reason == "cut_off":
        pairs = _whole_fields(raw)
    elif reason == "bad_encoding":
        leader = raw[:LEADER_LENGTH].decode("ascii", "replace")
        directory_end = _directory_end(raw)
        directory = raw[LEADER_LENGTH:directory_end]
        pairs = list(_contents(raw, leader, directory, directory_end + 1))
    else:
        return None
    leader = raw[:LEADER_LENGTH].decode("ascii", "replace")
    read = bad_bytes.mended if leader[9:10] == "a" or raw.find(b"\x1b") < 0 else _as_marc8
    fields = [_field(tag, read(content)) for tag, content in pairs]
    record = Record(leader, fields)
    titled = any(" ".join(one.all("abknp")).strip() for one in record.each("245"))
    return record if titled else None


def _whole_fields(raw: bytes) -> list[tuple[str, bytes]]:
    directory_end = _directory_end(raw)
    if directory_end < 0:
        return []
    directory, base = raw[LEADER_LENGTH:directory_end], directory_end + 1
    found = []
    for at in range(0, len(directory) - 11, 12):
        entry = directory[at : at + 12]
        if not entry[3:].isdigit():
            return []
        start = base + int(entry[7:])
        end = start + int(entry[3:7]) - 1
        if raw[end : end + 1] == FIELD_END and FIELD_END not in raw[start:end]:
            found.append((entry[:3].decode("ascii", "replace"), raw[start:end]))
    return found


_ESCAPED_TO_NOTHING = re.compile(rb"\x1b(?:\$?[(,)$-]?)?\Z")
"""An escape sequence that the end of its field cuts off: it announces no letters."""
_EAST_ASIAN = re.compile(rb"\x1b\$,?1([^\x1b]*)\Z")
"""Signs of three bytes each, to the end of the field."""


def _as_marc8(content: bytes) -> str:
    """The text of a field, a blank where MARC-8 has no such sign. The byte after a subfield's
    sign is its code, whichever alphabet is announced, and no letter of it."""
    from pymarc.marc8 import MARC8ToUnicode

    converter: Any = MARC8ToUnicode(quiet=True)

    def letters(part: bytes) -> str:
        try:
            return str(converter.translate(_whole_signs(_ESCAPED_TO_NOTHING.sub(b"", part))))
        except (TypeError, ValueError, LookupError, AttributeError) as error:
            raise MarcError("bad_encoding") from error

    head, *parts = content.split(b"\x1f")
    told = (part[:1].decode("ascii", "replace") + letters(part[1:]) for part in parts)
    return SUBFIELD.join((letters(head), *told))


def _whole_signs(part: bytes) -> bytes:
    """A sign that the end of its field cuts off becomes a blank; pymarc would complain of it on
    the console."""
    last = _EAST_ASIAN.search(part)
    cut = len(last[1]) % 3 if last else 0
    return part[:-cut] + b"   " if cut else part
