"""What is asked about a patron: only what this kind of patron needs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from database.membership import PatronFacts, PatronRow
from database.refusal import Reason, Refusal
from desktop.language import _
from desktop.widgets.form import Choice, DateField, Field, Form

# Medical records 6 to 8 figures, BPJS 13, NIK 16.
_PATIENT_NUMBER = re.compile(r"(?<!\d)(?:\d{6,8}|\d{13}|\d{16})(?!\d)")
_INSIDE = re.compile(r"(?<=\d)[-. ](?=\d)")

_STAFF = (
    ("name", "category"),
    ("unit", "staff_number", "number"),
    ("phone", "sex", "valid_until"),
    ("blocked_reason", "note"),
)
_ROWS: dict[str, tuple[tuple[str, ...], ...]] = {
    "staff": _STAFF,
    "student": (
        ("name", "category"),
        ("institution", "staff_number", "number"),
        ("phone", "sex", "valid_until"),
        ("blocked_reason", "note"),
    ),
    "family": (
        ("name", "category"),
        ("unit", "phone", "number"),
        ("sex", "valid_until"),
        ("blocked_reason", "note"),
    ),
    "patient": (
        ("name", "category"),
        ("unit", "phone", "number"),
        ("blocked_reason", "valid_until"),
    ),
    "public": (
        ("name", "category"),
        ("institution", "phone", "number"),
        ("sex", "valid_until"),
        ("blocked_reason", "note"),
    ),
    "place": (("name", "category"), ("unit", "number")),
}


def make_form() -> Form:
    """Every field there is; `show_fields` shows those of one kind."""
    return Form(
        [
            [Field("name", _("Name"), required=True, width=3),
             Choice("category", _("Kind"), required=True, placeholder=_("Choose…"), width=2)],
            [Field("unit", _("Unit")),
             Field("institution", _("Home institution")),
             Field("staff_number", _("Staff number (also a barcode)")),
             Field("number", _("Number"), placeholder=_("by itself"))],
            [Field("phone", _("Phone / WhatsApp")),
             Choice("sex", _("Sex"), options=sexes()),
             DateField("valid_until", _("Valid until"), placeholder=_("by itself"))],
            [Field("blocked_reason", _("May not borrow, because")),
             Field("note", _("Note"))],
        ]
    )  # fmt: skip


def sexes() -> list[tuple[str, str]]:
    """For the statistics; may stay unsaid."""
    return [("", _("not said")), ("f", _("Female")), ("m", _("Male"))]


def show_fields(form: Form, audience: str) -> None:
    """Show what is asked of this audience, named as it is for them."""
    form.show_rows(_ROWS.get(audience, _STAFF))
    patient, family = audience == "patient", audience == "family"
    form.set_label("name", _("Name or initials") if patient else _("Name"))
    ward = _("Ward and bed") if patient else _("Ward") if family else _("Unit")
    form.set_label("unit", ward)
    phone = _("Caregiver's phone") if patient else _("Phone / WhatsApp")
    form.set_label("phone", phone)


def shown_keys(audience: str) -> set[str]:
    """The fields of this audience."""
    return {key for row in _ROWS.get(audience, _STAFF) for key in row}


def hint(text: str) -> bool:
    """Whether `text` seems to hold a medical record, NIK or BPJS number."""
    return bool(_PATIENT_NUMBER.search(_INSIDE.sub("", text)))


def values_of(patron: PatronRow | None) -> dict[str, Any]:
    """A patron as the form shows it; None is one to be enrolled."""
    if patron is None:
        return {**asdict(PatronFacts("", "")), "category": None}
    known = asdict(patron)
    return {key: known[key] for key in shown_keys("staff") | {"institution"}}


def facts_of(
    values: Mapping[str, Any], audience: str, before: PatronRow | None, today: date
) -> PatronFacts:
    """What to save. A field that is not asked of this kind keeps what was there, unless
    the patron has just become of this kind: then it is not theirs to keep."""
    shown = shown_keys(audience)
    known = values_of(before) if before and before.audience == audience else {}
    kept = {
        key: values[key] if key in shown else known.get(key)
        for key in shown_keys("staff") | {"institution"}
    }
    until = kept.pop("valid_until")
    texts = {key: value or "" for key, value in kept.items()}
    joined = before.joined_on if before else today
    return PatronFacts(**texts, valid_until=until, joined_on=joined)


def wrong_field(told: Refusal, values: Mapping[str, Any]) -> str:
    """Which field a refusal is about; "" if none."""
    if told.reason is Reason.NUMBER_TAKEN:
        typed = str(values.get("number") or "").upper()
        return "number" if typed == told.facts.get("number") else "staff_number"
    known = {Reason.NAME_MISSING: "name", Reason.CATEGORY_MISSING: "category"}
    return known.get(told.reason, str(told.facts.get("field", "")))
