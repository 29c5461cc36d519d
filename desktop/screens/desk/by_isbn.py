"""An ISBN at the desk: it says which title it is, and leaves it to a key which copy is meant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtWidgets import QDialog

from database.catalogue import known
from database.description import isbn
from database.holdings import hold_queue, item_list
from database.holdings.item_list import ItemRow
from database.library import Session
from desktop.screen import Key
from desktop.screens.desk.host import Desk
from desktop.widgets.dialog import Dialog
from desktop.widgets.table import Column, Table
from desktop.words.language import _, date_short, ngettext
from desktop.words.sentences import shorten


@dataclass(frozen=True)
class Meant:
    """The title of an ISBN: the copies that can be lent to the open patron, those that are out,
    and how many there are in all."""

    biblio_id: int
    title: str
    free: list[ItemRow]
    out: list[ItemRow]
    count: int


def read(session: Session, number: str, patron_id: int | None) -> Meant | None:
    """What stands behind an ISBN of 13 digits; None where no title has it. A copy that lies
    ready for the open patron is free to them."""
    found = known.same_isbn(session, number)
    if found is None:
        return None
    rows = item_list.items_of(session, found[0])
    free = hold_queue.free_copies(session, found[0])
    waiting = hold_queue.standing(session, found[0])
    free |= {one.copy_id for one in waiting if one.copy_id and one.patron_id == patron_id}
    return Meant(
        found[0],
        found[1],
        [row for row in rows if row.id in free],
        [row for row in rows if row.due_on is not None],
        len(rows),
    )


class ByIsbn:
    """`lend(barcode)` is the desk's own way; `wait_for(barcode)` makes F10 hold it."""

    def __init__(
        self, desk: Desk, lend: Callable[[str], object], wait_for: Callable[[str], object]
    ) -> None:
        self._desk, self._lend, self._wait_for = desk, lend, wait_for

    def tell(self, number: str) -> None:
        """Say what was scanned, and offer the next step; nothing is done by itself."""
        desk = self._desk
        patron = desk.patron.id if desk.patron else None
        meant = desk.program.read(lambda session: read(session, number, patron))
        shown = isbn.hyphenated(number)
        if meant is None:
            text = _("{number} is an ISBN, and no title here has it.").format(number=shown)
            show = partial(desk.leave_for.emit, "catalogue", ("isbn", number))
            desk.notice.look(text, Key("step", _("New title"), show))
        elif patron is None:
            self._tell_title(meant)
        elif meant.free:
            self._offer(meant)
        else:
            self._none_free(meant)
        desk.focus_first()

    def _tell_title(self, meant: Meant) -> None:
        text = ngettext(
            "This is the ISBN of “{title}”: {n} copy, {free} free. Scan a card or the copy's own "
            "barcode.",
            "This is the ISBN of “{title}”: {n} copies, {free} free. Scan a card or the copy's own "
            "barcode.",
            meant.count,
        )
        told = text.format(title=shorten(meant.title, 50), n=meant.count, free=len(meant.free))
        show = partial(self._desk.leave_for.emit, "catalogue", ("title", meant.biblio_id))
        self._desk.notice.look(told, Key("step", _("Show the title"), show))

    def _offer(self, meant: Meant) -> None:
        title = shorten(meant.title, 50)
        if len(meant.free) == 1:
            barcode = meant.free[0].barcode
            text = _("This is the ISBN of “{title}”; its free copy is {barcode}.")
            step = Key("step", _("Lend {barcode}").format(barcode=barcode), self._lending(barcode))
            self._desk.notice.look(text.format(title=title, barcode=barcode), step)
            return
        text = ngettext(
            "This is the ISBN of “{title}”; {n} copy is free.",
            "This is the ISBN of “{title}”; {n} copies are free.",
            len(meant.free),
        )
        step = Key("step", _("Choose the copy…"), partial(self._choose, meant))
        self._desk.notice.look(text.format(title=title, n=len(meant.free)), step)

    def _lending(self, barcode: str) -> Callable[[], object]:
        return lambda: self._lend(barcode)

    def _none_free(self, meant: Meant) -> None:
        text = _("This is the ISBN of “{title}”; none of its copies is free.")
        told = text.format(title=shorten(meant.title, 50))
        days = [row.due_on for row in meant.out if row.due_on]
        if days:
            told += " " + _("The next is due on {day}.").format(day=date_short(min(days)))
            self._wait_for(meant.out[0].barcode)
            told = _("{why} F10 places a hold.").format(why=told)
        self._desk.notice.look(told)

    def _choose(self, meant: Meant) -> None:
        box = ChooseCopy(self._desk, meant)
        if box.exec() == QDialog.DialogCode.Accepted and box.barcode:
            self._lend(box.barcode)
        self._desk.focus_first()


class ChooseCopy(Dialog):
    """The free copies of a title; Enter lends the chosen one. A scan of one chooses it."""

    def __init__(self, desk: Desk, meant: Meant) -> None:
        super().__init__(desk, shorten(meant.title, 60), _("Lend"), width=560)
        self.barcode = ""
        self.table = Table(
            [
                Column(_("Copy"), "barcode", strong=True),
                Column(_("Call number"), "call_number"),
                Column(_("Location"), "location", stretch=True),
            ],
            on_open=lambda _row: self.try_accept(),
            name=_("Free copies"),
        )
        self.table.setMinimumHeight(180)
        self.table.set_rows(meant.free)
        self.table.select_first()
        self.body.addWidget(self.table)
        self.table.view.setFocus()

    def take_scan(self, code: str, kind: str) -> bool:
        """The book is at hand after all."""
        rows: list[Any] = [row for row in self.table.rows() if row.barcode == code]
        if rows:
            self.table.select_ids([rows[0].id])
            self.try_accept()
        return bool(rows)

    def ready(self) -> bool:
        """With a copy chosen."""
        row = self.table.current()
        self.barcode = row.barcode if row else ""
        return row is not None
