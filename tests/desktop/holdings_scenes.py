"""Copies, batches and serials in their main states, on the demo library; for the gallery."""

from __future__ import annotations

from datetime import timedelta

from database import item_states, items
from desktop.program import Program
from desktop.screens.catalogue import CatalogueScreen, copy_acts
from desktop.screens.catalogue.history import History


def copies_page(screen: CatalogueScreen, given: Program) -> None:
    """A title's copies, with some that went through something."""
    row = max(screen.list.table.rows(), key=lambda one: one.items)
    now = given.now()
    rows = given.read(lambda session: items.items_of(session, row.id))
    facts = items.ItemFacts(source="gift", ownership="gift", price=125000, location="Rak 4")

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
    row = screen.copies.table.rows()[0]
    now = given.now()
    given.write(lambda session: item_states.move(session, [row.id], "Rak 12", now))
    rows = given.read(lambda session: items.items_by_id(session, [row.id]))
    History(given, screen, rows[0]).open()


def edit(screen: CatalogueScreen, given: Program) -> None:
    """Everything about one copy."""
    copies_page(screen, given)
    screen.copies.edit(screen.copies.table.rows()[0])


SCENES = {
    "copies-page": (copies_page, False),
    "copies-weeding": (weeding, False),
    "copies-history": (history, False),
    "copies-edit": (edit, False),
}
