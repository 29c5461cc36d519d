"""The three questions of a search, in each engine's own words.

Begins: titles that are or begin with what was typed, by the alphabet. In title: every word
in the title. Anywhere: every word somewhere. All are bounded: ranking each match of two
letters costs 100 ms at 100,000 titles.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

from database.search.indexes import NEIGHBOURS, OURS, Index
from database.text.stems import IN_TITLE, MARK

Group = tuple[tuple[str, ...], ...]
"""Alternatives; each is words that must all be there: as prefixes, but behind a mark (EXACT, or
that of a stem) exactly so."""

EXACT = "="
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Tiers:
    """Ids of titles: in the alphabet, then twice in the order they were catalogued."""

    begins: list[int]
    in_title: list[int]
    anywhere: list[int]


def ask(
    session: Session,
    groups: Sequence[Group],
    start: str,
    limit: int,
    bound: int,
    index: Index = OURS,
) -> Tiers:
    """At most `limit` titles of the first two kinds and `bound` of the third.

    `start` is the folded text typed. The first two are left out where the third is empty or
    shorter than `limit`, for then they only set an order; the titles of neighbours have no
    alphabet.
    """
    on_server = session.get_bind().dialect.name == "postgresql"
    begin = start if index == OURS else ""
    tiers = _on_postgresql if on_server else _on_sqlite
    return tiers(session, groups, begin, limit, bound, index)


def anywhere(
    session: Session, groups: Sequence[Group], bound: int, index: Index = OURS
) -> list[int]:
    """At most `bound` titles that have every word somewhere."""
    return ask(session, groups, "", 0, bound, index).anywhere


def _is_begun(word: str, alone: bool) -> bool:
    """Words are beginnings; one letter beside others is itself (hepatitis B), for nearly every
    title has a word that begins with it."""
    return word[0] not in (EXACT, MARK) and (len(word) > 1 or alone)


def _is_alone(groups: Sequence[Group]) -> bool:
    return len(groups) == 1 and all(len(alternative) == 1 for alternative in groups[0])


# --- SQLite -----------------------------------------------------------------------

_LETTERS = 4
"""Signs of the longest beginning of which FTS5 keeps a list, to be read one title at a time; of a
longer one it gathers every title first, a million where they are so many."""
_FEW = 24
"""Words that begin alike up to which each is asked for by itself, for those lists are read so too.
"patolo" begins one or two; the number 978602 begins as many as there are titles."""
_SPARE = 4


def _begun(word: str) -> str:
    return f'"{word}"*'


def fts(groups: Sequence[Group], begun: Callable[[str], str] = _begun, mark: str = "") -> str:
    """The words as FTS5 wants them, with a `mark` those of titles alone; `begun` writes the
    beginning of a word."""
    alone = _is_alone(groups)

    def word(told: str) -> str:
        exact = f'"{mark}{told.removeprefix(EXACT)}"'
        return begun(mark + told) if _is_begun(told, alone) else exact

    def one(alternative: tuple[str, ...]) -> str:
        return "(" + " AND ".join(map(word, alternative)) + ")"

    return " AND ".join("(" + " OR ".join(map(one, group)) + ")" for group in groups)


def _matching(index: Index) -> TextClause:
    return text(
        f"SELECT rowid FROM {index.words} WHERE {index.words} MATCH :query"  # noqa: S608
        " ORDER BY rowid LIMIT :limit"
    )


# Whoever looks for the next word must not read all the titles of this one: the blank, which no word
# holds, stands before every sign that may follow.
def _forms(index: Index) -> TextClause:
    following = f"SELECT term FROM {index.terms} WHERE term >="  # noqa: S608 - a name of ours
    return text(
        f"WITH RECURSIVE found (term) AS (SELECT ({following} :first LIMIT 1)"  # noqa: S608
        f" UNION ALL SELECT ({following} found.term || ' ' LIMIT 1) FROM found"
        " WHERE found.term < :last LIMIT :most)"
        " SELECT term FROM found WHERE term >= :first AND term < :last"
    )


def _walking(index: Index) -> TextClause:
    return text(
        f"SELECT doc FROM {index.terms}"  # noqa: S608 - a name of ours
        " WHERE term >= :first AND term < :last LIMIT :most"
    )


_BOTH = (OURS, NEIGHBOURS)
MATCHING = {index: _matching(index) for index in _BOTH}
_FORMS = {index: _forms(index) for index in _BOTH}
_WALKING = {index: _walking(index) for index in _BOTH}
BEGINNING = text(
    "SELECT id FROM biblio WHERE title_key >= :first AND title_key < :last"
    " AND cancelled_at IS NULL ORDER BY title_key, id LIMIT :limit"
)


class _File:
    """The index of words of a file, asked so that a search reads no more titles than it shows."""

    def __init__(self, session: Session, index: Index) -> None:
        self._session, self._index = session, index
        self._known: dict[str, list[str]] = {}

    def found(self, groups: Sequence[Group], limit: int, mark: str = "") -> list[int]:
        """The first titles in the order they were catalogued. Where more are found than wanted and
        a beginning is that of very many words, those that have the first of these by the alphabet:
        the word itself comes before all longer ones."""
        first = self._asked(fts(groups, self._begun, mark), limit)
        if len(first) >= limit or not any(map(self._are_many, self._known)):
            return first
        lone = groups[0][0][0] if _is_alone(groups) and len(groups[0]) == 1 else ""
        walked = self._walked(mark + lone, limit) if lone else None
        return self._asked(fts(groups, mark=mark), limit) if walked is None else walked

    def _asked(self, query: str, limit: int) -> list[int]:
        binds = {"query": query, "limit": limit}
        return list(self._session.execute(MATCHING[self._index], binds).scalars())

    def _words(self, begin: str) -> list[str]:
        """The words that begin so, one more than `_FEW` at most."""
        if begin not in self._known:
            binds = {"first": begin, "last": begin + _LAST, "most": _FEW + 1}
            rows = self._session.execute(_FORMS[self._index], binds)
            self._known[begin] = list(rows.scalars())
        return self._known[begin]

    def _are_many(self, begin: str) -> bool:
        return len(self._words(begin)) > _FEW

    def _begun(self, begin: str) -> str:
        if len(begin) <= _LETTERS:
            return _begun(begin)
        return "(" + " OR ".join(f'"{one}"' for one in self._words(begin) or [begin]) + ")"

    def _walked(self, begin: str, limit: int) -> list[int] | None:
        """None where titles that have many of those words hid how many there are."""
        most = _SPARE * limit
        binds = {"first": begin, "last": begin + _LAST, "most": most}
        rows = list(self._session.execute(_WALKING[self._index], binds).scalars())
        titles = list(dict.fromkeys(rows))
        if len(rows) == most and len(titles) < limit:
            return None
        return sorted(titles[:limit])


def _on_sqlite(
    session: Session, groups: Sequence[Group], start: str, limit: int, bound: int, index: Index
) -> Tiers:
    words = _File(session, index)
    anywhere = words.found(groups, bound)
    begins: list[int] = []
    if anywhere and start:
        binds = {"first": start, "last": start + _LAST, "limit": limit}
        begins = list(session.execute(BEGINNING, binds).scalars().all())
    in_title: list[int] = []
    if len(begins) < limit < len(anywhere):
        in_title = words.found(groups, limit, IN_TITLE)
    return Tiers(begins, in_title, anywhere)


# --- PostgreSQL -------------------------------------------------------------------


def tsquery(groups: Sequence[Group]) -> str:
    """The words as a tsquery."""
    return " & ".join(_parts(groups))


def _parts(groups: Sequence[Group]) -> list[str]:
    """That of each group."""
    alone = _is_alone(groups)

    def word(told: str) -> str:
        return f"'{told.removeprefix(EXACT)}'{':*' if _is_begun(told, alone) else ''}"

    def one(alternative: tuple[str, ...]) -> str:
        return "(" + " & ".join(map(word, alternative)) + ")"

    return ["(" + " | ".join(map(one, group)) + ")" for group in groups]


# A GIN index gathers every title that has any of the words before it gives the first; to read
# straight until there are enough takes the longer, the fewer titles have all of them. So some
# titles are looked at first, which say how many either would read: those with each word, and those
# with all. One read straight costs as much as one and a half that the index gathers. Where one word
# is far rarer than the others, the index is asked for it alone, and its titles for the rest.
# OFFSET 0 keeps the planner from using the index where it must not, and a list without a limit of
# its own from not using it where it must: it is read only as far as is asked. One statement: the
# way to the server and back costs as much as the answer.
_PROBED, _STRAIGHT, _RARE = 1000, 1.5, 6
_STATEMENT = """
WITH begins AS MATERIALIZED (
    SELECT id FROM biblio
    WHERE :first <> '' AND title_key >= :first AND title_key < :last AND cancelled_at IS NULL
    ORDER BY title_key, id LIMIT :limit
), first_ones AS MATERIALIZED (
    SELECT title, words FROM biblio_words LIMIT :probed
), held AS MATERIALIZED (
    SELECT part, count(*) FILTER (WHERE words @@ part) AS words,
        count(*) FILTER (WHERE title @@ part) AS titles
    FROM first_ones, unnest(CAST(:parts AS tsquery[])) AS part GROUP BY part
), probe AS MATERIALIZED (
    SELECT count(*) FILTER (WHERE words @@ CAST(:query AS tsquery)) AS anywhere,
        count(*) FILTER (WHERE title @@ CAST(:query AS tsquery)) AS in_title
    FROM first_ones
), chosen AS MATERIALIZED (
    SELECT :straight * :bound * :probed / nullif(anywhere, 0) < words * size / :probed
            AS straight,
        :straight * :limit * :probed / nullif(in_title, 0) < titles * size / :probed
            AS straight_in_title,
        CASE WHEN :rare * rarest < words
            THEN (SELECT part FROM held ORDER BY held.words LIMIT 1)
            ELSE CAST(:query AS tsquery) END AS asked,
        CASE WHEN :rare * rarest_in_title < titles
            THEN (SELECT part FROM held ORDER BY held.titles LIMIT 1)
            ELSE CAST(:query AS tsquery) END AS asked_in_title
    FROM probe, (SELECT sum(words) AS words, min(words) AS rarest, sum(titles) AS titles,
                    min(titles) AS rarest_in_title FROM held) AS of_all,
        (SELECT reltuples AS size FROM pg_class
         WHERE oid = CAST('biblio_words' AS regclass)) AS whole
), by_index AS MATERIALIZED (
    SELECT biblio_id FROM (
        SELECT biblio_id, words FROM biblio_words
        WHERE (SELECT straight IS NOT TRUE FROM chosen)
            AND words @@ (SELECT asked FROM chosen) OFFSET 0) AS rare
    WHERE words @@ CAST(:query AS tsquery)
), anywhere AS MATERIALIZED (
    (SELECT biblio_id FROM (SELECT biblio_id, words FROM biblio_words OFFSET 0) AS straight
     WHERE (SELECT straight FROM chosen) AND words @@ CAST(:query AS tsquery)
     LIMIT :bound)
    UNION ALL
    (SELECT biblio_id FROM by_index LIMIT :bound)
), wanted AS MATERIALIZED (
    SELECT (SELECT count(*) FROM begins) < :limit AND count(*) > :limit AS titles,
        count(*) < :bound AS known
    FROM anywhere
), titles_by_index AS MATERIALIZED (
    SELECT biblio_id FROM (
        SELECT biblio_id, title FROM biblio_words
        WHERE (SELECT titles AND NOT known FROM wanted)
            AND (SELECT straight_in_title IS NOT TRUE FROM chosen)
            AND title @@ (SELECT asked_in_title FROM chosen) OFFSET 0) AS rare
    WHERE title @@ CAST(:query AS tsquery)
), in_title AS (
    (SELECT biblio_id FROM (
        SELECT w.biblio_id, w.title FROM anywhere JOIN biblio_words w USING (biblio_id)
        WHERE (SELECT titles AND known FROM wanted) OFFSET 0) AS among
     WHERE title @@ CAST(:query AS tsquery) LIMIT :limit)
    UNION ALL
    (SELECT biblio_id FROM (SELECT biblio_id, title FROM biblio_words OFFSET 0) AS straight
     WHERE (SELECT titles AND NOT known FROM wanted)
        AND (SELECT straight_in_title FROM chosen) AND title @@ CAST(:query AS tsquery)
     LIMIT :limit)
    UNION ALL
    (SELECT biblio_id FROM titles_by_index LIMIT :limit)
)
SELECT 0 AS tier, id FROM begins
UNION ALL SELECT 1, biblio_id FROM in_title
UNION ALL SELECT 2, biblio_id FROM anywhere
"""


def _statement(index: Index) -> TextClause:
    told = _STATEMENT.replace("biblio_words", index.words).replace("biblio_id", index.record)
    return text(told)


STATEMENT = {index: _statement(index) for index in _BOTH}


def binds(groups: Sequence[Group], start: str, limit: int, bound: int) -> dict[str, object]:
    """The values of `STATEMENT`."""
    return {
        "query": tsquery(groups),
        "first": start,
        "last": start + _LAST,
        "limit": limit,
        "bound": bound,
        "parts": _parts(groups),
        "probed": _PROBED,
        "straight": _STRAIGHT,
        "rare": _RARE,
    }


def _on_postgresql(
    session: Session, groups: Sequence[Group], start: str, limit: int, bound: int, index: Index
) -> Tiers:
    tiers: tuple[list[int], list[int], list[int]] = ([], [], [])
    for tier, number in session.execute(STATEMENT[index], binds(groups, start, limit, bound)):
        tiers[tier].append(number)
    begins, in_title, anywhere = tiers
    return Tiers(begins if anywhere else [], sorted(in_title), sorted(anywhere))
