"""Names of files made of what people typed: such as every system takes, Windows too.

A library's short name, a receipt's number, a list's name may hold a stroke, a quotation mark, a
final dot, or be one of the names that Windows keeps for its devices (CON, NUL).
"""

from __future__ import annotations

from pathlib import Path

from pathvalidate import Platform, sanitize_filename

from desktop.words.language import _

_LONGEST = 120
"""Letters; paths longer than 260 still trouble some programs on Windows."""


def safe(name: str, ending: str = "") -> str:
    """A file's name for `name`, with its ending (".pdf"); never empty."""
    made = sanitize_filename(
        name, replacement_text="-", platform=Platform.UNIVERSAL, max_len=_LONGEST
    )
    spoken = made.strip(" .-") or _("Paper")
    return f"{spoken}{ending}"


def with_ending(chosen: str, ending: str) -> Path:
    """The file somebody chose, with its ending: "Daftar v1.2" is "Daftar v1.2.pdf"."""
    return Path(chosen if chosen.lower().endswith(ending) else f"{chosen}{ending}")
