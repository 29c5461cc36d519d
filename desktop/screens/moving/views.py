"""Steps 3 and 4: what would happen, row by row, and what happened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from database.imports import plan
from database.imports.plan import Decision
from database.imports.planned import name_of
from database.moving import rejected
from database.moving.ahead import Ahead
from database.moving.bringing import Brought
from database.patrons import rotation
from database.patrons.rotation import Outcome
from desktop.screens.moving import rows as import_rows
from desktop.screens.moving.rows import Row
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.figure import Figure
from desktop.widgets.inputs import ChoiceInput
from desktop.widgets.pill import Pill
from desktop.widgets.table import Column, Table
from desktop.widgets.text import label
from desktop.words import files, language
from desktop.words.codes import not_brought
from desktop.words.language import _, ngettext

_CHOICE_SIGNS = 28


class CheckView(QWidget):
    """What would happen, in figures and row by row; single rows can be decided otherwise."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []
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
        self._decide = [
            Button(_("Join"), partial(self.decide, Decision.ADD), small=True),
            Button(_("A title of its own"), partial(self.decide, Decision.NEW), small=True),
            Button(_("Leave out"), partial(self.decide, Decision.SKIP), small=True),
        ]
        self._of_row = label(_("Rows chosen:"), "muted")
        self._kinds = label("", "muted", wrap=True)
        _arrange(
            self,
            self.tiles,
            list(self.filters.values()),
            [self._ask, self._choice],
            self.table,
            _row([self._of_row, *self._decide], self._kinds),
        )

    def matched(self) -> plan.Matched:
        """What to do with records whose title stands already."""
        return plan.Matched(self._choice.currentData())

    def decided(self) -> plan.Decided:
        """What was decided of single rows."""
        return import_rows.decisions(self._rows)

    def decide(self, how: Decision) -> None:
        """Of the rows chosen; a second time takes it back."""
        chosen = [row for row in self.table.selected() if row.decidable]
        for row in chosen:
            row.decided = "" if row.decided == how else how
        self.table.set_rows(self.table.rows())
        self.table.select_ids([row.id for row in chosen])

    def show_ahead(self, found: Ahead, desk: str) -> None:
        """Figures, filters, rows; what needs a look comes first. `desk` says what else comes."""
        lines = [line for one in found.people for line in one.lines]
        self._rows = import_rows.of(found)
        self._read = found.titles.read + len(lines)
        number = language.number
        new, people, joined, refused = self.tiles
        new.set(number(found.titles.new), _("new titles"), pill=_copies_pill(found.titles.copies))
        enrolled = sum(line.outcome is Outcome.NEW for line in lines)
        people.set(number(enrolled), _("new patrons"))
        known = sum(line.outcome in _KNOWN for line in lines)
        both = found.titles.matched + known
        joined.set(
            number(both), _("stand already and are joined or renewed"), "warn" if both else None
        )
        left = sum(not _is_taken(line.outcome) for line in lines)
        lost = found.titles.refused + left
        refused.set(number(lost), _("refused — not brought in"), "bad" if lost else None)
        for widget in (self._ask, self._choice):
            widget.setVisible(bool(found.titles.matched))
        look, bad = import_rows.counts(self._rows)
        words = (_("All {n}"), _("To look at {n}"), _("Refused {n}"))
        told = (self._read, look, bad)
        for button, text, count in zip(self.filters.values(), words, told, strict=True):
            button.set_text(text.format(n=number(count)))
        decidable = any(row.decidable for row in self._rows)
        self._of_row.setVisible(decidable)
        for button in self._decide:
            button.setVisible(decidable)
        self._kinds.setText(_also(found, desk))
        self._kinds.setVisible(bool(self._kinds.text()))
        self.filter("look" if look and look < len(self._rows) else "all")

    def filter(self, which: str) -> None:
        """All, those to look at, those refused."""
        for name, button in self.filters.items():
            button.setChecked(name == which)
        rows = import_rows.chosen(self._rows, which)
        more = self._read - len(rows) if which == "all" else 0
        text = ngettext("{n} more row", "{n} more rows", more)
        self.table.set_rows(rows, text.format(n=language.number(more)) if more > 0 else "")


_KNOWN = (Outcome.STANDS, Outcome.RENEWED, Outcome.CHANGED)


def _is_taken(outcome: Outcome) -> bool:
    return outcome in rotation.TAKEN or outcome is Outcome.STANDS


def _also(found: Ahead, desk: str) -> str:
    """The kinds of patron that are made, and what the other program's desk kept."""
    kinds = [kind for one in found.people for kind in one.kinds]
    told = []
    if kinds:
        told.append(_("New kinds of patron: {kinds}.").format(kinds=language.listed(kinds)))
    if desk:
        told.append(_("Also comes in: {what}.").format(what=desk))
    return " ".join(told)


