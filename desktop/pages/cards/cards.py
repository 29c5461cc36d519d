"""Patrons' cards (CR80, ten on A4 with cut marks, or each on a page) and ward cards (A6).

Backs lie mirrored, for printers that turn the sheet over its long edge.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from database.library import Session
from database.patrons import cards, finding
from database.patrons.cards import CardRow
from database.wards import wards
from desktop.pages.cards.card_faces import House, ward_face
from desktop.pages.cards.card_faces import back as draw_back
from desktop.pages.cards.card_faces import front as draw_front
from desktop.pages.drawing import bars, faces
from desktop.pages.drawing.bars import POINTS_PER_MM as MM
from desktop.pages.drawing.entry import Paper
from desktop.pages.drawing.pieces import Grid, cut_marks, open_canvas
from desktop.words.language import N_, _, date_long
from desktop.words.wording import speaking, words_of

__all__ = ["A6", "CARD", "House", "card_file_name", "house_of", "write_cards", "write_ward_cards"]

Target = str | Path | BinaryIO
CARD = (85.6, 54.0)
A4 = (210.0, 297.0)
A6 = (105.0, 148.0)
GRID = Grid(A4, CARD, 2, 5)
DPI = 300
Face = Callable[[Any, "CardRow", float, float], object]


@dataclass(frozen=True, slots=True)
class Printed:
    """What came of it, and sentences about what to look at."""

    pages: int
    cards: int
    warnings: tuple[str, ...]


def card_file_name(day: str) -> str:
    """The file's name without its ending."""
    return _("Cards-{day}").format(day=day)


def house_of(session: Session, today: Any) -> House:
    """What every card says of the library."""
    from database.policy import house

    profile, signs = house.profile(session), house.signer(session, "head", today)
    return House(
        library=profile.name,
        hospital=profile.hospital,
        logos=(house.picture(session, "government"), house.picture(session, "hospital")),
        phone=profile.phone,
        signer=(signs.position, signs.name) if signs else (_("Head"), ""),
        words=words_of(session, "cards"),
    )


def write_cards(
    target: Target,
    rows: Sequence[CardRow],
    house: House,
    *,
    single: bool = False,
    backs: bool = True,
) -> Printed:
    """Draw the cards: ten on an A4 sheet, or (`single`) each on a page of its own size."""
    faces.register()
    canvas = open_canvas(target, CARD if single else A4, _("Cards"))
    warnings: list[str] = []
    front = partial(_front, house, warnings)
    back = partial(_back, house)
    size = 1 if single else GRID.count
    pages = 0
    for at in range(0, len(rows), size):
        part = rows[at : at + size]
        for face, mirrored in ((front, False), (back, True))[: 2 if backs else 1]:
            with speaking(house.words):
                if single:
                    face(canvas, part[0], 0, 0)
                else:
                    _sheet(canvas, part, face, mirrored=mirrored)
            canvas.showPage()
            pages += 1
    canvas.save()
    return Printed(pages, len(rows), tuple(warnings))


def _front(
    house: House, warnings: list[str], canvas: Any, row: CardRow, x: float, y: float
) -> None:
    valid = (
        _("Valid until {date}").format(date=date_long(row.valid_until)) if row.valid_until else ""
    )
    where = row.institution or row.unit
    texts = (row.category if not where else f"{row.category} · {where}", valid)
    if not draw_front(canvas, house, row, texts, x, y):
        sentence = _("Barcode {code} does not fit this label; printed as text only.")
        warnings.append(sentence.format(code=row.number))


def _back(house: House, canvas: Any, _row: CardRow, x: float, y: float) -> None:
    draw_back(canvas, house, x, y)


def _sheet(canvas: Any, rows: Sequence[CardRow], face: Face, *, mirrored: bool) -> None:
    dot = bars.dot(DPI)
    for at, row in enumerate(rows):
        x, y = GRID.place(at, mirrored=mirrored)
        # Bars start on a whole printer dot.
        face(canvas, row, round(x * MM / dot) * dot, y * MM)
    cut_marks(canvas, GRID)


def write_ward_cards(target: Target, rows: Sequence[CardRow], house: House) -> Printed:
    """One A6 page a ward, for its wall."""
    faces.register()
    canvas = open_canvas(target, A6, _("Ward cards"))
    warnings = []
    for row in rows:
        with speaking(house.words):
            fits = ward_face(canvas, house, row, A6)
        if not fits:
            sentence = _("Barcode {code} does not fit this label; printed as text only.")
            warnings.append(sentence.format(code=row.number))
        canvas.showPage()
    canvas.save()
    return Printed(len(rows), len(rows), tuple(warnings))


def pdf_of(rows: Sequence[CardRow], house: House, *, single: bool = False) -> bytes:
    """All that was chosen: cards of persons, else cards of wards."""
    target = BytesIO()
    places = [row for row in rows if row.kind == "place"]
    if places and len(places) == len(rows):
        write_ward_cards(target, rows, house)
    else:
        write_cards(target, [row for row in rows if row.kind != "place"], house, single=single)
    return target.getvalue()


def _members(session: Session, now: datetime) -> tuple[Sequence[CardRow], House] | None:
    _count, found = finding.search(session, finding.PatronFilter(), _MOST)
    ids = [one.id for one in found if one.kind == "person" and one.ended_on is None]
    return _faces_of(session, ids, now)


def _every_ward(session: Session, now: datetime) -> tuple[Sequence[CardRow], House] | None:
    return _faces_of(session, [one.id for one in wards.rows(session, now.date())], now)


def _faces_of(
    session: Session, ids: list[int], now: datetime
) -> tuple[Sequence[CardRow], House] | None:
    rows = cards.of_patrons(session, ids)
    return (rows, house_of(session, now.date())) if rows else None


def _write_members(
    target: BytesIO, _session: Session, rows: Sequence[CardRow], house: House
) -> None:
    write_cards(target, rows, house)


def _write_wards(target: BytesIO, _session: Session, rows: Sequence[CardRow], house: House) -> None:
    write_ward_cards(target, rows, house)


_MOST = 100_000
PAPERS = (
    Paper(
        "member-cards",
        N_("Cards of all members"),
        _write_members,
        _members,
        N_("Nobody is a member yet."),
        "cards",
        "card",
    ),
    Paper(
        "ward-cards",
        N_("Ward cards"),
        _write_wards,
        _every_ward,
        N_("No ward yet."),
        "cards",
        "card",
    ),
)
