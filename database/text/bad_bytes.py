"""Bytes that are no UTF-8, read one by one: a single bad byte never turns its neighbours.

They come from Windows-1252 for the most part, and are read as that.
"""

from __future__ import annotations

import codecs

MARK = "\ufdd0"
"""Put before each mended sign by `MARKED`, so that the record that holds it can be told. Unicode
sets this code aside for inner uses (noncharacter); no text has it."""
MENDED, MARKED = "selasar-mended", "selasar-marked"
"""Names of error handlers for `bytes.decode`."""


def _mend(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    # One byte at a time, for what follows a bad one may be sound.
    return error.object[error.start : error.start + 1].decode("cp1252", "replace"), error.start + 1


def _mark(error: UnicodeError) -> tuple[str, int]:
    text, end = _mend(error)
    return MARK + text, end


codecs.register_error(MENDED, _mend)
codecs.register_error(MARKED, _mark)


def mended(content: bytes) -> str:
    """UTF-8 as text, each byte that is none of it read as Windows-1252."""
    return content.decode("utf-8", MENDED)
