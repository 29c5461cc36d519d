"""Pictures of covers from elsewhere, asked for one at a time and only when somebody wants one.

What comes is bounded and told by its content; what it is called, and what the server says of it,
counts for nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import Request

from database import limits
from database.catalogue.lookup import PATIENCE, Source
from database.exchange.fetching import fetch
from database.refusal import Fault, Trouble

_SIGNS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_LEAST = 500
"""Bytes; a dot that stands for "no picture" has fewer."""
_NONE = (404, 410)


def with_covers(sources: Sequence[Source]) -> list[Source]:
    """Those that are switched on and have pictures."""
    return [one for one in sources if one.on and one.cover.startswith(("http://", "https://"))]


def ask(source: Source, number: str, patience: float = PATIENCE) -> bytes | None:
    """The picture a source has for an ISBN of 13 digits, PNG or JPEG; None for none.

    Raises Fault NO_ANSWER.
    """
    try:
        request = Request(source.cover.format(isbn=number), headers={"User-Agent": "Selasar"})
        content = fetch(request, patience, limits.COVER.most + 1)
    except HTTPError as error:
        if error.code in _NONE:
            return None
        raise Fault(Trouble.NO_ANSWER, where=source.name) from error
    except (HTTPException, OSError, ValueError, KeyError, IndexError) as error:
        raise Fault(Trouble.NO_ANSWER, where=source.name) from error
    whole = _LEAST <= len(content) <= limits.COVER.most
    return content if whole and content.startswith(_SIGNS) else None


def first(sources: Sequence[Source], number: str, patience: float = PATIENCE) -> bytes | None:
    """The first picture that any of them has. Raises Fault NO_ANSWER where none has one and one
    did not answer."""
    silent = None
    for one in sources:
        try:
            found = ask(one, number, patience)
        except Fault as told:
            silent = silent or told
            continue
        if found is not None:
            return found
    if silent is not None:
        raise silent
    return None
