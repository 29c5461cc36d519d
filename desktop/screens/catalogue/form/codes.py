"""The codes of a record that are chosen by a word: languages, carriers, readers, prints."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.widgets.form import Form
from desktop.words.codes import choices
from desktop.words.language import N_, _
from desktop.words.titles import LANGUAGES

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


def offer_codes(form: Form, values: Mapping[str, str]) -> None:
    """A code we have no word for stays choosable as it is."""
    for key in ("language", "original_language"):
        form.set_options(key, languages(values.get(key, "")))
    for key, words in (("carrier", CARRIERS), ("audience", AUDIENCES), ("print_form", PRINTS)):
        code = values.get(key, "")
        more = [] if code in words else [(code, code)]
        form.set_options(key, [*choices(words), *more])


def languages(code: str) -> list[tuple[str, str]]:
    """The languages to choose from; a code without a word stands as itself."""
    listed = [(key, _(word)) for key, word in LANGUAGES.items()]
    return listed if not code or code in LANGUAGES else [*listed, (code, code)]
