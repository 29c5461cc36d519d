"""Harvesting another library by OAI-PMH 2.0 (openarchives.org/OAI/openarchivesprotocol.html):
MARCXML where it is handed out, else Dublin Core.

Written here because no client fits: `sickle` (0.7, 2020) reads an answer of any length whole and
waits for it byte by byte without an end, `pyoai` (2.5) likewise; both need lxml. An answer is
untrusted: `limits` say how much of it is read, and the whole of it has its seconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from io import BytesIO
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request
from xml.etree.ElementTree import Element

from database import limits
from database.description.marc import Record
from database.exchange import xml_stream
from database.exchange.fetching import fetch
from database.exchange.formats import dublin_core, marcxml
from database.exchange.xml_stream import local
from database.refusal import Fault, Trouble

SECONDS = 60.0
"""What a page may take: a large repository looks for its records as long."""
DC = "oai_dc"
"""The form everybody must hand out."""
_MARC = "http://www.loc.gov/MARC21/slim"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?")
_IDENTIFIER = 500
_NOTHING = frozenset({"noRecordsMatch"})
GONE = "badResumptionToken"


class Later(Exception):  # noqa: N818 - an answer, not an error
    """The server asks to come again after some seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Repository:
    """What a repository says of itself. `to_the_second`: how exact its moments are; `keeps_struck`:
    whether it tells for ever what was deleted."""

    name: str
    to_the_second: bool
    keeps_struck: bool


@dataclass(frozen=True, slots=True)
class Handed:
    """A record by its identifier; None where it was deleted there."""

    identifier: str
    record: Record | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some records, what to go on with ("" at the end), and the moment it was said. `unread` are
    records that nobody can read."""

    handed: tuple[Handed, ...]
    token: str
    said_at: str
    unread: int


def identify(address: str) -> Repository:
    """Who answers at an address. Raises Fault NO_ANSWER, NO_HARVEST; Later."""
    for one in _said(address, {"verb": "Identify"}, ("Identify",)):
        told = {local(part.tag): _text(part) for part in one}
        return Repository(
            told.get("repositoryName", "")[:_IDENTIFIER],
            told.get("granularity", "").endswith("Z"),
            told.get("deletedRecord") == "persistent",
        )
    raise Fault(Trouble.NO_HARVEST, where=address, said="Identify")


def best_form(address: str) -> str:
    """The metadataPrefix that tells most. Raises as `identify`."""
    asked = {"verb": "ListMetadataFormats"}
    for one in _said(address, asked, ("metadataFormat",)):
        told = {local(part.tag): _text(part) for part in one}
        if told.get("metadataNamespace") == _MARC and told.get("metadataPrefix"):
            return told["metadataPrefix"]
    return DC


def page(address: str, asked: Mapping[str, str]) -> Page:
    """One page of ListRecords: `asked` is metadataPrefix, from and set, or resumptionToken alone.

    Raises Fault NO_ANSWER, NO_HARVEST (`said` is the protocol's code); Later.
    """
    handed: list[Handed] = []
    token, said_at, unread = "", "", 0
    units = ("responseDate", "record", "resumptionToken")
    for one in _said(address, {"verb": "ListRecords", **asked}, units, broken := [0]):
        name = local(one.tag)
        if name == "responseDate":
            moment = _MOMENT.match(_text(one))
            said_at = moment.group() if moment else ""
        elif name == "resumptionToken":
            token = _text(one)
        else:
            found = _handed(one)
            handed += [found] if found is not None else []
            unread += found is None
    return Page(tuple(handed), token, said_at, unread + broken[0])


def _handed(element: Element) -> Handed | None:
    header = next((one for one in element if local(one.tag) == "header"), None)
    if header is None:
        return None
    named = (_text(one) for one in header if local(one.tag) == "identifier")
    identifier = next(named, "")
    if not 0 < len(identifier) <= _IDENTIFIER:
        return None
    if header.get("status") == "deleted":
        return Handed(identifier, None)
    for one in (part for part in element if local(part.tag) == "metadata"):
        for inside in one.iter():
            record = _record(inside)
            if record is not None:
                return Handed(identifier, record)
    return None


def _record(element: Element) -> Record | None:
    found = marcxml.record_in(element)
    if found is None and local(element.tag) == "dc":
        return dublin_core.record_in(element)
    return found


def _said(
    address: str, asked: Mapping[str, str], units: tuple[str, ...], broken: list[int] | None = None
) -> Iterator[Element]:
    """The elements of an answer. Stretches that are no sound XML are counted in `broken`; an answer
    that ends in one may have lost its token, and is none."""
    found, whole = False, True
    for one in xml_stream.elements(BytesIO(_fetched(address, asked)), (*units, "error")):
        whole = one is not None
        if one is None:
            if broken is not None:
                broken[0] += 1
            continue
        if local(one.tag) == "error":
            code = one.get("code", "")[:60]
            if code in _NOTHING:
                return
            raise Fault(Trouble.NO_HARVEST, where=address, said=code)
        found = True
        yield one
    if not (found and whole):
        raise Fault(Trouble.NO_HARVEST, where=address, said="XML")


def _fetched(address: str, asked: Mapping[str, str]) -> bytes:
    try:
        if urlsplit(address).scheme not in ("http", "https"):
            raise ValueError(address)
        where = f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"
        most = limits.HARVEST_ANSWER.most
        found = fetch(Request(where, headers={"User-Agent": "Selasar"}), SECONDS, most + 1)
    except HTTPError as error:
        later = error.headers.get("Retry-After", "")
        if error.code == HTTPStatus.SERVICE_UNAVAILABLE and later.isdecimal():
            raise Later(int(later)) from error
        raise Fault(Trouble.NO_ANSWER, where=address) from error
    except (URLError, HTTPException, OSError, ValueError) as error:
        raise Fault(Trouble.NO_ANSWER, where=address) from error
    if len(found) > most:
        raise Fault(Trouble.NO_HARVEST, where=address, said=f"> {most >> 20} MB")
    return found


def _text(element: Element) -> str:
    return "".join(element.itertext()).strip()
