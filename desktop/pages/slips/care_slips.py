"""What is stuck into or onto a copy: for whom it lies ready, until when it rests.

On the roll of the slip printer, 58 or 80 mm; the bars are the copy's own, so that scanning the
slip is scanning the copy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from database.circulation import hold_lists, quarantine
from database.circulation.hold_lists import HoldRow
from database.circulation.quarantine import RestingRow
from database.library import Session
from database.text.dates import local_day
from desktop.pages.drawing import bars, faces, fonts
from desktop.pages.drawing.bars import POINTS_PER_MM as MM
from desktop.pages.drawing.entry import Paper
from desktop.pages.drawing.faces import BOLD, REGULAR, SEMIBOLD
from desktop.pages.drawing.roll import MARGIN, PRINTED
from desktop.words.language import N_, _, clock, current, date_short
from desktop.words.wording import worded

Target = str | Path | BinaryIO
_BARS_MM = 9.0


@dataclass(frozen=True, slots=True)
class CareSlip:
    """What a slip says: a word in white on black, the thing to be read from afar, what it is
    about, and the copy's barcode."""

    head: str
    great: str
    under: str
    lines: tuple[str, ...]
    code: str
    foot: str


@worded("hold-slips")
def write_held(
    target: Target, session: Session, rows: Sequence[HoldRow], width_mm: int = 58
) -> None:
    """What is stuck into copies that lie ready; patients and relatives by their number."""
    write_slips(target, [_held(row) for row in rows], width_mm)


@worded("quarantine-labels")
def write_resting(
    target: Target, session: Session, rows: Sequence[RestingRow], width_mm: int = 58
) -> None:
    """What is stuck onto copies while they rest: until when."""
    write_slips(target, [_resting(row) for row in rows], width_mm)


def _held(row: HoldRow) -> CareSlip:
    until = date_short(row.ready_until) if row.ready_until else ""
    return CareSlip(
        _("HELD"), row.shown, row.unit, (row.title,), row.copy, _("until {day}").format(day=until)
    )


def _resting(row: RestingRow) -> CareSlip:
    great, under = _("for good"), ""
    if row.until is not None:
        great, under = date_short(local_day(row.until)), clock(row.until)
    return CareSlip(_("QUARANTINE until"), great, under, (row.title,), row.barcode, row.shelf)


class _Row(NamedTuple):
    text: str
    font: str
    size: float


def write_slips(target: Target, slips: list[CareSlip], width_mm: int = 58) -> None:
    """One page a slip, as wide as the roll and as long as its text needs."""
    from desktop.pages.drawing.scripts import Page

    faces.register()
    printed = PRINTED.get(width_mm, width_mm - 10.0) * MM
    where = str(target) if isinstance(target, Path) else target
    canvas = Page(where, lang=current(), initialFontName=REGULAR)
    canvas.setTitle(slips[0].head if slips else "")
    for one in slips:
        _page(canvas, one, width_mm * MM, printed)
    canvas.save()


def _page(canvas: Any, slip: CareSlip, width: float, printed: float) -> None:
    rows = _rows(slip, printed)
    head = fonts.largest(slip.head, BOLD, 16, 9, printed - 8)
    height = 2 * MARGIN + head * 1.7 + sum(row.size * 1.35 for row in rows) + (_BARS_MM + 8) * MM
    canvas.setPageSize((width, height))
    left, y = (width - printed) / 2, height - MARGIN - head * 1.7
    canvas.rect(left, y, printed, head * 1.7, stroke=0, fill=1)
    canvas.setFillGray(1)
    canvas.setFont(BOLD, head)
    canvas.drawCentredString(width / 2, y + head * 0.5, slip.head)
    canvas.setFillGray(0)
    for row in rows:
        y -= row.size * 1.35
        canvas.setFont(row.font, row.size)
        canvas.drawCentredString(width / 2, y + row.size * 0.3, row.text)
    y -= (_BARS_MM + 2) * MM
    _bars(canvas, slip.code, left, y, printed)
    canvas.setFont(REGULAR, 7.5)
    canvas.drawCentredString(width / 2, y - 9, slip.code)
    canvas.drawCentredString(width / 2, y - 19, fonts.elide(slip.foot, REGULAR, 7.5, printed))
    canvas.showPage()


def _rows(slip: CareSlip, room: float) -> list[_Row]:
    rows = [_Row("", REGULAR, 4)]
    for part in fonts.wrap(slip.great, BOLD, 15, room, 2):
        rows.append(_Row(part, BOLD, fonts.largest(part, BOLD, 15, 9, room)))
    if slip.under:
        size = fonts.largest(slip.under, SEMIBOLD, 10.5, 8, room)
        rows.append(_Row(slip.under, SEMIBOLD, size))
    rows.append(_Row("", REGULAR, 4))
    for line in slip.lines:
        rows += [_Row(part, REGULAR, 8) for part in fonts.wrap(line, REGULAR, 8, room, 2)]
    return rows


def _bars(canvas: Any, code: str, left: float, y: float, room: float) -> None:
    try:
        made = bars.encode(code)
    except ValueError:
        return
    module = bars.module_width(made, room, 203)
    if module is not None:
        at = left + (room - module * made.modules) / 2
        bars.draw(canvas, made, at, y, module, _BARS_MM * MM)


def _ready(session: Session, _now: datetime) -> tuple[Sequence[HoldRow]] | None:
    found = hold_lists.ready(session)
    return (found,) if found else None


def _at_rest(session: Session, now: datetime) -> tuple[Sequence[RestingRow]] | None:
    found = quarantine.resting(session, now)
    return (found,) if found else None


PAPERS = (
    Paper(
        "hold-slips",
        N_("Slips of what lies ready"),
        write_held,
        _ready,
        N_("Nothing lies ready."),
        kind="slip",
    ),
    Paper(
        "quarantine-labels",
        N_("Quarantine labels"),
        write_resting,
        _at_rest,
        N_("Nothing is in quarantine."),
        kind="slip",
    ),
)
