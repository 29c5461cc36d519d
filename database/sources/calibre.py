"""The library of calibre (metadata.db): electronic books, their files beside it in folders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from database.sources import titles
from database.sources.kept import Kept, text
from database.sources.titles import Told
from database.sources.values import MANY

KEYS = {
    "books": "id",
    "authors": "id",
    "books_authors_link": "book",
    "publishers": "id",
    "books_publishers_link": "book",
    "series": "id",
    "books_series_link": "book",
    "tags": "id",
    "books_tags_link": "book",
    "languages": "id",
    "books_languages_link": "book",
    "identifiers": "book",
    "comments": "book",
    "data": "book",
}


def is_one(tables: Mapping[str, int]) -> bool:
    """Whether these tables are of calibre."""
    return {"books", "books_authors_link"} <= tables.keys()


def titles_of(kept: Kept, today: date) -> Iterator[Told]:
    """Every book; it has no copies, for it lies on no shelf."""
    for position, row in enumerate(kept.all("books"), 1):
        yield titles.of_values(position, _values(kept, row), "calibre", today)


def _values(kept: Kept, row: Mapping[str, Any]) -> dict[str, str]:
    book = row.get("id")

    def linked(link: str, table: str, column: str, of: str) -> str:
        names = (text(kept.one(table, one.get(column)), of) for one in kept.of(link, book))
        return MANY.join(name.replace("|", ",") for name in names if name)

    numbers = {text(one, "type").lower(): text(one, "val") for one in kept.of("identifiers", book)}
    year = text(row, "pubdate")[:4]
    series = linked("books_series_link", "series", "series", "name")
    part = text(row, "series_index").removesuffix(".0")
    values = {
        "title": text(row, "title"),
        "authors": linked("books_authors_link", "authors", "author", "name"),
        "publisher": linked("books_publishers_link", "publishers", "publisher", "name"),
        "series": f"{series} ; {part}" if series and part else series,
        "subjects": linked("books_tags_link", "tags", "tag", "name"),
        "language": linked("books_languages_link", "languages", "lang_code", "lang_code"),
        "isbn": numbers.get("isbn", "") or text(row, "isbn"),
        "year": year if year.isdecimal() and year > "0102" else "",
        "summary": MANY.join(text(one, "text") for one in kept.of("comments", book)),
        "url": numbers.get("url", "") or numbers.get("uri", ""),
        "kind": "ebook",
    }
    values["summary"] = _unmarked(values["summary"])
    return {name: value.strip() for name, value in values.items() if value.strip()}


def _unmarked(summary: str) -> str:
    """Comments are written in HTML."""
    import re
    from html import unescape

    return " ".join(unescape(re.sub(r"<[^>]{1,500}>", " ", summary)).split())
