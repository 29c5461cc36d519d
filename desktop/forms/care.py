"""Holds, reminders and visitors: the library's own numbers, and its own words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from database.circulation import reminders
from database.library import Session
from database.policy import settings
from desktop.forms.part import Part
from desktop.program import Program
from desktop.widgets.form import CheckBox, Form, MoneyField, NumberField, TextArea
from desktop.widgets.text import label
from desktop.words import language, reminder_texts
from desktop.words.language import N_, _

_CHOICES: dict[str, settings.Choice[Any]] = {
    "days": settings.HOLD_DAYS,
    "limit": settings.HOLD_LIMIT,
    "shelf": settings.HOLD_ON_SHELF,
    "before": settings.REMIND_BEFORE,
    "letter_first": settings.LETTER_FIRST,
    "letter_next": settings.LETTER_NEXT,
    "card": settings.CARD_COUNTS_VISIT,
    "late_blocks": settings.LATE_BLOCKS,
    "debt_blocks": settings.DEBT_BLOCKS,
    "undo": settings.UNDO_DAYS,
    "follow": settings.FOLLOW_DAYS,
}
_TEXTS = {
    ("due", "any"): N_("Due soon: everybody"),
    ("due", "family"): N_("Due soon: patients and families"),
    ("overdue", "any"): N_("Overdue: everybody"),
    ("overdue", "family"): N_("Overdue: patients and families"),
    ("hold", "any"): N_("A hold lies ready"),
}


class CarePart(Part):
    """Texts are those of the language now spoken; an emptied one is the program's own again."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self.form = Form(_rows())
        self.form.changed.connect(self.changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        fields = " ".join(f"{{{name}}}" for name in reminder_texts.FIELDS)
        told = _("Fields: {fields}. Patients and families are never told titles.")
        column.addWidget(label(told.format(fields=fields), "small", wrap=True))

    def load(self) -> None:
        """Show what the library holds."""
        speaks = language.current()

        def read(session: Session) -> dict[str, Any]:
            chosen = {key: settings.get(session, one) for key, one in _CHOICES.items()}
            said = {
                f"{kind} {group}": reminder_texts.template(session, kind, group, speaks)
                for kind, group in _TEXTS
            }
            return {**chosen, **said}

        self.form.set_values(self.program.read(read))

    def check(self) -> bool:
        """Whole numbers, and no field that nothing is known of."""
        return self.form.validate()

    def save(self, session: Session) -> None:
        """Write what differs; a text that is the program's own is kept by keeping nothing."""
        now, speaks = self.program.now(), language.current()
        for key, one in _CHOICES.items():
            settings.change(session, one, self.form.value(key) or type(one.default)(), now)
        for kind, group in _TEXTS:
            text = (self.form.value(f"{kind} {group}") or "").strip()
            own = "" if text == reminder_texts.usual(kind, group, speaks) else text
            if own != reminders.own_text(session, kind, group, speaks):
                reminders.keep_text(session, kind, group, speaks, own, now)

    def draft(self) -> dict[str, Any]:
        """What was typed."""
        return self.form.draft()

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Put it back."""
        self.form.restore(draft)

    def focus_first(self) -> None:
        """The first number."""
        self.form.focus("days")


def _rows() -> list[Any]:
    """The numbers and choices, then the library's own words."""
    texts = [
        TextArea(f"{kind} {group}", _(name), check=_fields_known, lines=3)
        for (kind, group), name in _TEXTS.items()
    ]
    return [
        (
            NumberField("days", _("Lies ready (open days)"), required=True, check=_days),
            NumberField("limit", _("Holds a person"), required=True, check=_days),
        ),
        (
            NumberField("before", _("Due soon (days before)"), required=True, check=_days),
            NumberField("undo", _("Acts listed (days back)"), required=True, check=_days),
        ),
        (
            NumberField("letter_first", _("Letter I after (days)"), required=True, check=_days),
            NumberField("letter_next", _("Letters II, III (days)"), required=True, check=_days),
        ),
        (
            MoneyField("debt_blocks", _("No loan above a debt of (0: never)")),
            NumberField(
                "follow",
                _("To follow: lost after (days)"),
                required=True,
                check=_days,
                help=_("What a patient who went home left to follow"),
            ),
        ),
        CheckBox("shelf", _("Persons may hold what stands on the shelf")),
        CheckBox("card", _("The first scan of a card counts a visitor")),
        CheckBox("late_blocks", _("Nothing is lent to whom a loan is overdue")),
        texts[:2],
        texts[2:4],
        texts[4:],
    ]


def _days(count: int) -> str | None:
    return None if 0 <= count <= 60 else _("from 0 to 60")


def _fields_known(text: str) -> str | None:
    unknown = reminder_texts.unknown_fields(text)
    return _("no field {name}").format(name=", ".join(unknown)) if unknown else None
