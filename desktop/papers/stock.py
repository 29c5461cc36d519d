"""Papers of the stock: registers, labels, what is glued in, claims, deeds, minutes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

from desktop.papers.usual import last_month, nothing
from desktop.words.language import _

_SOME = 40


def register(target: BytesIO, session: Any, now: datetime) -> None:
    from desktop.pages.registers import shelf_books

    shelf_books.write_register(target, session, now)


def shelf_list(target: BytesIO, session: Any, now: datetime) -> None:
    from desktop.pages.registers import shelf_books

    shelf_books.write_shelf_list(target, session, now)


def new_titles(target: BytesIO, session: Any, now: datetime) -> None:
    from database.catalogue import worklists
    from desktop.pages.registers import new_titles

    month = last_month(now)
    rows = worklists.rows(session, "new", worklists.Asked(now.date(), month))
    new_titles.write(target, session, rows, month, now.date())


def labels(target: BytesIO, session: Any, _now: datetime) -> None:
    from database.policy import house
    from desktop.pages.labels import labels, sheets

    rows = newest_copies(session)
    if not rows:
        nothing(target, session, _("Labels"), _("There is no copy to make a label for."))
        return
    name = house.profile(session).name
    sheet = sheets.all_sheets()["a4-3x7"]
    labels.write_labels(target, [labels.label_of(row, name) for row in rows], sheet)


def newest_copies(session: Any) -> list[Any]:
    """Those without a label; where all have one, the last that came into the library."""
    from database.holdings import item_list

    waiting = item_list.items_to_label(session, only_new=True)
    if waiting:
        return waiting
    every = item_list.items_to_label(session, only_new=False)
    return sorted(every, key=lambda row: row.id)[-_SOME:]


def of_copies(
    write: Callable[[BytesIO, Any, list[int]], object], title: str
) -> Callable[[BytesIO, Any, datetime], None]:
    """A paper that lives with a copy, for the newest ones."""

    def made(target: BytesIO, session: Any, _now: datetime) -> None:
        ids = [row.id for row in newest_copies(session)]
        if ids:
            write(target, session, ids)
        else:
            nothing(target, session, _(title), _("No copy yet."))

    return made


def pockets(target: BytesIO, session: Any, ids: list[int]) -> None:
    from desktop.pages.cards import book_papers

    book_papers.write_pockets(target, session, ids)


def book_cards(target: BytesIO, session: Any, ids: list[int]) -> None:
    from desktop.pages.cards import book_papers

    book_papers.write_book_cards(target, session, ids)


def due_slips(target: BytesIO, session: Any, ids: list[int]) -> None:
    from desktop.pages.cards import book_papers

    book_papers.write_due_slips(target, session, ids)


def catalogue_cards(target: BytesIO, session: Any, ids: list[int]) -> None:
    from desktop.pages.cards import catalogue_cards

    catalogue_cards.write(target, session, ids)


def label_test(target: BytesIO, _session: Any, _now: datetime) -> None:
    from desktop.pages.labels import labels, sheets

    labels.calibration_page(target, sheets.all_sheets()["a4-3x7"])


def claims(target: BytesIO, session: Any, now: datetime) -> None:
    from database.holdings import serial_issues
    from desktop.pages.letters import claims

    claims.write(target, session, serial_issues.late(session, now.date()), now.date())


def handover(target: BytesIO, session: Any, now: datetime, *, given_back: bool) -> None:
    from database.holdings import deposits
    from desktop.pages.letters import handover

    found = deposits.rows(session)
    if given_back:
        found = [one for one in found if one.returned]
    if not found:
        title = _("Minutes of handover")
        nothing(target, session, title, _("No batch has been handed over yet."))
        return
    handover.write(target, session, found[0].id, now.date(), given_back=given_back)


def received(target: BytesIO, session: Any, now: datetime) -> None:
    handover(target, session, now, given_back=False)


def given_back(target: BytesIO, session: Any, now: datetime) -> None:
    handover(target, session, now, given_back=True)


def stocktake(target: BytesIO, session: Any, _now: datetime) -> None:
    from database.holdings import stocktake
    from desktop.pages.letters import minutes

    closed = [one for one in stocktake.rounds(session) if one.closed_at is not None]
    if closed:
        minutes.write_stocktake(target, session, closed[0].id)
    else:
        sentence = _("No stocktake has been closed yet.")
        nothing(target, session, _("Minutes of stocktake"), sentence)


def weeding(target: BytesIO, session: Any, _now: datetime) -> None:
    from database.holdings import weeding
    from desktop.pages.letters import minutes

    closed = [one for one in weeding.rounds(session) if one.closed_at is not None]
    if closed:
        minutes.write_weeding(target, session, closed[0])
    else:
        sentence = _("No weeding has been closed yet.")
        nothing(target, session, _("Minutes of weeding"), sentence)
