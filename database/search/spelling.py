"""Words of the catalogue one slip of the finger away from a word that is in no title."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import Connection, String, column, select, table, text
from sqlalchemy.orm import Session

from database.engine.among import among
from database.search.indexes import NEIGHBOURS, OURS, Index

LONG = 6
"""Letters from which a word is long enough that one wrong letter still tells it."""

_LONGEST = 30
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MOST = 3
_WORD = column("word", String)
_KNOWN = {
    one: select(_WORD).select_from(table(one.vocabulary)).where(among(_WORD, "words"))
    for one in (OURS, NEIGHBOURS)
}


def learn(connection: Connection, words: Iterable[str], index: Index = OURS) -> None:
    """Remember the words of some titles; a word once met is never unlearned."""
    fresh = sorted({word for word in words if LONG - 1 <= len(word) <= _LONGEST and word.isalpha()})
    if not fresh:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(_LEARN_ON_SERVER[index], {"words": json.dumps(fresh)})
    else:
        connection.exec_driver_sql(
            f"INSERT OR IGNORE INTO {index.vocabulary} (word) VALUES (?)",  # noqa: S608
            [(word,) for word in fresh],
        )


_LEARN_ON_SERVER = {
    one: text(
        f"INSERT INTO {one.vocabulary} (word)"
        " SELECT json_array_elements_text(CAST(:words AS json)) ON CONFLICT DO NOTHING"
    )
    for one in (OURS, NEIGHBOURS)
}


def nearest(session: Session, word: str, index: Index = OURS) -> list[str]:
    """Known words at one slip from `word`: a letter wrong, missing, doubled or two exchanged.

    Nothing for short words and for a word that is known itself.
    """
    if not LONG <= len(word) <= _LONGEST or not word.isalpha():
        return []
    known = set(session.execute(_KNOWN[index], {"words": sorted({word, *_slips(word)})}).scalars())
    if word in known:
        return []
    return sorted(known, key=lambda one: (one[0] != word[0], abs(len(one) - len(word)), one))[
        :_MOST
    ]


def _slips(word: str) -> set[str]:
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    dropped = {a + b[1:] for a, b in cuts if b}
    exchanged = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    replaced = {a + letter + b[1:] for a, b in cuts if b for letter in _LETTERS}
    added = {a + letter + b for a, b in cuts for letter in _LETTERS}
    return dropped | exchanged | replaced | added
