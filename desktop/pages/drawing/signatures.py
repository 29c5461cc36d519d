"""Who signs a paper: one at the right, two side by side, or more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer, Table

from desktop.pages.drawing import faces
from desktop.pages.drawing.paper import ROOM, paragraph, style
from desktop.pages.drawing.scripts import drawn
from desktop.pages.drawing.tagged import Columns, Words
from desktop.pages.drawing.together import Signed
from desktop.words.language import _, date_long

BLANK_NAME = "." * 40


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: `title_line` stands above the role ("a.n. Direktur"), `rank` below the name; empty
    name and NIP become dots."""

    role: str
    title_line: str = ""
    name: str = ""
    nip: str = ""
    rank: str = ""


Spot = tuple[int, float, float, float, float, str]
"""Page (from 0) and box, in points from its lower left corner, where somebody signs; and who."""
_spots: ContextVar[list[Spot] | None] = ContextVar("spots", default=None)
PLACE = (62 * mm, 15 * mm)


@contextmanager
def spots() -> Iterator[list[Spot]]:
    """Where the papers drawn inside are to be signed."""
    found: list[Spot] = []
    token = _spots.set(found)
    try:
        yield found
    finally:
        _spots.reset(token)


class _Place(Flowable):  # type: ignore[misc]
    """The room for a signature, which tells where it came to lie."""

    def __init__(self, who: str = "") -> None:
        super().__init__()
        self.width, self.height, self._who = 0.0, 17 * mm, who

    def draw(self) -> None:
        found = _spots.get()
        if found is None or not self._who:
            return
        x, y = self.canv.absolutePosition(0, 0)
        wide, high = PLACE
        spot = (self.canv.getPageNumber() - 1, x, y + mm, x + wide, y + mm + high, self._who)
        found.append(spot)


def signatures(
    who: Sequence[Signature], place: str, made_on: date, said: Sequence[Flowable] = ()
) -> Signed:
    """One at the right; two side by side, who acknowledges at the left; of more the last one
    acknowledges in the middle below, the others two by two above. `said` stays with them."""
    if len(who) == 1:
        return Signed([*said, *_alone(who[0], place, made_on)])
    if len(who) == 2:
        return Signed([*said, Spacer(0, 4 * mm), _signature_row(who[0], who[1], place, made_on)])
    *above, last = who
    rows: list[Flowable] = []
    for at in range(0, len(above), 2):
        pair = above[at : at + 2]
        left = pair[0] if len(pair) == 2 else None
        over_left = () if left and left.title_line else ("\u00a0",)
        over_right = (_dated(place, made_on, at == 0),)
        rows += [Spacer(0, 4 * mm), _row(left, pair[-1], over_left, over_right)]
    return Signed([*said, *rows, Spacer(0, 4 * mm), _middle(last, _("Acknowledged by,"))])


def _dated(place: str, made_on: date, wanted: bool) -> str:
    """Place and day, once on a paper; else as high a blank."""
    text = _("{place}, {date}").format(place=place, date=date_long(made_on))
    return text if wanted else "\u00a0"


def _middle(who: Signature, above: str) -> Table:
    looks = [("FONTNAME", (0, 0), (-1, -1), faces.REGULAR), ("LEFTPADDING", (0, 0), (-1, -1), 0)]
    middle = [["", _signature(who, above, who.title_line), ""]]
    return Table(middle, [ROOM * 0.29, ROOM * 0.42, ROOM * 0.29], style=looks)


def signature_block(left: Signature, right: Signature, place: str, made_on: date) -> Signed:
    """The two signatures side by side: acknowledged left, place and date right."""
    return Signed([Spacer(0, 4 * mm), _signature_row(left, right, place, made_on)])


def _signature_row(left: Signature, right: Signature, place: str, made_on: date) -> Table:
    return _row(left, right, (_("Acknowledged by,"),), (_dated(place, made_on, True),))


def parties(
    left: Signature,
    right: Signature,
    over: tuple[str, str],
    place: str,
    made_on: date,
    seen: Sequence[Signature] = (),
) -> Signed:
    """Two who hand over and receive, `over` whom that is said; who else signs, below them."""
    dated = _dated(place, made_on, True)
    row = _row(left, right, ("\u00a0", over[0]), (dated, over[1]))
    below = [
        piece for one in seen for piece in (Spacer(0, 4 * mm), _middle(one, _("Acknowledged by,")))
    ]
    return Signed([Spacer(0, 4 * mm), row, *below])


def _row(
    left: Signature | None, right: Signature, over_left: Sequence[str], over_right: Sequence[str]
) -> Table:
    sides = [
        _signature(left, *over_left, left.title_line)
        if left
        else [paragraph("\u00a0"), _Place(), paragraph("\u00a0")],
        _signature(right, *over_right, right.title_line),
    ]
    looks = [
        ("FONTNAME", (0, 0), (-1, -1), faces.REGULAR),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
    ]
    # Roles above, names below: both names stand on one line, whatever stands over them.
    rows = [list(row) for row in zip(*map(_parted, sides), strict=True)]
    return Table(rows, [ROOM * 0.58, ROOM * 0.42], style=looks, renderCB=Columns())


def _parted(signed: list[Flowable]) -> tuple[list[Flowable], list[Flowable]]:
    """What stands above the place of the signature, and what from there on."""
    at = next(place for place, one in enumerate(signed) if isinstance(one, _Place))
    return signed[:at], signed[at:]


def signature_alone(who: Signature, place: str, made_on: date) -> Signed:
    """One signature at the right, below place and date."""
    return Signed(_alone(who, place, made_on))


def _alone(who: Signature, place: str, made_on: date) -> list[Flowable]:
    dated = _("{place}, {date}").format(place=place, date=date_long(made_on))
    looks = [("FONTNAME", (0, 0), (-1, -1), faces.REGULAR), ("LEFTPADDING", (0, 0), (-1, -1), 0)]
    columns = ["", _signature(who, dated, who.title_line)]
    table = Table([columns], [ROOM * 0.58, ROOM * 0.42], style=looks)
    return [Spacer(0, 4 * mm), table]


def _titles(who: Signature) -> list[str]:
    """Lines above each other where somebody signs for one who signs for another ("u.b."), parted
    by a semicolon: "a.n. Direktur; Kepala Bagian Umum; u.b."."""
    return [piece.strip() for piece in who.title_line.split(";")]


def _signature(who: Signature, *above: str) -> list[Flowable]:
    name = escape(drawn(who.name)) or BLANK_NAME
    nip = _("NIP {number}").format(number=who.nip or "." * 30)
    said = [
        piece for line in above for piece in (_titles(who) if line == who.title_line else [line])
    ]
    lines = [paragraph(line) for line in (*said, who.role) if line]
    signed = Words(f'<font name="{faces.SEMIBOLD}"><u>{name}</u></font>', style("body"))
    rank = [paragraph(who.rank)] if who.rank else []
    return [*lines, _Place(who.name or who.role), signed, *rank, paragraph(nip)]
