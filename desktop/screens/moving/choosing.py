"""Step 1: files or folders are dropped or chosen, or a list is pasted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout

from desktop.widgets.buttons import Button
from desktop.widgets.card import Card
from desktop.widgets.empty import Empty
from desktop.widgets.keys import Key
from desktop.widgets.text import label
from desktop.words.language import _


class ChooseView(Card):
    """Where files come from; nothing changes yet."""

    def __init__(
        self,
        choose: Callable[[], object],
        folder: Callable[[], object],
        paste: Callable[[], object],
    ) -> None:
        super().__init__()
        text = _(
            "Drop files or a folder here, or choose them: exports and databases of SLiMS, lists of "
            "INLISLite or Koha, Excel lists, MARC, BiblioteQ, calibre, references. What each one "
            "is is found out by looking; nothing changes yet."
        )
        self._empty = Empty(text, Key("choose_file", _("Choose files…"), choose), "upload")
        self.button: Button | None = self._empty.findChild(Button)
        self.body.addWidget(self._empty, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(Button(_("Choose a folder…"), folder, small=True))
        row.addWidget(Button(_("Paste a list or ISBNs…"), paste, small=True))
        row.addStretch(1)
        self.body.addLayout(row)
        hint = _(
            "NIK, birth days, addresses, religion and the like are never stored, whatever a list "
            "holds."
        )
        self.body.addWidget(label(hint, "muted", wrap=True))
