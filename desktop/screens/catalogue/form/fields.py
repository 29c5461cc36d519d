"""The fields of a title: what is asked, what is suggested, what is said of an ISBN."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from database.catalogue import known
from database.description import isbn, marc_form, roles
from database.search import headings
from desktop.program import Program
from desktop.screens.catalogue.form import layouts
from desktop.screens.catalogue.form.codes import AUDIENCES, CARRIERS, DEGREES, PRINTS, languages
from desktop.screens.catalogue.form.values import stored_values
from desktop.widgets.completion import complete
from desktop.widgets.form import (
    Choice,
    DateField,
    Field,
    Form,
    OpenChoice,
    PairsField,
    TagsField,
    TextArea,
)
from desktop.widgets.pill import Pill
from desktop.words.codes import MATERIALS, choices
from desktop.words.language import _


@dataclass(frozen=True)
class IsbnField(Field):
    """Shows a sound number with its hyphens; a wrong one, or one with words, as it is."""

    def write(self, value: Any) -> Any:
        """978-602-00-0001-5"""
        text = str(value or "")
        if "(" in text:
            return text
        described = isbn.describe(text)
        return described.shown if described.valid else text


def title_form(program: Program) -> Form:
    """Every field there is, each with its MARC tag over its label; `show_kind` says which
    are asked."""
    fields = [
        *_control_fields(),
        *_title_fields(program),
        *_issue_fields(),
        *_content_fields(program),
    ]
    form = Form([[_tagged(one)] for one in fields])
    complete_form(program, form)
    show_kind(form, "book")
    return form


def _tagged(one: Field) -> Field:
    place = marc_form.PLACES.get(one.key, "")
    return replace(one, hover=_("MARC {place}").format(place=place)) if place else one


def _control_fields() -> list[Field]:
    return [
        Choice("kind", _("Kind"), options=choices(MATERIALS)),
        Choice("carrier", _("Form"), options=choices(CARRIERS)),
        Choice("audience", _("Audience"), options=choices(AUDIENCES)),
        Choice("print_form", _("Print"), options=choices(PRINTS)),
        Field("age", _("For whom, or age")),
        DateField("valid_from", _("Valid from")),
        DateField("review_on", _("Review on")),
        Choice("language", _("Language"), options=languages(""), find=True),
        Choice("original_language", _("Translated from"), options=languages(""), find=True),
    ]


def _title_fields(program: Program) -> list[Field]:
    """What stands on the title page, and who is behind it."""
    people = _known(program, "person")
    return [
        IsbnField("isbn", _("ISBN — scan the back cover"), width=3, takes="isbn"),
        Field("issn", _("ISSN"), check=_issn_problem),
        Field("number", _("Number")),
        Field("title", _("Title"), required=True, width=3),
        Field("edition", _("Edition")),
        Field("subtitle", _("Subtitle"), width=3),
        Field("volume", _("Volume")),
        Field("main_author", _("Main author"), width=3, placeholder=_("Family name, first name")),
        OpenChoice("main_role", _("Role"), options=tuple(roles.ROLES)),
        PairsField(
            "added_authors",
            _("Added authors"),
            placeholder=_("Family name, first name"),
            second=_("Role"),
            seconds=tuple(roles.ROLES),
            suggest=people,
        ),
        Field("corporate_author", _("Corporate author")),
        Field("body", _("Body")),
        Field("body_unit", _("Part of the body")),
    ]


def _issue_fields() -> list[Field]:
    """Where and when it came out, and what it is a part of."""
    pages = _("Vol. 12, no. 3 (2024), p. 45–52")
    return [
        Field("place", _("Place")),
        Field("publisher", _("Publisher")),
        Field("year", _("Year"), check=_year_problem),
        Field("frequency", _("How often it appears")),
        Field("numbering", _("First and last issue")),
        Field("host", _("In the journal or book"), width=3),
        Field("host_part", _("Volume, number, pages"), width=2, placeholder=pages),
        Field("host_issn", _("ISSN of the journal"), check=_issn_problem),
        OpenChoice("degree", _("Kind of paper"), options=DEGREES),
        Field("thesis_note", _("Thesis note")),
    ]


def _content_fields(program: Program) -> list[Field]:
    """What it is about, where it stands, how large it is."""
    return [
        Field("classification", _("DDC class"), hinted=True),
        Field("nlm", _("NLM class"), hinted=True),
        Field("call_number", _("Call number"), hinted=True),
        TagsField("subjects", _("Subject headings"), suggest=_known(program, "subject")),
        TagsField("keywords", _("Keywords of your own (tags)"), suggest=_known(program, "subject")),
        Field("extent", _("Extent"), placeholder=_("xxvi, 480 p."), width=2),
        Field("series", _("Series"), width=3),
        Field("series_number", _("No. in series")),
        Field("url", _("Link (address)"), placeholder="https://"),
        TextArea("note", _("Notes, one a line"), lines=2),
        TextArea("summary", _("Summary"), lines=2),
    ]


def _known(program: Program, *kinds: str) -> Callable[[str], list[str]]:
    """The headings of these kinds that begin as is typed."""
    return lambda text: program.read(lambda session: headings.suggest(session, text, kinds))


def complete_form(program: Program, form: Form) -> None:
    """Offer names and publishers that are known while typing."""
    complete(form.input("main_author"), _known(program, "person"))
    for key in ("corporate_author", "body"):
        complete(form.input(key), _known(program, "body"))
    complete(
        form.input("publisher"),
        lambda text: program.read(lambda session: known.publishers(session, text)),
    )


def show_kind(form: Form, kind: str, whole: bool = True, own: layouts.Rows = ()) -> None:
    """Ask what this kind asks for, all of it or what almost every title has, and below it what the
    library declared itself; what is typed stays, and stays in sight."""
    stored = stored_values(form)
    filled = {key for key, text in stored.items() if text}
    form.show_rows([*layouts.rows(kind, filled, whole), *own])
    for key, words in _usual_names().items():
        form.set_label(key, _(layouts.NAMES.get(kind, {}).get(key, "")) or words)
    form.input("added_authors").usual = "pembimbing" if kind == "thesis" else ""


@cache
def _renamed() -> frozenset[str]:
    return frozenset(key for names in layouts.NAMES.values() for key in names)


def _usual_names() -> dict[str, str]:
    words = {
        "year": _("Year"),
        "corporate_author": _("Corporate author"),
        "body": _("Body"),
        "body_unit": _("Part of the body"),
        "added_authors": _("Added authors"),
        "note": _("Notes, one a line"),
        "number": _("Number"),
        "main_author": _("Main author"),
        "extent": _("Extent"),
        "valid_from": _("Valid from"),
    }
    return {key: text for key, text in words.items() if key in _renamed()}


_WORD = re.compile(r"[^\W\d_]{3,}")
"""Letters as no number has them."""


def isbn_pill(text: str) -> Pill | None:
    """What is said of the number typed; nothing while it is still being typed."""
    if not text.strip():
        return None
    described = isbn.describe(text)
    if described.valid:
        words = _("valid · {country}").format(country=described.country)
        return Pill(words if described.country else _("valid"), "good")
    if isbn.looks_like(text):
        wanted = isbn.sound_ending(text)
        if wanted:
            words = _("should it end in {digit}?").format(digit=wanted)
            return Pill(words, "warn", _("The check digit is wrong. It may be kept as printed."))
        return Pill(_("wrong check digit — may be kept"), "warn")
    return Pill(_("no ISBN"), "warn") if _WORD.search(isbn.unlabelled(text)) else None


def _issn_problem(text: str) -> str | None:
    return None if isbn.issn(text) else _("wrong check digit")


def _year_problem(text: str) -> str | None:
    return None if re.search(r"\d{2}", text) else _("no year in it")
