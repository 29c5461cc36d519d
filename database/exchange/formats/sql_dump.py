"""A database written out as SQL: mysqldump, MariaDB, phpMyAdmin, SLiMS' own backup.

Only what is inserted is read, a block at a time: a dump of gigabytes needs no more memory than
its longest row. What cannot be a row is passed over; the rows around it stay.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import ItemsView, Iterator, Mapping, Sequence, ValuesView
from pathlib import Path
from typing import IO, Any

from database import limits
from database.exchange.file_format import BLOCK, NO, PERHAPS, SURELY, DatabaseRow, Format
from database.refusal import Reason, Refusal

_GZIP = b"\x1f\x8b"
_LONGEST = limits.DUMP_ROW.most
_MARKS = re.compile(
    rb"(?:^|\n)\s*(?:CREATE\s+TABLE|INSERT\s+(?:IGNORE\s+)?INTO|REPLACE\s+INTO)\s|"
    rb"^(?:-- (?:MySQL|MariaDB|phpMyAdmin|Adminer|HeidiSQL)|/\*!40)",
    re.IGNORECASE,
)
_NAME = r"(?:`(?:[^`]|``)++`|\"[^\"]++\"|\[[^\]]++\]|[\w$]++)"
_BEGIN = re.compile(
    rf"(?P<create>\bCREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?)(?P<made>(?:{_NAME}\.)?{_NAME})\s*\(|"
    rf"(?:\bINSERT\s+(?:LOW_PRIORITY\s+|DELAYED\s+)?(?:IGNORE\s+)?INTO|\bREPLACE\s+INTO)\s+"
    rf"(?P<into>(?:{_NAME}\.)?{_NAME})\s*"
    rf"(?:\((?P<columns>(?:\s*+{_NAME}\s*+,?)++)\)\s*)?VALUES?\b|"
    # What is written in strings and remarks begins nothing.
    r"(?P<skip>'(?:[^'\\]++|\\.|'')*+'|/\*(?!!).*?\*/|(?:--[ \t]|\#)[^\n]*+)",
    re.IGNORECASE | re.DOTALL,
)
_COLUMN = re.compile(rf"\s*({_NAME})\s+[A-Za-z]")
_BETWEEN = r"(?:\s++|,|--[ \t][^\n]*+\n|\#[^\n]*+\n|/\*.*?\*/)*+"
_ROW = re.compile(
    _BETWEEN
    + r"\((?P<values>(?:[^'()]++|'(?:[^'\\]++|\\.|'')*+'|\((?:[^()]++|\([^()]*+\))*+\))*+)\)",
    re.DOTALL,
)
_ROW_BEGINS = re.compile(_BETWEEN + r"\(", re.DOTALL)
_ENDED = re.compile(_BETWEEN + ";", re.DOTALL)
_VALUE = re.compile(
    r"\s*(?:_[a-z0-9]+\s+)?([nNxX]?'(?:[^'\\]++|\\.|'')*+')\s*(?:,|\Z)"
    r"|\s*([^',]*+(?:\([^()]*\))?)(?:,|\Z)"
    r"|(.+)",
    re.DOTALL,
)
"""A text, another value, or what is neither: all that follows it cannot be told apart."""
_PART = re.compile(r"'(?:[^'\\]++|\\.|'')*+'|`[^`]*+`|--[ \t][^\n]*+|[(),]", re.DOTALL)
_REMARK = re.compile(r"--[ \t][^\n]*+\n|/\*.*?\*/", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)|''", re.DOTALL)
_NOTHING = frozenset({"NULL", "DEFAULT", ""})
_SIGNS = {"n": "\n", "r": "\r", "t": "\t", "0": "", "Z": "", "b": ""}
_NO_COLUMN = frozenset(
    {
        *("primary", "key", "unique", "index", "constraint", "foreign", "fulltext", "spatial"),
        "check",
    }
)


def _sniff(head: bytes) -> int:
    if head.startswith(_GZIP):
        try:
            head = zlib.decompressobj(31).decompress(head, BLOCK)
        except zlib.error:
            return NO
    if b"\x00" in head[:2000] or head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        return NO
    if not _MARKS.search(head):
        return NO
    return (
        SURELY if re.search(rb"CREATE\s+TABLE|INTO\s+[`\"\w]|^(?:--|/\*)", head, re.I) else PERHAPS
    )


def _read(where: Path) -> Iterator[DatabaseRow]:
    try:
        with _opened(where) as stream:
            yield from _Dump(stream).rows()
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise Refusal(Reason.FILE_DAMAGED, path=where.name) from error


def _opened(where: Path) -> IO[str]:
    with where.open("rb") as stream:
        head = stream.read(3)
    if head.startswith(_GZIP):
        return gzip.open(where, "rt", encoding="utf-8-sig", errors="surrogateescape", newline="")
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    encoding = "utf-16" if wide else "utf-8-sig"
    errors = "replace" if wide else "surrogateescape"
    return where.open(encoding=encoding, errors=errors, newline="")


class _Row(Mapping[str, Any]):
    """A row that is taken apart when it is first asked for: of most tables none ever is."""

    def __init__(self, columns: Sequence[str], written: str) -> None:
        self._columns, self._written = columns, written
        self._values: dict[str, Any] | None = None

    def _read(self) -> dict[str, Any]:
        if self._values is None:
            self._values = dict(zip(self._columns, _values(self._written), strict=False))
        return self._values

    # Mapping's own ways through a row take longer than reading it.
    def get(self, column: str, default: Any = None) -> Any:
        return self._read().get(column, default)

    def values(self) -> ValuesView[Any]:
        return self._read().values()

    def items(self) -> ItemsView[str, Any]:
        return self._read().items()

    def __getitem__(self, column: str) -> Any:
        return self._read()[column]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())


class _Dump:
    """One pass over a dump; `_held` is what was read and not yet taken, from `_at` on."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream, self._held, self._at, self._more = stream, "", 0, True
        self._columns: dict[str, list[str]] = {}

    def rows(self) -> Iterator[DatabaseRow]:
        """Every row that the dump inserts, with the columns its table was made with."""
        while (begun := self._find(_BEGIN)) is not None:
            if begun["into"]:
                table = _plain(begun["into"])
                listed = begun["columns"]
                columns = (
                    [_plain(one) for one in re.findall(_NAME, listed)]
                    if listed
                    else self._columns.get(table, [])
                )
                yield from self._inserted(table, columns)
            elif begun["create"]:
                self._columns[_plain(begun["made"])] = self._made()

    def _inserted(self, table: str, columns: list[str]) -> Iterator[DatabaseRow]:
        while (found := self._match(_ROW)) is not None:
            yield table, _Row(columns, found["values"])

    def _made(self) -> list[str]:
        """The columns of a table as it is made, a line or a comma apart."""
        depth, begin, parts = 1, self._at, []
        while depth:
            sign = self._find(_PART)
            if sign is None:
                break
            depth += {"(": 1, ")": -1}.get(sign[0], 0)
            if depth == 0 or (depth == 1 and sign[0] == ","):
                parts.append(self._held[begin : self._at - 1])
                begin = self._at
        columns = (_COLUMN.match(_REMARK.sub("", part) + " x") for part in parts)
        names = [found[1] for found in columns if found]
        return [_plain(one) for one in names if one[:1] in '`"[' or one.lower() not in _NO_COLUMN]

    def _find(self, what: re.Pattern[str]) -> re.Match[str] | None:
        """The next of `what`, which is then behind us."""
        while True:
            found = what.search(self._held, self._at)
            # One that ends where what was read ends may be longer.
            if found and (found.end() < len(self._held) or not self._more):
                self._at = found.end()
                return found
            if not self._more:
                return None
            if not found and len(self._held) - self._at > _LONGEST:
                self._at = len(self._held) - BLOCK
            self._fill()

    def _match(self, what: re.Pattern[str]) -> re.Match[str] | None:
        """`what`, where it comes at once."""
        while True:
            found = what.match(self._held, self._at)
            if found and (found.end() < len(self._held) or not self._more):
                self._at = found.end()
                return found
            ended = _ENDED.match(self._held, self._at)
            too_long = len(self._held) - self._at > _LONGEST
            if ended or not self._more or (not found and too_long):
                return None
            far = len(self._held) - self._at > BLOCK
            if not found and far and not _ROW_BEGINS.match(self._held, self._at):
                return None
            self._fill()

    def _fill(self) -> None:
        block = max(BLOCK * 4, len(self._held) - self._at)
        more = self._stream.read(block)
        self._more = bool(more)
        # A table that is being made is cut out of what is held: little of it is ever kept.
        self._held, self._at = self._held[self._at :] + more, 0


