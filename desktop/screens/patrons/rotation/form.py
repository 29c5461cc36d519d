"""What is said of a rotation as a whole: the list itself, and what holds for all in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QPlainTextEdit

from database.patrons.rotation import Common
from desktop.widgets.form import Choice, DateField, Field, Form, TextArea
from desktop.words.language import _


def rotation_form() -> Form:
    """The form, its list not wrapped: a line of it is a line of the spreadsheet."""
    told = _(
        "Paste from the spreadsheet: name, student number, institution, phone… "
        "with or without a line of headings."
    )
    form = Form(
        [
            TextArea("list", _("The list"), lines=7, placeholder=told),
            Choice("category", _("Kind"), required=True),
            [
                DateField("joined_on", _("From"), required=True),
                DateField("valid_until", _("Until")),
            ],
            Field("institution", _("Home institution")),
            [Field("unit", _("Unit")), Field("guarantor", _("Guarantor"))],
        ]
    )
    form.input("list").setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    return form


def common_of(values: Mapping[str, Any]) -> Common:
    """What is said for all, out of the form's values."""
    texts = {key: values[key] or "" for key in ("institution", "unit", "guarantor")}
    return Common(
        category=values["category"] or "",
        joined_on=values["joined_on"],
        valid_until=values["valid_until"],
        **texts,
    )
