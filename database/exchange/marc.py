"""Files of MARC records, in and out: ISO 2709, MARCXML, MARC-in-JSON.

Records are framed here, by their terminators and leaders, so that a damaged one never
costs its neighbours. Every piece of a file becomes one Entry: a record or a reason.
Memory stays constant: a file of gigabytes is read a block at a time.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

from database.description.iso2709 import LEADER_LENGTH, parse, salvage
from database.description.iso2709 import serialise as to_iso2709
from database.description.marc import Field, MarcError, Record, from_plain, to_json
from database.exchange import marc8
from database.refusal import Fault, Reason, Refusal, Trouble

BLOCK = 1 << 16
LONGEST = 8 << 20
"""A stretch this long without a record terminator is no record."""

_BLANKS = b" \t\r\n\x00\x1a\xef\xbb\xbf"
_LEADER = re.compile(rb"\d{5}[acdnpsxo ][a-z][a-z].[a ]\d\d\d{5}.{3}4[5 ]", re.DOTALL)
_NAMESPACE = "http://www.loc.gov/MARC21/slim"
FORMATS = ("mrc", "marc8", "marcxml", "json")


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of a file: `record`, or the `reason` it is none. `done` is bytes read so far;
    `mended` is the reason why a record is only what could be saved of it."""

    position: int
    record: Record | None
    reason: str
    done: int
    mended: str = ""


def read(path: Path) -> Iterator[Entry]:
    """Every record of a file in order, whatever of the three formats it is.

    Raises Refusal FILE_MISSING, FILE_EMPTY, NOT_MARC; Fault FILE_UNREADABLE.
    """
    if not path.is_file():
        raise Refusal(Reason.FILE_MISSING, path=str(path))
    try:
        with path.open("rb") as stream:
            head = stream.read(BLOCK)
            stream.seek(0)
            yield from _reader(head, path)(stream)
    except OSError as error:
        raise Fault(Trouble.FILE_UNREADABLE, where=str(path)) from error


def _reader(head: bytes, path: Path) -> Any:
    start = head.lstrip(_BLANKS)
    if not start:
        raise Refusal(Reason.FILE_EMPTY, path=str(path))
    if start.startswith(b"<") or head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _read_xml
    if start[:1] in (b"{", b"["):
        return _read_json
    text_like = b"\x00" not in head and b"\x1e" in head and b"\x1f" in head
    if _LEADER.search(head) or start[:5].isdigit() or text_like:
        return _read_iso2709
    raise Refusal(Reason.NOT_MARC, path=str(path))


# --- ISO 2709 -------------------------------------------------------------------


def _read_iso2709(stream: IO[bytes]) -> Iterator[Entry]:
    position = 0
    for piece, done in _pieces(stream):
        for raw in _frames(piece):
            position += 1
            try:
                yield Entry(position, parse(raw), "", done)
            except MarcError as error:
                yield _saved(position, raw, error.reason, done)


def _saved(position: int, raw: bytes, reason: str, done: int) -> Entry:
    try:
        record = salvage(raw, reason)
    except MarcError:
        record = None
    if record is None:
        return Entry(position, None, reason, done)
    return Entry(position, record, "", done, mended=reason)


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
    if held.strip(_BLANKS):
        yield bytes(held), done


def _frames(piece: bytes) -> Iterator[bytes]:
    """Split a stretch where a leader starts inside it: before it lies a cut-off record."""
    raw = piece.lstrip(_BLANKS)
    if not raw.strip(b"\x1d" + _BLANKS):
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


# --- MARCXML ----------------------------------------------------------------------


def _read_xml(stream: IO[bytes]) -> Iterator[Entry]:
    position = 0
    depth: list[ET.Element] = []
    try:
        for event, element in ET.iterparse(stream, events=("start", "end")):
            if event == "start":
                depth.append(element)
                continue
            depth.pop()
            if _local(element.tag) != "record":
                continue
            if not any(_local(child.tag) == "leader" for child in element) and not any(
                _local(child.tag) in {"datafield", "controlfield"} for child in element
            ):
                continue
            position += 1
            yield _xml_entry(element, position, stream.tell())
            element.clear()
            if depth:
                depth[-1].remove(element)
    except (ET.ParseError, LookupError, UnicodeError):
        yield Entry(position + 1, None, "bad_xml", stream.tell())
        return
    if not position:
        yield Entry(1, None, "not_marc", stream.tell())


