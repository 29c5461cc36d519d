"""BibTeX, each entry parsed by bibtexparser on its own: one that is broken costs no other.

Abbreviations (@string) hold for the entries behind them; LaTeX's accents become letters.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import IO

from database.description.marc import MarcError, Record
from database.exchange import tagged_text
from database.exchange.file_format import NO, SURELY, Entry, Format, Writer, entry_of
from database.exchange.references import (
    Person,
    Reference,
    doi_in,
    each,
    record_of,
    tidy,
    year_in,
)
from database.exchange.references_out import told_of
from database.text.bad_bytes import MARK
from database.text.words import fold

_BEGINS = re.compile(r"\s*@\s*([A-Za-z]+)\s*[{(]")
_STARTS = re.compile(
    r"^\s*@\s*(?:article|book|booklet|collection|conference|dataset|inbook|incollection|"
    r"inproceedings|manual|masters?thesis|misc|mvbook|online|phdthesis|proceedings|report|"
    r"software|string|preamble|comment|techreport|thesis|unpublished)\s*[{(]",
    re.IGNORECASE | re.MULTILINE,
)
_NO_ENTRIES = frozenset({"comment", "preamble", "string"})
_KINDS = {
    "article": "article", "inproceedings": "part", "conference": "part", "incollection": "part",
    "inbook": "part", "phdthesis": "thesis", "mastersthesis": "thesis", "masterthesis": "thesis",
    "thesis": "thesis", "periodical": "serial",
}  # fmt: skip
_LONGEST, _MOST_STRINGS = 1 << 20, 1 << 16
_CONTROL = re.compile(r"[\\$~^]")


def _sniff(head: bytes) -> int:
    text = tagged_text.head_text(head)
    return SURELY if not text.lstrip().startswith("<") and _STARTS.search(text) else NO


def _read(stream: IO[bytes]) -> Iterator[Entry]:
    # What it says of each broken entry is told as that entry's reason, not to the log.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    position, strings = 0, ""
    for kind, text in _pieces(stream):
        if kind in _NO_ENTRIES:
            if kind == "string" and len(strings) < _MOST_STRINGS:
                strings += text.replace(MARK, "")
            continue
        position += 1
        plain = text.replace(MARK, "")
        entry = entry_of(position, stream.tell(), partial(_record, strings, plain))
        marked = plain != text and entry.record
        yield replace(entry, mended="bad_encoding") if marked else entry
    if not position:
        yield Entry(1, None, "not_marc", stream.tell())


def _pieces(stream: IO[bytes]) -> Iterator[tuple[str, str]]:
    """Each stretch from a line that begins an entry to the next, and its kind."""
    kind, held, size = "", [""], 0
    for line in tagged_text.lines_of(stream):
        found = _BEGINS.match(line)
        if found:
            if kind:
                yield kind, "\n".join(held)
            kind, held, size = found.group(1).lower(), [], 0
        if kind and size < _LONGEST:
            held.append(line)
            size += len(line)
    if kind:
        yield kind, "\n".join(held) + "\n"


def _record(strings: str, text: str) -> Record:
    from bibtexparser.entrypoint import parse_string

    entries = parse_string(f"{strings}\n{text}").entries
    if not entries:
        raise MarcError("bad_bibtex")
    raw = {one.key.lower(): str(one.value) for one in entries[0].fields}
    return record_of(_reference(entries[0].entry_type.lower(), raw))


def _reference(entry: str, raw: dict[str, str]) -> Reference:
    def first(*names: str) -> str:
        return next((text for name in names if (text := _plain(raw.get(name, "")))), "")

    kind = _KINDS.get(entry, "book")
    inside = kind in ("article", "part")
    title = first("title")
    if inside and not title:
        title = first("chapter", "booktitle")
    subtitle = first("subtitle")
    return Reference(
        kind=kind,
        title=f"{title}: {subtitle}" if subtitle else title,
        people=[*_people(raw.get("author", "")), *_people(raw.get("editor", ""), "editor")],
        year=year_in(first("year", "date")),
        host=first("journal", "journaltitle", "booktitle", "maintitle") if inside else "",
        volume=first("volume"),
        issue=first("number", "issue"),
        pages=re.sub(r"\s*[-–]+\s*", "-", first("pages")) if inside else first("pagetotal"),
        issn=each([first("issn")]),
        isbn=each(re.split(r"[,;]", first("isbn"))),
        doi=doi_in(raw.get("doi", "")),
        numbers=[("PubMed", first("pmid"))],
        edition=first("edition"),
        place=first("address", "location"),
        publisher=first("publisher", "organization", "institution", "school"),
        series=first("series"),
        language=first("language", "langid"),
        abstract=first("abstract"),
        notes=each([first("note")]),
        thesis=". ".join(each([first("type"), first("school", "institution")])),
        keywords=each(re.split(r"[;,]", first("keywords", "keyword"))),
        links=each([tidy(raw.get("url", ""))]),
    )


def _plain(value: str) -> str:
    """Without LaTeX: accents as letters, braces gone."""
    text = tidy(value)
    if _CONTROL.search(text):
        from pylatexenc.latex2text import LatexNodes2Text

        text = str(LatexNodes2Text(math_mode="verbatim").latex_to_text(text))
        # \textasciicircum becomes the accent alone there.
        text = text.replace("\u02c6", "^")
    return tidy(text.replace("{", "").replace("}", ""))


def _people(value: str, role: str = "") -> Iterator[Person]:
    """Names turned to "Family, Given"; one in braces is a body's."""
    from bibtexparser.middlewares.names import (
        parse_single_name_into_parts,
        split_multiple_persons_names,
    )

    for name in split_multiple_persons_names(tidy(value)):
        if name.lower() == "others":
            continue
        if name.startswith("{") and name.endswith("}"):
            yield Person(_plain(name), role, is_body=True)
            continue
        parts = parse_single_name_into_parts(name, strict=False)
        yield Person(_plain(parts.merge_last_name_first), role)


