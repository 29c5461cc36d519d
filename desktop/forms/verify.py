"""Is a report ours? By the code on its paper, or by its file."""

from __future__ import annotations

from PySide6.QtWidgets import QFileDialog

from desktop import pc
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.buttons import Button
from desktop.widgets.card import Band
from desktop.widgets.dialog import Dialog
from desktop.widgets.form import Field, Form
from desktop.widgets.pill import Tone
from desktop.widgets.text import label
from desktop.words.language import _

_TONES: dict[str, Tone] = {"valid": "good", "sound": "good", "revised": "warn"}


class VerifyDialog(Dialog):
    """Stays open for the next one."""

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(host, _("Verify a report"), _("Verify"), cancel_text=_("Close"), width=640)
        self.program = program
        hint = _("The code stands on the paper of a closed report; its QR holds the same.")
        self.body.addWidget(label(hint, "muted", wrap=True))
        self.form = Form([Field("code", _("Verification code"), placeholder="1a2b3c4d5e6f")])
        self.body.addWidget(self.form)
        self.body.addWidget(Button(_("Choose a file…"), self.choose, small=True))
        self.found = Band()
        self.body.addWidget(self.found)
        self.form.focus("code")

    def choose(self) -> None:
        """A report's PDF."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Verify a report"), str(pc.documents()), "PDF (*.pdf)"
        )
        if chosen:
            self.look(chosen)

    def try_accept(self) -> None:
        """Look the code up."""
        if typed := str(self.form.value("code") or "").strip():
            self.look(typed)

    def look(self, asked: str) -> None:
        """Say what is known of a file or a code."""
        from desktop.recap import verifying
        from desktop.recap.reading import NotARecord

        try:
            told = self.program.read(lambda session: verifying.answer(asked, session))
        except NotARecord as why:
            self.found.set(f"{asked}: {_(str(why))}", "bad")
            return
        self.found.set("\n".join([told.sentence, *told.lines[:6]]), _TONES.get(told.state, "bad"))
