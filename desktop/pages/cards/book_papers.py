"""What is glued into a copy or stands in its pocket: book pocket, book card, due-date slip.

Together they lend on paper while there is no power: the card stays at the desk, the slip tells
the reader the day. Sizes in millimetres, four pieces on a sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from database.holdings import book_cards
from database.holdings.book_cards import BookCard
from database.library import Session
from database.policy import house
from desktop.pages.drawing import faces, fonts
from desktop.pages.drawing.bars import POINTS_PER_MM as MM
from desktop.pages.drawing.entry import NO_COPY, Paper, newest_copy_ids
from desktop.pages.drawing.paper import paper_mm
from desktop.pages.drawing.pieces import Grid, write_pieces
from desktop.words.language import N_, _
from desktop.words.wording import worded

Target = str | Path | BinaryIO
CARD = (75.0, 125.0)
FRONT = (80.0, 100.0)
SIDE_FLAP, FOOT_FLAP = 10.0, 15.0
POCKET = (FRONT[0] + 2 * SIDE_FLAP, FRONT[1] + FOOT_FLAP)
SIDE = 5.0
ROW = 6.5
LINE = 0.5


@worded("pockets")
def write_pockets(target: Target, session: Session, item_ids: Sequence[int]) -> int:
    """A pocket for each copy: cut along the outer line, fold along the dashed ones."""
    found = book_cards.of_items(session, item_ids)
    draw = partial(_pocket, house.profile(session).name)
    return write_pieces(target, found, Grid(paper_mm(), POCKET, 2, 2), draw, _("Book pockets"))


@worded("book-cards")
def write_book_cards(target: Target, session: Session, item_ids: Sequence[int]) -> int:
    """A card for each copy: who has it, until when."""
    found = book_cards.of_items(session, item_ids)
    titles = (_("Member number"), _("Due"), _("Initials"))
    draw = partial(_card, house.profile(session).name, titles, (0.42, 0.32, 0.26))
    return write_pieces(target, found, Grid(paper_mm(), CARD, 2, 2), draw, _("Book cards"))


@worded("due-slips")
def write_due_slips(target: Target, session: Session, item_ids: Sequence[int]) -> int:
    """A slip for each copy: the days it is to be back."""
    found = book_cards.of_items(session, item_ids)
    titles = (_("Due"), _("Due"), _("Due"))
    draw = partial(_card, house.profile(session).name, titles, (1 / 3, 1 / 3, 1 / 3))
    return write_pieces(target, found, Grid(paper_mm(), CARD, 2, 2), draw, _("Due-date slips"))


def _pocket(library: str, canvas: Any, card: BookCard) -> None:
    width, height = (side * MM for side in FRONT)
    left, foot = SIDE_FLAP * MM, FOOT_FLAP * MM
    flaps = canvas.beginPath()
    flaps.moveTo(left, foot)
    for x, y in _outline(left, foot, width, height):
        flaps.lineTo(x, y)
    flaps.close()
    canvas.setLineWidth(LINE)
    canvas.setStrokeGray(0.35)
    canvas.drawPath(flaps, stroke=1, fill=0)
    canvas.setDash(3, 2)
    for x in (left, left + width):
        canvas.line(x, foot, x, foot + height)
    canvas.line(left, foot, left + width, foot)
    canvas.setDash()
    canvas.setStrokeGray(0)
    top = foot + height - 14 * MM
    _head(canvas, library, card, left + SIDE * MM, top, width - 2 * SIDE * MM)
    note = _("Please bring it back on or before the day on the slip.")
    room = width - 2 * SIDE * MM
    for at, line in enumerate(fonts.wrap(note, faces.ITALIC, 7.5, room, 2)):
        canvas.setFont(faces.ITALIC, 7.5)
        canvas.drawCentredString(left + width / 2, foot + 8 * MM - at * 9.5, line)


def _outline(left: float, foot: float, width: float, height: float) -> list[tuple[float, float]]:
    """Corners of the pocket with its flaps, cut slantwise so that they do not catch."""
    slant = 4 * MM
    side, below = SIDE_FLAP * MM, FOOT_FLAP * MM
    return [
        (left - side, foot + slant),
        (left - side, foot + height - slant),
        (left, foot + height),
        (left + width, foot + height),
        (left + width + side, foot + height - slant),
        (left + width + side, foot + slant),
        (left + width, foot),
        (left + width - slant, foot - below),
        (left + slant, foot - below),
    ]


def _card(
    library: str, titles: tuple[str, ...], shares: tuple[float, ...], canvas: Any, card: BookCard
) -> None:
    left, room = SIDE * MM, (CARD[0] - 2 * SIDE) * MM
    top = _head(canvas, library, card, left, (CARD[1] - 9) * MM, room) - 3 * MM
    rows = int((top - SIDE * MM) / (ROW * MM))
    _grid(canvas, titles, shares, (left, top, room), rows)


def _head(canvas: Any, library: str, card: BookCard, left: float, top: float, room: float) -> float:
    """Whose, call number and accession number, author and title; gives where it ends."""
    size = fonts.largest(library, faces.SEMIBOLD, 7.5, 5.5, room)
    canvas.setFont(faces.SEMIBOLD, size)
    canvas.drawString(left, top, fonts.elide(library, faces.SEMIBOLD, size, room))
    canvas.setLineWidth(0.8)
    canvas.line(left, top - 2 * MM, left + room, top - 2 * MM)
    top -= 7 * MM
    number = card.accession_number or card.barcode
    small = fonts.largest(number, faces.REGULAR, 8, 6, room * 0.45)
    call_room = room - fonts.width(number, faces.REGULAR, small) - 6
    great = fonts.largest(card.call_number, faces.BOLD, 11, 8, call_room)
    canvas.setFont(faces.BOLD, great)
    canvas.drawString(left, top, fonts.elide(card.call_number, faces.BOLD, great, call_room))
    canvas.setFont(faces.REGULAR, small)
    canvas.drawRightString(left + room, top, number)
    author = card.contributors.split(";")[0].strip()
    lines = [(author, faces.REGULAR, 8.5, 1), (_named(card), faces.SEMIBOLD, 9, 3)]
    for text, font, points, most in lines:
        for part in fonts.wrap(text, font, points, room, most) if text else ():
            top -= points * 1.35
            canvas.setFont(font, points)
            canvas.drawString(left, top, part)
    return top


def _named(card: BookCard) -> str:
    """The title, with volume and copy where there are several."""
    copy = _("c.{copy}").format(copy=card.copy_number) if card.copy_number > 1 else ""
    return " · ".join(part for part in (card.title, card.volume, copy) if part)


def _grid(
    canvas: Any,
    titles: tuple[str, ...],
    shares: tuple[float, ...],
    frame: tuple[float, float, float],
    rows: int,
) -> None:
    """An empty table to write into, its first row the titles."""
    left, top, room = frame
    foot = top - rows * ROW * MM
    canvas.setLineWidth(LINE)
    for row in range(rows + 1):
        canvas.line(left, top - row * ROW * MM, left + room, top - row * ROW * MM)
    at = left
    for title, share in zip(titles, shares, strict=True):
        canvas.line(at, top, at, foot)
        width = share * room
        size = fonts.largest(title, faces.SEMIBOLD, 7.5, 5.5, width - 4)
        canvas.setFont(faces.SEMIBOLD, size)
        canvas.drawCentredString(at + width / 2, top - ROW * MM + 2.2 * MM, title)
        at += width
    canvas.line(left + room, top, left + room, foot)


PAPERS = (
    Paper("pockets", N_("Book pockets"), write_pockets, newest_copy_ids, NO_COPY),
    Paper("book-cards", N_("Book cards"), write_book_cards, newest_copy_ids, NO_COPY),
    Paper("due-slips", N_("Due-date slips"), write_due_slips, newest_copy_ids, NO_COPY),
)
