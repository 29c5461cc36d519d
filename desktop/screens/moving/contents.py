"""Step 2: what each file is, which column means what, and for whom the people of a list are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from database.imports.planned import name_of
from database.sources import fields, own_columns
from database.sources.fields import PRIVATE, Kind
from database.sources.looking import Chosen, Looked, Part
from database.sources.table import Column as ListColumn
from database.text.own_values import OwnRow
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.inputs import CheckInput, ChoiceInput
from desktop.widgets.pill import Pill
from desktop.widgets.row import Row
from desktop.widgets.table import Column, Table
from desktop.widgets.text import label
from desktop.words import files as words
from desktop.words.columns import field_name, private_name
from desktop.words.language import _, number
from desktop.words.sentences import refusal

_KINDS = (Kind.TITLES, Kind.ITEMS, Kind.PATRONS, Kind.ISBNS)


@dataclass(slots=True)
class FileRow:
    """A part of a file as listed; `part` None for a file that cannot be read."""

    id: int
    file: str
    told: str
    part: Part | None
    taken: bool

    @property
    def pill(self) -> Pill:
        """In a word."""
        if self.part is None:
            return Pill(_("not read"), "bad")
        if not self.part.what:
            return Pill(_("to be told"), "warn")
        return Pill(_("ready"), "good") if self.taken else Pill(_("left out"), "plain")


class ContentsView(QWidget):
    """The files, the columns of the one chosen, and what holds for all of them. `changed()` is
    called when something was decided."""

    def __init__(self, changed: Callable[[], object]) -> None:
        super().__init__()
        self._changed = changed
        self._rows: list[FileRow] = []
        self._own: Sequence[OwnRow] = ()
        self._kinds: dict[str, ChoiceInput] = {}
        self._make_tables()
        self._make_choices()
        self._told = label("", "muted", wrap=True)
        self._setting = False
        self._arrange()

    def _make_tables(self) -> None:
        self.files = Table(
            [
                Column(_("Status"), "pill", kind="pill", width=110),
                Column(_("File"), "file", width=260),
                Column(_("What it is"), "told", stretch=True),
            ],
            on_select=self._show_part,
            empty=_("No file."),
            name=_("Files"),
        )
        self.columns = Table(
            [
                Column(_("Column"), "heading", width=220),
                Column(_("Means"), self._meaning, kind="pill", width=220),
                Column(_("For example"), _samples, stretch=True, muted=True),
            ],
            on_select=self._show_column,
            empty=_("This file has no columns to be told apart."),
            id_key="at",
            name=_("Columns"),
        )

    def _make_choices(self) -> None:
        self.kind = ChoiceInput([(one.value, words.kind_of_list(one)) for one in _KINDS])
        self.kind.setMinimumContentsLength(14)
        self.kind.setAccessibleName(_("What the list holds"))
        self.kind.edited.connect(self._set_kind)
        self.meaning = ChoiceInput([], find=True)
        self.meaning.setMinimumContentsLength(22)
        self.meaning.setAccessibleName(_("Means"))
        self.meaning.edited.connect(self._set_meaning)
        self.leave = Button(_("Leave this out"), self._toggle, small=True)
        self.copies = CheckInput(_("Take copies from MARC records too"))
        self.copies.setChecked(True)
        self.category = ChoiceInput([])
        self.category.setMinimumContentsLength(20)
        self.category.setAccessibleName(_("People whose line names no kind are"))
        self._people = label(_("People whose line names no kind are"), "muted")

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        above = Card(flush=True)
        above.body.addWidget(self.files, 1)
        below = Card(flush=True)
        self._of_lists: list[QWidget] = [label(_("The list holds"), "muted"), self.kind]
        right: list[QWidget] = [label(_("The column chosen means"), "muted"), self.meaning]
        below.body.addLayout(_bar([*self._of_lists, self.leave], right))
        self._of_lists += right
        below.body.addWidget(self._told)
        below.body.addWidget(self.columns, 1)
        self._told.setContentsMargins(14, 0, 14, 0)
        column.addWidget(above, 1)
        column.addWidget(below, 2)
        self._all = Row()
        for one in (self.copies, self._people, self.category):
            self._all.addWidget(one)
        self._all.addStretch(1)
        column.addLayout(self._all)

    # --- what is shown

    def show_files(self, looked: Sequence[Looked], categories: Sequence[tuple[str, str]]) -> None:
        """List the files and their parts; the first that needs a word comes into sight."""
        self._rows = []
        for one in looked:
            if one.refusal is not None:
                self._add(one.path.name, refusal(one.refusal), None)
            for part in one.parts:
                # A sheet of which nobody knows what it is beside ones that are known is a note.
                alone = len(one.parts) == 1
                self._add(name_of(part), words.part(part), part, bool(part.what) or alone)
        self.category.set_options([("", _("to be chosen")), *categories])
        if self.category.raw() is None:
            self.category.set_raw("")
        self._refresh(next((at for at, row in enumerate(self._rows) if row.part), 0))

    def _add(self, file: str, told: str, part: Part | None, taken: bool = False) -> None:
        self._rows.append(FileRow(len(self._rows), file, told, part, taken and part is not None))

    def _refresh(self, at: int) -> None:
        self.files.set_rows(self._rows)
        if self._rows:
            self.files.select_ids([self._rows[at].id])
            self._show_part(self._rows[at])
        some = [row.part for row in self._rows if row.part is not None and row.taken]
        people = any(one.what == Kind.PATRONS and not _names_kinds(one) for one in some)
        for widget in (self._people, self.category):
            widget.setVisible(people)
        self.copies.setVisible(any(one.what == "records" for one in some))

    def _row(self) -> FileRow | None:
        row: FileRow | None = self.files.current()
        return row

    def _show_part(self, row: FileRow | None) -> None:
        part = row.part if row is not None else None
        table = part.table if part is not None else None
        self._setting = True
        shown = table.columns if table is not None else ()
        self._own = table.own if table is not None else ()
        self.columns.set_rows([one for one in shown if one.heading or one.samples or one.field])
        self.kind.set_raw(part.what if part is not None and table is not None else None)
        for widget in self._of_lists:
            widget.setVisible(table is not None)
        self.columns.set_empty(words.part(part) if part and table is None else "")
        self.leave.setEnabled(part is not None)
        self.leave.set_text(_("Take this too") if row and not row.taken else _("Leave this out"))
        self._told.setText(_left_out(part))
        self._setting = False
        self._show_column(self.columns.current())

    def _show_column(self, column: ListColumn | None) -> None:
        row = self._row()
        kind = row.part.table.kind if row and row.part and row.part.table else None
        self._setting = True
        fits = column is not None and kind is not None and column.field != PRIVATE
        options = [("", _("nothing: left out"))]
        if kind is not None:
            options += sorted(((one, field_name(one)) for one in fields.known(kind)), key=_by_name)
            own = row.part.table.own if row and row.part and row.part.table else ()
            options += [(one, field_name(one, own)) for one in own_columns.fields_of(own, kind)]
        self.meaning.set_options(options)
        self.meaning.set_raw(column.field if column is not None and fits else "")
        self.meaning.setEnabled(bool(fits))
        self._setting = False

    def _meaning(self, column: ListColumn) -> Pill:
        if column.field == PRIVATE:
            return Pill(private_name(column.private), "plain")
        if column.field in ("", "ignored"):
            return Pill(_("left out"), "plain")
        return Pill(field_name(column.field, self._own), "good")

    # --- what is decided

    def _toggle(self) -> None:
        row = self._row()
        if row is not None and row.part is not None:
            row.taken = not row.taken
            self._refresh(row.id)
            self._changed()

    def _set_kind(self) -> None:
        row = self._row()
        kind = self.kind.raw()
        if self._setting or row is None or row.part is None or row.part.table is None or not kind:
            return
        self._decide(row, Chosen(Kind(kind)))

    def _set_meaning(self) -> None:
        row, column = self._row(), self.columns.current()
        if self._setting or row is None or row.part is None or column is None:
            return
        table = row.part.table
        if table is None or table.kind is None:
            return
        meant = {one.at: one.field for one in table.columns if one.field != PRIVATE}
        meant[column.at] = str(self.meaning.raw() or "")
        self._decide(row, Chosen(table.kind, tuple(meant.items())))
        self.columns.select_ids([column.at])

    def _decide(self, row: FileRow, chosen: Chosen) -> None:
        assert row.part is not None
        row.part = row.part.decided(chosen)
        row.told, row.taken = words.part(row.part), True
        self._refresh(row.id)
        self._changed()

    def parts(self) -> list[Part]:
        """What comes in."""
        return [row.part for row in self._rows if row.part and row.part.what and row.taken]

    def asks_kind(self) -> bool:
        """Whether it must be said first of which kind the people are."""
        return self.category.isVisibleTo(self) and not self.category.raw()


def _names_kinds(part: Part) -> bool:
    return part.table is not None and any(one.field == "category" for one in part.table.columns)


def _bar(left: Sequence[QWidget], right: Sequence[QWidget]) -> Row:
    bar = Row(gap=8)
    bar.setContentsMargins(14, 10, 14, 2)
    for widget in left:
        bar.addWidget(widget)
    bar.addStretch(1)
    for widget in right:
        bar.addWidget(widget)
    return bar


def _by_name(option: tuple[str, str]) -> str:
    return option[1].lower()


def _samples(column: ListColumn) -> str:
    return " · ".join(column.samples)


def _left_out(part: Part | None) -> str:
    """What is not stored of a list, and which lines of it are none of its rows."""
    table = part.table if part is not None else None
    if table is None:
        return ""
    told = []
    if table.left_out:
        names = ", ".join(one.heading for one in table.left_out)
        told.append(_("Never stored: {columns}.").format(columns=names))
    if table.kind is None:
        told.append(_("Say what the list holds, then what its columns mean."))
    if table.heading == 0 and table.shape == "table" and table.kind is not None:
        told.append(_("The list has no headings: check what each column means."))
    lines = [at for at, why in table.others if why.value in ("above", "total", "below")]
    if lines:
        shown = ", ".join(number(at) for at in lines[:8]) + ("…" if len(lines) > 8 else "")
        told.append(_("No rows of the list: lines {lines}.").format(lines=shown))
    return " ".join(told)