@dataclass(frozen=True, slots=True)
class Left:
    """One that was left out, or taken and to be looked at."""

    id: int
    file: str
    position: int
    why: str
    taken: bool

    @property
    def pill(self) -> Pill:
        """Whether it came in."""
        return Pill(_("taken"), "warn") if self.taken else Pill(_("left out"), "bad")


def left_of(brought: Brought) -> list[Left]:
    """What was left out, then what was taken and is to be looked at."""
    titles = brought.titles
    found: list[tuple[str, int, str, bool]] = []
    for one in rejected.not_taken(titles):
        found.append((one.file, one.position, not_brought(one), False))
    for told in brought.people:
        for line in told.lines:
            if not _is_taken(line.outcome):
                found.append((name_of(told.part), line.position, not_brought(line), False))
    for moved in brought.desk.refused or ():
        what = files.desk_part(moved.what)
        found.append((what, moved.position, not_brought(moved), False))
    for one in [*(titles.mended if titles else ()), *(titles.doubtful if titles else ())]:
        if one.reason != "number_made":
            found.append((one.file, one.position, not_brought(one), True))
    return [Left(at, *one) for at, one in enumerate(found)]


class DoneView(QWidget):
    """What happened, and what was left out."""

    def __init__(self, save: Callable[[], object], labels: Callable[[], object]) -> None:
        super().__init__()
        self.tiles = [Figure() for _place in range(5)]
        self._save = Button(_("Save the rows not taken…"), save, small=True)
        self._labels = Button(_("Print labels"), labels, small=True)
        self.table = Table(
            [
                Column(_("Row"), lambda row: language.number(row.position), align="right"),
                Column(_("Outcome"), "pill", kind="pill"),
                Column(_("Why"), "why", stretch=True),
                Column(_("File"), "file", muted=True),
            ],
            empty=_("Nothing was left out."),
            name=_("Left out"),
        )
        title = label(_("Left out, or to be looked at"), "cardTitle")
        self._also = label("", "muted", wrap=True)
        _arrange(self, self.tiles, [title], [self._save, self._labels], self.table, self._also)

    def show_result(self, brought: Brought) -> None:
        """Figures and the rows left out."""
        number, titles = language.number, brought.titles
        lines = [line for one in brought.people for line in one.lines]
        new = sum(line.outcome is Outcome.NEW for line in lines)
        known = sum(line.outcome in _KNOWN for line in lines)
        left = left_of(brought)
        lost = sum(not one.taken for one in left)
        told: Sequence[tuple[int, str, str]] = (
            (titles.added if titles else 0, _("new titles"), "good"),
            (titles.items if titles else 0, _("new copies"), "good"),
            (new, _("new patrons"), "good"),
            ((titles.matched if titles else 0) + known, _("stood already"), ""),
            (lost, _("left out"), "bad"),
        )
        for tile, (count, text, tone) in zip(self.tiles, told, strict=True):
            some: Any = tone if count and tone else None
            tile.set(number(count), text, some)
        self.table.set_rows(left)
        self._save.setEnabled(bool(lost))
        self._labels.setEnabled(bool(titles and titles.items))
        self._also.setText(_also_came(brought))
        self._also.setVisible(bool(self._also.text()))


def _also_came(brought: Brought) -> str:
    """What the other program's desk kept and is here now; the barcodes that were made."""
    desk, titles = brought.desk, brought.titles
    came = files.counts(
        {
            "loans": desk.loans,
            "history": desk.history,
            "charges": desk.charges,
            "holds": desk.holds,
            "visits": desk.visits,
            "rules": brought.rules,
            "closed": brought.closed,
        }
    )
    told = [_("Also came in: {what}.").format(what=came)] if came else []
    stood = sum(one.reason == "copy_stands" for one in titles.items_refused) if titles else 0
    if stood:
        text = ngettext("{n} copy stood already.", "{n} copies stood already.", stood)
        told.append(text.format(n=language.number(stood)))
    made = sum(one.reason == "number_made" for one in titles.doubtful) if titles else 0
    if made:
        text = ngettext("{n} copy got a barcode of ours.", "{n} copies got barcodes of ours.", made)
        told.append(text.format(n=language.number(made)))
    following = _(
        "The next numbers are {barcode} (copy), {accession} (register), {patron} (patron)."
    )
    told.append(following.format(**brought.following))
    return " ".join(told)


def _arrange(
    page: QWidget,
    tiles: Sequence[Figure],
    left: Sequence[QWidget],
    right: Sequence[QWidget],
    table: QWidget,
    below: QWidget,
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
    column.addWidget(below)


def _row(first: Sequence[QWidget], last: QWidget) -> QWidget:
    """Widgets in a row, the last as wide as there is room."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    for widget in first:
        row.addWidget(widget)
    row.addSpacing(12)
    row.addWidget(last, 4)
    row.addStretch(1)
    return holder


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
