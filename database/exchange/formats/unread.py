"""Files that are known and not read: their name tells what to do with them instead."""

from __future__ import annotations

from collections.abc import Callable

from database.exchange.file_format import NO, PERHAPS, SURELY, Format


def _begins(*marks: bytes) -> Callable[[bytes], int]:
    return lambda head: SURELY if head.startswith(marks) else NO


def _packed(part: bytes) -> Callable[[bytes], int]:
    return lambda head: SURELY if head.startswith(b"PK") and part in head else NO


def _zip(head: bytes) -> int:
    return PERHAPS if head.startswith(b"PK") else NO


FORMATS = (
    Format("docx", "Word", (".docx",), _packed(b"word/")),
    Format("pptx", "PowerPoint", (".pptx",), _packed(b"ppt/")),
    Format("odt", "LibreOffice Writer", (".odt",), _packed(b"opendocument.text")),
    Format("epub", "EPUB", (".epub",), _packed(b"application/epub")),
    Format("zip", "ZIP", (".zip",), _zip),
    Format("rar", "RAR", (".rar", ".7z"), _begins(b"Rar!", b"7z\xbc\xaf")),
    Format("pdf", "PDF", (".pdf",), _begins(b"%PDF")),
    Format("rtf", "RTF", (".rtf",), _begins(b"{\\rtf")),
    Format("access", "Access", (".mdb", ".accdb"), _begins(b"\x00\x01\x00\x00Standard")),
    Format(
        "picture",
        "JPEG, PNG, GIF",
        (".jpg", ".jpeg", ".png", ".gif"),
        _begins(b"\xff\xd8\xff", b"\x89PNG", b"GIF8"),
    ),
    Format("program", "EXE", (".exe",), _begins(b"MZ", b"\x7fELF")),
)
