"""The search of readers: by the function of the desk, narrowed the same way, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from database.library import Session
from database.search import listing
from database.search.filters import AVAILABILITIES, Filters
from desktop.web.asked import Ask, frame
from desktop.web.rows import listed
from desktop.words.language import _, ngettext, number
from desktop.words.titles import spoken

PAGE = 20
LONGEST = 200
"""Signs of a search that are looked at."""
MOST_PAGES = 500
_SHOWN = 8
"""Values of a filter that are offered: the commonest."""
NARROWED = {
    "jenis": "material",
    "kelas": "class_group",
    "tempat": "location",
    "bahasa": "language",
    "ada": "availability",
}
"""What an address calls each filter."""


@dataclass(frozen=True, slots=True)
class Search:
    """A search as the address has it; what makes no sense in it is as if it were not there."""

    query: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    first: int | None = None
    last: int | None = None
    page: int = 1

    @property
    def filters(self) -> Filters:
        """What the list is narrowed to."""
        named = {NARROWED[name]: value for name, value in self.chosen.items()}
        return Filters(**named, year_from=self.first, year_to=self.last)

    def asked(self, **other: str) -> dict[str, str]:
        """The same as an address, with some of it `other`; "" takes away."""
        told = {
            "q": self.query,
            **self.chosen,
            "dari": str(self.first or ""),
            "sampai": str(self.last or ""),
            **other,
        }
        return {name: value for name, value in told.items() if value}


def read(asked: Mapping[str, str]) -> Search:
    """What an address asks for."""
    chosen = {name: asked[name][:LONGEST] for name in NARROWED if asked.get(name)}
    if chosen.get("ada", "available") not in AVAILABILITIES:
        del chosen["ada"]
    return Search(
        " ".join(asked.get("q", "")[:LONGEST].replace("\0", " ").split()),
        {name: value.replace("\0", "") for name, value in chosen.items()},
        _year(asked.get("dari", "")),
        _year(asked.get("sampai", "")),
        min(max(_whole(asked.get("hal", "")) or 1, 1), MOST_PAGES),
    )


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None


def _year(text: str) -> int | None:
    found = _whole(text.strip())
    return found if found and found >= 1000 else None


def found(session: Session, ask: Ask, search: Search) -> dict[str, Any]:
    """What `_found.html` shows."""
    titles = listing.find(session, search.query, search.filters)
    start = (search.page - 1) * PAGE
    rows = listing.read(session, titles, start, PAGE)
    return {
        "links": ask.links,
        "query": search.query,
        "rows": listed(session, ask.links, rows),
        "told": _told(search, titles),
        "nothing": _nothing(search),
        "active": _active(ask, search),
        "facets": [one for one in _facets(session, ask, search, titles) if one["options"]],
        "years": (str(search.first or ""), str(search.last or "")),
        "kept": _kept(search, "q"),
        "kept_but_years": _kept(search, "q", "dari", "sampai"),
        "pages": _pages(ask, search, titles.count, start, len(rows)),
    }


def page(session: Session, ask: Ask, search: Search) -> dict[str, Any]:
    """What `search.html` shows."""
    title = search.query or _("Catalogue")
    return {"big": False, **frame(session, ask, title), **found(session, ask, search)}


def _kept(search: Search, *but: str) -> list[tuple[str, str]]:
    return [(name, value) for name, value in search.asked().items() if name not in but]


def _told(search: Search, titles: listing.Titles) -> str:
    text = ngettext("{n} title", "{n} titles", titles.count)
    count = number(titles.count) + ("+" if titles.bounded else "")
    return text.format(n=count)


def _nothing(search: Search) -> str:
    if search.filters.active():
        return _("Nothing fits all of this. Take one of the choices away.")
    return _("Nothing found. Try fewer letters, or ask the librarian.")


def _active(ask: Ask, search: Search) -> list[dict[str, str]]:
    """Each choice with the address of the list without it."""
    told = [
        {
            "name": spoken(NARROWED[name], value),
            "href": ask.links.search(search.asked(**{name: ""})),
        }
        for name, value in search.chosen.items()
    ]
    if search.first or search.last:
        name = f"{search.first or ''}–{search.last or ''}"
        told.append({"name": name, "href": ask.links.search(search.asked(dari="", sampai=""))})
    return told


def _facets(
    session: Session, ask: Ask, search: Search, titles: listing.Titles
) -> list[dict[str, Any]]:
    """What the list can be narrowed to, each value with how many titles it leaves.

    How many are on their shelves is not counted, nor places of the whole catalogue: at 100,000
    titles that takes ten times as long as all else on the page.
    """
    names = {"jenis": _("Kind"), "kelas": _("Class"), "bahasa": _("Language")}
    if titles.matched is not None or search.filters.active():
        names["tempat"] = _("Location")
    ready = _option(ask, search, "ada", "available", None)
    told = [{"name": _("Copies"), "options": [ready]}]
    options = listing.choices_of(session, titles, [NARROWED[name] for name in names])
    for name, text in names.items():
        shown = [row for row in options[NARROWED[name]] if row[0] and row[1]][:_SHOWN]
        if name == "kelas":
            shown.sort()
        told.append({"name": text, "options": [_option(ask, search, name, *row) for row in shown]})
    return told


def _option(ask: Ask, search: Search, name: str, value: str, count: int | None) -> dict[str, Any]:
    on = search.chosen.get(name) == value
    return {
        "name": spoken(NARROWED[name], value),
        "count": "" if count is None else number(count),
        "on": on,
        "href": ask.links.search(search.asked(**{name: "" if on else value})),
    }


def _pages(ask: Ask, search: Search, count: int, start: int, shown: int) -> dict[str, str]:
    at = search.page
    text = _("{first} to {last} of {count}")
    told = text.format(first=number(start + 1), last=number(start + shown), count=number(count))
    more = start + shown < count and shown and at < MOST_PAGES
    before = search.asked(hal=str(at - 1) if at > 2 else "")
    return {
        "before": ask.links.search(before) if at > 1 else "",
        "after": ask.links.search(search.asked(hal=str(at + 1))) if more else "",
        "told": told if shown else "",
    }
