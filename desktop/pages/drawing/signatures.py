"""Who signs a paper: one at the right, two side by side, or three."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table

from desktop.pages.drawing import faces
from desktop.pages.drawing.paper import ROOM, paragraph, style
from desktop.pages.drawing.scripts import drawn
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


def signature_block(left: Signature, right: Signature, place: str, made_on: date) -> KeepTogether:
    """The two signatures side by side: acknowledged left, place and date right."""
    return KeepTogether([Spacer(0, 4 * mm), _signature_row(left, right, place, made_on)])


def _signature_row(left: Signature, right: Signature, place: str, made_on: date) -> Table:
    dated = _("{place}, {date}").format(place=place, date=date_long(made_on))
    sides = [
        _signature(left, _("Acknowledged by,"), left.title_line),
        _signature(right, dated, right.title_line),
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
    return Table(rows, [ROOM * 0.58, ROOM * 0.42], style=looks)


def _parted(signed: list[Flowable]) -> tuple[list[Flowable], list[Flowable]]:
    """What stands above the place of the signature, and what from there on."""
    at = next(place for place, one in enumerate(signed) if isinstance(one, Spacer))
    return signed[:at], signed[at:]


def signature_alone(who: Signature, place: str, made_on: date) -> KeepTogether:
    """One signature at the right, below place and date."""
    dated = _("{place}, {date}").format(place=place, date=date_long(made_on))
    looks = [("FONTNAME", (0, 0), (-1, -1), faces.REGULAR), ("LEFTPADDING", (0, 0), (-1, -1), 0)]
    columns = ["", _signature(who, dated, who.title_line)]
    table = Table([columns], [ROOM * 0.58, ROOM * 0.42], style=looks)
    return KeepTogether([Spacer(0, 4 * mm), table])


def signatures_three(
    sentence: str, pair: tuple[Signature, Signature], below: Signature, place: str, made_on: date
) -> KeepTogether:
    """A closing sentence, two who sign side by side, and one in the middle below them."""
    looks = [("FONTNAME", (0, 0), (-1, -1), faces.REGULAR), ("LEFTPADDING", (0, 0), (-1, -1), 0)]
    middle = [["", _signature(below, below.title_line), ""]]
    centre = Table(middle, [ROOM * 0.29, ROOM * 0.42, ROOM * 0.29], style=looks)
    row = _signature_row(*pair, place, made_on)
    parts = [paragraph(sentence, "after"), Spacer(0, 4 * mm), row, Spacer(0, 4 * mm), centre]
    return KeepTogether(parts)


def _signature(who: Signature, *above: str) -> list[Flowable]:
    name = escape(drawn(who.name)) or BLANK_NAME
    nip = _("NIP {number}").format(number=who.nip or "." * 30)
    lines = [paragraph(line) for line in (*above, who.role) if line]
    signed = Paragraph(f'<font name="{faces.SEMIBOLD}"><u>{name}</u></font>', style("body"))
    rank = [paragraph(who.rank)] if who.rank else []
    return [*lines, Spacer(0, 17 * mm), signed, *rank, paragraph(nip)]
