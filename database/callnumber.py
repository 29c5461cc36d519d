"""Call numbers: class, three letters of the main heading, first letter of the title.

Indonesian practice (papers of the shelf label): "616 SET b"; R, KTI or A may stand before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from database.words import words

_PREFIXED = re.compile(r"^(?P<prefix>[A-Z]{1,4}\s+)?(?P<rest>.*)$", re.DOTALL)
_NLM = re.compile(r"(Q[S-Z]|W[A-Z]?)$")
_LETTERS = re.compile(r"(?<=\s)([A-Z]{2,4})(?:\s+(\w)\w*)?\s*$")


@dataclass(frozen=True, slots=True)
class Parts:
    """A call number taken apart for the lines of a spine label."""

    prefix: str
    classification: str
    letters: str
    title_letter: str


def make(classification: str, main_heading: str, title: str, prefix: str = "") -> str:
    """ "616", "Setiati, Siti", "Buku ajar" give "616 SET b"; without a class, nothing."""
    if not classification.strip():
        return ""
    title_words = words(title)
    entry = "".join(words(main_heading.split(",")[0])) or "".join(title_words)
    letters = entry[:3].upper()
    initial = title_words[0][0] if title_words else ""
    return " ".join(part for part in (prefix, classification.strip(), letters, initial) if part)


def take_apart(call_number: str) -> Parts:
    """The parts of a call number, however it was typed; what fits nowhere stays in the class."""
    match = _PREFIXED.match(call_number.strip())
    prefix = (match.group("prefix") or "").strip() if match else ""
    rest = match.group("rest") if match else call_number
    if prefix and (_NLM.match(prefix) or not rest[:1].isdigit()):
        # "WB 105 SET b": these letters and a number are an NLM class, not a prefix.
        prefix, rest = "", call_number.strip()
    found = _LETTERS.search(rest)
    if not found:
        return Parts(prefix, rest.strip(), "", "")
    return Parts(prefix, rest[: found.start()].strip(), found.group(1), found.group(2) or "")


def class_group(classification: str) -> str:
    """The row of the figures a class belongs to: "610".."619", else its hundred, "" for none.

    2X (the Indonesian extension for Islam) counts with 200; NLM letters count with 610.
    """
    text = classification.strip().upper()
    if text[:2] == "2X":
        return "200"
    digits = re.match(r"\D{0,4}?(\d{3})", text)
    if _NLM.match(text.split(" ")[0]):
        return "610"
    if not digits:
        return ""
    number = digits.group(1)
    return number if number.startswith("61") else number[0] + "00"