def _plain(name: str) -> str:
    """`db`.`biblio` as biblio."""
    last: str = re.findall(_NAME, name)[-1]
    return (last[1:-1] if last[:1] in '`"[' else last).lower()


def _values(text: str) -> list[Any]:
    """The values of a row: text, or None for NULL."""
    values: list[Any] = []
    for quoted, bare, unread in _VALUE.findall(text):
        if unread:
            return values
        if not quoted:
            plain = bare.strip()
            values.append(None if plain.upper() in _NOTHING else plain)
        elif quoted[0] == "'":
            values.append(_text(quoted[1:-1]))
        elif quoted[0] in "xX":
            values.append(_hexed(quoted[2:-1]))
        else:
            values.append(_text(quoted[2:-1]))
    # Where all is read, the end is found once more.
    return values[:-1]


def _hexed(text: str) -> str:
    try:
        return bytes.fromhex(text).decode("utf-8", errors="replace")
    except ValueError:
        return text


def _text(written: str) -> str:
    if "\\" in written or "''" in written:
        written = _ESCAPE.sub(_sign, written)
    if written.isascii():
        return written
    try:
        written.encode()
    except UnicodeEncodeError:
        # A dump of an old database may hold the letters of western PCs.
        written = written.encode("utf-8", "surrogateescape").decode("cp1252", errors="replace")
    return written


def _sign(found: re.Match[str]) -> str:
    sign = found[1]
    return "'" if sign is None else _SIGNS.get(sign, sign)


FORMATS = (Format("sql", "SQL", (".sql", ".gz"), _sniff, tables=_read),)
