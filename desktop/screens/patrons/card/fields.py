"""What is asked about a patron: only what this kind of patron needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from database.patrons.finding import PatronRow
from database.patrons.membership import PatronFacts
from database.policy.own_fields import CARED_FOR
from database.refusal import Reason, Refusal
from database.text import emails, patient_numbers, phones
from database.text.patient_numbers import Sensitive
from desktop.forms.own import fields as own
from desktop.widgets.fields import ANY_CODE
from desktop.widgets.form import CheckBox, Choice, DateField, Field, Form, TagsField, TextArea
from desktop.words.language import N_, _

_STAFF = (
    ("name", "category"),
    ("unit", "staff_number", "number"),
    ("phone", "sex", "valid_until"),
)
_ROWS: dict[str, tuple[tuple[str, ...], ...]] = {
    "staff": _STAFF,
    "student": (
        ("name", "category"),
        ("institution", "staff_number", "number"),
        ("joined_on", "valid_until", "unit"),
        ("phone", "sex", "child"),
    ),
    "family": (
        ("name", "category"),
        ("unit", "phone", "number"),
        ("sex", "valid_until", "child"),
    ),
    "patient": (
        ("name", "category"),
        ("unit", "bed", "number"),
        ("phone", "valid_until", "child"),
    ),
    "public": (
        ("name", "category"),
        ("institution", "phone", "number"),
        ("sex", "valid_until", "child"),
    ),
    "place": (("name", "category"), ("unit", "bed", "number")),
}
_BLOCK = ("blocked_reason", "blocked_until")
_APART = ("email", "codes", "guarantor", *_BLOCK, "note")
_ROWS_APART = (("email", "codes", "guarantor"), _BLOCK, ("note",))
_SHOWN_APART: dict[str, tuple[str, ...]] = {
    "patient": _BLOCK,
    "place": ("codes", *_BLOCK, "note"),
    "family": ("email", "codes", *_BLOCK, "note"),
}
WATCHED = ("name", "unit", "bed", "institution", "guardian", "guarantor", "note", "blocked_reason")
SPOKEN = {
    Sensitive.RECORD: N_("This looks like a medical record number. Please leave it out."),
    Sensitive.NIK: N_("This looks like a NIK. Please leave it out."),
    Sensitive.BPJS: N_("This looks like a BPJS number. Please leave it out."),
}

_CODES = "ours foreign"
"""A card that nobody has yet; one that is known opens the desk."""


def make_form() -> Form:
    """Every field there is; `show_fields` shows those of one kind."""
    return Form(
        [
            [
                Field("name", _("Name"), required=True, width=3),
                Choice("category", _("Kind"), required=True, placeholder=_("Choose…"), width=2),
            ],
            [
                Field("unit", _("Unit")),
                Field("bed", _("Bed")),
                Field("institution", _("Home institution")),
                Field("staff_number", _("Staff number (also a barcode)"), takes=_CODES),
                Field("number", _("Number"), placeholder=_("by itself"), takes=_CODES),
            ],
            [
                Field("phone", _("Phone / WhatsApp")),
                Choice("sex", _("Sex"), options=sexes()),
                DateField("joined_on", _("From"), placeholder=_("today")),
                DateField("valid_until", _("Valid until"), placeholder=_("by itself")),
                CheckBox("child", _("Child (under 18)")),
            ],
            [Field("guardian", _("Parent or guardian"), required=False)],
            CheckBox("reminders", _("Agrees to be reminded by WhatsApp or e-mail (ask)")),
            [
                Field("email", _("E-mail"), check=_is_address),
                TagsField(
                    "codes", _("Further barcodes"), placeholder=_("scan a card…"), takes=ANY_CODE
                ),
                Field("guarantor", _("Guarantor")),
            ],
            [
                Field("blocked_reason", _("May not borrow, because"), width=2),
                DateField(
                    "blocked_until", _("Up to and with"), placeholder=_("until it is lifted")
                ),
            ],
            [TextArea("note", _("Note"), lines=2)],
        ]
    )


def _is_address(text: str) -> str | None:
    kept = emails.normal(text)
    return None if not kept or emails.is_address(kept) else _("no e-mail address")


def sexes() -> list[tuple[str, str]]:
    """For the statistics; may stay unsaid."""
    return [("", _("not said")), ("f", _("Female")), ("m", _("Male"))]


def show_fields(form: Form, audience: str, *, new: bool) -> None:
    """Show what is asked of this audience, named as it is for them. Whether they agree to be
    reminded is asked of `new` ones; later it stands with their personal data."""
    rows = _ROWS.get(audience, _STAFF)
    child = "child" in shown_keys(audience) and form.value("child")
    asked = new and audience != "place"
    form.show_rows([*rows, *[("guardian",)] * bool(child), *[("reminders",)] * asked])
    for key in _APART:
        form.set_shown(key, key in _SHOWN_APART.get(audience, _APART))
    for key in own.typed(form.values()):
        form.set_shown(f"{own.PREFIX}{key}", audience not in CARED_FOR)
    student = audience == "student"
    patient, family = audience == "patient", audience == "family"
    form.set_label("name", _("Name or initials") if patient else _("Name"))
    form.set_label("unit", _("Ward") if patient or family or audience == "place" else _("Unit"))
    number = _("Student number (also a barcode)") if student else _("Staff number (also a barcode)")
    form.set_label("staff_number", number)
    phone = _("Caregiver's phone") if patient else _("Phone / WhatsApp")
    form.set_label("phone", phone)
    form.set_label("valid_until", _("Placement until") if student else _("Valid until"))
    form.set_label("joined_on", _("Placement from"))


def apart(form: Form) -> Any:
    """The fields that stand on the page of notes."""
    return form.part(_ROWS_APART)


def is_apart(key: str) -> bool:
    """Whether a field stands on the page of notes."""
    return key in _APART or key.startswith(own.PREFIX)


def is_watched(key: str) -> bool:
    """Whether what is typed there may be a patient's number."""
    return key in WATCHED or key.startswith(own.PREFIX)


