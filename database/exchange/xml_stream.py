"""XML as a stream of records: each a small tree of its own, nothing else is kept.

Written on expat itself. A record that is no sound XML costs only itself: reading goes on at the
next that begins. Declared entities are refused, so nothing expands and nothing is fetched; the
named ones of HTML, which the DTDs of such files lend, are known.
"""

from __future__ import annotations

import codecs
import contextlib
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from functools import partial
from html.entities import html5
from typing import IO
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from database import limits
from database.description.marc import MarcError, Record
from database.exchange.file_format import BLANKS, BLOCK, Entry, entry_of
from database.text.bad_bytes import MARK, MARKED

_DEEPEST = limits.XML_DEPTH.most
_SEPARATOR = "}"
_HEAD_NAMES = 60
_LONGEST_TAG = 400
_LONGEST_UNIT = limits.XML_RECORD.most
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CODED = re.compile(rb"""<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([\w.-]+)""")
_CONTROL = bytes(sign for sign in range(32) if sign not in b"\t\n\r")
_PASSED = "passed"


class _NoListError(Exception):
    """XML that no list of records is: a tower of elements, or one without an end."""


class _EntitiesError(Exception):
    """XML that declares entities."""


_WRONG = (expat.ExpatError, _NoListError, _EntitiesError, LookupError, ValueError)


@dataclass(frozen=True, slots=True)
class Look:
    """What the beginning of an XML file shows: its root, and the names and namespaces met."""

    root: str = ""
    names: frozenset[str] = frozenset()
    namespaces: frozenset[str] = frozenset()


def local(name: object) -> str:
    """A name without its namespace; "" of what has none, a comment."""
    return name.rpartition(_SEPARATOR)[2] if isinstance(name, str) else ""


class Xml(str):
    """Text that is XML already."""

    __slots__ = ()


_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def escaped(text: str, instead: str = "") -> str:
    """Text for XML 1.0; `instead` of each sign that it cannot hold."""
    return escape(_NOT_XML.sub(instead, text), {"\r": "&#13;"})


def quoted(text: str) -> str:
    """A value of an attribute, with its quotes."""
    return quoteattr(_NOT_XML.sub(" ", text))


def tagged(name: str, inside: str, **attributes: str) -> Xml:
    """An element, or nothing where nothing is in it; text is escaped."""
    if not inside.strip():
        return Xml("")
    told = "".join(f" {key}={quoted(value)}" for key, value in attributes.items())
    text = inside if isinstance(inside, Xml) else escaped(inside)
    return Xml(f"<{name}{told}>{text}</{name}>")


def joined(*parts: Xml) -> Xml:
    """Elements one after the other."""
    return Xml("".join(parts))


def looks_like_xml(head: bytes) -> bool:
    """Whether a file's beginning is that of XML, in whichever encoding."""
    return head[:2] in _UTF16 or head.lstrip(BLANKS)[:1] == b"<"


def look(head: bytes) -> Look:
    """What XML begins with `head`; an empty Look if none does."""
    if not looks_like_xml(head):
        return Look()
    names: list[str] = []

    def start(name: str, _attributes: object) -> None:
        if len(names) < _HEAD_NAMES:
            names.append(name)

    parser = _parser(start)
    # With this handler set nothing declared is expanded.
    parser.EntityDeclHandler, parser.DefaultHandler = None, _pass_over
    # What was met before something went wrong still tells.
    with contextlib.suppress(*_WRONG):
        parser.Parse(_cleaner(head)(_plain(head), False), False)
    spaces = frozenset(name.rpartition(_SEPARATOR)[0] for name in names)
    return Look(local(names[0]) if names else "", frozenset(map(local, names)), spaces)


def read(
    stream: IO[bytes], units: Collection[str], make: Callable[[Element], Record | None]
) -> Iterator[Entry]:
    """Every element of `units` (local names) as a record; `make` gives None for one that is none
    of the kind, in which those within it are tried (OAI-PMH has a `record` around each)."""
    position = 0
    named = frozenset(units)
    for element, done, mended in _Stream(stream, named):
        if element is None:
            position += 1
            yield Entry(position, None, "bad_xml", done)
            continue
        found = entry_of(position + 1, done, partial(_made, make, element))
        tried = [found]
        if found.reason == _PASSED:
            within = [one for one in element.iter() if local(one.tag) in named][1:]
            tried = [entry_of(0, done, partial(_made, make, one)) for one in within]
        for one in tried:
            if one.reason != _PASSED:
                position += 1
                bad = "bad_encoding" if mended and one.record else ""
                yield replace(one, position=position, mended=bad)
    if not position:
        yield Entry(1, None, "not_marc", stream.tell())


def elements(stream: IO[bytes], units: Collection[str]) -> Iterator[Element | None]:
    """The outermost elements of `units` (local names), each whole; None for a stretch that is no
    sound XML."""
    for element, _done, _mended in _Stream(stream, frozenset(units)):
        yield element


def _made(make: Callable[[Element], Record | None], element: Element) -> Record:
    record = make(element)
    if record is None:
        raise MarcError(_PASSED)
    return record


def _plain(head: bytes) -> bytes:
    return head if head[:2] in _UTF16 else head.lstrip(BLANKS)


