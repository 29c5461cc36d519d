"""The page of a title in words: what it is, where its copies are, how it is cited."""

from __future__ import annotations

from typing import Any

from database.description import isbn as isbns
from database.description import marc_form
from database.exchange.references_out import told_of
from database.library import Session
from database.public import titles as public
from database.public.titles import Copy, Title
from desktop.web import citing, linked_data
from desktop.web.asked import Ask, frame
from desktop.web.rows import availability, copies, kind, spine
from desktop.words.language import _, date_plain, ngettext, number
from desktop.words.sentences import shorten
from desktop.words.titles import full_title, language_name

_TONES = {
    "available": "good",
    "reference": "good",
    "lent": "warn",
    "aside": "warn",
    "away": "plain",
}


def page(session: Session, ask: Ask, number_: int) -> dict[str, Any]:
    """What `title.html` shows. Raises Refusal RECORD_GONE."""
    title = public.title(session, number_)
    values = marc_form.values(title.record)
    name = full_title(values) or _("Without a title")
    available = sum(one.state in {"available", "reference"} for one in title.copies)
    tone, state = availability(available, len(title.copies), title.material)
    if not ask.links.live and title.copies:
        tone, state = "plain", copies(len(title.copies))
    return {
        **frame(session, ask, name, shorten(values["summary"] or title.contributors, 160)),
        **spine(values["classification"], title.call_number),
        "kind": kind(title.material),
        "by": values["statement"] or title.contributors,
        "cover": ask.links.cover(title.id) if title.cover else "",
        "tone": tone,
        "state": state,
        "call_number": title.call_number,
        "summary": values["summary"],
        "files": [one for one in (_file(ask, file) for file in title.files) if one["href"]],
        "copies": [_copy(one, title) for one in title.copies],
        "subjects": [
            {"name": term, "href": ask.links.search({"q": term})} for term, _s in title.subjects
        ],
        "facts": _facts(values, title),
        "citations": citing.citations(told_of(title.record)),
        "forms": _forms(ask, title.id),
        "asking": False,
        "data": linked_data.of_title(title, values),
    }


def _file(ask: Ask, one: Any) -> dict[str, Any]:
    size = _("{n} MB").format(n=number(max(one.size / 1e6, 0.1), 1)) if one.size else _("Link")
    opened = ngettext("opened {n} time", "opened {n} times", one.uses).format(n=number(one.uses))
    told = f"{size} · {opened}" if one.uses else size
    return {
        "name": one.name,
        "href": ask.links.file(one.id, one.url),
        "told": told,
        "away": bool(one.url),
    }


def _copy(one: Copy, title: Title) -> dict[str, str]:
    return {
        "location": one.location or _("Ask the librarian"),
        "call_number": one.call_number or title.call_number,
        "volume": one.volume,
        "tone": _TONES[one.state],
        "state": state_of(one),
    }


def state_of(one: Copy) -> str:
    """Where a copy is now."""
    if one.state == "lent":
        if one.due_on is None:
            return _("On loan")
        return _("On loan until {day}").format(day=date_plain(one.due_on))
    named = {
        "available": _("Available"),
        "reference": _("To read in the library"),
        "aside": _("Set aside"),
        "away": _("Not at its place"),
    }
    return named[one.state]


def _facts(values: dict[str, str], title: Title) -> list[tuple[str, str]]:
    """What stands on a catalogue card, and the rest that is told."""
    imprint = ", ".join(
        part
        for part in (
            " : ".join(one for one in (values["place"], values["publisher"]) if one),
            values["year"],
        )
        if part
    )
    host = " · ".join(part for part in (values["host"], values["host_part"]) if part)
    series = " ; ".join(one for one in (values["series"], values["series_number"]) if one)
    listed = (
        (_("Author"), title.contributors),
        (_("Published"), imprint),
        (_("Edition"), values["edition"]),
        (_("In"), host),
        (_("Extent"), values["extent"]),
        (_("Series"), series),
        (_("Number"), values["number"]),
        (_("ISBN"), _isbn(values["isbn"])),
        (_("ISSN"), values["issn"]),
        (_("Class"), " · ".join(p for p in (values["classification"], values["nlm"]) if p)),
        (_("Language"), language_name(title.language) if title.language else ""),
        (_("Note"), "; ".join(one for one in values["note"].split(marc_form.REPEAT) if one)),
        (_("In the library since"), date_plain(title.created_on)),
    )
    return [(name, value) for name, value in listed if value]


def _isbn(text: str) -> str:
    """With hyphens, where it is one."""
    number_ = isbns.canonical(text)
    return isbns.hyphenated(number_) if number_ else text


def _forms(ask: Ask, number_: int) -> list[dict[str, str]]:
    names = {
        "ris": "RIS (Mendeley, Zotero)",
        "bib": "BibTeX",
        "marcxml": "MARCXML",
        "mods": "MODS",
        "dc": "Dublin Core",
    }
    found = [
        {"name": name, "href": ask.links.form(number_, ending)} for ending, name in names.items()
    ]
    return [one for one in found if one["href"]]
