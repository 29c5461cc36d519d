"""Catalogue cards, 125 x 75 mm, four on a sheet on its side: one a title, with its entries.

Laid out as card catalogues are: the call number at the left, the author, below it indented the
title and imprint as ISBD puts them (ISBD, consolidated edition 2011), subjects as tracings.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

from database.description.callnumber import take_apart
from database.holdings import book_cards
from database.holdings.book_cards import BookCard
from database.library import Session
from desktop.pages.drawing import faces, fonts
from desktop.pages.drawing.bars import POINTS_PER_MM as MM
from desktop.pages.drawing.call_lines import flow
from desktop.pages.drawing.entry import NO_COPY, Paper, newest_copy_ids
from desktop.pages.drawing.paper import paper_mm
from desktop.pages.drawing.pieces import Grid, write_pieces
from desktop.words.language import N_, _
from desktop.words.wording import worded

CARD = (125.0, 75.0)
INDENT = 26.0
SIDE = 6.0
SIZE, LEADING = 8.5, 11.2


@worded("catalogue-cards")
def write(target: str | Path | BinaryIO, session: Session, item_ids: Sequence[int]) -> int:
    """One card for each title of these copies, with the accession numbers of the copies."""
    copies: dict[int, list[BookCard]] = {}
    for card in book_cards.of_items(session, item_ids):
        copies.setdefault(card.biblio_id, []).append(card)
    down, across = paper_mm()
    grid = Grid((across, down), CARD, 2, 2)
    return write_pieces(target, list(copies.values()), grid, _card, _("Catalogue cards"))


def _card(canvas: Any, copies: list[BookCard]) -> None:
    card = copies[0]
    _call_number(canvas, card.call_number)
    left, room = INDENT * MM, (CARD[0] - INDENT - SIDE) * MM
    top = (CARD[1] - 10) * MM
    author, *_others = card.contributors.split(";")
    if author.strip():
        canvas.setFont(faces.SEMIBOLD, SIZE)
        canvas.drawString(left, top, fonts.elide(author.strip(), faces.SEMIBOLD, SIZE, room))
        top -= LEADING
    foot = 14 * MM
    for text, font, most in _blocks(card):
        for at, line in enumerate(fonts.wrap(text, font, SIZE, room - 5 * MM, most)):
            if top < foot:
                break
            canvas.setFont(font, SIZE)
            canvas.drawString(left + (5 * MM if at == 0 else 0), top, line)
            top -= LEADING
        top -= 2
    _foot(canvas, copies, left, room)


def _call_number(canvas: Any, call_number: str) -> None:
    """Its parts one below another, as on the spine."""
    top, room = (CARD[1] - 10) * MM, (INDENT - SIDE - 2) * MM
    prefix, number, letters, initial, more = take_apart(call_number).written
    written = (prefix, *number.split(" ", 1), letters, initial, more)
    for part in filter(None, written):
        size = fonts.largest(part, faces.BOLD, 9.5, 7, room)
        canvas.setFont(faces.BOLD, size)
        for line in flow(part, faces.BOLD, size, room):
            canvas.drawString(SIDE * MM, top, line)
            top -= LEADING


def _blocks(card: BookCard) -> list[tuple[str, str, int]]:
    """Title and imprint, what it is like, its numbers: text, font, most lines."""
    made = " : ".join(part for part in (card.place, card.publisher) if part)
    imprint = ", ".join(part for part in (made, str(card.year or "")) if part)
    title = " / ".join(part for part in (card.title, card.contributors) if part)
    areas = [title, card.edition, imprint]
    series = f"({card.series})" if card.series else ""
    physical = ". — ".join(part for part in (card.extent, series) if part)
    number = _("ISBN {number}").format(number=card.isbn) if card.isbn else ""
    found = [
        (". — ".join(area for area in areas if area), faces.REGULAR, 5),
        (physical, faces.REGULAR, 2),
        (number, faces.REGULAR, 1),
    ]
    return [block for block in found if block[0]]


def _foot(canvas: Any, copies: list[BookCard], left: float, room: float) -> None:
    """Subjects as tracings, and the accession numbers of the copies."""
    traced = "   ".join(f"{at}. {name}" for at, name in enumerate(copies[0].subjects, start=1))
    numbers = ", ".join(card.accession_number or card.barcode for card in copies)
    for text, y in ((traced, 10 * MM), (numbers, 5.5 * MM)):
        canvas.setFont(faces.REGULAR, 7)
        canvas.drawString(left, y, fonts.elide(text, faces.REGULAR, 7, room))


PAPERS = (Paper("catalogue-cards", N_("Catalogue cards"), write, newest_copy_ids, NO_COPY),)