def _cleaner(first: bytes) -> Callable[[bytes, bool], bytes]:
    """Takes out of each block, whose first is `first`, the control signs that XML must not hold;
    marks and mends the bytes that are no UTF-8."""
    if first[:2] in _UTF16:
        return lambda block, last: block
    told = _CODED.search(first[:400])
    if told and told.group(1).lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii"):
        return lambda block, last: block.translate(None, _CONTROL)
    decoder = codecs.getincrementaldecoder("utf-8")(MARKED)
    return lambda block, last: decoder.decode(block.translate(None, _CONTROL), last).encode()


def _parser(start: Callable[[str, dict[str, str]], None]) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    parser.buffer_text = True
    parser.UseForeignDTD(True)
    parser.StartElementHandler = start
    parser.EntityDeclHandler = _refuse
    return parser


def _pass_over(_text: str) -> None:
    return


def _refuse(*_told: object) -> None:
    raise _EntitiesError


class _Stream:
    """The outermost elements of some names, in order: (element, bytes read, whether bytes of it
    were mended). None stands for a stretch that is no XML."""

    def __init__(self, stream: IO[bytes], units: frozenset[str]) -> None:
        self._stream = stream
        self._units = units
        named = b"|".join(re.escape(name.encode()) for name in sorted(units))
        self._begins = re.compile(rb"<(?:[\w.-]+:)?(?:" + named + rb")(?=[\s>/])")
        self._found: list[Element] = []
        self._any_mark = False
        self._clean: Callable[[bytes, bool], bytes] = lambda block, last: block

    def __iter__(self) -> Iterator[tuple[Element | None, int, bool]]:
        raw = self._stream.read(BLOCK)
        self._clean = _cleaner(raw)
        block, last = self._cleaned(_plain(raw), not raw), not raw
        opening = self._begins.search(block)
        prolog = block[: opening.start()] if opening else b""
        self._start(b"")
        while True:
            wrong = self._feed(block, last)
            done = self._stream.tell()
            found, self._found = self._found, []
            for element in found:
                yield element, done, self._any_mark and _unmark(element)
            if wrong is not None:
                yield None, done, False
                following = None if isinstance(wrong, _EntitiesError) else self._sought(block)
                if following is None:
                    return
                self._start(prolog)
                block, last = following, False
            elif last:
                return
            else:
                block, last = self._next()

    def _next(self) -> tuple[bytes, bool]:
        raw = self._stream.read(BLOCK)
        return self._cleaned(raw, not raw), not raw

    def _cleaned(self, raw: bytes, last: bool) -> bytes:
        block = self._clean(raw, last)
        self._any_mark = self._any_mark or MARK.encode() in block
        return block

    def _start(self, prolog: bytes) -> None:
        """Begin anew, behind what stands before the first record."""
        self._builder: TreeBuilder | None = None
        self._depth = self._unit_at = self._fed = 0
        self._expat = _parser(self._on_start)
        self._expat.DefaultHandlerExpand = self._on_other
        self._outside()
        if prolog:
            self._feed(prolog, False)

    def _feed(self, block: bytes, last: bool) -> Exception | None:
        self._block_at = self._fed
        self._fed += len(block)
        try:
            self._expat.Parse(block, last)
        except _WRONG as error:
            return error
        since = self._unit_at if self._builder is not None else self._expat.CurrentByteIndex
        return _NoListError() if self._fed - since > _LONGEST_UNIT else None

    def _sought(self, block: bytes) -> bytes | None:
        """From the next record on that begins behind what went wrong; None if none does."""
        at = max(self._expat.ErrorByteIndex, self._expat.CurrentByteIndex) - self._block_at
        at = min(max(at, 0), len(block)) + 1
        while True:
            found = self._begins.search(block, at)
            if found:
                return block[found.start() :]
            more, last = self._next()
            if last:
                return None
            block, at = block[max(at, len(block) - _LONGEST_TAG) :] + more, 0

    def _outside(self) -> None:
        self._builder = None
        self._expat.StartElementHandler = self._on_start
        self._expat.EndElementHandler = self._on_end
        self._expat.CharacterDataHandler = None

    def _on_start(self, name: str, attributes: dict[str, str]) -> None:
        if local(name) not in self._units:
            self._depth += 1
            if self._depth > _DEEPEST:
                raise _NoListError
            return
        # Within a record expat talks to the builder itself, which is written in C.
        self._builder = builder = TreeBuilder()
        self._unit_at = self._expat.CurrentByteIndex
        unit, end = builder.start(name, attributes), builder.end

        def on_end(name: str) -> None:
            if end(name) is unit:
                self._found.append(unit)
                self._outside()

        self._expat.StartElementHandler = builder.start
        self._expat.EndElementHandler = on_end
        self._expat.CharacterDataHandler = builder.data

    def _on_end(self, _name: str) -> None:
        self._depth -= 1

    def _on_other(self, text: str) -> None:
        """What expat has no handler for: of interest is a named entity it was not told of."""
        if self._builder is not None and text[:1] == "&" and text[-1:] == ";":
            self._builder.data(html5.get(text[1:], text))


def _unmark(element: Element) -> bool:
    """Whether bytes of it were mended; their marks are taken out."""
    met = False
    for one in element.iter():
        for name in ("text", "tail"):
            text = getattr(one, name)
            if text and MARK in text:
                setattr(one, name, text.replace(MARK, ""))
                met = True
    return met
