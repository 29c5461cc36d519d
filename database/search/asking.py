"""What a person typed, as groups of words that each must be there in one of its forms."""

from __future__ import annotations

import re
from collections.abc import Sequence

from database.search.tiers import EXACT, Group
from database.text import joined
from database.text.joined import Piece
from database.text.words import words

_NUMBER_RUN = re.compile(r"(?<![\w])\d[\d\- ]*[\dxX](?![\w])")
_SHORT = 3


def understand(query: str) -> list[Group]:
    """Words asked for; a run of digits with hyphens or blanks may also be one number, and words
    side by side may also be one word: "covid 19", "x-ray", "5 fu"."""
    groups: list[Group] = []
    rest_at = 0
    for match in _NUMBER_RUN.finditer(query):
        parts = words(match.group())
        together = "".join(parts)
        if len(parts) < 2 or not 6 <= len(together) <= 13:
            continue
        groups += _groups(query[rest_at : match.start()])
        groups.append(((together,), parts))
        rest_at = match.end()
    groups += _groups(query[rest_at:])
    return list(dict.fromkeys(groups))


def _groups(text: str) -> list[Group]:
    listed = list(joined.pieces(text))
    return [_group(listed[start:end]) for start, end in _spans(listed)]


def _group(span: Sequence[Piece]) -> Group:
    """The words of a span together, and each by itself."""
    apart = tuple(dict.fromkeys(one.folded for one in span))
    if len(span) > 1:
        together = "".join(one.folded for one in span)
        name = joined.bare(Piece(together, together, ""))
        return ((together,), apart, (name,)) if name else ((together,), apart)
    word = apart[0]
    if word in joined.AND:
        return ((word,), *((EXACT + one,) for one in sorted(joined.AND - {word})))
    name = joined.bare(span[0])
    return ((word,), (name,)) if name else ((word,),)


def _spans(listed: Sequence[Piece]) -> list[tuple[int, int]]:
    """Where words that belong together begin and end. A hyphen says it; of blanks those between
    letters and a number come first: in "vitamin b 12" it is b 12."""
    taken = [False] * len(listed)
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(listed):
        end = at + 1
        while end < len(listed) and listed[end].hyphened:
            end += 1
        if end - at > 1:
            spans.append((at, end))
            taken[at:end] = [True] * (end - at)
        at = end
    for asked in (joined.is_mixed, _may_be_one):
        for at in range(1, len(listed)):
            if not (taken[at - 1] or taken[at]) and asked(listed[at - 1], listed[at]):
                spans.append((at - 1, at + 1))
                taken[at - 1] = taken[at] = True
    spans += [(at, at + 1) for at, done in enumerate(taken) if not done]
    return sorted(spans)


def _may_be_one(one: Piece, other: Piece) -> bool:
    """Also two short words: tb ro, qur an. That they are found in either form costs nothing."""
    short = other.before.isspace() and max(len(one.folded), len(other.folded)) <= _SHORT
    return joined.is_pair(one, other) or (short and not {one.folded, other.folded} & joined.AND)
