"""Text with its cells parted by comma, semicolon, tab or bar, as any program writes it."""

from __future__ import annotations

from pathlib import Path

from database import limits
from database.exchange import pasted
from database.exchange.file_format import NO, PERHAPS, Format, Sheet


def _sniff(head: bytes) -> int:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return PERHAPS
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    if start.startswith((b"PK", b"%PDF", b"\xd0\xcf\x11\xe0", b"SQLite format", b"<", b"{", b"[")):
        return NO
    # Two bytes a sign without a mark: every second is 0.
    if _is_wide(head):
        return PERHAPS
    return NO if b"\x00" in head[:4000] or not head.strip() else PERHAPS


def _is_wide(head: bytes) -> bool:
    """Two bytes a sign, without a mark that says so: of most signs one byte is 0."""
    first = head[:400]
    some = max(len(first) // 2, 1)
    return len(first) > 8 and max(first[1::2].count(0), first[::2].count(0)) * 10 >= some * 7


def _read(where: Path) -> list[Sheet]:
    limits.must_hold(limits.TEXT, where.stat().st_size, where.name)
    text, encoding = decoded(where.read_bytes())
    table = pasted.table_of(text, where.name)
    about = {"separator": table.separator, "encoding": encoding}
    return [Sheet("", table.rows, about)]


def decoded(content: bytes) -> tuple[str, str]:
    """The text of a file and how it is encoded. A few bad bytes do not make UTF-8 another
    encoding: they alone are read as the letters of western PCs."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"),
                       (b"\xfe\xff", "utf-16")):  # fmt: skip
        if content.startswith(mark):
            return content.decode(name, errors="replace"), name.removesuffix("-sig")
    if _is_wide(content):
        little = content[1:400:2].count(0) > content[:400:2].count(0)
        wide = "utf-16-le" if little else "utf-16-be"
        return content.decode(wide, errors="replace"), "utf-16"
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    text = content.decode("utf-8", errors="surrogateescape")
    bad = sum("\udc80" <= sign <= "\udcff" for sign in text)
    whole = sum(sign > "\x7f" for sign in text) - bad
    if whole >= bad:
        return _mended(text), "utf-8"
    # What Excel writes as "CSV" on a PC of western letters.
    return content.decode("cp1252", errors="replace"), "cp1252"


def _mended(text: str) -> str:
    return "".join(
        bytes([ord(sign) - 0xDC00]).decode("cp1252", errors="replace")
        if "\udc80" <= sign <= "\udcff"
        else sign
        for sign in text
    )


FORMATS = (Format("csv", "CSV", (".csv", ".tsv", ".txt"), _sniff, sheets=_read),)