def _local(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def record_in(element: ET.Element) -> Record | None:
    """The record a MARCXML `record` element holds, or None if it is none."""
    if _local(element.tag) != "record":
        return None
    return _xml_entry(element, 1, 0).record


def _xml_entry(element: ET.Element, position: int, done: int) -> Entry:
    record = Record(fields=[])
    for child in element:
        kind = _local(child.tag)
        if kind == "leader":
            record.leader = ((child.text or "") + " " * LEADER_LENGTH)[:LEADER_LENGTH]
        elif kind == "controlfield":
            record.fields.append(Field(child.get("tag", ""), child.text or ""))
        elif kind == "datafield":
            record.fields.append(_xml_field(child))
    reason = "" if record.fields else "empty_record"
    return Entry(position, record if record.fields else None, reason, done)


def _xml_field(element: ET.Element) -> Field:
    indicators = (element.get("ind1") or " ")[:1] + (element.get("ind2") or " ")[:1]
    subfields = [
        ((part.get("code") or " ")[:1], part.text or "")
        for part in element
        if _local(part.tag) == "subfield"
    ]
    return Field(element.get("tag", ""), None, indicators, subfields)


# --- MARC-in-JSON -------------------------------------------------------------------


_DECODER = json.JSONDecoder()
_BETWEEN = re.compile(r"[\s,\[\]\ufeff]*")
_NEXT_RECORD = re.compile(r'\n\{|\{\s*"leader"\s*:')
_CUT_OFF = 12
"""A mistake this near to the end of what was read may only mean that more must be read."""


def _read_json(stream: IO[bytes]) -> Iterator[Entry]:
    """An array of records, one record, or a record a line; a block at a time, so that a file of
    gigabytes needs no more memory than its longest record."""
    position = 0
    for plain, done in _json_values(stream):
        position += 1
        try:
            if plain is None:
                raise MarcError("bad_json")
            yield Entry(position, from_plain(plain), "", done)
        except MarcError as error:
            yield Entry(position, None, error.reason, done)
    if not position:
        yield Entry(1, None, "not_marc", stream.tell())


def _json_values(stream: IO[bytes]) -> Iterator[tuple[Any, int]]:
    """Each value and the bytes read with it; None for a stretch that is none."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
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
        held[at:end].encode()
        return value, end
    except UnicodeError:
        return None, end
    except RecursionError:
        pass
    except json.JSONDecodeError as error:
        unfinished = error.msg.startswith("Unterminated") or error.pos >= len(held) - _CUT_OFF
        if more and unfinished and len(held) - at < LONGEST:
            return None, 0
    following = _NEXT_RECORD.search(held, at + 1)
    return None, following.start() if following else len(held)


# --- writing --------------------------------------------------------------------------


def write(stream: IO[bytes], records: Iterable[Record], form: str) -> tuple[int, list[int]]:
    """Write records as "mrc" (ISO 2709 in UTF-8), "marc8" (ISO 2709 in MARC-8), "marcxml"
    or "json" (an array, a record a line).

    Returns how many were written, and the places (from 1) of those the format cannot
    hold: ISO 2709 ends at 99,999 bytes.
    """
    if form not in FORMATS:
        raise Refusal(Reason.VALUE_INVALID, field="format")
    opening, between, closing = _FRAMES[form]
    written, left = 0, []
    stream.write(opening)
    for place, record in enumerate(records, 1):
        try:
            encoded = _ENCODERS[form](record)
        except MarcError:
            left.append(place)
            continue
        stream.write(between + encoded if written else encoded)
        written += 1
    stream.write(closing)
    return written, left


def _xml_bytes(record: Record) -> bytes:
    lines = ["<record>", f"<leader>{_xml(record.leader)}</leader>"]
    for one in record.fields:
        tag = quoteattr(one.tag)
        if one.value is not None:
            lines.append(f"<controlfield tag={tag}>{_xml(one.value)}</controlfield>")
            continue
        ind1, ind2 = (quoteattr(_NOT_XML.sub(" ", sign)) for sign in one.indicators)
        lines.append(f"<datafield tag={tag} ind1={ind1} ind2={ind2}>")
        lines += [
            f"<subfield code={quoteattr(_NOT_XML.sub(' ', code))}>{_xml(value)}</subfield>"
            for code, value in one.subfields
        ]
        lines.append("</datafield>")
    return "\n".join([*lines, "</record>\n"]).encode()


_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _xml(text: str) -> str:
    """Escaped, without the control signs XML 1.0 cannot hold."""
    return escape(_NOT_XML.sub("", text), {"\r": "&#13;"})


def _json_bytes(record: Record) -> bytes:
    return to_json(record).encode()


_FRAMES = {
    "mrc": (b"", b"", b""),
    "marc8": (b"", b"", b""),
    "marcxml": (
        b'<?xml version="1.0" encoding="UTF-8"?>\n'
        + f'<collection xmlns="{_NAMESPACE}">\n'.encode(),
        b"",
        b"</collection>\n",
    ),
    "json": (b"[\n", b",\n", b"\n]\n"),
}
_ENCODERS = {
    "mrc": to_iso2709,
    "marc8": marc8.to_iso2709,
    "marcxml": _xml_bytes,
    "json": _json_bytes,
}
