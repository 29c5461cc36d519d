"""Numbers by pattern: "{seq:4}/RSUD-BS/{source}/{year}" gives 0001/RSUD-BS/H/2027.

A number is given out once. One that was cancelled stays used, so that the
accession register (buku induk) never shows the same number for two copies.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from database.refusal import Reason, Refusal
from database.schema import Counter

_PART = re.compile(r"\{(\w+)(?::(\d{1,2}))?\}")
PARTS = frozenset({"seq", "year", "month", "source", "library", "roman", "kind"})


def check(pattern: str) -> str:
    """The trimmed pattern, if it can number anything.

    Raises Refusal PATTERN_INVALID: unknown part, no {seq}, or nothing at all.
    """
    names = [match.group(1) for match in _PART.finditer(pattern)]
    rest = _PART.sub("", pattern)
    if "seq" not in names or set(names) - PARTS or "{" in rest or "}" in rest:
        raise Refusal(Reason.PATTERN_INVALID, pattern=pattern)
    return pattern.strip()


def write(pattern: str, sequence: int, facts: Mapping[str, str]) -> str:
    """One number: `sequence` padded to the width after the colon, the rest from `facts`."""

    def part(match: re.Match[str]) -> str:
        if match.group(1) == "seq":
            return str(sequence).zfill(int(match.group(2) or 1))
        return facts.get(match.group(1), "")

    return re.sub(r"/{2,}", "/", _PART.sub(part, pattern)).strip("/ ")


_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def parts_of(day: date, library: str) -> dict[str, str]:
    """What the number of a letter or receipt of this day may hold."""
    return {
        "year": str(day.year),
        "month": f"{day.month:02d}",
        "roman": _ROMAN[day.month - 1],
        "library": library,
    }


def take(session: Session, series: str, count: int = 1) -> int:
    """Reserve `count` numbers in `series`; returns the first. Nobody gets them again."""
    last = session.execute(
        update(Counter)
        .where(Counter.series == series)
        .values(value=Counter.value + count)
        .returning(Counter.value)
    ).scalar()
    if last is None:
        session.execute(insert(Counter).values(series=series, value=count))
        last = count
    return last - count + 1


_LAST = select(Counter.value).where(Counter.series == bindparam("which"))


def last(session: Session, series: str) -> int:
    """The newest number given out in `series`; 0 before the first."""
    return session.execute(_LAST, {"which": series}).scalar_one_or_none() or 0


def raise_to(session: Session, series: str, value: int) -> None:
    """Go on after `value`, a number met in imported data."""
    known = session.execute(_LAST, {"which": series}).scalar()
    if known is None:
        session.execute(insert(Counter).values(series=series, value=value))
    elif known < value:
        session.execute(update(Counter).where(Counter.series == series).values(value=value))


def sequence_in(pattern: str, number: str) -> int | None:
    """The sequence in a number that follows `pattern`, or None if it does not."""
    found = _following(pattern).fullmatch(number)
    return int(found.group("seq")) if found else None


@lru_cache(maxsize=64)
def _following(pattern: str) -> re.Pattern[str]:
    """What the numbers that follow a pattern look like."""
    regex = ""
    end = 0
    for match in _PART.finditer(pattern):
        regex += re.escape(pattern[end : match.start()])
        regex += r"(?P<seq>\d+)" if match.group(1) == "seq" else r"[^/]*?"
        end = match.end()
    return re.compile(regex + re.escape(pattern[end:]), re.IGNORECASE)
