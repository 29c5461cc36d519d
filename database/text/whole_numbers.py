"""Whole numbers as other programs write them: digits of ours, and not too many of them.

`str.isdigit` says yes to "²", which `int` refuses, and `int` refuses more than some thousand
digits: whoever asks the one and then the other ends in an error over a record's own fault.
"""

from __future__ import annotations

_LONGEST = 18
"""Digits that a column of 64 bits holds for certain."""


def whole(text: str) -> int | None:
    """The number `text` is, None if it is none: ASCII digits only, at most 18."""
    bare = text.strip()
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) <= _LONGEST else None
