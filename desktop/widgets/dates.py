"""Dates as people type them: 07-12-2026, 7/12/26, 7 Des 2026, 7 December 2026, 2026-12-07."""

from __future__ import annotations

import re
from datetime import date

from desktop.widgets.table_delegate import fold
from desktop.words import language

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_FIGURES = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")
_RUN = re.compile(r"(\d{2})(\d{2})(\d{4})")
_WORDS = re.compile(r"(?:[^\W\d]+,?\s+)?(\d{1,2})[-\s]+([^\W\d]{3,})\.?[-\s]+(\d{4}|\d{2})")


def parse_date(text: str) -> date | None:
    """The date `text` says, or None; two figures of a year mean this century."""
    text = text.strip()
    parts: tuple[str, str, str]
    if found := _ISO.fullmatch(text):
        parts = (found[3], found[2], found[1])
    elif found := _FIGURES.fullmatch(text) or _RUN.fullmatch(text):
        parts = (found[1], found[2], found[3])
    elif found := _WORDS.fullmatch(text):
        parts = (found[1], str(_month(found[2])), found[3])
    else:
        return None
    day, month, year = (int(part) for part in parts)
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def _month(word: str) -> int:
    """1 to 12 for the beginning of a month's name, long or short; 0 for no month."""
    start = fold(word)
    for index in range(1, 13):
        month = f"2000-{index:02d}"
        names = (language.month_long(month).split()[0], language.month_short(month))
        if any(fold(name).startswith(start) for name in names):
            return index
    return 0
