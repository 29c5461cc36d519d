"""PubMed XML: PubmedArticleSet (NLM, pubmed_190101.dtd and later)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element

from database.description.marc import Record
from database.exchange import xml_stream
from database.exchange.file_format import NO, SURELY, Entry, Format
from database.exchange.references import Person, Reference, each, record_of, tidy, year_in

_UNITS = ("PubmedArticle", "PubmedBookArticle", "MedlineCitation")


def _sniff(head: bytes) -> int:
    return SURELY if xml_stream.look(head).names & set(_UNITS) else NO


def _read(stream: IO[bytes]) -> Iterator[Entry]:
    return xml_stream.read(stream, _UNITS, _record)


def _text(element: Element, path: str) -> str:
    """All text of the first element there: titles hold <i> and <sup>."""
    found = element.find(path)
    return tidy("".join(found.itertext())) if found is not None else ""


def _texts(element: Element, path: str) -> list[str]:
    return each("".join(one.itertext()) for one in element.findall(path))


def _record(element: Element) -> Record | None:
    booktitle, title = _text(element, ".//BookTitle"), _text(element, ".//ArticleTitle")
    if not booktitle and element.find(".//ArticleTitle") is None:
        return None
    book = element.find(".//Book") is not None
    inside = not book or bool(title)
    told = Reference(
        kind="article" if not book else "part" if inside else "book",
        title=title or booktitle,
        other_titles=_texts(element, ".//VernacularTitle"),
        people=list(_people(element)),
        year=_year(element),
        host=_text(element, ".//Journal/Title") or (booktitle if inside else ""),
        volume=_text(element, ".//JournalIssue/Volume"),
        issue=_text(element, ".//JournalIssue/Issue"),
        pages=_text(element, ".//MedlinePgn"),
        issn=_texts(element, ".//Journal/ISSN"),
        isbn=_texts(element, ".//Book/Isbn"),
        doi=_doi(element),
        numbers=[("PubMed", _text(element, ".//PMID"))],
        publisher=_text(element, ".//PublisherName"),
        place=_text(element, ".//PublisherLocation"),
        language=_text(element, ".//Language"),
        abstract=" ".join(_abstract(element)),
        subjects=[(one, "mesh") for one in _texts(element, ".//MeshHeading/DescriptorName")],
        keywords=_texts(element, ".//KeywordList/Keyword"),
    )
    return record_of(told)


def _year(element: Element) -> str:
    """Of the issue, "2018 Jan-Feb" too; else the first there is."""
    dates = (".//JournalIssue/PubDate", ".//Book/PubDate", ".//Year")
    return next((year for path in dates if (year := year_in(_text(element, path)))), "")


def _doi(element: Element) -> str:
    listed = (*element.findall(".//ELocationID"), *element.findall(".//ArticleIdList/ArticleId"))
    dois = (tidy(one.text) for one in listed if "doi" in (one.get("IdType"), one.get("EIdType")))
    return next(dois, "")


def _people(element: Element) -> Iterator[Person]:
    for listed in element.iter("AuthorList"):
        role = "editor" if listed.get("Type") == "editors" else ""
        for one in listed.findall("Author"):
            body, family = _text(one, "CollectiveName"), _text(one, "LastName")
            given = _text(one, "ForeName") or _text(one, "Initials")
            if body:
                yield Person(body, role, is_body=True)
            elif family or given:
                yield Person(", ".join(part for part in (family, given) if part), role)


def _abstract(element: Element) -> Iterator[str]:
    for one in element.findall(".//Abstract/AbstractText"):
        label, text = tidy(one.get("Label")), tidy("".join(one.itertext()))
        yield f"{label}: {text}" if label else text


FORMATS = (Format("pubmed", "PubMed XML", (".xml",), _sniff, _read),)
