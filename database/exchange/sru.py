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
from database.description.marc import Record
from database.exchange.fetching import fetch
from database.exchange.formats import dublin_core, marcxml
from database.refusal import Fault, Trouble

SCHEMAS = {"marcxml": "marcxml", "dc": "dc"}
_RECORDS = 5
_DC = "http://purl.org/dc/elements/1.1/"


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
            record = marcxml.record_in(element) or _dublin_core(element)
            if record is not None:
                yield record


def _dublin_core(element: ET.Element) -> Record | None:
    """A record of the fifteen elements, whatever is around them; one without a title is none."""
    if not any(child.tag == f"{{{_DC}}}title" for child in element):
        return None
    return dublin_core.record_in(element)
