"""Papers of the patrons' place: cards of one or of all in the list, and whatever else is made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from database.patrons import cards
from desktop import background
from desktop.pages.drawing.kinds import Kind
from desktop.printing import queueing
from desktop.printing.paper_view import PaperView
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.buttons import Button
from desktop.widgets.form import Choice, Form
from desktop.words.language import _, ngettext, number


class PatronPapers(PaperView):
    """`show_cards(chosen, listed)` or `show_paper`; `opened` is called when one is to be seen."""

    def __init__(self, program: Program, host: Screen, opened: Callable[[], object]) -> None:
        super().__init__(program, host)
        self.program, self._opened = program, opened
        self._chosen: list[int] = []
        self._listed: list[int] = []
        self._task: background.Task | None = None
        self.form = Form(
            [
                [
                    Choice("which", _("Whose cards"), width=2),
                    Choice("sheet", _("Paper"), options=_sheets(), width=2),
                ]
            ]
        )
        self.form.changed.connect(lambda _key: self._draw())
        self._later = Button(_("Put into the print queue"), self.queue, small=True)
        row = QHBoxLayout()
        row.addWidget(self.form, 1)
        row.addWidget(self._later, 0, Qt.AlignmentFlag.AlignBottom)
        self.options.addLayout(row)

    def show_paper(self, pdf: bytes, name: str, kind: Kind = "paper") -> None:
        """Show any paper; what can be chosen is only about cards."""
        self.form.setVisible(kind == "card")
        self._later.setVisible(kind == "card")
        self._opened()
        super().show_paper(pdf, name, kind)

    def show_cards(self, chosen: Sequence[int], listed: Sequence[int]) -> None:
        """The card of the chosen one; all in the list can be asked for."""
        self._chosen, self._listed = list(chosen), list(listed)
        everyone = ngettext("{n} in the list", "{n} in the list", len(listed))
        options = [("listed", everyone.format(n=number(len(listed))))]
        if chosen:
            options.insert(0, ("chosen", _("The chosen one")))
        self.form.blockSignals(True)
        self.form.set_options("which", options)
        self.form.set_values({"which": options[0][0], "sheet": "a4"})
        self.form.blockSignals(False)
        self._draw()

    def _ids(self) -> list[int]:
        return self._chosen if self.form.value("which") == "chosen" else self._listed

    def queue(self) -> None:
        """Into the queue, to be printed with others."""
        queueing.queue(self.program, self._host, "member-cards", self._ids())

    def _draw(self) -> None:
        ids = self._ids()
        single, today = self.form.value("sheet") == "single", self.program.now().date()
        library = self.program.library

        def work(_report: background.Report, _stop: Callable[[], bool]) -> tuple[bytes, int]:
            from desktop.pages.cards import cards as page

            with library.reading() as session:
                rows = cards.of_patrons(session, ids)
                house = page.house_of(session, today)
            return (page.pdf_of(rows, house, single=single) if rows else b""), len(rows)

        if self._task is not None:
            self._task.cancel()
        self._task = background.run(work, lambda made: self._drawn(made, len(ids)), _failed)

    def _drawn(self, made: tuple[bytes, int], wanted: int) -> None:
        from desktop.pages.cards.cards import card_file_name

        pdf, count = made
        if not count:
            self._host.notice.look(_("Patients get no card: it would tell that they are ill."))
            return
        if count < wanted:
            text = ngettext("{n} card; patients get none.", "{n} cards; patients get none.", count)
            self._host.notice.look(text.format(n=number(count)))
        day = self.program.now().date().isoformat()
        self.show_paper(pdf, card_file_name(day), "card")


def _sheets() -> list[tuple[Any, str]]:
    return [
        ("a4", _("Ten on an A4 sheet, with cut marks")),
        ("single", _("Each on a card of its own (CR80)")),
    ]


def _failed(error: Exception) -> None:
    raise error
