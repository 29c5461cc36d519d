"""The loan slip on a 58 or 80 mm roll: what was lent to whom, and when it must be back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from database.library import Session
from database.patrons import finding
from database.policy import house
from database.text.dates import local_day
from desktop.pages.drawing import fonts
from desktop.pages.drawing.entry import Paper
from desktop.pages.drawing.faces import BOLD, REGULAR, SEMIBOLD
from desktop.pages.drawing.roll import Row, rule, write_roll
from desktop.words.language import N_, _, clock, date_long, date_plain, ngettext
from desktop.words.wording import speaking, words_of


@dataclass(frozen=True, slots=True)
class SlipItem:
    """One copy lent: its title ("" where others must not read it), its barcode, its due date."""

    title: str
    code: str
    due: date


@dataclass(frozen=True, slots=True)
class Slip:
    """What a slip says; `borrower` is a label already fit for others' eyes; `words` are the
    library's own texts (`desktop.words.wording`)."""

    library: tuple[str, ...]
    moment: datetime
    borrower: str
    items: tuple[SlipItem, ...]
    closing: str = ""
    words: Mapping[str, str] = field(default_factory=dict)


def write_slip(target: str | Path | BinaryIO, slip: Slip, width_mm: int = 58) -> None:
    """One page as wide as the roll and as long as the text needs."""
    author = slip.library[0] if slip.library else "Selasar"
    with speaking(slip.words):
        write_roll(target, lambda room: _rows(slip, room), width_mm, _("Loan slip"), author)


def _rows(slip: Slip, room: float) -> Iterator[Row]:
    for index, line in enumerate(slip.library):
        font, size = (BOLD, 8.5) if index == 0 else (REGULAR, 7.5)
        for part in fonts.wrap(line, font, size, room, 2):
            yield Row(part, "", font, size, centred=True)
    yield rule()
    yield Row(date_plain(local_day(slip.moment)), clock(slip.moment), REGULAR, 7.5)
    for part in fonts.wrap(slip.borrower, SEMIBOLD, 8, room, 2):
        yield Row(part, "", SEMIBOLD, 8)
    yield rule()
    if not any(item.title for item in slip.items):
        books = ngettext("{n} book", "{n} books", len(slip.items)).format(n=len(slip.items))
        yield Row(books, "", SEMIBOLD, 8)
    dates = {item.due for item in slip.items}
    for item in slip.items:
        yield from _item_rows(item, room, with_date=len(dates) > 1)
    if len(dates) == 1:
        yield rule()
        yield Row(_("Return by"), "", REGULAR, 8, centred=True)
        due = date_long(dates.pop())
        size = fonts.largest(due, BOLD, 15, 10, room)
        yield Row(due, "", BOLD, size, centred=True)
    if slip.closing.strip():
        yield rule()
        for part in fonts.wrap(slip.closing, REGULAR, 7.5, room, 4):
            yield Row(part, "", REGULAR, 7.5, centred=True)


def _item_rows(item: SlipItem, room: float, with_date: bool) -> Iterator[Row]:
    title = fonts.clean(item.title)
    if title:
        yield Row(fonts.elide(title, REGULAR, 8, room), "", REGULAR, 8)
    due = _("by {date}").format(date=date_plain(item.due)) if with_date else ""
    yield Row(item.code, due, SEMIBOLD if due else REGULAR, 7.5)


def _newest_loan(session: Session, now: datetime) -> tuple[Slip] | None:
    """Of the newest loan to a person of the staff."""
    borrower = finding.newest_borrower(session)
    patron = finding.one(session, borrower) if borrower else None
    if patron is None:
        return None
    profile, words = house.profile(session), words_of(session, "loan-slip")
    loans = finding.loans_in_hand(session, patron.id)
    lent = tuple(SlipItem(one.title, one.barcode, one.due_on) for one in loans)
    return (Slip((profile.name, profile.hospital), now, patron.name, lent, words=words),)


def _write_newest(target: BytesIO, _session: Session, slip: Slip) -> None:
    write_slip(target, slip)


PAPERS = (
    Paper(
        "loan-slip",
        N_("Newest loan slip"),
        _write_newest,
        _newest_loan,
        N_("Nobody has a book now."),
        kind="slip",
    ),
)
