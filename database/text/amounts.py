"""Amounts of money as lists, other programs and people write them, read as whole rupiah.

"75000.00", "75.000,00", "75,000.00", "Rp 75.000,-" and "75.000" are all 75000. A point or comma
with three digits behind it parts thousands; any other parts the sen, which are rounded.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

MOST = 999_999_999
"""The largest amount taken, below what a column of 32 bits holds."""


class Amount(NamedTuple):
    """Whole rupiah, or None; then `why`: "" for nothing or words without a figure,
    "foreign_money" for another currency, "no_amount" for figures that make no amount."""

    rupiah: int | None
    why: str = ""


_OURS = frozenset({"", "rp", "idr", "rupiah", "rph"})
_FOREIGN = re.compile(
    r"[$€£¥₹₩฿]|\b(?:usd|eur|gbp|sgd|myr|rm|aud|jpy|yen|cny|rmb|inr|sar|thb|php|nzd|cad|chf|dollar|"
    r"dolar|euro|ringgit|pound|rupee|yuan|riyal)\b"
)
_TIMES = {"ribu": 1_000, "rb": 1_000, "k": 1_000, "juta": 1_000_000, "jt": 1_000_000}
_PARTS = re.compile(r"([^\d]*?)(\d[\d.,']*(?: \d{3}(?!\d)[\d.,']*)*)([^\d]*)")
_LONGEST = 60


def rupiah(text: str) -> int | None:
    """The amount in whole rupiah, None if `text` tells none in rupiah."""
    return read(text).rupiah


@lru_cache(maxsize=4096)
def read(text: str) -> Amount:
    """The amount `text` tells, or why it tells none. A negative one is none."""
    typed = " ".join(text.lower().split())
    if not any(sign in "0123456789" for sign in typed):
        return Amount(None)
    if len(typed) > _LONGEST:
        return Amount(None, "no_amount")
    if _FOREIGN.search(re.sub(r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)", " ", typed)):
        return Amount(None, "foreign_money")
    found = _PARTS.fullmatch(typed)
    if found is None:
        return Amount(None, "no_amount")
    before, figures, after = found.groups()
    times = _times(before.strip(), figures, after.strip())
    number = _number(figures.replace(" ", "").replace("'", ""))
    if times is None or number is None or number * times > MOST:
        return Amount(None, "no_amount")
    return Amount(int((number * times).quantize(Decimal(1), ROUND_HALF_UP)))


def _times(before: str, figures: str, after: str) -> int | None:
    """By what the figures are to be taken: 1, a thousand ("75 ribu"); None where what stands
    around them is no money of ours."""
    currency = before.rstrip(" .:")
    if currency not in _OURS:
        return None
    closing = after.lstrip(" .,").strip("-–— ").rstrip(" .,-–—")
    if not closing or closing in _OURS:
        return 1
    word, _sign, rest = closing.partition(" ")
    return _TIMES.get(word) if rest in _OURS else None


def number(text: str) -> Decimal | None:
    """A bare number written either way: "21,5", "21.5", "1.250.000", "-3"; None for anything
    else."""
    typed = text.strip().replace(" ", "")
    bare = typed.removeprefix("-")
    if len(typed) > _LONGEST or not re.fullmatch(r"[0-9][0-9.,]*", bare):
        return None
    found = _number(bare)
    return -found if found is not None and bare != typed else found


def _number(figures: str) -> Decimal | None:
    bare = figures.rstrip(".,")
    last = max(bare.rfind("."), bare.rfind(","))
    if last < 0:
        return Decimal(bare)
    sign = bare[last]
    other = "," if sign == "." else "."
    head, tail = bare[:last], bare[last + 1 :]
    if sign in head:
        # The same sign more than once parts thousands: 1.250.000.
        whole = bare.split(sign)
        return Decimal("".join(whole)) if other not in bare and _grouped(whole) else None
    if other in head:
        whole = head.split(other)
        return Decimal(f"{''.join(whole)}.{tail or 0}") if _grouped(whole) else None
    if len(tail) == 3 and 1 <= len(head) <= 3 and head.strip("0"):
        return Decimal(head + tail)
    return Decimal(f"{head}.{tail or 0}") if head else None


def _grouped(parts: list[str]) -> bool:
    return 1 <= len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:])
