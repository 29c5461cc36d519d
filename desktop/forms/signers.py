"""Who signs: the librarian, the head, the director, each from a day on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from database.library import Session
from database.policy import house, signing
from database.policy.calendar import month_bounds, shift_month
from database.policy.house import Signer
from desktop.forms.part import Part
from desktop.program import Program
from desktop.widgets.form import DateField, Field, Form
from desktop.widgets.text import label
from desktop.words.language import N_, _

ROLES = {
    "librarian": N_("Librarian"),
    "head": N_("Head (acknowledged by)"),
    "director": N_("Director (signs letters that leave the house)"),
}
_SHORT = (("name", "nip"), ("position", "valid_from"))
_ALL = (("name", "nip"), ("position", "valid_from", "valid_until"), ("rank", "capacity"))
_TEXTS = ("position", "name", "nip", "capacity", "rank")


class SignersPart(Part):
    """Another day in "from" adds a signatory; the same day corrects the one of that day."""

    def __init__(self, program: Program, *, short: bool = False) -> None:
        """`short` asks for the two whom the first papers need."""
        super().__init__(program)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.forms: dict[str, Form] = {}
        self._column, self._short = column, short
        for role in ("librarian", "head") if short else signing.USUAL_ROLES:
            self._ask_for(role)

    def _ask_for(self, role: str) -> None:
        form = self.forms[role] = Form(
            [
                [
                    Field("name", _("Full name with titles"), width=2),
                    Field("nip", _("NIP (civil service number)")),
                ],
                [
                    Field("position", _("Position under the signature"), width=2),
                    DateField("valid_from", _("Signs from")),
                    DateField("valid_until", _("Until (for a stand-in)")),
                ],
                [
                    Field("rank", _("Rank and class"), placeholder="Pembina, IV/a", width=2),
                    Field(
                        "capacity",
                        _("Signs as"),
                        placeholder="a.n. Direktur, Plt., Plh.",
                        help=_(
                            "Lines above each other are parted by a semicolon: "
                            "a.n. Direktur; Kepala Bagian Umum; u.b."
                        ),
                    ),
                ],
            ]
        )
        form.show_rows(_SHORT if self._short else _ALL)
        form.changed.connect(self.changed)
        words = _(ROLES[role]) if role in ROLES else role
        self._column.addWidget(label(words, "strong"))
        self._column.addWidget(form)

    def load(self) -> None:
        """Show who signs today, in every role there is."""
        for role in [] if self._short else self.program.read(signing.roles):
            if role not in self.forms:
                self._ask_for(role)
        today = self.program.now().date()
        for role, form in self.forms.items():
            signer = self.program.read(partial(house.signer, role=role, day=today))
            form.set_values(
                asdict(signer)
                if signer
                else dict.fromkeys(_TEXTS, "") | {"valid_from": self._since(), "valid_until": None}
            )

    def _since(self) -> date:
        """The first to sign also signs last month's report."""
        return month_bounds(shift_month(f"{self.program.now():%Y-%m}", -1))[0]

    def check(self) -> bool:
        """A name is only needed where something else was typed."""
        for form in self.forms.values():
            if not form.validate():
                return False
            since, until = form.value("valid_from"), form.value("valid_until")
            if since and until and until < since:
                form.show_error("valid_until", _("before the day it begins"))
                form.focus("valid_until")
                return False
            if form.is_dirty() and not form.value("name"):
                form.show_error("name", _("must be filled in"))
                form.focus("name")
                return False
        return True

    def save(self, session: Session) -> None:
        """Let those sign whose lines were typed in."""
        for role, form in self.forms.items():
            if not form.is_dirty():
                continue
            since = form.value("valid_from") or self._since()
            texts = {key: form.value(key) or "" for key in _TEXTS}
            until = form.value("valid_until")
            signer = Signer(role=role, valid_from=since, valid_until=until, **texts)
            house.save_signer(session, signer, self.program.now())

    def draft(self) -> dict[str, Any]:
        """What was typed, by role."""
        return {role: form.draft() for role, form in self.forms.items() if form.is_dirty()}

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Put it back."""
        for role, typed in draft.items():
            if role in self.forms:
                self.forms[role].restore(typed)

    def focus_first(self) -> None:
        """The librarian's name."""
        self.forms["librarian"].focus("name")
