"""A reference as papers cite it: APA (7th edition) and Vancouver (ICMJE), the two that are asked of
students and staff of a hospital.

Plain sentences of our own: citeproc-py, the kept library for CSL, takes lxml and 200 styles along
for these two.
"""

from __future__ import annotations

from collections.abc import Sequence

from database.exchange.references import Person, Reference
from desktop.words.language import _

_MOST_VANCOUVER, _MOST_APA = 6, 20


def citations(told: Reference) -> list[dict[str, str]]:
    """The reference in each style."""
    return [
        {"style": "APA", "text": apa(told)},
        {"style": "Vancouver", "text": vancouver(told)},
    ]


def apa(told: Reference) -> str:
    """Names, year, title, source; a work without an author begins with its title."""
    names = _apa_names(_authors(told))
    undated = _("n.d.")
    year = f"({told.year or undated})."
    title = told.title.rstrip(". ")
    if told.edition:
        title = f"{title} ({told.edition.rstrip('. ')})"
    first = [f"{names.rstrip('.')}.", year, f"{title}."] if names else [f"{title}.", year]
    return " ".join([*first, *_source(told)])


def vancouver(told: Reference) -> str:
    """Names without full stops, title, edition, place: publisher; year."""
    names = [_initialled(one, "") for one in _authors(told)]
    if len(names) > _MOST_VANCOUVER:
        names = [*names[:_MOST_VANCOUVER], "et al"]
    parts = [f"{', '.join(names)}." if names else "", f"{told.title.rstrip('. ')}."]
    if told.host:
        volume = told.volume + (f"({told.issue})" if told.issue else "")
        pages = f":{told.pages}" if told.pages else ""
        parts += [f"{told.host.rstrip('. ')}.", f"{told.year};{volume}{pages}.".replace(";.", ".")]
    else:
        parts.append(f"{told.edition.rstrip('. ')}." if told.edition else "")
        imprint = ": ".join(one for one in (told.place, told.publisher) if one)
        parts.append("; ".join(one for one in (imprint, told.year) if one) + ".")
    return " ".join(one for one in parts if one.strip(". "))


def _source(told: Reference) -> list[str]:
    found = []
    if told.host:
        volume = told.volume + (f"({told.issue})" if told.issue else "")
        listed = ", ".join(one for one in (told.host, volume, told.pages) if one)
        found.append(f"{listed}.")
    elif told.publisher:
        found.append(f"{told.publisher.rstrip('. ')}.")
    if told.doi:
        found.append(f"https://doi.org/{told.doi}")
    return found


def _authors(told: Reference) -> list[Person]:
    named = [one for one in told.people if one.role in {"", "author", "penulis", "pengarang"}]
    return named or list(told.people)


def _initialled(person: Person, stop: str) -> str:
    """ "Kusuma R": the family name, and the first letters of the others."""
    family, _comma, given = person.name.partition(",")
    if person.is_body or not given.strip():
        return person.name.strip()
    letters = [f"{word[0].upper()}{stop}" for word in given.split() if word[0].isalpha()]
    return f"{family.strip()}{', ' if stop else ' '}{(' ' if stop else '').join(letters)}".strip()


def _apa_names(people: Sequence[Person]) -> str:
    names = [_initialled(one, ".") for one in people]
    if len(names) > _MOST_APA:
        return f"{', '.join(names[: _MOST_APA - 1])}, … {names[-1]}"
    return ", & ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
