"""Databases of other programs that are one SQLite file, opened so that nothing of them changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from database import limits
from database.exchange.file_format import NO, SURELY, DatabaseRow, Format
from database.refusal import Reason, Refusal

_TABLES = {
    # calibre
    "books": "SELECT * FROM books",
    "authors": "SELECT * FROM authors",
    "books_authors_link": "SELECT * FROM books_authors_link",
    "publishers": "SELECT * FROM publishers",
    "books_publishers_link": "SELECT * FROM books_publishers_link",
    "series": "SELECT * FROM series",
    "books_series_link": "SELECT * FROM books_series_link",
    "tags": "SELECT * FROM tags",
    "books_tags_link": "SELECT * FROM books_tags_link",
    "languages": "SELECT * FROM languages",
    "books_languages_link": "SELECT * FROM books_languages_link",
    "identifiers": "SELECT * FROM identifiers",
    "comments": "SELECT * FROM comments",
    "data": "SELECT * FROM data",
    # BiblioteQ
    "book": "SELECT * FROM book",
    "book_copy_info": "SELECT * FROM book_copy_info",
    "cd": "SELECT * FROM cd",
    "dvd": "SELECT * FROM dvd",
    "grey_literature": "SELECT * FROM grey_literature",
    "journal": "SELECT * FROM journal",
    "magazine": "SELECT * FROM magazine",
    "member": "SELECT * FROM member",
    "item_borrower": "SELECT * FROM item_borrower",
    "member_history": "SELECT * FROM member_history",
    # our own, so that it can be said
    "biblio": "SELECT id FROM biblio LIMIT 1",
    "patron": "SELECT id FROM patron LIMIT 1",
}
"""What is asked of each table that we know; no name of a file is ever made into a question."""
_LISTED = "SELECT name FROM sqlite_master WHERE type = 'table'"


def _sniff(head: bytes) -> int:
    return SURELY if head.startswith(b"SQLite format 3\x00") else NO


def _read(where: Path) -> Iterator[DatabaseRow]:
    try:
        with closing(
            sqlite3.connect(f"{where.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        ) as opened:
            # A column may be computed as it is read, and a few words compute a gigabyte.
            opened.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, limits.DUMP_ROW.most)
            opened.text_factory = lambda raw: raw.decode("utf-8", errors="replace")
            there = {name for (name,) in opened.execute(_LISTED)}
            for table, asked in _TABLES.items():
                if table in there:
                    rows = opened.execute(asked)
                    columns = [one[0].lower() for one in rows.description]
                    for row in rows:
                        yield table, dict(zip(columns, row, strict=True))
    except sqlite3.Error as error:
        raise Refusal(Reason.FILE_DAMAGED, path=where.name) from error


FORMATS = (
    Format("sqlite", "SQLite", (".sqlite", ".db", ".sqlite3", ".selasar"), _sniff, tables=_read),
)
