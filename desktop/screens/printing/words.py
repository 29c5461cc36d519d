"""The texts of one paper: each may say something else here, with its fields, and go back."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from database.policy import paper_words
from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.form import Form, TextArea
from desktop.widgets.pill import Pill
from desktop.widgets.table import Column, Table
from desktop.widgets.text import Elided
from desktop.words.language import _


class WordsCard(Card):
    """`hear` shows the texts a paper is made of; `changed` while one is typed, `saved(source,
    text)` when it is to be kept, "" for the program's own; `closed` to go back."""

    changed = Signal()
    saved = Signal(str, str)
    closed = Signal()

    def __init__(self) -> None:
        back = Button(_("Back to the papers"), small=True)
        super().__init__(_("Words"), back)
        back.clicked.connect(self.closed.emit)
        self._own: dict[str, str] = {}
        self.table = Table(
            [Column(_("Text"), "said", stretch=True), Column("", "mark", width=76)],
            on_select=self._show,
            name=_("Texts of this paper"),
        )
        self.body.addWidget(self.table, 1)
        self.form = Form([TextArea("text", _("Instead of it stands"), lines=3)])
        self.form.changed.connect(lambda _key: self.changed.emit())
        self.body.addWidget(self.form)
        self._fields = Elided("", "small")
        self.body.addWidget(self._fields)
        foot = QHBoxLayout()
        foot.addStretch(1)
        self.usual = Button(_("As it was"), self._reset, small=True)
        foot.addWidget(self.usual)
        foot.addWidget(Button(_("Save"), self._save, kind="primary", small=True))
        self.body.addLayout(foot)

    def hear(self, heard: dict[str, str], own: dict[str, str]) -> None:
        """The texts in their order on the paper, and those the library said itself."""
        self._own = own
        rows = [self._row(source, usual) for source, usual in heard.items() if usual.strip()]
        if [row["id"] for row in rows] != [row["id"] for row in self.table.rows()]:
            self.table.set_rows(rows)
            self.table.select_first()
        else:
            self.table.set_rows(rows)

    def _row(self, source: str, usual: str) -> dict[str, Any]:
        own = self._own.get(source, "")
        mark: Any = Pill(_("own"), "info") if own else ""
        said = " ".join((own or usual).split())
        return {"id": source, "said": said, "usual": usual, "mark": mark}

    def _show(self, row: dict[str, Any] | None) -> None:
        if row is None:
            return
        self.form.set_values({"text": self._own.get(row["id"]) or row["usual"]})
        known = ", ".join(f"{{{name}}}" for name in sorted(paper_words.fields(row["id"])))
        self._fields.set_text(_("Fields: {fields}").format(fields=known) if known else "")
        self.usual.setEnabled(row["id"] in self._own)

    def source(self) -> str:
        """The text in hand, by its source."""
        row = self.table.current()
        return row["id"] if row else ""

    def trying(self) -> dict[str, str]:
        """What is typed and not saved, where its braces are right."""
        source, text = self.source(), self.form.value("text") or ""
        if not source or not self.form.is_dirty():
            return {}
        try:
            fits = paper_words.fields(text) <= paper_words.fields(source)
        except ValueError:
            fits = False
        return {source: text} if fits else {}

    def forget(self) -> None:
        """Drop what was typed."""
        self.form.mark_clean()

    def focus_first(self) -> None:
        """The list of texts."""
        self.table.setFocus()

    def _save(self) -> None:
        if self.source():
            self.saved.emit(self.source(), self.form.value("text") or "")

    def _reset(self) -> None:
        if self.source():
            self.saved.emit(self.source(), "")
