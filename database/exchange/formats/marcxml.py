"""MARCXML, the MARC 21 slim schema."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

from database.description.iso2709 import LEADER_LENGTH
from database.description.marc import Field, Record
from database.exchange.file_format import BLANKS, NO, SURELY, Entry, Format, Writer

_NAMESPACE = "http://www.loc.gov/MARC21/slim"


def _sniff(head: bytes) -> int:
    starts = head.lstrip(BLANKS).startswith(b"<") or head[:2] in (b"\xff\xfe", b"\xfe\xff")
    return SURELY if starts else NO


def _read(stream: IO[bytes]) -> Iterator[Entry]:
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


def _encode(record: Record) -> bytes:
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


_OPENING = f'<?xml version="1.0" encoding="UTF-8"?>\n<collection xmlns="{_NAMESPACE}">\n'
FORMATS = (
    Format(
        "marcxml",
        "MARCXML",
        (".xml", ".mrcx"),
        _sniff,
        _read,
        writers=(
            ("marcxml", "MARCXML", Writer(_encode, _OPENING.encode(), closing=b"</collection>\n")),
        ),
    ),
)
