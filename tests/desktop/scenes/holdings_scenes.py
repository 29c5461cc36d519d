"""Copies, batches and serials in their main states, on the demo library; for the gallery."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication

from database.circulation import lending
from database.holdings import (
    deposits,
    item_facts,
    item_list,
    item_states,
    items,
    serial_issues,
    serials,
)
from database.imports import deposit_lists
from database.patrons import finding
from desktop import background
from desktop.program import Program
from desktop.screens.catalogue import CatalogueScreen
from desktop.screens.catalogue.copies import copy_acts
from desktop.screens.catalogue.history import History
from tests.libraries import ANYTHING


def copies_page(screen: CatalogueScreen, given: Program) -> None:
    """A title's copies, with some that went through something."""
    row = max(screen.list.table.rows(), key=lambda one: one.items)
    now = given.now()
    rows = given.read(lambda session: item_list.items_of(session, row.id))
    facts = item_facts.ItemFacts(source="gift", ownership="gift", price=125000, location="Rak 4")

    def act(session):
        ids = items.add_items(session, row.id, facts, 5, now)
        details = item_states.Details(now.date() + timedelta(days=14), "Punggung lepas")
        item_states.to_repair(session, ids[:1], details, now)
        weeding = item_states.Details(reason="Edisi lama", minutes="003/BA/2026")
        item_states.withdraw(session, ids[1:2], weeding, now)
        item_states.missing(session, ids[2:3], item_states.Details(), now)
        items.remove_item(session, ids[4], now)
        return ids

    ids = given.write(act)
    screen.list.wanted.emit("copies", row.id)
    screen.copies.table.select_ids([ids[3], *[one.id for one in rows if one.due_on is None][:1]])


def weeding(screen: CatalogueScreen, given: Program) -> None:
    """The question before weeding."""
    copies_page(screen, given)
    rows = screen.copies.chosen()[:1]
    copy_acts.StateDialog(given, screen, "withdraw", rows).open()


def history(screen: CatalogueScreen, given: Program) -> None:
    """The life of a copy."""
    copies_page(screen, given)
    row = next(one for one in screen.copies.table.rows() if one.due_on is not None)
    now = given.now()
    given.write(lambda session: item_states.move(session, [row.id], "Rak 12", now))
    rows = given.read(lambda session: item_list.items_by_id(session, [row.id]))
    History(given, screen, rows[0]).open()


def edit(screen: CatalogueScreen, given: Program) -> None:
    """Everything about one copy."""
    copies_page(screen, given)
    screen.copies.edit(screen.copies.table.rows()[0])


def _batch(given: Program) -> int:
    """A batch of 40 titles, some of it out, some gone back."""
    now = given.now()
    path = Path(tempfile.mkdtemp()) / "paket.csv"
    books = [f"Kesehatan keluarga seri {n};Dinas Kesehatan;2024;3" for n in range(1, 41)]
    path.write_text("\n".join(["Judul;Pengarang;Tahun;Jumlah", *books]), encoding="utf-8")
    day = now.date()
    facts = deposits.DepositFacts(
        "Paket I/2026",
        "Dinas Perpustakaan dan Kearsipan",
        "T3",
        day - timedelta(days=70),
        day - timedelta(days=2),
        "041/BAST/2026",
    )

    def act(session):
        number, _line = deposits.receive(session, facts, now)
        deposit_lists.fill(session, number, path, now)
        later = deposits.DepositFacts("Paket II/2026", "Dinas Perpustakaan", "T4", day)
        deposits.receive(session, later, now)
        return number

    number = given.write(act)
    wanted = finding.PatronFilter()
    patron = given.read(lambda session: finding.search(session, wanted))[1][0]
    given.write(lambda session: lending.check_out(session, patron.number, "T3-007", now, ANYTHING))
    return number


def deposits_empty(screen: CatalogueScreen, given: Program) -> None:
    """No batch yet."""
    screen.arrive("deposits")


def deposits_list(screen: CatalogueScreen, given: Program) -> None:
    """Two batches."""
    _batch(given)
    screen.arrive("deposits")


def deposit_dialog(screen: CatalogueScreen, given: Program) -> None:
    """The question what came."""
    screen.arrive("deposits")
    screen.deposits.receive()


def deposit_batch(screen: CatalogueScreen, given: Program) -> None:
    """A batch as it came."""
    screen.deposits.wanted.emit("batch", _batch(given))


def deposit_return(screen: CatalogueScreen, given: Program) -> None:
    """Half of it has gone back; a wrong book was scanned."""
    deposit_batch(screen, given)
    screen.batch.mode.setCurrentIndex(1)
    for number in range(8, 60):
        screen.batch.scanned(f"T3-{number:03d}")
    screen.batch.scanned("T3-007")


def deposit_paper(screen: CatalogueScreen, given: Program) -> None:
    """The deed of the return."""
    deposit_return(screen, given)
    screen.batch.open_paper()
    background.wait()
    QApplication.processEvents()


def serial_list(screen: CatalogueScreen, given: Program) -> None:
    """Two serials, one with issues that came and some that did not."""
    now = given.now()
    first = now.date().replace(year=now.year - 2, month=1, day=15)

    def act(session):
        for title in ("Majalah Kedokteran Indonesia", "Jurnal Keperawatan Padjadjaran"):
            number, _line = serials.add(session, {"title": title, "issn": "0377-1121"}, now)
        facts = serials.SerialFacts("quarterly", 4, "Agen Majalah Jaya")
        serials.save(session, number, facts, now)
        serial_issues.expect(session, number, "12", 1, first, 13, now)
        for place, row in enumerate(reversed(serial_issues.issues(session, number))):
            if place < 10 and place != 5:
                serial_issues.receive(session, row.id, now)
        return number

    number = given.write(act)
    screen.arrive("serials")
    screen.serials.table.select_ids([number])


def serial_expect(screen: CatalogueScreen, given: Program) -> None:
    """Which issues come next."""
    serial_list(screen, given)
    screen.serials.expect()


def serial_claims(screen: CatalogueScreen, given: Program) -> None:
    """The letter."""
    serial_list(screen, given)
    screen.serials.open_claims()
    background.wait()
    QApplication.processEvents()


SCENES = {
    "serials-empty": (lambda screen, given: screen.arrive("serials"), True),
    "serials-list": (serial_list, False),
    "serials-expect": (serial_expect, False),
    "serials-claims": (serial_claims, False),
    "deposits-empty": (deposits_empty, False),
    "deposits-list": (deposits_list, False),
    "deposits-dialog": (deposit_dialog, False),
    "deposits-batch": (deposit_batch, False),
    "deposits-return": (deposit_return, False),
    "deposits-paper": (deposit_paper, False),
    "copies-page": (copies_page, False),
    "copies-weeding": (weeding, False),
    "copies-history": (history, False),
    "copies-edit": (edit, False),
}
