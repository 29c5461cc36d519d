"""What a report says of itself: the figures inside its PDF, taken as from a stranger."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from ctypes import c_ubyte, c_ulong, create_string_buffer
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl.utils.exceptions import InvalidFileException

from database import limits
from database.exchange.extent import UNREADABLE
from database.standards import iplm
from desktop.pages.report.enclosed import NAME, SCHEMA
from desktop.words.language import N_

HEADS = ("visits", "loans", "members", "new_members", "titles", "copies", "new_titles")
FLOWS = ("visits", "loans", "new_members", "new_titles")
"""Those that are counted through a period, and can be added up over periods."""
NAMES = {
    "visits": N_("Visits"),
    "loans": N_("Loans"),
    "members": N_("Members (valid card)"),
    "new_members": N_("New members"),
    "titles": N_("Titles"),
    "copies": N_("Copies"),
    "new_titles": N_("New titles"),
}
COLUMNS = {
    "library": N_("Library"),
    "npp": N_("NPP (national library number)"),
    "period": N_("Period, such as 2027-01, 2027-Q1 or 2027"),
    **NAMES,
}
"""The blank sheet's columns, each known by the word before its colon."""
LARGEST_PDF, LARGEST_JSON = limits.REPORT_PDF.most, limits.REPORT_FIGURES.most
LARGEST_SHEET, MOST_ROWS = 20 << 20, 20_000
_PERIOD = re.compile(r"\d{4}(-(Q[1-4]|0[1-9]|1[0-2]))?")
NO_PDF = N_("is no PDF that can be read")
NO_SHEET = N_("is not the blank sheet filled in: its first line does not name the columns")
NO_LINE = N_("has a line without library, period or whole numbers: line {line}")
NO_FIGURES = N_("holds no figures of Selasar: type them into the blank sheet")
OTHER_FIGURES = N_("its figures are not as its program wrote them")
NOT_READ = N_("its figures cannot be understood")


class NotARecord(Exception):  # noqa: N818 - reads as a sentence where it is caught
    """The file gives no figures; the text says why, to be translated."""


class NotALine(NotARecord):
    """A line of the blank sheet that cannot be understood."""

    def __init__(self, line: int) -> None:
        super().__init__(NO_LINE)
        self.line = line


@dataclass(frozen=True, slots=True)
class Sent:
    """One report: of which library and period, and its headline figures."""

    file: str
    library: str
    key: str
    """Its national number, else its name folded: by it two reports are of one library."""
    period: str
    until: str
    final: bool
    revision: int
    number: str
    heads: dict[str, int] = field(default_factory=dict)
    iplm: dict[str, float | None] = field(default_factory=dict)
    """Of a year: the figures of the literacy index by their columns; None is not recorded."""


def read(path: Path) -> list[Sent]:
    """The report in a PDF, or those of the blank sheet filled in (.xlsx). Raises NotARecord."""
    return _lines(path) if path.suffix.lower() == ".xlsx" else [_report(path)]


def _report(path: Path) -> Sent:
    text = enclosed(content(path))
    if text is None:
        raise NotARecord(NO_FIGURES)
    try:
        return _sent(path.name, json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotARecord(NOT_READ) from error


def content(path: Path) -> bytes:
    """A PDF as it lies there. Raises NotARecord where it cannot be read or is too large."""
    try:
        if path.stat().st_size > LARGEST_PDF:
            raise NotARecord(NO_PDF)
        return path.read_bytes()
    except OSError as error:
        raise NotARecord(NO_PDF) from error


def enclosed(data: bytes) -> bytes | None:
    """The JSON inside a PDF; None where there is none. Raises NotARecord for what is no PDF."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise NotARecord(NO_PDF) from error
    try:
        return next((text for name, text in _attachments(document.raw) if name == NAME), None)
    finally:
        document.close()


def _attachments(document: Any) -> Iterator[tuple[str, bytes]]:
    import pypdfium2.raw as pdfium

    for at in range(pdfium.FPDFDoc_GetAttachmentCount(document)):
        one = pdfium.FPDFDoc_GetAttachment(document, at)
        length = pdfium.FPDFAttachment_GetName(one, None, 0)
        name = create_string_buffer(length)
        pdfium.FPDFAttachment_GetName(one, _as(name, pdfium.FPDF_WCHAR), length)
        size = c_ulong()
        if not pdfium.FPDFAttachment_GetFile(one, None, 0, size) or size.value > LARGEST_JSON:
            continue
        content = (c_ubyte * size.value)()
        pdfium.FPDFAttachment_GetFile(one, content, size.value, size)
        yield name.raw.decode("utf-16-le", "replace").rstrip("\0"), bytes(content)


def _as(buffer: Any, kind: Any) -> Any:
    from ctypes import POINTER, cast

    return cast(buffer, POINTER(kind))


def _sent(file: str, told: dict[str, Any]) -> Sent:
    """Raises ValueError, KeyError, TypeError for what is not as it is written."""
    figures, library = told["figures"], told["library"]
    if told["schema"] != SCHEMA or not _PERIOD.fullmatch(told["period"]):
        raise ValueError(told["schema"])
    plain = json.dumps(figures, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if hashlib.sha256(plain.encode()).hexdigest() != told["digest"]:
        raise NotARecord(OTHER_FIGURES)
    name = str(library["name"]).strip()
    if hospital := str(library["hospital"]).strip():
        name = name if hospital.casefold() in name.casefold() else f"{name}, {hospital}"
    return Sent(
        file=file,
        library=name[:200],
        key=(str(library["npp"]).strip() or " ".join(name.casefold().split()))[:200],
        period=told["period"],
        until=str(told["until"]),
        final=told["final"] is True,
        revision=int(told["revision"]),
        number=str(told["number"])[:100],
        heads={one: int(figures[one]["now"]) for one in HEADS},
        iplm=_iplm(told.get("iplm") or {}),
    )


def _iplm(told: dict[str, Any]) -> dict[str, float | None]:
    """Raises ValueError, TypeError, AttributeError for what is no list of numbers."""
    given = {column: told.get(column) for column in iplm.COLUMNS} if told else {}
    return {column: None if one is None else float(one) for column, one in given.items()}


def _lines(path: Path) -> list[Sent]:
    """Each line a report, from a library that has another program."""
    import openpyxl

    try:
        if path.stat().st_size > LARGEST_SHEET:
            raise NotARecord(NO_SHEET)
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(max_row=MOST_ROWS, values_only=True)
        head = [str(cell or "").partition(":")[0].strip() for cell in next(rows, ())]
        if not set(COLUMNS) <= set(head):
            raise NotARecord(NO_SHEET)
        found = [
            _line(path.name, at, dict(zip(head, row, strict=False)))
            for at, row in enumerate(rows, start=2)
            if any(cell not in (None, "") for cell in row)
        ]
        book.close()
    except (OSError, KeyError, InvalidFileException, *UNREADABLE) as error:
        raise NotARecord(NO_SHEET) from error
    return found


def _line(file: str, at: int, row: dict[str, Any]) -> Sent:
    name, npp, period = (str(row[key] or "").strip() for key in ("library", "npp", "period"))
    numbers = [row[one] or 0 for one in HEADS]
    whole = all(isinstance(one, int | float) and one == int(one) >= 0 for one in numbers)
    if not name or not _PERIOD.fullmatch(period) or not whole:
        raise NotALine(at)
    return Sent(
        file=file,
        library=name[:200],
        key=(npp or " ".join(name.casefold().split()))[:200],
        period=period,
        until="",
        final=True,
        revision=0,
        number="",
        heads=dict(zip(HEADS, map(int, numbers), strict=True)),
    )
