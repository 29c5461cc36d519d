"""The two books of the stock: the accession register by number, the shelf list by call number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak

from database.holdings import accessions, item_list
from database.library import Session
from database.policy import house
from desktop.pages.drawing.entry import Paper
from desktop.pages.drawing.ledger import (
    SIGNED,
    Column,
    Heading,
    LedgerPage,
    Row,
    height_of,
    pages_of,
    rows_a_page,
)
from desktop.pages.drawing.letterhead import signed
from desktop.pages.drawing.paper import frame_height, paragraph, write_paper
from desktop.pages.drawing.words import ownership
from desktop.words.codes import SOURCES, status
from desktop.words.language import N_, _, date_long, date_plain, money, ngettext, number
from desktop.words.wording import worded

Target = str | Path | BinaryIO
_SUMS = 2


@worded("accession-register")
def write_register(target: Target, session: Session, now: datetime) -> None:
    """The accession register (buku induk) of all copies, with the sums of each page."""
    profile, lines = house.profile(session), accessions.lines(session)
    title = _("Accession register")
    heading = Heading(title.upper(), _as_of(profile.name, now.date()))
    story: list[Flowable] = []
    room, total = frame_height(wide=True), 0
    portions = pages_of(lines, rows_a_page(room, _SUMS), rows_a_page(room - SIGNED, _SUMS))
    for here in portions if lines else ():
        counted = [one for one in here if not one.cancelled]
        worth = sum(one.price or 0 for one in counted)
        total += worth
        sums = [(_page_sum(len(counted)), money(worth)), (_("Total up to here"), money(total))]
        rows = [_entry(one) for one in here]
        height = height_of(len(rows), _SUMS)
        story += [PageBreak()] if story else []
        story.append(LedgerPage(heading, _register_columns(), rows, height, sums))
    if not lines:
        story = [paragraph(title, "title"), paragraph(_("No copy yet."), "empty")]
    story.append(_signed(session, profile.city, now.date()))
    write_paper(
        target,
        story,
        title=title,
        author=profile.name,
        subject=title,
        file_name=_as_of(title, now.date()),
        wide=True,
    )


def _as_of(name: str, day: date) -> str:
    return _("{name} · as of {date}").format(name=name, date=date_long(day))


def _page_sum(count: int) -> str:
    copies = ngettext("{n} copy", "{n} copies", count).format(n=number(count))
    return _("This page: {copies}").format(copies=copies)


def _register_columns() -> list[Column]:
    return [
        Column(_("Date"), 18 * mm),
        Column(_("Accession number"), 34 * mm),
        Column(_("Title, author"), 56 * mm),
        Column(_("Publisher, year"), 33 * mm),
        Column(_("Call number"), 22 * mm),
        Column(_("Source"), 25 * mm),
        Column(_("Price"), 18 * mm, right=True),
        Column(_("Remarks"), 41 * mm),
    ]


def _entry(one: accessions.Line) -> Row:
    made = " ".join(part for part in (one.place, one.publisher) if part)
    edition = ", ".join(part for part in (one.edition, str(one.year or "")) if part)
    source = _(SOURCES.get(one.source, one.source))
    given = " · ".join(part for part in (one.supplier, one.invoice) if part)
    cells = (
        date_plain(one.entered_on),
        f"{one.number}\n{one.barcode}",
        f"{one.title}\n{one.contributors}",
        f"{made}\n{edition}",
        one.call_number,
        f"{source}\n{given}",
        money(one.price) if one.price is not None else "",
        _remark(one),
    )
    return Row(cells, one.cancelled)


def _remark(one: accessions.Line) -> str:
    if one.cancelled:
        return _("cancelled")
    said = [ownership(one.ownership)] if one.ownership != "hospital" else []
    if one.status not in {"in_service", "on_order"}:
        said.append(status(one.status))
    if one.minutes:
        said.append(one.minutes)
    return "\n".join(said)


def _signed(session: Session, city: str, today: date) -> Flowable:
    return signed(session, "accession-register", today, city)


@worded("shelf-list")
def write_shelf_list(target: Target, session: Session, now: datetime) -> None:
    """What should stand on the shelves, in their order, with a box to tick."""
    profile, found = house.profile(session), item_list.items_to_label(session, only_new=False)
    title, height = _("Shelf list"), frame_height()
    copies = ngettext("{n} copy", "{n} copies", len(found)).format(n=number(len(found)))
    heading = Heading(title.upper(), listed_line(_as_of(profile.name, now.date()), copies))
    rows = [_place(row) for row in found]
    story: list[Flowable] = [
        LedgerPage(heading, _shelf_columns(), part, height)
        for part in pages_of(rows, rows_a_page(height))
    ]
    if not found:
        story = [paragraph(title, "title"), paragraph(_("No copy yet."), "empty")]
    write_paper(
        target,
        story,
        title=title,
        author=profile.name,
        subject=title,
        file_name=_as_of(title, now.date()),
    )


def listed_line(*parts: str) -> str:
    """Parts of a line, told apart by a dot."""
    return " · ".join(part for part in parts if part)


def _shelf_columns() -> Sequence[Column]:
    return [
        Column(_("Call number"), 30 * mm),
        Column(_("Title"), 58 * mm),
        Column(_("Barcode"), 22 * mm),
        Column(_("Location"), 36 * mm),
        Column(_("There"), 14 * mm),
    ]


def _place(row: item_list.ItemRow) -> Row:
    copy = f"c.{row.copy_number}" if row.copy_number > 1 else ""
    call = f"{row.call_number}\n{listed_line(row.volume, copy)}"
    odd = "" if row.status == "in_service" else status(row.status)
    if row.due_on is not None:
        odd = _("on loan until {day}").format(day=date_plain(row.due_on))
    return Row((call, row.title, row.barcode, f"{row.location}\n{odd}", ""))


PAPERS = (
    Paper("accession-register", N_("Accession register"), write_register),
    Paper("shelf-list", N_("Shelf list"), write_shelf_list),
)
