"""A list of titles as it is read: each with its cover or a book in the colour of its class."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from database.library import Session
from database.public import titles as public
from database.search.search import Found
from desktop.web.links import Links
from desktop.words.codes import MATERIALS
from desktop.words.language import _, ngettext, number
from desktop.words.sentences import shorten

LONGEST = 180


def listed(session: Session, links: Links, found: Sequence[Found]) -> list[dict[str, Any]]:
    """Rows for `_rows.html`."""
    pictured = public.covers(session, [one.id for one in found])
    return [_row(one, links, one.id in pictured) for one in found]


def _row(one: Found, links: Links, pictured: bool) -> dict[str, Any]:
    tone, state = availability(one.available, one.items, one.material)
    if not links.live and one.items:
        tone, state = "plain", copies(one.items)
    by = " · ".join(str(part) for part in (shorten(one.contributors, 90), one.year) if part)
    return {
        "href": links.title(one.id),
        "cover": links.cover(one.id) if pictured else "",
        "title": shorten(one.title, LONGEST),
        "by": by,
        "kind": kind(one.material),
        "call_number": one.call_number,
        "why": one.why,
        "tone": tone,
        "state": state,
        **spine(one.classification, one.call_number),
    }


def spine(classification: str, call_number: str) -> dict[str, Any]:
    """A book without a picture: the colour of its main class and what stands on its back."""
    first = next((sign for sign in classification if sign.isdigit()), "")
    return {"shade": first or "0", "mark": (classification or call_number)[:3]}


def kind(material: str) -> str:
    """What a title is."""
    return _(MATERIALS.get(material, material))


def copies(count: int) -> str:
    """How many copies there are."""
    return ngettext("{n} copy", "{n} copies", count).format(n=number(count))


def availability(available: int, items: int, material: str) -> tuple[str, str]:
    """Tone and words of whether a copy can be had."""
    if not items:
        return (
            ("info", _("Online")) if material in {"ebook", "article"} else ("plain", _("No copy"))
        )
    if not available:
        return "warn", _("All on loan") if items > 1 else _("On loan")
    if items == 1:
        return "good", _("Available")
    text = ngettext("{n} available", "{n} available", available)
    return "good", text.format(n=number(available))
