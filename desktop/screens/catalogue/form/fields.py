"""The fields of a title: what is asked, what is suggested, what is said of an ISBN."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from database.catalogue import titles
from database.description import isbn, marc_form, roles
from database.search import headings
from database.text import names
from desktop.program import Program
from desktop.screens.catalogue.form import layouts
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
from desktop.words.language import N_, _

LANGUAGES = {
    "ind": N_("Indonesian"),
    "eng": N_("English"),
    "ara": N_("Arabic"),
    "jav": N_("Javanese"),
    "sun": N_("Sundanese"),
    "may": N_("Malay"),
    "dut": N_("Dutch"),
    "ger": N_("German"),
    "fre": N_("French"),
    "jpn": N_("Japanese"),
    "chi": N_("Chinese"),
    "lat": N_("Latin"),
}
CARRIERS = {
    "g": N_("Video"),
    "i": N_("Sound, spoken"),
    "j": N_("Music"),
    "k": N_("Picture or poster"),
    "r": N_("Model or object"),
    "o": N_("Kit"),
    "m": N_("Computer file"),
    "a": N_("Text"),
}
"""Leader/06."""
AUDIENCES = {
    "": N_("not said"),
    "e": N_("Adults"),
    "d": N_("Adolescents"),
    "j": N_("Children"),
    "a": N_("Preschool"),
    "f": N_("Specialised"),
    "g": N_("General"),
}
"""008/22."""
PRINTS = {
    "": N_("normal"),
    "d": N_("Large print"),
    "f": N_("Braille"),
    "o": N_("Online"),
    "q": N_("Electronic"),
    "r": N_("Reproduction"),
}
"""008/23."""
DEGREES = ("KTI", "Skripsi", "Tesis", "Disertasi", "Laporan kasus", "Laporan residensi")
_LISTS = ("subjects", "added_authors")
_DAYS = ("valid_from", "review_on")


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
    fields = [_tagged(one) for one in (*_control_fields(), *_text_fields(program))]
    form = Form([[one] for one in fields])
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
        Choice("language", _("Language"), options=_languages(""), find=True),
        Choice("original_language", _("Translated from"), options=_languages(""), find=True),
    ]


def _text_fields(program: Program) -> list[Field]:
    def known(*kinds: str) -> Callable[[str], list[str]]:
        return lambda text: program.read(lambda session: headings.suggest(session, text, kinds))

    return [
        IsbnField("isbn", _("ISBN — scan the back cover"), width=3),
        Field("issn", _("ISSN"), check=_issn_problem),
        Field("number", _("Number")),
        Field("title", _("Title"), required=True, width=3),
        Field("edition", _("Edition")),
        Field("subtitle", _("Subtitle"), width=3),
        Field("volume", _("Volume")),
        Field("main_author", _("Main author"), width=3,
              placeholder=_("Family name, first name")),
        OpenChoice("main_role", _("Role"), options=tuple(roles.ROLES)),
        PairsField("added_authors", _("Added authors"), placeholder=_("Family name, first name"),
                   second=_("Role"), seconds=tuple(roles.ROLES), suggest=known("person")),
        Field("corporate_author", _("Corporate author")),
        Field("body", _("Body")),
        Field("body_unit", _("Part of the body")),
        Field("place", _("Place")),
        Field("publisher", _("Publisher")),
        Field("year", _("Year"), check=_year_problem),
        Field("frequency", _("How often it appears")),
        Field("numbering", _("First and last issue")),
        Field("host", _("In the journal or book"), width=3),
        Field("host_part", _("Volume, number, pages"), width=2,
              placeholder=_("Vol. 12, no. 3 (2024), p. 45–52")),
        Field("host_issn", _("ISSN of the journal"), check=_issn_problem),
        OpenChoice("degree", _("Kind of paper"), options=DEGREES),
        Field("thesis_note", _("Thesis note")),
        Field("classification", _("DDC class"), hinted=True),
        Field("nlm", _("NLM class"), hinted=True),
        Field("call_number", _("Call number"), hinted=True),
        TagsField("subjects", _("Subject headings"), suggest=known("subject")),
        Field("extent", _("Extent"), placeholder=_("xxvi, 480 p."), width=2),
        Field("series", _("Series"), width=3),
        Field("series_number", _("No. in series")),
        Field("url", _("Link (address)"), placeholder="https://"),
        TextArea("note", _("Notes, one a line"), lines=2),
        TextArea("summary", _("Summary"), lines=2),
    ]  # fmt: skip


def complete_form(program: Program, form: Form) -> None:
    """Offer names and publishers that are known while typing."""

    def known(*kinds: str) -> Callable[[str], list[str]]:
        return lambda text: program.read(lambda session: headings.suggest(session, text, kinds))

    suggest_author = known("person")
    complete(form.input("main_author"), lambda text: inverted(text) + suggest_author(text))
    for key in ("corporate_author", "body"):
        complete(form.input(key), known("body"))
    complete(
        form.input("publisher"),
        lambda text: program.read(lambda session: titles.publishers(session, text)),
    )


def show_kind(form: Form, kind: str) -> None:
    """Ask what this kind asks for; what is typed stays, and stays in sight."""
    stored = stored_values(form)
    filled = {key for key, text in stored.items() if text}
    form.show_rows(layouts.rows(kind, filled))
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


def inverted(name: str) -> list[str]:
    """ "Siti Setiati" is filed under its last word: "Setiati, Siti"."""
    found = names.suggest(name).form
    return [found] if "," in found and "," not in name else []


def shown_values(values: Mapping[str, str], call_number: str) -> dict[str, Any]:
    """A record's values as the form takes them."""
    shown: dict[str, Any] = {key: text for key, text in values.items() if key != "statement"}
    for key in _LISTS:
        shown[key] = [line for line in values.get(key, "").split(marc_form.REPEAT) if line]
    for key in _DAYS:
        shown[key] = _day(values.get(key, ""))
    for key in ("language", "original_language"):
        shown[key] = shown.get(key) or None
    return {**shown, "call_number": call_number}


