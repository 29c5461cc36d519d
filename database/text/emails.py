"""E-mail addresses as people write them: trimmed, the part after the @ in small letters.

Only what cannot be an address is refused; whether one exists is told by writing to it.
"""

from __future__ import annotations

import re

from database.refusal import Reason, Refusal

_ADDRESS = re.compile(r"[^\s@,;<>?&\"()]+@[^\s@,;<>?&\"()]+\.[^\s@,;<>?&\".()]+")


def normal(text: str) -> str:
    """The form that is kept."""
    name, at, house = text.strip().removeprefix("mailto:").rpartition("@")
    return f"{name}{at}{house.lower()}"


def is_address(text: str) -> bool:
    """Whether this can be an address."""
    return _ADDRESS.fullmatch(text) is not None


def checked(text: str) -> str:
    """The form that is kept, "" for none. Raises Refusal VALUE_INVALID."""
    kept = normal(text)
    if kept and not is_address(kept):
        raise Refusal(Reason.VALUE_INVALID, field="email")
    return kept
