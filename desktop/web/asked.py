"""What a reader asked, and the parts that every page has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from database.library import Session
from database.policy import house
from database.policy.house import ProfileFacts
from database.public.house import Today
from desktop.web.links import Links
from desktop.words.language import _, clock_time, current, date_long

LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}


@dataclass(frozen=True, slots=True)
class Ask:
    """Now, where pages are, where this one is in the other language, and which place it is of."""

    now: datetime
    links: Links
    other: str = ""
    here: str = ""


def frame(session: Session, ask: Ask, title: str, about: str = "") -> dict[str, Any]:
    """What every page is given."""
    return frame_of(house.profile(session), ask, title, about)


def frame_of(profile: ProfileFacts, ask: Ask, title: str, about: str = "") -> dict[str, Any]:
    """The same, of a library already seen."""
    language = "en" if current() == "id" else "id"
    other = {"href": ask.other, "lang": language, "name": LANGUAGES[language]}
    return {
        "title": title,
        "about": about,
        "house": profile,
        "links": ask.links,
        "live": ask.links.live,
        "day": date_long(ask.now.date()),
        "places": _places(ask),
        "other": other if ask.other else None,
    }


def _places(ask: Ask) -> list[dict[str, Any]]:
    """The pages that are led to from everywhere."""
    named = (
        ("cari", _("Catalogue")),
        ("baru", _("New")),
        ("ppk", _("Guidelines")),
        ("jam", _("Times")),
        ("bangsal", _("Wards")),
    )
    return [
        {"name": text, "href": ask.links.place(name), "here": ask.here == name}
        for name, text in named
    ]


def open_now(today: Today, now: datetime) -> dict[str, Any]:
    """Whether the library is open at this moment, in words."""
    if not today.is_open:
        return {"now": False, "told": _("Closed today")}
    if today.opens is None or today.closes is None:
        return {"now": True, "told": _("Open today")}
    moment = now.time()
    opens, closes = clock_time(today.opens), clock_time(today.closes)
    if moment < today.opens:
        return {"now": False, "told": _("Opens today at {time}").format(time=opens)}
    if moment >= today.closes:
        return {"now": False, "told": _("Closed since {time}").format(time=closes)}
    return {"now": True, "told": _("Open until {time}").format(time=closes)}
