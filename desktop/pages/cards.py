"""Patrons' cards (CR80, ten on A4 with cut marks, or each on a page) and ward cards (A6).

Backs lie mirrored, for printers that turn the sheet over its long edge.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from desktop.language import _, current, date_long
from desktop.pages import bars, fonts
from desktop.pages.bars import POINTS_PER_MM as MM
from desktop.pages.card_faces import House, ward_face
from desktop.pages.card_faces import back as draw_back
from desktop.pages.card_faces import front as draw_front

if TYPE_CHECKING:
    from database.cards import CardRow

__all__ = ["A6", "CARD", "House", "card_file_name", "house_of", "write_cards", "write_ward_cards"]

Target = str | Path | BinaryIO
CARD = (85.6, 54.0)
A4 = (210.0, 297.0)
A6 = (105.0, 148.0)
COLUMNS, ROWS = 2, 5
MARK = (2.0, 6.0)
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


def house_of(session: Any, today: Any) -> House:
    """What every card says of the library."""
    from database import house

    profile, signs = house.profile(session), house.signer(session, "head", today)
    return House(
        library=profile.name,
        hospital=profile.hospital,
        logos=(house.picture(session, "government"), house.picture(session, "hospital")),
        phone=profile.phone,
        signer=(signs.position, signs.name) if signs else (_("Head"), ""),
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
    fonts.register()
    canvas = _canvas(target, CARD if single else A4, _("Cards"))
    warnings: list[str] = []
    front = partial(_front, house, warnings)
    back = partial(_back, house)
    size = 1 if single else COLUMNS * ROWS
    pages = 0
    for at in range(0, len(rows), size):
        part = rows[at : at + size]
        for face, mirrored in ((front, False), (back, True))[: 2 if backs else 1]:
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
    left = (A4[0] - COLUMNS * CARD[0]) / 2
    top = (A4[1] - ROWS * CARD[1]) / 2
    for at, row in enumerate(rows):
        down, across = divmod(at, COLUMNS)
        column = COLUMNS - 1 - across if mirrored else across
        x, y = left + column * CARD[0], A4[1] - top - (down + 1) * CARD[1]
        dot = bars.dot(DPI)
        face(canvas, row, round(x * MM / dot) * dot, y * MM)
    _cut_marks(canvas, left, top)


def _cut_marks(canvas: Any, left: float, top: float) -> None:
    """Where to cut, outside the cards only."""
    near, far = MARK
    canvas.setLineWidth(0.4)
    canvas.setStrokeGray(0.3)
    for column in range(COLUMNS + 1):
        x = left + column * CARD[0]
        for start, end in ((top - far, top - near), (A4[1] - top + near, A4[1] - top + far)):
            canvas.line(x * MM, start * MM, x * MM, end * MM)
    for down in range(ROWS + 1):
        y = top + down * CARD[1]
        for start, end in ((left - far, left - near), (A4[0] - left + near, A4[0] - left + far)):
            canvas.line(start * MM, y * MM, end * MM, y * MM)


def write_ward_cards(target: Target, rows: Sequence[CardRow], house: House) -> Printed:
    """One A6 page a ward, for its wall."""
    fonts.register()
    canvas = _canvas(target, A6, _("Ward cards"))
    warnings = []
    for row in rows:
        if not ward_face(canvas, house, row, A6):
            sentence = _("Barcode {code} does not fit this label; printed as text only.")
            warnings.append(sentence.format(code=row.number))
        canvas.showPage()
    canvas.save()
    return Printed(len(rows), len(rows), tuple(warnings))


def _canvas(target: Target, size: tuple[float, float], title: str) -> Any:
    from reportlab.pdfgen.canvas import Canvas

    where = str(target) if isinstance(target, Path) else target
    canvas = Canvas(
        where, pagesize=(size[0] * MM, size[1] * MM), pageCompression=1, lang=current(),
        initialFontName=fonts.REGULAR,
    )  # fmt: skip
    canvas.setTitle(title)
    canvas.setAuthor("Selasar")
    canvas.setViewerPreference("PrintScaling", "None")
    return canvas


def pdf_of(rows: Sequence[CardRow], house: House, *, single: bool = False) -> bytes:
    """All that was chosen: cards of persons, else cards of wards."""
    target = BytesIO()
    places = [row for row in rows if row.kind == "place"]
    if places and len(places) == len(rows):
        write_ward_cards(target, rows, house)
    else:
        write_cards(target, [row for row in rows if row.kind != "place"], house, single=single)
    return target.getvalue()
