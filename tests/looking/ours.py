"""Whether words are the program's own, or a name, a title, a number that it shows.

A name may be too long for its place and is whole in the tooltip; a sentence of ours must not be.
"""

from __future__ import annotations

import re
from functools import cache

from babel.messages.pofile import read_po

from desktop.words import language

LEAST_LITERAL = 12
"""Letters of its own that make a message a sentence, and not a frame for a name."""
_FIELD = re.compile(r"\{[^}]*\}|%[sd]")


@cache
def _sentences() -> list[re.Pattern[str]]:
    where = language.TRANSLATIONS / "id" / "LC_MESSAGES" / "selasar.po"
    with where.open("rb") as file:
        messages = read_po(file)
    said = {
        text
        for one in messages
        for text in (one.string if isinstance(one.string, tuple) else (one.string,))
    }
    return [_pattern(text) for text in said if _is_sentence(text)]


def _is_sentence(text: str) -> bool:
    literal = len("".join(_FIELD.split(text)))
    return literal >= LEAST_LITERAL and len(_FIELD.findall(text)) <= 2 and " " in text.strip()


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(".{1,24}".join(re.escape(part) for part in _FIELD.split(text)))


def is_ours(text: str) -> bool:
    """Whether `text`, or a part of it between dots, is a sentence of the program."""
    parts = [text, *text.split(" · ")]
    return any(one.fullmatch(part) for part in parts for one in _sentences())
