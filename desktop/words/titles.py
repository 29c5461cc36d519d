"""A title in the words of a catalogue card, and what its list is narrowed to."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.words.codes import MATERIALS
from desktop.words.language import N_, _

DASH = " — "
CLASS_GROUPS = {
    "000": N_("General works, computing"),
    "100": N_("Philosophy, psychology"),
    "200": N_("Religion"),
    "300": N_("Social sciences"),
    "400": N_("Language"),
    "500": N_("Natural sciences"),
    "600": N_("Technology other than health"),
    "610": N_("Medicine, nursing"),
    "611": N_("Anatomy, histology"),
    "612": N_("Physiology"),
    "613": N_("Healthy living"),
    "614": N_("Public health, forensic medicine"),
    "615": N_("Medicines, therapy"),
    "616": N_("Diseases, internal medicine"),
    "617": N_("Surgery, dentistry, eye, ear"),
    "618": N_("Midwifery, children, the aged"),
    "619": N_("Experimental medicine"),
    "700": N_("Arts, sport"),
    "800": N_("Literature"),
    "900": N_("History, geography"),
}
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
AVAILABILITIES = {
    "available": N_("Available now"),
    "lent": N_("On loan"),
    "none": N_("Without copies"),
}


def isbd(values: Mapping[str, str], contributors: str) -> str:
    """Responsibility, edition, imprint, extent and series, parted as ISBD parts them."""
    imprint = " : ".join(part for part in (values["place"], values["publisher"]) if part)
    imprint = ", ".join(part for part in (imprint, values["year"]) if part)
    series = f"({values['series']})" if values["series"] else ""
    areas = (
        values["statement"] or contributors,
        values["edition"],
        imprint,
        values["extent"],
        series,
    )
    return DASH.join(area.rstrip(" .") + "." for area in areas if area)


def full_title(values: Mapping[str, str]) -> str:
    """Title, subtitle and volume."""
    title = " : ".join(part for part in (values["title"], values["subtitle"]) if part)
    return ". ".join(part for part in (title, values["volume"]) if part)


def class_group(code: str) -> str:
    """ "610" as "610 Medicine, nursing"; no code as "Without class"."""
    if not code:
        return _("Without class")
    name = CLASS_GROUPS.get(code)
    return f"{code} {_(name)}" if name else code


def language_name(code: str) -> str:
    """The name of a language; an unknown code stands for itself."""
    return _(LANGUAGES.get(code, code))


def spoken(what: str, value: str) -> str:
    """A value of a filter of the list of titles as it is read."""
    if what == "class_group":
        return class_group(value)
    names = {"material": MATERIALS, "availability": AVAILABILITIES, "language": LANGUAGES}
    if not value:
        return _("Not stated")
    return _(names[what].get(value, value)) if what in names else value
