"""The patterns of numbers, each with the number it would make."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from database.library import Session
from database.policy import house, numbering, settings
from database.refusal import Refusal
from desktop.forms.part import Part
from desktop.program import Program
from desktop.widgets.form import Field, Form
from desktop.widgets.pill import Pill
from desktop.widgets.text import label
from desktop.words.language import N_, _

PATTERNS = {
    "barcode": (N_("Barcodes of copies"), settings.BARCODE_PATTERN),
    "accession": (N_("Accession numbers"), settings.ACCESSION_PATTERN),
    "patron": (N_("Patrons' numbers"), settings.PATRON_PATTERN),
    "place": (N_("Wards' numbers"), settings.PLACE_PATTERN),
    "outgoing": (N_("Outgoing letters"), settings.OUTGOING_PATTERN),
    "reminder": (N_("Reminder letters"), settings.LETTER_PATTERN),
    "clearance": (N_("Clearance letters"), settings.CLEARANCE_PATTERN),
    "receipt": (N_("Receipts"), settings.RECEIPT_PATTERN),
}
SAMPLE = 27


class NumbersPart(Part):
    """The patterns. New ones number what comes; what has a number keeps it."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._library = ""
        self.form = Form(
            [
                Field(key, _(words), required=True, check=problem)
                for key, (words, _choice) in PATTERNS.items()
            ]
        )
        self.form.changed.connect(self._typed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.form)
        parts = _(
            "{{seq:6}} is the running number in six figures. Also possible: {{year}}, {{month}}, "
            "{{roman}} (the month as I to XII, for letters), {{library}} (the short name), for "
            "accession numbers {{source}} and for outgoing letters {{kind}}. Letters of every "
            "kind share one series."
        )
        column.addWidget(label(parts.format(), "small", wrap=True))

    def load(self) -> None:
        """Show the patterns and what they make."""
        self._library = self.program.read(house.profile).short_name
        self.form.set_values(
            {
                key: self.program.read(partial(settings.get, choice=choice))
                for key, (_words, choice) in PATTERNS.items()
            }
        )
        for key in PATTERNS:
            self._show_example(key)

    def _typed(self, key: str) -> None:
        self._show_example(key)
        self.changed.emit(key)

    def _show_example(self, key: str) -> None:
        example = self.example(key)
        text = _("such as {number}").format(number=example)
        self.form.set_pill(key, Pill(text, "info") if example else None)

    def example(self, key: str) -> str:
        """The number a pattern would make; "" where it can make none."""
        pattern = str(self.form.value(key) or "")
        if problem(pattern):
            return ""
        facts = numbering.parts_of(self.program.now().date(), self._library) | {
            "source": "H",
            "kind": "UM",
        }
        return numbering.write(pattern, SAMPLE, facts)

    def check(self) -> bool:
        """Every pattern can number something."""
        return self.form.validate()

    def save(self, session: Session) -> None:
        """Keep the patterns."""
        for key, (_words, choice) in PATTERNS.items():
            pattern = numbering.check(self.form.value(key))
            settings.change(session, choice, pattern, self.program.now())

    def draft(self) -> dict[str, Any]:
        """What was typed."""
        return self.form.draft()

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Put it back."""
        self.form.restore(draft)

    def focus_first(self) -> None:
        """The first pattern."""
        self.form.focus("barcode")


def problem(pattern: str) -> str | None:
    """What is wrong with a pattern, beside its field."""
    try:
        numbering.check(pattern)
    except Refusal:
        return _("cannot number anything; it needs {seq}, as in B{seq:6}")
    return None
