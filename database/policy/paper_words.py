"""The library's own words on its papers: what a text says instead of the program's own.

A text is known by its English source, as in the translation catalogue; its fields in braces may
be used or left out, and no others may be added.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from string import Formatter

from sqlalchemy.orm import Session

from database import journal
from database.journal import Line
from database.policy import settings
from database.policy.settings import Choice
from database.refusal import Reason, Refusal

MOST_LETTERS = 4000


def _choice(paper: str, language: str) -> Choice[dict[str, str]]:
    return Choice(f"paper.{paper}.{language}", {})


def of(session: Session, paper: str, language: str) -> dict[str, str]:
    """Own words by their source; what the library left as it was is not among them."""
    return dict(settings.get(session, _choice(paper, language)))


def put(
    session: Session, paper: str, language: str, words: Mapping[str, str], now: datetime
) -> int:
    """Keep own words; "" or the source's own text brings the program's words back.

    Gives the journal line. Refusal: a text too long, braces that do not close, an unknown field.
    """
    for source, text in words.items():
        _check(source, text)
    before = of(session, paper, language)
    after = {source: text for source, text in (before | dict(words)).items() if text.strip()}
    settings.put(session, _choice(paper, language), after)
    return journal.write(
        session,
        "paper.worded",
        "Setting",
        None,
        now,
        paper=paper,
        language=language,
        before=before,
        after=after,
    )


def fields(text: str) -> frozenset[str]:
    """What stands in braces; ValueError where they do not close.

    A field is a bare name: with a format or a part behind it ("{day:x}", "{day.year}") it is
    another one, which no text knows.
    """
    return frozenset(
        f"{name}{f'!{how}' if how else ''}{f':{spec}' if spec else ''}"
        for _text, name, spec, how in Formatter().parse(text)
        if name is not None
    )


def _check(source: str, text: str) -> None:
    if len(text) > MOST_LETTERS:
        raise Refusal(Reason.WORDS_TOO_LONG, most=MOST_LETTERS)
    try:
        used = fields(text)
    except ValueError:
        raise Refusal(Reason.WORDS_BRACES) from None
    known = fields(source)
    if not used <= known:
        raise Refusal(Reason.WORDS_FIELD, field=min(used - known), known=", ".join(sorted(known)))


def _undo_worded(session: Session, line: Line, now: datetime) -> None:
    paper, language = line.facts["paper"], line.facts["language"]
    if of(session, paper, language) != line.facts["after"]:
        raise Refusal(Reason.CANNOT_UNDO)
    settings.put(session, _choice(paper, language), line.facts["before"])


INVERSES = {"paper.worded": _undo_worded}
