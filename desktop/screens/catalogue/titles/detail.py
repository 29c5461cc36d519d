"""The title chosen in the list: its description, its copies, and what can be done."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPlainTextEdit,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from database.catalogue import covers, titles
from database.circulation import hold_lists
from database.description import isbn as isbns
from database.description import marc_form
from database.description.marc import Record
from database.description.projection import project
from database.holdings import item_list
from database.library import Session
from database.refusal import Refusal
from desktop.asking import Asker
from desktop.forms.own import fields as own
from desktop.program import Program
from desktop.screen import Screen
from desktop.screens.catalogue.copies import copies
from desktop.screens.catalogue.cover import DetailCover
from desktop.screens.catalogue.description import as_text, held_by, state
from desktop.screens.catalogue.history import History
from desktop.screens.catalogue.page import short
from desktop.screens.catalogue.titles.digital import FilesDialog
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.chips import Chips
from desktop.widgets.dialog import Dialog, confirm
from desktop.widgets.empty import Empty
from desktop.widgets.pill import show_if
from desktop.widgets.table import Column, Table
from desktop.widgets.text import label, tip
from desktop.words.language import _
from desktop.words.sentences import shorten
from desktop.words.titles import full_title, isbd

_TITLE_SIGNS, _DESCRIPTION_SIGNS = 160, 420


class Detail(QWidget):
    """Signals: `edit_wanted(title id)`, `copies_wanted(title id)`, `labels_wanted(copy ids)`,
    `copy_wanted(title id)` for a new title from this one."""

    edit_wanted = Signal(object)
    labels_wanted = Signal(object)
    copies_wanted = Signal(object)
    copy_wanted = Signal(object)

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__()
        self._program, self._host = program, host
        self._asker = Asker(program, host, self)
        self._shown: int | None = None
        self._wanted: int | None = None
        self._record = Record()
        self._title = self._why = ""
        self.setMinimumWidth(310)
        self._stack = QStackedLayout(self)
        nothing = Card()
        nothing.body.addWidget(Empty(_("Choose a title to see its copies."), icon="book-open"))
        self._stack.addWidget(nothing)
        self._stack.addWidget(self._card())

    def _card(self) -> Card:
        card = Card()
        self.name = label("", "cardTitle", wrap=True)
        self.described = label("", "small", wrap=True)
        self.numbers = label("", "", wrap=True)
        self.subjects = Chips()
        self.own = label("", "small", wrap=True)
        self.found_by = label("", "small", wrap=True)
        self.cover = DetailCover(self._program, self._host)
        told = QVBoxLayout()
        told.setSpacing(card.body.spacing())
        told.addWidget(self.name)
        told.addWidget(self.described)
        told.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addLayout(told, 1)
        top.addWidget(self.cover, 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(top)
        self.held = label("", "small", wrap=True)
        for part in (self.numbers, self.subjects, self.own, self.found_by, self.held):
            card.body.addWidget(part)
        self.copies = Table(
            [
                Column(_("Copy"), "barcode", width=96),
                Column(_("Location"), "location", stretch=True),
                Column(_("State"), state, kind="pill"),
            ],
            on_open=self._edit_copy,
            empty=_("No copies yet. Add one with Ctrl+E."),
            name=_("Copies"),
        )
        card.body.addWidget(self.copies, 1)
        card.body.addLayout(self._buttons())
        return card

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(Button(_("Edit"), self._edit, key="open", small=True, needs="catalogue"))
        row.addWidget(
            Button(
                "",
                self.add_copies,
                icon="plus",
                small=True,
                tooltip=_("Add copies (Ctrl+E)"),
                needs="catalogue",
            )
        )
        told = _("State, place and history of the copies (Ctrl+Shift+E)")
        row.addWidget(Button(_("Copies"), self.open_copies, small=True, tooltip=told))
        row.addWidget(Button(_("Label"), self._labels, small=True))
        self.more = Button("", self._open_more, icon="ellipsis", small=True)
        self.more.setToolTip(_("More with this title"))
        self.more.setAccessibleName(_("More with this title"))
        row.addWidget(self.more)
        row.addStretch(1)
        return row

    def show_title(self, biblio_id: int | None, why: str = "") -> None:
        """Show a title, or that none is chosen; `why` it was found if not by what was typed."""
        self._wanted, self._why = biblio_id, why
        self.refresh()

    def refresh(self) -> None:
        """Read the title shown anew; it may have been struck meanwhile. Until it is read, what
        can be done here is done with the title in sight."""
        wanted = self._wanted
        if wanted is None:
            self._asker.drop()
            self._show(None, None)
        else:
            self._asker.ask(lambda session: _read(session, wanted), partial(self._show, wanted))

    def _show(self, wanted: int | None, known: Any) -> None:
        self._stack.setCurrentIndex(1 if known else 0)
        self._shown = wanted if known else None
        if wanted is None or known is None:
            self._wanted = None
            return
        self._record, rows, picture, held, fields = known
        _say(self.held, held_by(held), _TITLE_SIGNS)
        self.cover.open(wanted, picture)
        values = marc_form.values(self._record)
        facts = project(self._record)
        self._title = facts.title
        _say(self.name, full_title(values), _TITLE_SIGNS)
        _say(self.described, isbd(values, facts.contributors), _DESCRIPTION_SIGNS)
        self.numbers.setText(_numbers(facts.isbn or values["isbn"], facts))
        show_if(self.numbers, bool(self.numbers.text()))
        self.subjects.set_words([h.name for h in facts.headings if h.role == "subject"])
        _say(self.own, own.told(fields, facts.own), _DESCRIPTION_SIGNS)
        words = _("Found by: {words}").format(words=self._why) if self._why else ""
        _say(self.found_by, words, _TITLE_SIGNS)
        self.copies.set_rows(rows)

    def _edit(self) -> None:
        if self._shown is not None:
            self.edit_wanted.emit(self._shown)

    def _open_more(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._host.may("catalogue"):
            menu.addAction(_("New title from this one") + "\tCtrl+Shift+D", self._copy)
        menu.addAction(_("Files and links…"), self.open_files)
        menu.addAction(_("MARC record"), self.show_marc)
        if self._host.may("strike"):
            menu.addAction(_("Remove this title…"), self.remove_title)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _copy(self) -> None:
        if self._shown is not None:
            self.copy_wanted.emit(self._shown)

    def _labels(self) -> None:
        ids = [row.id for row in self.copies.rows() if not row.cancelled]
        if ids:
            self.labels_wanted.emit(ids)
        elif self._shown is not None:
            self._host.notice.look(_("This title has no copies to make labels for."))

    def open_copies(self) -> None:
        """All copies, and what can be done with them."""
        if self._shown is not None:
            self.copies_wanted.emit(self._shown)

    def add_copies(self) -> None:
        """Ask how many, and add them."""
        if self._shown is not None:
            volume = marc_form.values(self._record)["volume"]
            copies.AddCopies(self._program, self._host, self._shown, self._title, volume).open()

    def _edit_copy(self, row: item_list.ItemRow) -> None:
        if row.cancelled:
            History(self._program, self._host, row).open()
        else:
            copies.EditCopy(self._program, self._host, row).open()

    def remove_title(self) -> None:
        """Strike the title, if it has no copies; asks first."""
        if self._shown is None:
            return
        text = _("“{title}” leaves the catalogue.").format(title=short(self._title))
        if not confirm(self, _("Remove this title?"), text, _("Remove"), danger=True):
            return
        number, now = self._shown, self._program.now()

        def act(session: Session) -> bool:
            titles.cancel_biblio(session, number, now)
            return True

        if self._program.attempt(self._host, act):
            self._host.notice.done(_("Removed: {title}").format(title=short(self._title)))

    def open_files(self) -> None:
        """What belongs to the title outside the shelf."""
        if self._shown is not None:
            self.files = FilesDialog(self, self._program, self._host, self._shown, self._title)
            self.files.open()

    def show_marc(self) -> Dialog:
        """The whole record as text, to read and to copy."""
        box = Dialog(self, _("MARC record"), _("Copy text"), cancel_text=_("Close"), width=680)
        text = QPlainTextEdit(as_text(self._record))
        text.setReadOnly(True)
        text.setProperty("look", "small")
        text.setMinimumHeight(360)
        box.body.addWidget(text, 1)
        box.accepted.connect(lambda: QGuiApplication.clipboard().setText(text.toPlainText()))
        box.open()
        return box


def _read(session: Session, biblio_id: int) -> Any:
    try:
        record, _shelf = titles.record_of(session, biblio_id)
    except Refusal:
        return None
    copies_here = item_list.items_of(session, biblio_id, struck=True)
    return (
        record,
        copies_here,
        covers.of(session, biblio_id),
        hold_lists.of_title(session, biblio_id),
        own.of_titles(session),
    )


def _say(target: Any, text: str, signs: int) -> None:
    """At most so many signs, all of them in the tooltip."""
    cut = shorten(text, signs)
    target.setText(cut)
    target.setToolTip(tip(text) if cut != text else "")
    show_if(target, bool(text))


def _numbers(isbn: str, facts: Any) -> str:
    parts = [
        f"ISBN {isbns.describe(isbn).shown}" if isbn else "",
        f"DDC {facts.classification}" if facts.classification else "",
        f"NLM {facts.nlm}" if facts.nlm else "",
    ]
    return "   ".join(part for part in parts if part)
