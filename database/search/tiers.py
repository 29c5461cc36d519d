"""The three questions of a search, in each engine's own words.

Begins: titles that are or begin with what was typed, by the alphabet. In title: every word
in the title. Anywhere: every word somewhere. All are bounded: ranking each match of two
letters costs 100 ms at 100,000 titles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from database.text.stems import MARK

Group = tuple[tuple[str, ...], ...]
"""Alternatives; each is words that must all be there: as prefixes, but behind a mark (EXACT, or
that of a stem) exactly so."""

EXACT = "="


@dataclass(frozen=True, slots=True)
class Tiers:
    """Ids of titles: in the alphabet, then twice in the order they were catalogued."""

    begins: list[int]
    in_title: list[int]
    anywhere: list[int]


def ask(session: Session, groups: Sequence[Group], start: str, limit: int, bound: int) -> Tiers:
    """At most `limit` titles of the first two kinds and `bound` of the third.

    `start` is the folded text typed. The first two are left out where the third is empty or
    shorter than `limit`, for then they only set an order.
    """
    on_server = session.get_bind().dialect.name == "postgresql"
    return (_on_postgresql if on_server else _on_sqlite)(session, groups, start, limit, bound)


def anywhere(session: Session, groups: Sequence[Group], bound: int) -> list[int]:
    """At most `bound` titles that have every word somewhere."""
    return ask(session, groups, "", 0, bound).anywhere


def _word(word: str, alone: bool, star: str, quote: str) -> str:
    """A word as the engine wants it. Words are prefixes; one letter beside others is itself
    (hepatitis B), for nearly every title has a word that begins with it."""
    prefix = word[0] not in (EXACT, MARK) and (len(word) > 1 or alone)
    return f"{quote}{word.removeprefix(EXACT)}{quote}{star if prefix else ''}"


def _is_alone(groups: Sequence[Group]) -> bool:
    return len(groups) == 1 and all(len(alternative) == 1 for alternative in groups[0])


# --- SQLite -----------------------------------------------------------------------


def fts(groups: Sequence[Group]) -> str:
    """The words as FTS5 wants them."""
    alone = _is_alone(groups)

    def one(alternative: tuple[str, ...]) -> str:
        return "(" + " AND ".join(_word(word, alone, "*", '"') for word in alternative) + ")"

    return " AND ".join("(" + " OR ".join(map(one, group)) + ")" for group in groups)


MATCHING = text(
    "SELECT rowid FROM biblio_words WHERE biblio_words MATCH :query ORDER BY rowid LIMIT :limit"
)
BEGINNING = text(
    "SELECT id FROM biblio WHERE title_key >= :first AND title_key < :last"
    " AND cancelled_at IS NULL ORDER BY title_key, id LIMIT :limit"
)


def _on_sqlite(
    session: Session, groups: Sequence[Group], start: str, limit: int, bound: int
) -> Tiers:
    asked = fts(groups)
    anywhere = list(session.execute(MATCHING, {"query": asked, "limit": bound}).scalars().all())
    begins: list[int] = []
    if anywhere and start:
        binds = {"first": start, "last": start + "\U0010ffff", "limit": limit}
        begins = list(session.execute(BEGINNING, binds).scalars().all())
    in_title: list[int] = []
    if len(begins) < limit < len(anywhere):
        binds = {"query": f"title : ({asked})", "limit": limit}
        in_title = list(session.execute(MATCHING, binds).scalars().all())
    return Tiers(begins, in_title, anywhere)


# --- PostgreSQL -------------------------------------------------------------------


def tsquery(groups: Sequence[Group]) -> str:
    """The words as a tsquery."""
    alone = _is_alone(groups)

    def one(alternative: tuple[str, ...]) -> str:
        return "(" + " & ".join(_word(word, alone, ":*", "'") for word in alternative) + ")"

    return " & ".join("(" + " | ".join(map(one, group)) + ")" for group in groups)


# A GIN index gathers every match before it gives the first: 25 ms for "978" at 100,000 titles,
# where reading on until there are 500 takes one. So some hundred titles are looked at
# straight; what is frequent among them is read on, what is rare is left to the index.
# OFFSET 0 keeps the planner from using the index where it must not. One statement: the way to
# the server and back costs as much as the answer.
_PROBED, _BOUND_MANY, _LIMIT_MANY = 500, 10, 4
STATEMENT = text(
    """
WITH begins AS MATERIALIZED (
    SELECT id FROM biblio
    WHERE :first <> '' AND title_key >= :first AND title_key < :last AND cancelled_at IS NULL
    ORDER BY title_key, id LIMIT :limit
), probe AS MATERIALIZED (
    SELECT count(*) AS anywhere,
        count(*) FILTER (WHERE title @@ CAST(:query AS tsquery)) AS in_title
    FROM (SELECT title, words FROM biblio_words LIMIT :probed) AS first_ones
    WHERE words @@ CAST(:query AS tsquery)
), anywhere AS MATERIALIZED (
    (SELECT biblio_id FROM (SELECT biblio_id, words FROM biblio_words OFFSET 0) AS straight
     WHERE (SELECT anywhere >= :bound_many FROM probe) AND words @@ CAST(:query AS tsquery)
     LIMIT :bound)
    UNION ALL
    (SELECT biblio_id FROM biblio_words
     WHERE (SELECT anywhere < :bound_many FROM probe) AND words @@ CAST(:query AS tsquery)
     LIMIT :bound)
), wanted AS MATERIALIZED (
    SELECT (SELECT count(*) FROM begins) < :limit AND count(*) > :limit AS titles,
        count(*) < :bound AS known
    FROM anywhere
), in_title AS (
    (SELECT biblio_id FROM (
        SELECT w.biblio_id, w.title FROM anywhere JOIN biblio_words w USING (biblio_id)
        WHERE (SELECT titles AND known FROM wanted) OFFSET 0) AS among
     WHERE title @@ CAST(:query AS tsquery) LIMIT :limit)
    UNION ALL
    (SELECT biblio_id FROM (SELECT biblio_id, title FROM biblio_words OFFSET 0) AS straight
     WHERE (SELECT titles AND NOT known FROM wanted)
        AND (SELECT in_title >= :limit_many FROM probe) AND title @@ CAST(:query AS tsquery)
     LIMIT :limit)
    UNION ALL
    (SELECT biblio_id FROM biblio_words
     WHERE (SELECT titles AND NOT known FROM wanted)
        AND (SELECT in_title < :limit_many FROM probe) AND title @@ CAST(:query AS tsquery)
     LIMIT :limit)
)
SELECT 0 AS tier, id FROM begins
UNION ALL SELECT 1, biblio_id FROM in_title
UNION ALL SELECT 2, biblio_id FROM anywhere
"""
)


def binds(groups: Sequence[Group], start: str, limit: int, bound: int) -> dict[str, object]:
    """The values of `STATEMENT`."""
    return {
        "query": tsquery(groups),
        "first": start,
        "last": start + "\U0010ffff",
        "limit": limit,
        "bound": bound,
        "probed": _PROBED,
        "bound_many": _BOUND_MANY,
        "limit_many": _LIMIT_MANY,
    }


def _on_postgresql(
    session: Session, groups: Sequence[Group], start: str, limit: int, bound: int
) -> Tiers:
    tiers: tuple[list[int], list[int], list[int]] = ([], [], [])
    for tier, number in session.execute(STATEMENT, binds(groups, start, limit, bound)):
        tiers[tier].append(number)
    begins, in_title, anywhere = tiers
    return Tiers(begins if anywhere else [], sorted(in_title), sorted(anywhere))
