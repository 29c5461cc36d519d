"""The cells of a row by the field of their column."""

from __future__ import annotations

import re
from collections.abc import Sequence

from database.sources import cells
from database.sources.fields import IGNORED, PRIVATE
from database.sources.table import Column

MANY = cells.MANY
_BROKEN = re.compile(r"\\[rn]|(?<=[.,;:)\d])(?:rn)+(?=[A-Z0-9])|(?:rn){2,}")
"""Line breaks as SLiMS leaves them: written out, or the letters alone."""


def of_row(row: Sequence[str], columns: Sequence[Column], *, slims: bool = False) -> dict[str, str]:
    """What a row says: of two columns of one field both, a line each; nothing private."""
    found: dict[str, str] = {}
    for one in columns:
        if one.field in ("", IGNORED, PRIVATE) or one.at >= len(row):
            continue
        text = cells.said(_BROKEN.sub(" ", row[one.at]) if slims else row[one.at])
        if not text:
            continue
        before = found.get(one.field)
        if before is None:
            found[one.field] = text
        elif text not in before.split(MANY):
            found[one.field] = before + MANY + text
    return found


def listed(text: str, *, commas: bool = False) -> list[str]:
    """The parts of a cell that holds several: <A><B> as SLiMS writes them, else by semicolon,
    bar or line, and by comma where asked."""
    if not text:
        return []
    if text.startswith("<") and text.endswith(">"):
        parts = text[1:-1].split("><")
    else:
        parts = re.split(r"[;|\n,]" if commas else r"[;|\n]", text)
    plain = (cells.said(part) for part in parts)
    return list(dict.fromkeys(part for part in plain if part))
