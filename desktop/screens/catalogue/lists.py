"""Lists to work through: new titles, gaps in the records, guidelines to be reviewed."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from database.catalogue import worklists
from database.policy.calendar import shift_month
from database.refusal import Fault, Refusal
from database.rights import Right
from desktop import background, pc
from desktop.file_names import safe, with_ending
from desktop.printing.paper_view import PaperView
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.catalogue.filling import Filling
from desktop.screens.catalogue.list_names import COLUMNS, NAMES
from desktop.screens.catalogue.list_options import ListOptions
from desktop.screens.catalogue.list_sheet import write_sheet
from desktop.screens.catalogue.page import Page
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.side_list import SideList
from desktop.widgets.table import Column, Table
from desktop.widgets.text import label
from desktop.words import language
from desktop.words.language import _, ngettext
from desktop.words.sentences import refusal

SHOWN = 1000
LIST_PX = 268
_LACKING = ("brief", "unclassed", "no_subject")
"""Lists whose titles want what others may know by their ISBN."""


class ListsPage(Page):
    """Signal `wanted("edit", id)` opens a title."""

    wanted = Signal(str, object)
    section = "lists"

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(program, host)
        self.month = f"{program.now():%Y-%m}"
        self._task: background.Task | None = None
        self._begun = False
        self._count = 0
        self._make_buttons()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._lists_page())
        self.paper = PaperView(program, host)
        self.paper.closed.connect(self.close_paper)
        self._stack.addWidget(self.paper)
        self.column.addWidget(self._stack, 1)
        self.list.setCurrentRow(0)
        self.list.currentRowChanged.connect(lambda _row: self.reload())
        self._dress()

    # --- building

    def _make_buttons(self) -> None:
        self.options = ListOptions()
        self.options.stepped.connect(self.step)
        self.options.aged.connect(self.reload)
        self.filling = Filling(self.program, self.host, self.reload)
        self.fill_button = Button(
            _("Fill in by ISBN"), self.fill_in, key="look_up", needs="catalogue"
        )
        self.csv_button = Button(_("Save CSV…"), self.save_csv, key="save", needs="export")
        self.paper_button = Button(
            _("Paper for the wards"), self.open_paper, key="paper", kind="primary"
        )

    def _lists_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self.head(self.fill_button, self.csv_button, self.paper_button))
        column.addWidget(self.filling)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.list = SideList(_("Lists"))
        self.list.addItems([_(name) for name, _hint, _none in NAMES.values()])
        side = Card(flush=True)
        side.be_side(LIST_PX)
        side.body.setContentsMargins(6, 6, 6, 6)
        side.body.addWidget(self.list)
        row.addWidget(side)
        row.addWidget(self._titles(), 1)
        column.addLayout(row, 1)
        return page

    def _titles(self) -> Card:
        card = Card(flush=True)
        top = QHBoxLayout()
        top.setContentsMargins(14, 10, 14, 4)
        self.name, self.hint = label("", "cardTitle"), label("", "muted", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.name)
        words.addWidget(self.hint)
        top.addLayout(words, 1)
        top.addWidget(self.options)
        self.table = Table(
            [
                Column(_("Title"), "title", stretch=True),
                Column(_("Author"), "contributors", optional=True, width=150),
                Column(_("Edition"), "edition", optional=True, width=80, name="edition"),
                Column(_("Year"), lambda row: str(row.year or ""), align="right"),
                Column(_("Call number"), "call_number", optional=True, name="call_number"),
                Column(_("ISBN"), "isbn", name="isbn"),
                Column(_("Review on"), "review_on", kind="date", name="review"),
            ],
            on_open=lambda row: self.wanted.emit("edit", row.id),
            empty=" ",
            name=_("Titles"),
        )
        card.body.addLayout(top)
        card.body.addWidget(self.table, 1)
        return card

    def page_keys(self) -> list[Key]:
        """Shown under F1."""
        if self._stack.currentWidget() is self.paper:
            return self.paper.keys()
        return [
            Key("find", _("To the lists"), self.focus_first),
            Key("paper", _("Paper for the wards"), self.open_paper),
            Key("reload", _("Read the list anew"), self.reload),
            Key("save", _("Save CSV…"), self.save_csv, needs="export"),
            Key("look_up", _("Fill in by ISBN"), self.fill_in, needs="catalogue"),
            Key("earlier", _("The month before"), partial(self.step, -1)),
            Key("later", _("The month after"), partial(self.step, 1)),
        ]

    def focus_first(self) -> None:
        """The names of the lists."""
        self.list.setFocus()

    # --- showing

    def which(self) -> str:
        """The key of the list in sight."""
        return list(NAMES)[max(self.list.currentRow(), 0)]

    def open_list(self, which: str) -> None:
        """Go to a list by its key."""
        self.list.setCurrentRow(list(NAMES).index(which))

    def asked(self) -> worklists.Asked:
        """What the lists depend on now."""
        return worklists.Asked(self.program.now().date(), self.month, self.options.years.value())

    def step(self, months: int) -> None:
        """Another month of new titles, never one to come."""
        wanted = shift_month(self.month, months)
        if self.which() == "new" and wanted <= f"{self.program.now():%Y-%m}":
            self.month = wanted
            self.reload()

    def _dress(self) -> None:
        """What belongs to the list in sight, before its rows are there."""
        which = self.which()
        name, hint, none = NAMES[which]
        self.name.setText(_(name))
        self.hint.setText(_(hint))
        self.table.set_empty(_(none))
        self.paper_button.setVisible(which == "new")
        self.fill_button.setVisible(which in _LACKING)
        self.options.show_list(which, self.month, f"{self.program.now():%Y-%m}")
        self.table.show_columns(COLUMNS.get(which, {"call_number"}))

    def reload(self) -> None:
        """Count every list and read the one in sight, beside the work."""
        self._dress()
        if self._task is not None:
            self._task.cancel()
        which, asked = self.which(), self.asked()

        def work(report: Any, cancelled: Any) -> Any:
            with self.program.library.reading() as session:
                found = worklists.rows(session, which, asked, SHOWN)
                return which, found, worklists.counts(session, asked)

        self._task = background.run(work, self._show, self._failed)

    def _show(self, found: tuple[str, list[worklists.Row], dict[str, int]]) -> None:
        self._task = None
        if not isValid(self):
            return
        which, rows, counts = found
        for place, (key, (name, _hint, _none)) in enumerate(NAMES.items()):
            shown = language.number(counts[key])
            text = _("{list}  ({n})").format(list=_(name), n=shown) if counts[key] else _(name)
            self.list.item(place).setText(text)
        self._count = counts[which]
        more = self._count - len(rows)
        footer = ngettext(
            "{n} more title; the CSV has all", "{n} more titles; the CSV has all", more
        ).format(n=language.number(more))
        self.table.set_rows(rows, footer if more > 0 else "")
        for button in (self.csv_button, self.fill_button):
            button.setEnabled(bool(rows))
        self.paper_button.setEnabled(bool(rows))

    def _failed(self, error: Exception) -> None:
        self._task = None
        if not isinstance(error, Refusal | Fault):
            raise error
        self.notice.refused(refusal(error))

    # --- what is done with a list

    def fill_in(self) -> None:
        """What the titles of the list in sight lack, from who knows their ISBN."""
        which, asked = self.which(), self.asked()
        if which in _LACKING:
            rows = self.program.read(lambda session: worklists.rows(session, which, asked))
            self.filling.begin([row.id for row in rows])

    def open_paper(self) -> None:
        """The new titles as a paper."""
        if self.which() != "new" or not self.paper_button.isEnabled():
            return
        asked = self.asked()

        def work(report: Any, cancelled: Any) -> bytes:
            from desktop.pages.registers import new_titles

            target = BytesIO()
            with self.program.library.reading() as session:
                rows = worklists.rows(session, "new", asked)
                new_titles.write(target, session, rows, asked.month, asked.today)
            return target.getvalue()

        background.run(work, self._show_paper, self._failed)

    def _show_paper(self, pdf: bytes) -> None:
        from desktop.pages.registers import new_titles

        if not isValid(self):
            return
        self._stack.setCurrentWidget(self.paper)
        self.paper.show_paper(pdf, new_titles.file_name(self.month))
        self.host.renew_keys()

    def close_paper(self) -> None:
        """Back to the list."""
        self._stack.setCurrentIndex(0)
        self.host.renew_keys()
        self.focus_first()

    def save_csv(self) -> None:
        """The whole list in sight, for a spreadsheet."""
        if not self.table.count() or not self.program.allows(self.host, Right.EXPORT):
            return
        where = self.ask_path(safe(_(NAMES[self.which()][0]), ".csv"))
        if where is None:
            return
        which, asked = self.which(), self.asked()

        def work(report: Any, cancelled: Any) -> Path:
            with self.program.library.reading() as session:
                write_sheet(where, worklists.rows(session, which, asked))
            return where

        background.run(work, self._saved, self._failed)

    def _saved(self, where: Path) -> None:
        self.notice.done(_("Saved: {title}").format(title=where.name))

    def ask_path(self, name: str) -> Path | None:
        """Where to; None for nowhere."""
        folder = pc.documents()
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save CSV…"), str(folder / name), "CSV (*.csv)"
        )
        return with_ending(chosen, ".csv") if chosen else None
