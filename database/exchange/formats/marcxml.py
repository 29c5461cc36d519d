"""MARCXML, the MARC 21 slim schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO
from xml.etree import ElementTree as ET

from database.description.iso2709 import LEADER_LENGTH
from database.description.marc import Field, Record, tag_of
from database.exchange import xml_stream
from database.exchange.file_format import NO, PERHAPS, SURELY, Entry, Format, Writer, entry_of
from database.exchange.xml_stream import escaped, local, quoted

_NAMESPACE = "http://www.loc.gov/MARC21/slim"


def _sniff(head: bytes) -> int:
    seen = xml_stream.look(head)
    if not seen.root:
        return NO
    if _NAMESPACE in seen.namespaces or seen.names & {"datafield", "controlfield"}:
        return SURELY
    return PERHAPS if seen.root == "record" and "leader" in seen.names else NO


def _read(stream: IO[bytes]) -> Iterator[Entry]:
    return xml_stream.read(stream, ("record",), _record)


def _record(element: ET.Element) -> Record | None:
    """The record of an element; None for a `record` of another kind, as OAI-PMH has around
    each."""
    if any(local(child.tag) in _CHILDREN for child in element):
        return _fields_of(element)
    return None


_CHILDREN = frozenset({"leader", "controlfield", "datafield"})


def record_in(element: ET.Element) -> Record | None:
    """The record a MARCXML `record` element holds, or None if it is none."""
    if local(element.tag) != "record":
        return None
    return entry_of(1, 0, lambda: _fields_of(element)).record


def _fields_of(element: ET.Element) -> Record:
    record = Record(fields=[])
    for child in element:
        kind = local(child.tag)
        if kind == "datafield":
            record.fields.append(_data_field(child))
        elif kind == "controlfield":
            record.fields.append(Field(tag_of(child.get("tag", "")), child.text or ""))
        elif kind == "leader":
            record.leader = ((child.text or "") + " " * LEADER_LENGTH)[:LEADER_LENGTH]
    return record


def _data_field(element: ET.Element) -> Field:
    indicators = (element.get("ind1") or " ")[:1] + (element.get("ind2") or " ")[:1]
    subfields = [
        ((part.get("code") or " ")[:1], part.text or "")
        for part in element
        if part.tag[-8:] == "subfield"
    ]
    return Field(tag_of(element.get("tag", "")), None, indicators, subfields)


def _encode(record: Record) -> bytes:
    """What has places, the leader and control fields, keeps them: a blank for each sign that
    XML cannot hold."""
    lines = ["<record>", f"<leader>{escaped(record.leader, ' ')}</leader>"]
    for one in record.fields:
        tag = quoted(one.tag)
        if one.value is not None:
            lines.append(f"<controlfield tag={tag}>{escaped(one.value, ' ')}</controlfield>")
            continue
        ind1, ind2 = map(quoted, one.indicators)
        lines.append(f"<datafield tag={tag} ind1={ind1} ind2={ind2}>")
        lines += [
            f"<subfield code={quoted(code)}>{escaped(value)}</subfield>"
            for code, value in one.subfields
        ]
        lines.append("</datafield>")
    return "\n".join([*lines, "</record>\n"]).encode()


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
