"""The fields of a title: what is asked, what is suggested, what is said of an ISBN."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

from database import catalogue, headings, isbn, marc_form, names
from desktop.language import N_, _
from desktop.program import Program
from desktop.widgets.form import Choice, Field, Form, TagsField, TextArea
from desktop.widgets.pill import Pill

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
_TAGS = frozenset({"subjects", "added_authors"})


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
    """The fields in the order of the title page and its back."""

    def known(*kinds: str) -> Callable[[str], list[str]]:
        return lambda text: program.read(lambda session: headings.suggest(session, text, kinds))

    form = Form(
        [
            (IsbnField("isbn", _("ISBN — scan the back cover"), width=3),
             Field("issn", _("ISSN"), check=_issn_problem)),
            (Field("title", _("Title"), required=True, width=3), Field("edition", _("Edition"))),
            (Field("subtitle", _("Subtitle"), width=3), Field("volume", _("Volume"))),
            (Field("main_author", _("Main author"), placeholder=_("Family name, first name")),
             TagsField("added_authors", _("Added authors"), suggest=known("person"))),
            (Field("place", _("Place")), Field("publisher", _("Publisher")),
             Field("year", _("Year"), check=_year_problem)),
            (Field("classification", _("DDC class"), hinted=True),
             Field("nlm", _("NLM class"), hinted=True),
             Field("call_number", _("Call number"), hinted=True)),
            TagsField("subjects", _("Subject headings"), suggest=known("subject")),
            (Field("extent", _("Extent"), placeholder=_("xxvi, 480 p.")),
             Field("series", _("Series")),
             Choice("language", _("Language"), options=_languages(""), find=True)),
            Field("corporate_author", _("Corporate author")),
            (TextArea("note", _("Notes, one a line"), lines=2),
             TextArea("summary", _("Summary"), lines=2)),
        ]
    )  # fmt: skip
    suggest_author = known("person")
    complete(form.input("main_author"), lambda text: inverted(text) + suggest_author(text))
    complete(form.input("corporate_author"), known("body"))
    complete(
        form.input("publisher"),
        lambda text: program.read(lambda session: catalogue.publishers(session, text)),
    )
    return form


def complete(line: QLineEdit, suggest: Callable[[str], list[str]]) -> None:
    """Offer what is known while typing."""
    known = QStringListModel(line)
    completer = QCompleter(known, line)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
    line.setCompleter(completer)
    line.textEdited.connect(
        lambda text: known.setStringList(suggest(text.strip()) if len(text.strip()) > 1 else [])
    )


def inverted(name: str) -> list[str]:
    """ "Siti Setiati" is filed under its last word: "Setiati, Siti"."""
    found = names.suggest(name).form
    return [found] if "," in found and "," not in name else []


def shown_values(values: Mapping[str, str], call_number: str) -> dict[str, Any]:
    """A record's values as the form takes them."""
    shown: dict[str, Any] = {
        key: text.split(marc_form.REPEAT) if key in _TAGS and text else text
        for key, text in values.items()
        if key != "statement"
    }
    for key in _TAGS:
        shown[key] = shown[key] or []
    shown["language"] = shown["language"] or None
    return {**shown, "call_number": call_number}


def stored_values(form: Form) -> dict[str, str]:
    """The form's values as marc_form takes them."""
    values = form.values()
    return {
        key: marc_form.REPEAT.join(values[key]) if key in _TAGS else str(values[key] or "")
        for key in marc_form.KEYS
        if key in values
    }


def offer_language(form: Form, code: str) -> None:
    """A language we have no word for stays choosable by its code."""
    form.set_options("language", _languages(code))


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