# --- out

_WRITTEN = {
    "article": "article",
    "part": "incollection",
    "thesis": "thesis",
    "serial": "periodical",
}
_ESCAPED = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "&%$#_"},
        "\\": "\\textbackslash{}",
        "~": "\\textasciitilde{}",
        "^": "\\textasciicircum{}",
        "{": None,
        "}": None,
    }
)
_KEY = re.compile(r"[^a-z0-9]+")


def _encode(record: Record) -> bytes:
    told = told_of(record)
    editors = [one for one in told.people if one.role in {"editor", "penyunting"}]
    authors = [one for one in told.people if one not in editors]
    listed = {
        "author": _joined(authors),
        "editor": _joined(editors),
        "title": _latex(told.title),
        "journal" if told.kind == "article" else "booktitle": _latex(told.host),
        "year": told.year,
        "volume": _latex(told.volume),
        "number": _latex(told.issue),
        "pages": _latex(told.pages.replace("-", "--")),
        "edition": _latex(told.edition),
        "series": _latex(told.series),
        "address": _latex(told.place),
        "publisher": _latex(told.publisher),
        "isbn": ", ".join(told.isbn),
        "issn": next(iter(told.issn), ""),
        "doi": told.doi,
        "language": told.language,
        "keywords": _latex(", ".join([*(term for term, _s in told.subjects), *told.keywords])),
        "abstract": _latex(told.abstract),
        "url": next(iter(told.links), ""),
    }
    inside = ",\n".join(f"  {name} = {{{text}}}" for name, text in listed.items() if text)
    return f"@{_WRITTEN.get(told.kind, 'book')}{{{_key(told)},\n{inside}\n}}\n".encode()


def _latex(text: str) -> str:
    return " ".join(text.translate(_ESCAPED).split())


def _joined(people: list[Person]) -> str:
    """Names as they are filed; a body's in braces, that it be not taken apart."""
    return " and ".join(
        f"{{{_latex(one.name)}}}" if one.is_body else _latex(one.name) for one in people
    )


def _key(told: Reference) -> str:
    """What it is cited by: "kusuma2021penyakit"."""
    family = told.people[0].name.partition(",")[0] if told.people else ""
    parts = (family, told.year, told.title.partition(" ")[0])
    return "".join(_KEY.sub("", fold(one)) for one in parts) or "judul"


FORMATS = (
    Format(
        "bibtex",
        "BibTeX",
        (".bib",),
        _sniff,
        _read,
        writers=(("bibtex", "BibTeX", Writer(_encode, between=b"\n", whole=False)),),
    ),
)
