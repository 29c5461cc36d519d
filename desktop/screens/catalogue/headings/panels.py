"""Two questions about a heading, asked in its own place: how else, and into which other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from database.catalogue import heading_list
from database.catalogue.heading_list import Filter, Row
from database.library import Session
from desktop.program import Program
from desktop.screen import Key
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.inputs import CheckInput, LineInput
from desktop.widgets.pill import Pill
from desktop.widgets.search_box import SearchBox
from desktop.widgets.table import Cell, Column, Table
from desktop.widgets.text import label
from desktop.words import language
from desktop.words.codes import heading_kind
from desktop.words.language import _

CANDIDATES = 50


class RenamePanel(Card):
    """Signals: `wanted(new name, old form leads here)`, `left`."""

    wanted = Signal(str, bool)
    left = Signal()

    def __init__(self) -> None:
        super().__init__(_("Rename heading"))
        self._says = label("", "small", wrap=True)
        self.line = LineInput()
        self.line.setAccessibleName(_("New form of the heading"))
        self.line.returnPressed.connect(self.accept)
        self.refer = CheckInput(_("The old form leads here (see)"))
        for part in (self._says, self.line, self.refer):
            self.body.addWidget(part)
        self.body.addLayout(buttons(_("Rename"), self.accept, self.left.emit))
        self.body.addStretch(1)

    def ask(self, heading: Row) -> None:
        """Ask for another form of `heading`."""
        self._says.setText(_titles_follow(heading))
        self.line.set_raw(heading.name)
        self.refer.setChecked(False)
        self.line.setFocus()
        self.line.selectAll()

    def accept(self) -> None:
        """Rename."""
        self.wanted.emit(self.line.text().strip(), self.refer.isChecked())


class OtherPanel(Card):
    """Asks for another heading of the same kind. Signal: `left`."""

    left = Signal()

    def __init__(self, program: Program, title: str, hint: str, name: str) -> None:
        super().__init__(title)
        self._program = program
        self._heading: Row | None = None
        self._says = label("", "small", wrap=True)
        self.search = SearchBox(hint)
        self.search.searched.connect(self._find)
        self.table = Table(
            [
                Column(_("Heading"), with_list, stretch=True),
                Column(_("Titles"), "titles", kind="number"),
            ],
            on_open=lambda _row: self.accept(),
            empty=_("No other heading of this kind has these words."),
            name=name,
        )
        self.search.down.connect(self.table.view.setFocus)
        self.search.line.returnPressed.connect(self.table.view.setFocus)

    def lay_out(
        self, act: str, above: Sequence[QWidget] = (), below: Sequence[QWidget] = ()
    ) -> None:
        """What it says, its own questions `above` and `below` the list, and the button."""
        for part in (self._says, *above, self.search):
            self.body.addWidget(part)
        self.body.addWidget(self.table, 1)
        for part in below:
            self.body.addWidget(part)
        self.body.addLayout(buttons(act, self.accept, self.left.emit))

    def left_out(self, session: Session, heading: Row) -> set[int]:
        """The headings that are no answer."""
        return {heading.id}

    def taken(self, row: Row) -> None:
        """One was chosen."""
        raise NotImplementedError

    def accept(self) -> None:
        """Take the one chosen."""
        row = self.table.current()
        if row is not None:
            self.taken(row)

    def _find(self, text: str) -> None:
        heading = self._heading
        if heading is None:
            return

        def read(session: Session) -> list[Row]:
            known = self.left_out(session, heading)
            found = heading_list.find(session, text, Filter(heading.kind), CANDIDATES)
            return [row for row in found.rows if row.id not in known]

        self.table.set_rows(self._program.read(read))
        self.table.select_first()


class MergePanel(OtherPanel):
    """Signals: `wanted(heading id, lost form leads there)`, `left`."""

    wanted = Signal(int, bool)

    def __init__(self, program: Program) -> None:
        hint, name = _("Into which heading?"), _("Headings to merge into")
        super().__init__(program, _("Merge heading"), hint, name)
        self.refer = CheckInput(_("The form given up leads there (see)"))
        self.lay_out(_("Merge"), below=[self.refer])

    def ask(self, heading: Row) -> None:
        """Ask into which other heading of its kind `heading` goes."""
        self._heading = heading
        text = _("“{name}” is given up. {titles}")
        self._says.setText(text.format(name=heading.name, titles=_titles_follow(heading)))
        self.refer.setChecked(True)
        self.search.set_text(heading.name.replace(",", " ").split()[0])
        self.search.line.setFocus()
        self.search.line.selectAll()

    def taken(self, row: Row) -> None:
        """Merge into it."""
        self.wanted.emit(row.id, self.refer.isChecked())


def with_list(row: Row) -> str | Cell:
    """A subject with the list it is from: the same word may stand in several."""
    if row.kind != "subject":
        return row.name
    return Cell(row.name, pill=Pill(heading_kind(row.kind, row.scheme), "info"))


def _titles_follow(heading: Row) -> str:
    if not heading.titles:
        return _("No title uses it.")
    text = language.ngettext(
        "{n} title follows; its call number stays.",
        "{n} titles follow; their call numbers stay.",
        heading.titles,
    )
    return text.format(n=language.number(heading.titles))


def buttons(verb: str, accept: Callable[[], object], leave: Callable[[], object]) -> QHBoxLayout:
    """Cancel, and the verb."""
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(Button.of(Key("back", _("Cancel"), leave), small=True))
    row.addWidget(Button.of(Key("open", verb, accept), small=True, kind="primary"))
    return row
