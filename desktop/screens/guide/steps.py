"""The steps of the first start; those with a form save it when one goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from database.library import Session
from desktop.drafts import Draft
from desktop.forms.hours import HoursPart
from desktop.forms.part import Part
from desktop.forms.profile import ProfilePart
from desktop.forms.signers import SignersPart
from desktop.program import Program
from desktop.running import look_around
from desktop.screens.guide.accession import AccessionPart
from desktop.widgets.buttons import Button
from desktop.widgets.text import label, point
from desktop.words.language import _


class Step(QWidget):
    """A title, a sentence, perhaps a form."""

    def __init__(
        self, program: Program, title: str, hint: str, key: str = "", part: Part | None = None
    ) -> None:
        super().__init__()
        self.part = part
        self.draft = Draft(part, program.drafts, f"guide-{key}") if part else None
        self._loaded = False
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self.column.addWidget(label(title, "title", wrap=True))
        self.column.addWidget(label(hint, "muted", wrap=True))
        if part:
            self.column.addWidget(part)
        self.column.addStretch(1)

    def begin(self) -> None:
        """Show what is kept, and what was typed before the program stopped."""
        if self.part is None or self.draft is None:
            return
        if not self._loaded:
            self.part.load()
            self.draft.begin()
        self._loaded = True
        self.part.focus_first()

    def ready(self) -> bool:
        """Whether one may go on; what is wrong is told beside its field."""
        return self.part is None or self.part.check()

    def save(self, session: Session) -> None:
        """Write what stands here."""
        if self.part is not None:
            self.part.save(session)

    def saved(self) -> None:
        """What stands here is kept by the library now."""
        if self.part is not None and self.draft is not None:
            self.draft.drop()
            self.part.load()

    def keep(self) -> None:
        """Keep what is typed through a restart."""
        if self._loaded and self.draft is not None:
            self.draft.keep()


def make_steps(program: Program, go: Callable[[str, Any], object]) -> list[Step]:
    """Welcome, library, signatories, hours, numbers, done."""
    return [
        _welcome(program, go),
        Step(
            program,
            _("Your library"),
            _("Stands on letterheads, cards and labels. All of it can be changed later."),
            "library",
            ProfilePart(program, short=True),
        ),
        Step(
            program,
            _("Who signs the reports"),
            _("Two names at the foot of the monthly report. What is not known yet may stay empty."),
            "signers",
            SignersPart(program, short=True),
        ),
        Step(
            program,
            _("When the library is open"),
            _("A due date that falls on a closed day moves to the next open day."),
            "hours",
            HoursPart(program),
        ),
        Step(
            program,
            _("How things are numbered"),
            _("So your first copy will be numbered. It can be changed later under Settings."),
            "numbers",
            AccessionPart(program),
        ),
        _done(program, go),
    ]


def _welcome(program: Program, go: Callable[[str, Any], object]) -> Step:
    step = Step(
        program,
        _("Welcome to Selasar"),
        _("A few questions, each of which may be skipped, and the library is ready to work."),
    )
    points = (
        _("Everything stays on this PC; no internet and no server are needed."),
        _("You may close the program at any time and go on here later."),
    )
    for place, text in enumerate(points):
        step.column.insertLayout(2 + place, point("•", text))
    restore = Button(_("From another PC, or a backup…"), lambda: go("settings", "backups"))
    demo = Button(_("See an example first"), look_around.start)
    moving = Button(_("Bring in old data"), lambda: go("moving", "home"))
    for place, button in enumerate((demo, moving, restore)):
        step.column.insertWidget(4 + place, button, 0, Qt.AlignmentFlag.AlignLeft)
    return step


def _done(program: Program, go: Callable[[str, Any], object]) -> Step:
    step = Step(
        program,
        _("Ready"),
        _("What now, in this order or another:"),
    )
    points = (
        _("Bring in the catalogue and the members you have, or add the first title by its ISBN."),
        _("Enrol the first patrons: name and kind are enough."),
        _("Print the labels, and lend at the desk with F2."),
    )
    for place, text in enumerate(points):
        step.column.insertLayout(2 + place, point(f"{place + 1}.", text))
    bring = Button(_("Bring in what another program or Excel holds…"), lambda: go("moving", "home"))
    step.column.insertWidget(5, bring, 0, Qt.AlignmentFlag.AlignLeft)
    month = f"{program.now():%Y-%m}"
    sample = Button(_("Look at the letterhead on a report"), lambda: go("reports", month))
    step.column.insertWidget(6, sample, 0, Qt.AlignmentFlag.AlignLeft)
    return step
