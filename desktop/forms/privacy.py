"""Personal data: to what patrons agree, whom they ask, and what leaves the house together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from database.library import Session
from database.policy import settings
from desktop.forms.part import Part
from desktop.pages.drawing.words import usual_consent
from desktop.program import Program
from desktop.widgets.form import Field, Form, MoneyField, NumberField, TextArea
from desktop.words.language import _

_CHOICES: dict[str, settings.Choice[Any]] = {
    "version": settings.CONSENT_VERSION,
    "officer": settings.PROTECTION_OFFICER,
    "small": settings.SMALL_NUMBER,
    "give": settings.GIVE_LIMIT,
}


class PrivacyPart(Part):
    """Another text needs another version: a consent is to the text of its day."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self.form = Form(
            [
                TextArea("text", _("What patrons agree to"), required=True),
                (
                    Field("version", _("Version of this text"), required=True),
                    NumberField(
                        "small",
                        _("Small number of patients: below"),
                        required=True,
                        check=_small,
                        width=2,
                    ),
                ),
                (
                    Field("officer", _("Data protection officer: name, phone"), width=2),
                    MoneyField(
                        "give",
                        _("Given to patients: worth up to"),
                        required=True,
                        check=_not_negative,
                    ),
                ),
            ]
        )
        self.form.changed.connect(self.changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)

    def load(self) -> None:
        """Show what the library holds."""

        def read(session: Session) -> dict[str, Any]:
            return {key: settings.get(session, one) for key, one in _CHOICES.items()}

        text = self.program.read(lambda s: settings.get(s, settings.CONSENT_TEXT))
        self.form.set_values({**self.program.read(read), "text": text or usual_consent()})

    def check(self) -> bool:
        """Another text under an old version would falsify what was agreed to."""
        if not self.form.validate():
            return False
        kept = (
            self.program.read(lambda s: settings.get(s, settings.CONSENT_TEXT)) or usual_consent()
        )
        version = self.program.read(lambda s: settings.get(s, settings.CONSENT_VERSION))
        if self.form.value("text") != kept and self.form.value("version") == version:
            self.form.show_error("version", _("another text needs another version"))
            self.form.focus("version")
            return False
        return True

    def save(self, session: Session) -> None:
        """Write it."""
        text = self.form.value("text")
        own, now = "" if text == usual_consent() else text, self.program.now()
        settings.change(session, settings.CONSENT_TEXT, own, now)
        for key, one in _CHOICES.items():
            value = self.form.value(key)
            settings.change(session, one, one.default if value in (None, "") else value, now)

    def draft(self) -> dict[str, Any]:
        """What was typed."""
        return self.form.draft()

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Put it back."""
        self.form.restore(draft)

    def focus_first(self) -> None:
        """The text."""
        self.form.focus("text")


def _not_negative(value: int) -> str | None:
    return None if value >= 0 else _("cannot be below zero")


def _small(count: int) -> str | None:
    return None if 2 <= count <= 20 else _("from 2 to 20")
