"""XML that is none of the kinds read here: known as what it is, and told; nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from database.exchange import xml_stream
from database.exchange.file_format import NO, PERHAPS, Entry, Format

_PAGES = frozenset({"html", "table", "body", "head", "div"})
"""Roots of pages, which often are tables that were saved from a browser."""


def _sniff(head: bytes) -> int:
    root = xml_stream.look(head).root.lower()
    return PERHAPS if root and root not in _PAGES else NO


def _read(stream: IO[bytes]) -> Iterator[Entry]:
    yield Entry(1, None, "foreign_xml", 0)


FORMATS = (Format("xml", "XML", (), _sniff, _read),)
