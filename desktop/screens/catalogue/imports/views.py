"""What the steps of an import look like."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from database.imports import plan, preview
from desktop.screens.catalogue.imports import rows as import_rows
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.empty import Empty
from desktop.widgets.figure import Figure
from desktop.widgets.inputs import CheckInput, ChoiceInput
from desktop.widgets.keys import Key
from desktop.widgets.pill import Pill
from desktop.widgets.table import Table
from desktop.widgets.text import label
from desktop.words import language
from desktop.words.language import _, ngettext

_CHOICE_SIGNS = 28


class ChooseView(Card):
    """Step 1: where files are dropped or chosen."""

    def __init__(self, choose: Callable[[], object]) -> None:
        super().__init__()
        self.items = CheckInput(_("Take copies from the records too"))
        self.items.setChecked(True)
        text = _(
            "Drop MARC files here (ISO 2709, MARCXML or JSON), or choose them. "
            "They are only looked at first; nothing changes yet."
        )
        action = Key("choose_file", _("Choose files…"), choose)
        empty = Empty(text, action, "upload")
        self.button: Button | None = empty.findChild(Button)
        self.body.addWidget(empty, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.items)
        row.addStretch(1)
        self.body.addLayout(row)

    def with_items(self) -> bool:
        """Whether copies are wanted."""
        return self.items.isChecked()


class CheckView(QWidget):
    """Step 2: what would happen, in figures and record by record."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[preview.PreviewRow] = []
        self._read = 0
        self.tiles = [Figure() for _place in range(4)]
        self.filters = {
            name: Button("", partial(self.filter, name), small=True) for name in import_rows.FILTERS
        }
        for button in self.filters.values():
            button.setCheckable(True)
        self.table = import_rows.preview_table()
        self._ask = label(_("Titles that stand already:"), "muted")
        self._choice = ChoiceInput(_matched_choices())
        self._choice.setCurrentIndex(0)
        self._choice.setMinimumContentsLength(_CHOICE_SIGNS)
        self._choice.setAccessibleName(_("Titles that stand already:"))
        right = [self._ask, self._choice]
        _arrange(self, self.tiles, list(self.filters.values()), right, self.table)

    def matched(self) -> plan.Matched:
        """What to do with records whose title stands already."""
        return plan.Matched(self._choice.currentData())

    def show_preview(self, found: preview.Preview) -> None:
        """Figures, filters, rows; what needs a look comes first."""
        self._rows, self._read = found.rows, found.read
        number = language.number
        new, joined, refused, read = self.tiles
        new.set(number(found.new), _("new titles"), pill=_copies_pill(found.copies))
        joined.set(
            number(found.matched),
            _("will join titles that stand already"),
            "warn" if found.matched else None,
        )
        refused.set(
            number(found.refused), _("refused — not brought in"), "bad" if found.refused else None
        )
        read.set(number(found.read), _("records read"))
        for widget in (self._ask, self._choice):
            widget.setVisible(bool(found.matched))
        troubled = found.matched + found.refused
        counts = (found.read, troubled, found.refused)
        words = (_("All {n}"), _("To look at {n}"), _("Refused {n}"))
        for button, text, count in zip(self.filters.values(), words, counts, strict=True):
            button.set_text(text.format(n=number(count)))
        self.filter("look" if troubled else "all")

    def filter(self, which: str) -> None:
        """All, those to look at, those refused."""
        for name, button in self.filters.items():
            button.setChecked(name == which)
        rows = import_rows.chosen(self._rows, which)
        more = self._read - len(rows) if which == "all" else 0
        text = ngettext("{n} more record", "{n} more records", more)
        self.table.set_rows(rows, text.format(n=language.number(more)) if more > 0 else "")


class DoneView(QWidget):
    """Step 3: what happened, and what was left out."""

    def __init__(self, save: Callable[[], object], labels: Callable[[], object]) -> None:
        super().__init__()
        self.tiles = [Figure() for _place in range(4)]
        self._save = Button(_("Save list…"), save, small=True)
        self._labels = Button(_("Print labels"), labels, small=True)
        self.table: Table = import_rows.refused_table()
        title = label(_("Left out"), "cardTitle")
        _arrange(self, self.tiles, [title], [self._save, self._labels], self.table)

    def show_result(self, result: plan.Result, left_out: Sequence[plan.NotTaken]) -> None:
        """Figures and the rows left out."""
        number = language.number
        added, copies, joined, missed = self.tiles
        added.set(number(result.added), _("new titles"), "good" if result.added else None)
        copies.set(number(result.items), _("new copies"), "good" if result.items else None)
        joined.set(number(result.matched), _("joined titles that stood already"))
        lost = sum(not one.partly for one in left_out)
        missed.set(number(lost), _("left out"), "bad" if lost else None)
        self.table.set_rows(left_out)
        self._save.setEnabled(bool(left_out))
        self._labels.setEnabled(bool(result.items))


def _arrange(
    page: QWidget,
    tiles: Sequence[Figure],
    left: Sequence[QWidget],
    right: Sequence[QWidget],
    table: QWidget,
) -> None:
    """Figures in a row, then a card: a bar of buttons over a table."""
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    row = QHBoxLayout()
    row.setSpacing(12)
    for tile in tiles:
        row.addWidget(tile, 1)
    column.addLayout(row)
    card = Card(flush=True)
    bar = QHBoxLayout()
    bar.setContentsMargins(14, 10, 14, 2)
    for widget in left:
        bar.addWidget(widget)
    bar.addStretch(1)
    for widget in right:
        bar.addWidget(widget)
    card.body.addLayout(bar)
    card.body.addWidget(table, 1)
    column.addWidget(card, 1)


def _matched_choices() -> list[tuple[str, str]]:
    return [
        (plan.Matched.ADD.value, _("add their copies")),
        (plan.Matched.OVERLAY.value, _("describe them anew, add copies")),
        (plan.Matched.SKIP.value, _("leave them as they are")),
    ]


def _copies_pill(copies: int) -> Pill | None:
    if not copies:
        return None
    text = ngettext("{n} copy", "{n} copies", copies)
    return Pill(text.format(n=language.number(copies)), "good")
