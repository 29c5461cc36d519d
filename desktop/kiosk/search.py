"""The catalogue for readers: what there is, where it stands, whether it is in."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from database.search import search
from desktop.program import Program
from desktop.widgets.card import Card
from desktop.widgets.pill import Pill, PillLabel
from desktop.widgets.search_box import SearchBox
from desktop.widgets.text import Elided, label
from desktop.words.language import _, ngettext, number
from desktop.words.sentences import shorten

SHOWN = 6


class KioskSearch(QWidget):
    """Signal `used` as one types."""

    used = Signal()

    def __init__(self, program: Program) -> None:
        super().__init__()
        self.program = program
        self.box = SearchBox(_("Title, author or subject"))
        self.box.searched.connect(self.show_found)
        self.told = label("", "kioskSmall", wrap=True)
        self.rows = [_Row() for _place in range(SHOWN)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.box)
        column.addWidget(self.told)
        for row in self.rows:
            column.addWidget(row)
        column.addStretch(1)
        self.clear()

    def clear(self) -> None:
        """For the next reader."""
        self.box.set_text("")
        self.show_found("")

    def show_found(self, words: str) -> None:
        """The first that these words find; nothing for no words."""
        self.used.emit()
        if not words.strip():
            found = search.Results(0, [], ())
            text = _("Type what you are looking for.")
        else:
            found = self.program.read(lambda session: search.search(session, words, SHOWN))
            text = ngettext("{n} title found", "{n} titles found", found.count)
            if not found.count:
                text = _("Nothing found. Try fewer letters, or ask the librarian.")
            elif found.count > SHOWN:
                text += " · " + _("type one more word to see fewer")
        self.told.setText(text.format(n=number(found.count)))
        for place, row in enumerate(self.rows):
            row.show_title(found.rows[place] if place < len(found.rows) else None)


class _Row(Card):
    """One title."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.about = Elided("", "kioskTitle"), Elided("", "kioskSmall")
        self.place, self.state = label("", "kioskTitle"), PillLabel()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.about)
        side = QVBoxLayout()
        side.setSpacing(4)
        right = Qt.AlignmentFlag.AlignRight
        side.addWidget(self.place, 0, right)
        side.addWidget(self.state, 0, right)
        row = QHBoxLayout()
        row.addLayout(words, 1)
        row.addLayout(side)
        self.body.addLayout(row)

    def show_title(self, row: search.Found | None) -> None:
        """Show one, or nothing."""
        self.setVisible(row is not None)
        if row is None:
            return
        self.title.set_text(shorten(row.title, 120))
        self.about.set_text(" · ".join(str(one) for one in (row.contributors, row.year) if one))
        self.place.setText(row.call_number)
        free = ngettext("{n} copy in", "{n} copies in", row.available)
        self.state.set_pill(
            Pill(free.format(n=number(row.available)), "good")
            if row.available
            else Pill(_("all copies are out"), "warn")
        )
