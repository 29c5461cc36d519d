"""Folding text for comparing and searching: the same words on both engines.

Accents, case and punctuation fall away in one place, in Python, so SQLite's FTS5
and PostgreSQL's tsvector index exactly the same words.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST_KEY = 500
_WORD = re.compile(r"[^\W_]+")
_SPECIAL = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "þ": "th", "ð": "d", "ı": "i"}
)
APOSTROPHES = "'’‘‛`´ʻʼʽʾʿʹˈ′＇"
"""Signs inside a word, however they are typed: Qur'an, Ma'ruf, al-Ghazālī's ayn and hamza."""
_IN_WORD = dict.fromkeys(map(ord, APOSTROPHES), None)


def fold(text: str) -> str:
    """Lower case, no accents, no apostrophes: "Qur'an Ábadi" becomes "quran abadi"."""
    if text.isascii():
        return text.replace("'", "").replace("`", "").lower()
    bare = unicodedata.normalize("NFKD", text.translate(_IN_WORD)).casefold().translate(_SPECIAL)
    return "".join(sign for sign in bare if not unicodedata.combining(sign))


_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """`text` without signs that no column of both engines holds or no eye sees: control signs
    and halves of letters beyond 16 bits."""
    return text if text.isprintable() else _UNSEEN.sub("", text)


def words(text: str) -> tuple[str, ...]:
    """The folded words of `text` in order."""
    return tuple(_WORD.findall(fold(text)))


def key(text: str) -> str:
    """One comparable line: the folded words joined by single blanks, cut where an index of
    PostgreSQL could hold no more (2,704 bytes a row; a sign takes up to four)."""
    return _key(text) if len(text) <= _SHORT else _folded_line(text)


def _folded_line(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))[:LONGEST_KEY] if text else ""


_SHORT = 120
# A record's title is asked for again and again, a publisher's name by one record after another.
_key = lru_cache(maxsize=20_000)(_folded_line)


def code(text: str) -> str:
    """A scanned code as it is stored: no blanks around it, capitals (Caps Lock inverts them)."""
    return text.strip().upper()