def stored_values(form: Form) -> dict[str, str]:
    """The form's values as marc_form takes them."""
    values = form.values()
    return {key: _stored(values[key]) for key in marc_form.KEYS if key in values}


def _stored(value: Any) -> str:
    if isinstance(value, list):
        return marc_form.REPEAT.join(value)
    return f"{value:%Y%m%d}" if isinstance(value, date) else str(value or "")


def _day(text: str) -> date | None:
    """20270131; a day written otherwise is left to those who know tags."""
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:])) if len(text) == 8 else None
    except ValueError:
        return None


def offer_codes(form: Form, values: Mapping[str, str]) -> None:
    """A code we have no word for stays choosable as it is."""
    for key in ("language", "original_language"):
        form.set_options(key, _languages(values.get(key, "")))
    for key, words in (("carrier", CARRIERS), ("audience", AUDIENCES), ("print_form", PRINTS)):
        code = values.get(key, "")
        more = [] if code in words else [(code, code)]
        form.set_options(key, [*choices(words), *more])


def _languages(code: str) -> list[tuple[str, str]]:
    listed = [(key, _(word)) for key, word in LANGUAGES.items()]
    return listed if not code or code in LANGUAGES else [*listed, (code, code)]


def isbn_pill(text: str) -> Pill | None:
    """What is said of the number typed; nothing while it is still being typed."""
    if not text.strip():
        return None
    described = isbn.describe(text)
    if described.valid:
        words = _("valid · {country}").format(country=described.country)
        return Pill(words if described.country else _("valid"), "good")
    if isbn.looks_like(text):
        return Pill(_("wrong check digit — may be kept"), "warn")
    return None


def _issn_problem(text: str) -> str | None:
    return None if isbn.issn(text) else _("wrong check digit")


def _year_problem(text: str) -> str | None:
    return None if re.search(r"\d{2}", text) else _("no year in it")
