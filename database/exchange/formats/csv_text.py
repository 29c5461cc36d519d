"""Text with its cells parted by tab, semicolon or comma, as spreadsheets write it."""

from __future__ import annotations

from pathlib import Path

from database.exchange.file_format import NO, PERHAPS, Format
from database.exchange.pasted import rows_of


def _sniff(head: bytes) -> int:
    binary = b"\x00" in head[:2000] or head.startswith((b"\xd0\xcf\x11\xe0", b"PK"))
    return NO if binary or not head.strip() else PERHAPS


def _read(where: Path) -> list[list[str]]:
    content = where.read_bytes()
    try:
        return rows_of(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        # What Excel writes as "CSV" on a PC of western letters.
        return rows_of(content.decode("cp1252", errors="replace"))


FORMATS = (Format("csv", "CSV", (".csv", ".tsv", ".txt"), _sniff, rows=_read),)
