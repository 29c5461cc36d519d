"""The prepared list that a catalogue without a server searches in, as a script: a page opened from
a folder may load no other kind of data.

Each term has the places of its titles, once for the words of titles and once for all others, as
steps in base 36; the stems and the other names of words come along, so that the browser asks as the
program does. 10,000 titles take some 2 MB.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from database.library import Session
from database.public import words as public
from database.search.search import Found
from desktop.web.rows import spine
from desktop.words.codes import MATERIALS
from desktop.words.language import _
from desktop.words.sentences import shorten

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_PIECE = 500
_LONGEST_TITLE, _LONGEST_NAMES, _LONGEST_WORD = 140, 60, 40


def script(session: Session, found: Sequence[Found]) -> str:
    """The script for these titles, in their order."""
    first: dict[str, list[int]] = {}
    rest: dict[str, list[int]] = {}
    lengths: list[tuple[int, int]] = []
    for at in range(0, len(found), _PIECE):
        part = [one.id for one in found[at : at + _PIECE]]
        known = {number: texts for number, *texts in public.of_titles(session, part)}
        for place, number in enumerate(part, at):
            title, other = known.get(number, ([], []))
            lengths.append((len(title), len(other)))
            for words, into in ((title, first), (set(other) - set(title), rest)):
                for word in dict.fromkeys(words):
                    into.setdefault(word[:_LONGEST_WORD], []).append(place)
    terms = sorted(first.keys() | rest.keys())
    data = {
        "titles": "\n".join(map(_line, found)),
        "terms": "\n".join(
            f"{term} {_steps(first.get(term, ()))} {_steps(rest.get(term, ()))}".rstrip()
            for term in terms
        ),
        "lengths": " ".join(f"{one},{other}" for one, other in lengths),
        "average": [_mean(one for one, _o in lengths), _mean(other for _o, other in lengths)],
        **_language(terms),
        "words": _words(),
    }
    return f"window.selasar = {_as_script(data)};\n"


def _language(terms: Iterable[str]) -> dict[str, str]:
    """Stems and other names, of the words that there are and of those that lead to them."""
    concepts = public.concepts()
    called = (word for one in concepts for term in one for word in term.split())
    stems = public.stems([*terms, *called])
    return {
        "stems": "\n".join(f"{word} {stem}" for word, stem in stems.items()),
        "concepts": "\n".join(",".join(one) for one in concepts),
    }


def _words() -> dict[str, Any]:
    return {
        "kinds": {code: _(name) for code, name in MATERIALS.items()},
        "why": _("Found by: {words}"),
        "copies": _("Copies: {n}"),
        "none": _("No copy"),
        "found": _("Titles: {n}"),
        "nothing": _("Nothing found. Try fewer letters, or ask the librarian."),
        "wait": _("One moment: the catalogue is being read."),
    }


def _line(one: Found) -> str:
    back = spine(one.classification, one.call_number)
    by = " · ".join(
        str(part) for part in (shorten(one.contributors, _LONGEST_NAMES), one.year) if part
    )
    parts = (
        one.id,
        shorten(one.title, _LONGEST_TITLE),
        by,
        one.material,
        one.call_number,
        back["shade"],
        back["mark"],
        one.items,
    )
    return "\t".join(" ".join(str(part).split()) for part in parts)


def _steps(places: Sequence[int]) -> str:
    """Each place as what it is more than the one before."""
    steps, before = [], 0
    for place in places:
        steps.append(_base36(place - before))
        before = place
    return ",".join(steps)


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"


def _mean(counts: Iterable[int]) -> float:
    listed = list(counts)
    return round(sum(listed) / max(len(listed), 1), 2) or 1.0


def _as_script(data: Mapping[str, Any]) -> str:
    """JSON that is a script too: no end of a script in it, no line end that older ones refuse."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("</", "<\\/").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