def shown_keys(audience: str) -> set[str]:
    """The fields of this audience."""
    shown = {key for row in _ROWS.get(audience, _STAFF) for key in row}
    guardian = {"guardian"} if "child" in shown else set()
    return shown | guardian | set(_SHOWN_APART.get(audience, _APART))


def warning(text: str) -> str:
    """A gentle word about what seems to be a patient's number; never a refusal."""
    found = patient_numbers.found_in(text)
    return _(SPOKEN[found]) if found else ""


_ALL = tuple(field.name for field in fields(PatronFacts))


def values_of(patron: PatronRow | None, codes: tuple[str, ...] = ()) -> dict[str, Any]:
    """A patron as the form shows it; None is one to be enrolled."""
    if patron is None:
        return {**asdict(PatronFacts("", "")), "category": None, "codes": [], "reminders": False}
    known = asdict(patron)
    shown = {key: known[key] for key in _ALL if key in known}
    return {**shown, "phone": phones.shown(patron.phone), "codes": list(codes)}


def facts_of(
    values: Mapping[str, Any], audience: str, before: PatronRow | None, today: date
) -> PatronFacts:
    """What to save. A field that is not asked of this kind keeps what was there, unless
    the patron has just become of this kind: then it is not theirs to keep."""
    shown = shown_keys(audience)
    known = values_of(before) if before and before.audience == audience else {}
    kept: dict[str, Any] = {
        key: values[key] if key in shown else known.get(key) for key in _ALL if key in values
    }
    days = {key: kept.pop(key) for key in ("valid_until", "blocked_until", "joined_on")}
    days["joined_on"] = days["joined_on"] or (before.joined_on if before else today)
    child, codes = bool(kept.pop("child")), kept.pop("codes") if "codes" in shown else None
    texts: dict[str, Any] = {key: value or "" for key, value in kept.items() if key != "codes"}
    return PatronFacts(
        **texts,
        **days,
        child=child,
        codes=tuple(codes) if codes is not None else None,
        own=own.typed(values),
    )


def wrong_field(told: Refusal, values: Mapping[str, Any]) -> str:
    """Which field a refusal is about; "" if none."""
    if told.reason is Reason.NUMBER_TAKEN:
        typed = str(values.get("number") or "").upper()
        return "number" if typed == told.facts.get("number") else "staff_number"
    known = {Reason.NAME_MISSING: "name", Reason.CATEGORY_MISSING: "category"}
    return known.get(told.reason, str(told.facts.get("field", "")))
