"""The values of a record as the form shows them, and back again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from database.description import marc_form
from desktop.widgets.form import Form

_LISTS = ("subjects", "keywords", "added_authors")
_DAYS = ("valid_from", "review_on")


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
