"""One section of the settings: a title, why it matters, and a form that is saved as one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from database.refusal import Fault, Refusal
from desktop.acts import once
from desktop.drafts import Draft
from desktop.forms.part import Part
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.buttons import Button
from desktop.widgets.card import Band, Card
from desktop.widgets.pill import Pill, PillLabel
from desktop.widgets.text import label
from desktop.words.language import _
from desktop.words.sentences import refusal


class Section(Card):
    """What stands at the right; sections that keep each choice at once have nothing to save."""

    dirty_changed = Signal()

    def __init__(self, screen: Screen, title: str, hint: str) -> None:
        super().__init__()
        self.owner = screen
        self.body.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(label(title, "title"))
        self._where = PillLabel(Pill(_("for the whole library"), "info"))
        head.addWidget(self._where)
        head.addStretch(1)
        self.body.addLayout(head)
        self.body.addWidget(label(hint, "muted", wrap=True))

    def say_where(self, text: str) -> None:
        """Where it counts, if not for the whole library."""
        if text:
            self._where.set_pill(Pill(text, "plain"))

    def load(self) -> None:
        """Show what is kept; what is being typed stays."""

    def is_dirty(self) -> bool:
        """Whether something typed is not saved."""
        return False

    def save(self) -> None:
        """Ctrl+S."""

    def keep(self) -> None:
        """Keep what is typed through a restart."""

    def focus_first(self) -> None:
        """Put the focus where one begins."""


class FormSection(Section):
    """A form about the house with its Save button and its draft."""

    def __init__(
        self,
        screen: Screen,
        program: Program,
        key: str,
        title: str,
        hint: str,
        part: Part,
        *more: QWidget,
        saved: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(screen, title, hint)
        self.program, self.part = program, part
        self.draft = Draft(part, program.drafts, f"settings-{key}")
        self._saved = saved
        self._loaded = False
        self._band = Band()
        self.save_button = Button(_("Save"), self.save, key="save")
        self.discard_button = Button(_("Discard"), self.discard, kind="quiet")
        self.body.addWidget(self._band)
        self.body.addWidget(part)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.discard_button)
        foot.addWidget(self.save_button)
        self.body.addLayout(foot)
        for widget in more:
            self.body.addWidget(widget)
        self.body.addStretch(1)
        part.changed.connect(lambda _key: self._show_state())

    def load(self) -> None:
        """Show what the library holds, and what was typed before a restart."""
        if self._loaded and self.part.is_dirty():
            return
        self.part.load()
        if not self._loaded and self.draft.begin():
            self._band.set(_("Typed earlier and not saved yet."), "warn")
        self._loaded = True
        self._show_state()

    def _show_state(self) -> None:
        dirty = self.part.is_dirty()
        self.save_button.setEnabled(dirty)
        self.save_button.set_kind("primary" if dirty else "outlined")
        self.discard_button.setVisible(dirty)
        self.dirty_changed.emit()

    def is_dirty(self) -> bool:
        """Whether something typed is not saved."""
        return self._loaded and self.part.is_dirty()

    def save(self) -> None:
        """Write it, or say beside the field what is wrong."""
        if not self.is_dirty() or not self.part.check():
            return
        try:
            self.program.write(self.part.save, once)
        except (Refusal, Fault) as told:
            self.owner.notice.refused(refusal(told))
            return
        self._forget()
        self.owner.notice.done(_("Saved"))
        if self._saved:
            self._saved()

    def discard(self) -> None:
        """Show again what is saved."""
        self._forget()

    def _forget(self) -> None:
        self.draft.drop()
        self._band.set("")
        self.part.load()
        self._show_state()

    def keep(self) -> None:
        """Keep the draft now."""
        if self._loaded:
            self.draft.keep()

    def focus_first(self) -> None:
        """The first field."""
        self.part.focus_first()
