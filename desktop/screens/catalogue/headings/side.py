"""Beside the list: the heading chosen, and the two questions that may be asked about it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QStackedWidget

from database.catalogue import heading_list, heading_relations
from database.catalogue.heading_list import Row
from database.library import Session
from database.refusal import Refusal
from desktop.asking import Asker
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.catalogue.headings.acts import HeadingActs
from desktop.screens.catalogue.headings.detail import HeadingCard
from desktop.screens.catalogue.headings.panels import MergePanel, RenamePanel
from desktop.screens.catalogue.headings.relations import RelatePanel
from desktop.widgets.card import Card
from desktop.widgets.empty import Empty
from desktop.words.language import _

Whole = tuple[heading_list.About, list[heading_relations.Other]]
_NOTHING, _ABOUT, _RENAME, _MERGE, _RELATE = range(5)


class HeadingSide(QStackedWidget):
    """`choose` a heading, or None. Signals: `title_wanted(title id)`,
    `heading_wanted(heading id)`; `left` when a question is to be put away."""

    title_wanted = Signal(int)
    left = Signal()
    heading_wanted = Signal(int)

    def __init__(
        self, program: Program, host: Screen, acts: HeadingActs, keys: dict[str, Key]
    ) -> None:
        super().__init__()
        self._asker, self._acts = Asker(program, host, self), acts
        self._heading: Row | None = None
        nothing = Card()
        nothing.body.addWidget(Empty(_("Choose a heading to see its titles."), icon="tag"))
        self.card = HeadingCard(keys)
        self.rename = RenamePanel()
        self.merge = MergePanel(program)
        self.setMinimumWidth(380)
        self.relate = RelatePanel(program)
        for part in (nothing, self.card, self.rename, self.merge, self.relate):
            self.addWidget(part)
        self.card.refer.connect(self._refer)
        self.card.unrefer.connect(self._unrefer)
        self.card.title_wanted.connect(self.title_wanted)
        self.rename.wanted.connect(self._rename)
        self.merge.wanted.connect(self._merge)
        self.card.heading_wanted.connect(self.heading_wanted)
        self.relate.wanted.connect(self._relate)
        for panel in (self.rename, self.merge, self.relate):
            panel.left.connect(self.left)

    def minimumSizeHint(self) -> QSize:
        """A splitter asks no part how high it must be at its width: words and acts that stand in
        two lines would be forgotten."""
        least, seen = super().minimumSizeHint(), self.currentWidget()
        layout = seen.layout() if seen is not None else None
        if layout is None or not layout.hasHeightForWidth():
            return least
        high = layout.totalMinimumHeightForWidth(max(self.width(), self.minimumWidth()))
        return QSize(least.width(), max(least.height(), high))

    # --- showing

    def choose(self, row: Row | None) -> None:
        """Show a heading; a question about another one is put away."""
        self._heading = row
        self.refresh()
        if self.currentIndex() not in (_NOTHING, _ABOUT):
            self.show_chosen()

    def refresh(self) -> None:
        """Read the heading chosen anew; another desk may have taken it away."""
        row = self._heading
        if row is None:
            self._asker.drop()
            self._show_about(None)
        else:
            self._asker.ask(lambda session: _about(session, row.id), self._show_about)

    def _show_about(self, found: Whole | None) -> None:
        self._heading = found[0].heading if found else None
        if found is not None:
            self.card.show_heading(*found)
        if self.currentIndex() in (_NOTHING, _ABOUT) or self._heading is None:
            self.show_chosen()

    def show_chosen(self) -> None:
        """The heading chosen, or that none is, whatever was asked."""
        self.setCurrentIndex(_ABOUT if self._heading else _NOTHING)

    # --- questions

    def ask_rename(self) -> None:
        """Ask for another form, in the place of the heading."""
        if self._heading is not None and not self._acts.busy():
            self.setCurrentIndex(_RENAME)
            self.rename.ask(self._heading)

    def ask_merge(self) -> None:
        """Ask into which other heading this one goes."""
        if self._heading is not None and not self._acts.busy():
            self.setCurrentIndex(_MERGE)
            self.merge.ask(self._heading)

    def ask_relate(self) -> None:
        """Ask which other heading stands in relation with `heading`."""
        if self._heading is not None and not self._acts.busy():
            self.setCurrentIndex(_RELATE)
            self.relate.ask(self._heading)

    def put_away(self) -> bool:
        """Put a question away; whether there was one."""
        asked = self.currentIndex() in (_RENAME, _MERGE, _RELATE)
        if asked:
            self.setCurrentIndex(_ABOUT)
        return asked

    # --- acts

    def remove(self) -> None:
        """Take the heading chosen away."""
        if self._heading is not None and not self._acts.busy():
            self._acts.remove(self._heading)

    def _rename(self, name: str, refer: bool) -> None:
        if self._heading is not None and name != self._heading.name:
            self._acts.rename(self._heading, name, refer)
        else:
            self.left.emit()

    def _merge(self, into: int, refer: bool) -> None:
        if self._heading is not None:
            self._acts.merge(self._heading, into, refer)

    def _relate(self, other: int, relation: str) -> None:
        if self._heading is not None:
            self._acts.relate(self._heading, other, relation)

    def unrelate(self) -> None:
        """Take the chosen relation away, the first where none is chosen."""
        rows = self.card.relations.selected() or self.card.relations.rows()
        if self._heading is not None and rows and not self._acts.busy():
            self._acts.unrelate(self._heading, rows[0].id)

    def _refer(self, form: str) -> None:
        if self._heading is not None:
            self._acts.refer(self._heading, form)

    def _unrefer(self, reference_id: int) -> None:
        if self._heading is not None:
            self._acts.unrefer(self._heading, reference_id)


def _about(session: Session, heading_id: int) -> Whole | None:
    try:
        about = heading_list.about(session, heading_id)
        return about, heading_relations.of(session, heading_id)
    except Refusal:
        return None
