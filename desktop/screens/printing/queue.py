"""What waits to be printed, until it came out well."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from database.circulation import identify
from database.holdings import print_queue
from database.library import Session
from desktop.forms.scanned import ways
from desktop.forms.scanned.dialog import ScannedListDialog
from desktop.pages.drawing.kinds import Kind
from desktop.printing.queueing import NAMES, queue
from desktop.printing.tabs import Tab
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.widgets.buttons import Button
from desktop.widgets.card import Band, Card
from desktop.widgets.table import Column, Table
from desktop.words.language import _, ngettext, number


class QueuePart(Tab):
    """Papers with what waits for them at the left, the copies or persons at the right."""

    def __init__(self, program: Program, host: Screen) -> None:
        super().__init__(program, host)
        self._asked: tuple[str, list[int]] = ("", [])
        yes = Button(_("Yes, take them out"), self.came_out, small=True)
        self.yes, no = yes, Button(_("No, keep them"), self.keep, small=True)
        self.asked = Band("", "info", yes, no)
        self.column.addWidget(self.asked)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._papers(), 4)
        row.addWidget(self._waiting(), 7)
        self.column.addLayout(row, 1)

    def _papers(self) -> Card:
        card = Card(_("Waiting for paper"), Button.of(self.keys()[2], small=True), flush=True)
        self.papers = Table(
            [
                Column(_("Paper"), "name", stretch=True),
                Column(_("Waiting"), "count", kind="number", width=84),
            ],
            on_open=lambda _row: self.print_these(),
            on_select=lambda _row: self._fill(),
            empty=_(
                "Nothing waits. New copies wait for their labels here by themselves; cards, "
                "pockets and slips are put here from the catalogue and the patrons."
            ),
            name=_("Waiting for paper"),
        )
        card.body.addWidget(self.papers)
        return card

    def _waiting(self) -> Card:
        take, show = self.keys()[1], self.keys()[0]
        self.card = Card(
            "", Button.of(take, small=True), Button.of(show, kind="primary", small=True), flush=True
        )
        self.rows = Table(
            [
                Column(_("Number"), "code", width=120),
                Column(_("Title or name"), "name", stretch=True),
            ],
            many=True,
            name=_("What waits"),
        )
        self.card.body.addWidget(self.rows)
        return self.card

    def keys(self) -> list[Key]:
        """What can be done with what waits."""
        return [
            Key("print", _("Print…"), self.print_these),
            Key("remove", _("Take out"), self.take_out),
            Key("choose_file", _("Scanned codes…"), self.open_list),
        ]

    def focus_first(self) -> None:
        """The list of papers."""
        self.papers.setFocus()

    def reload(self) -> None:
        """Count what waits, and list it."""
        counts = self.program.read(print_queue.counts)
        self.papers.set_rows(
            [{"id": key, "name": _(NAMES[key]), "count": n} for key, n in counts.items()]
        )
        if counts and self.papers.current() is None:
            self.papers.select_first()
        self.counted.emit(sum(counts.values()))
        self._fill()

    def paper_chosen(self) -> str:
        """The paper in hand; "" for none."""
        row = self.papers.current()
        return row["id"] if row else ""

    def _fill(self) -> None:
        paper = self.paper_chosen()
        rows = self.program.read(lambda session: _rows(session, paper)) if paper else []
        self.card.set_title(_(NAMES[paper]) if paper else "", number(len(rows)) if rows else "")
        self.rows.set_rows(rows)

    def ids(self) -> list[int]:
        """Those chosen, or all."""
        return self.rows.selected_ids() or [row["id"] for row in self.rows.rows()]

    def take_scan(self, code: str, kind: str) -> bool:
        """A copy waits for the paper in hand, or for its label; a patron for a card."""
        chosen = self.paper_chosen()
        if kind == "copy":
            found = self.program.read(lambda session: identify.item_scanned(session, code)).id
            paper = chosen if chosen in print_queue.OF_COPIES else print_queue.LABELS
        elif kind == "patron":
            patron = self.program.read(lambda session: identify.find_patron(session, code))
            assert patron is not None
            found, paper = patron.id, print_queue.OF_PATRONS[0]
        else:
            return False
        queue(self.program, self.host, paper, [found])
        self.papers.select_ids([paper])
        self.rows.select_ids([found])
        return True

    def open_list(self) -> None:
        """The copies whose codes a portable scanner kept, for the paper in hand or their labels."""
        chosen = self.paper_chosen()
        paper = chosen if chosen in print_queue.OF_COPIES else print_queue.LABELS
        way = ways.into_queue(paper, _(NAMES[paper]))
        ScannedListDialog(self.program, self.host, way, self.reload).open()

    def take_out(self) -> None:
        """Those chosen are not wanted."""
        paper, ids, now = self.paper_chosen(), self.rows.selected_ids(), self.program.now()
        if not ids:
            self.host.notice.look(_("Choose in the list what to take out first."))
            return
        told = ngettext("{n} taken out", "{n} taken out", len(ids)).format(n=number(len(ids)))
        self.act(lambda session: print_queue.drop(session, paper, ids, now), told)

    def print_these(self) -> None:
        """Labels on their sheet, everything else as a paper to look at first."""
        paper, ids = self.paper_chosen(), self.ids()
        if not ids:
            return
        if paper == print_queue.LABELS:
            self.host.leave_for.emit("catalogue", ("labels", ids))
            return
        target = BytesIO()
        self.program.read(partial(_write, target, paper, ids, self.program.now().date()))
        self._asked = (paper, ids)
        asked = ngettext(
            "Did it come out well? {n} waits.", "Did they come out well? {n} wait.", len(ids)
        )
        self.asked.set(asked.format(n=number(len(ids))))
        kind: Kind = "card" if paper in print_queue.OF_PATRONS else "paper"
        self.paper.emit(target.getvalue(), _(NAMES[paper]), kind)

    def came_out(self) -> None:
        """They leave the queue."""
        (paper, ids), now = self._asked, self.program.now()
        told = ngettext("{n} printed", "{n} printed", len(ids)).format(n=number(len(ids)))
        self.keep()
        self.act(lambda session: print_queue.printed(session, paper, ids, now), told)

    def keep(self) -> None:
        """They stay in the queue."""
        self.asked.set("")
        self.focus_first()


def _rows(session: Session, paper: str) -> list[dict[str, Any]]:
    if paper in print_queue.OF_PATRONS:
        found = print_queue.patrons(session, paper)
        return [{"id": one, "code": code, "name": name} for one, code, name in found]
    return [
        {"id": row.id, "code": row.barcode, "name": row.title}
        for row in print_queue.copies(session, paper)
    ]


def _write(target: BytesIO, paper: str, ids: list[int], today: Any, session: Session) -> None:
    from desktop.pages.cards import book_papers, catalogue_cards

    of_copies = {
        "pockets": book_papers.write_pockets,
        "book-cards": book_papers.write_book_cards,
        "due-slips": book_papers.write_due_slips,
        "catalogue-cards": catalogue_cards.write,
    }
    if paper in of_copies:
        of_copies[paper](target, session, ids)
        return
    from database.patrons import cards
    from desktop.pages.cards import cards as page

    target.write(page.pdf_of(cards.of_patrons(session, ids), page.house_of(session, today)))
