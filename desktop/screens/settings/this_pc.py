"""How the program looks and sounds on this PC; every choice holds at once."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication

from desktop import pc, theme
from desktop.program import Program
from desktop.screen import Screen
from desktop.screens.settings.section import Section
from desktop.widgets.form import CheckBox, Choice, Field, Form, NumberField, SecretField
from desktop.words.language import LANGUAGES, _

MOST_MINUTES = 600
CHOICES: dict[str, pc.Choice[Any]] = {
    "language": pc.LANGUAGE,
    "scheme": pc.SCHEME,
    "sounds": pc.SOUNDS,
    "blank": pc.BLANK_AFTER,
    "actor": pc.ACTOR,
    "survey": pc.KIOSK_SURVEY,
}


class ThisPcSection(Section):
    """`language_changed` when the window must be built anew, `pc_changed` for the rest."""

    language_changed = Signal()
    pc_changed = Signal()

    def __init__(self, screen: Screen, program: Program) -> None:
        super().__init__(
            screen,
            _("Look and sound"),
            _("These hold for this PC only, and at once."),
        )
        self.program = program
        schemes = [("system", _("as the PC")), ("light", _("light")), ("dark", _("dark"))]
        schemes.append(("contrast", _("high contrast")))
        self.form = Form(
            [
                [
                    Choice("language", _("Language"), options=list(LANGUAGES.items())),
                    Choice("scheme", _("Colours"), options=schemes),
                ],
                [
                    Field("actor", _("Who works here"), help=_("Stands in the activity log.")),
                    NumberField(
                        "blank", _("Blank the screen after minutes (0: never)"), check=_minutes
                    ),
                ],
                SecretField(
                    "kiosk",
                    _("Code that leaves the readers' screen"),
                    placeholder=_("none: anybody may leave it"),
                ),
                CheckBox("survey", _("Readers may rate the service on the readers' screen")),
                CheckBox("sounds", _("Short tones: done, look here, refused")),
            ]
        )
        self.form.changed.connect(self._choose)
        self.form.left.connect(self._keep_code)
        self._code_typed = False
        self.body.addWidget(self.form)
        self.body.addStretch(1)

    def load(self) -> None:
        """Show this PC's choices."""
        self.form.set_values({key: self.program.pc.get(one) for key, one in CHOICES.items()})
        kept = "•" * 8 if self.program.pc.get(pc.KIOSK_CODE) else ""
        self.form.set_values({"kiosk": kept})

    def _keep_code(self, key: str) -> None:
        """Only once it is typed whole: making it hard to guess takes its time."""
        if key == "kiosk" and self._code_typed:
            self._code_typed = False
            self.program.pc.put(pc.KIOSK_CODE, pc.hash_code(self.form.value("kiosk")))

    def _choose(self, key: str) -> None:
        if key == "kiosk":
            self._code_typed = True
            return
        value = self.form.value(key)
        if value is None and key == "blank":
            value = 0
        if key in self.form.errors():
            return
        self.program.pc.put(CHOICES[key], value)
        self.form.mark_clean()
        if key == "language":
            self.language_changed.emit()
        elif key == "scheme":
            QTimer.singleShot(0, self._dress)
        else:
            self.pc_changed.emit()

    def _dress(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, self.program.pc.get(pc.SCHEME))

    def focus_first(self) -> None:
        """The language."""
        self.form.focus("language")


def _minutes(minutes: int) -> str | None:
    return None if 0 <= minutes <= MOST_MINUTES else _("from 0 to 600")
