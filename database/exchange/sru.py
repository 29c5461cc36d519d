"""Asking other libraries by SRU 1.1 (loc.gov/standards/sru): MARCXML and Dublin Core.

An answer is untrusted: so much of it is read and so long as `limits` and the asker say, and
whatever is no record in it is no answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from http.client import HTTPException
from urllib.error import URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request
from xml.etree import ElementTree as ET

from database import limits
from database.description.marc import Field, Record
from database.exchange.fetching import fetch
from database.exchange.formats.marcxml import record_in
from database.refusal import Fault, Trouble

SCHEMAS = {"marcxml": "marcxml", "dc": "dc"}
_RECORDS = 5
_DC = "{http://purl.org/dc/elements/1.1/}"


def ask(
    address: str, query: str, schema: str, timeout: float, most: int = _RECORDS
) -> list[Record]:
    """The first records, at `most`, a server has for a CQL query; `timeout` in seconds.

    Raises Fault NO_ANSWER: it cannot be reached, is too slow, or answers with something else.
    """
    try:
        scheme = urlsplit(address).scheme
    except ValueError as error:
        raise Fault(Trouble.NO_ANSWER, where=address) from error
    if scheme not in {"http", "https"}:
        raise Fault(Trouble.NO_ANSWER, where=address)
    asked = urlencode(
        {
            "version": "1.1",
            "operation": "searchRetrieve",
            "query": query,
            "maximumRecords": most,
            "recordSchema": SCHEMAS.get(schema, schema),
        }
    )
    try:
        request = Request(
            f"{address}{'&' if '?' in address else '?'}{asked}", headers={"User-Agent": "Selasar"}
        )
        return list(_records(fetch(request, timeout, limits.ANSWER.most)))
    except (URLError, HTTPException, OSError, ET.ParseError, ValueError) as error:
        raise Fault(Trouble.NO_ANSWER, where=address) from error


def _records(text: bytes) -> Iterator[Record]:
    for data in ET.fromstring(text).iter():
        if not isinstance(data.tag, str) or data.tag.rpartition("}")[2] != "recordData":
            continue
        for element in data:
            record = record_in(element) or _from_dublin_core(element)
            if record is not None:
                yield record


_PLACES = {
    "title": ("245", "10", "a"),
    "publisher": ("264", " 1", "b"),
    "date": ("264", " 1", "c"),
    "language": ("041", "  ", "a"),
    "description": ("520", "  ", "a"),
    "subject": ("653", "  ", "a"),
}


def _from_dublin_core(element: ET.Element) -> Record | None:
    """The fifteen elements as far as a title page has them; the first creator is the main one."""
    found = [
        (child.tag.removeprefix(_DC), " ".join((child.text or "").split()))
        for child in element
        if isinstance(child.tag, str) and child.tag.startswith(_DC) and (child.text or "").strip()
    ]
    if not any(name == "title" for name, _text in found):
        return None
    record = Record(fields=[])
    for name, text in found:
        _add(record, name, text)
    record.fields.sort(key=lambda one: one.tag)
    return record


def _add(record: Record, name: str, text: str) -> None:
    if name in {"creator", "contributor"}:
        main = name == "creator" and record.first("100") is None
        record.fields.append(Field("100" if main else "700", None, "1 ", [("a", text)]))
    elif name == "identifier" and "isbn" in text.lower():
        record.fields.append(Field("020", None, "  ", [("a", text.rpartition(":")[2].strip())]))
    elif name in _PLACES:
        tag, indicators, code = _PLACES[name]
        standing = record.first(tag) if tag == "264" else None
        if standing is not None:
            standing.subfields.append((code, text))
        else:
            record.fields.append(Field(tag, None, indicators, [(code, text)]))
