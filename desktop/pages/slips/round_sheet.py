"""The sheet that goes with the trolley (daftar keliling): per ward what is there, what is wished
for, and empty lines for what is lent. Beds and initials only: it lies open on the trolley."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from database.library import Session
from database.policy import house
from database.wards import wards
from database.wards.wards import ReaderRow, WardRow
from desktop.pages.drawing import faces
from desktop.pages.drawing.entry import Paper
from desktop.pages.drawing.letterhead import letterhead
from desktop.pages.drawing.paper import (
    HAIRLINE,
    ROOM,
    SHADE,
    letterhead_block,
    paragraph,
    write_paper,
)
from desktop.pages.drawing.words import initials
from desktop.words.language import N_, _, date_long, ngettext, number, weekday_name
from desktop.words.wording import worded

EMPTY_LINES = 6
_WIDTHS = (20 * mm, 26 * mm, ROOM - 112 * mm, 22 * mm, 22 * mm, 22 * mm)


def file_name(day: date) -> str:
    """The file's name without its ending."""
    return _("Round-{day}").format(day=day.isoformat())


@worded("round-sheet")
def write(
    target: str | Path | BinaryIO, session: Session, ward_ids: Sequence[int], now: datetime
) -> None:
    """Write the sheet of these wards, in the order of the list."""
    profile, today = house.profile(session), now.date()
    story: list[Flowable] = [
        *letterhead_block(letterhead(session, profile)),
        paragraph(_("ROUND SHEET"), "title"),
        paragraph(
            _("{weekday}, {date} · begun at ______ · finished at ______").format(
                weekday=weekday_name(today.weekday()), date=date_long(today)
            ),
            "centre",
        ),
        Spacer(0, 5 * mm),
    ]
    chosen = [row for row in wards.rows(session, today) if row.id in set(ward_ids)]
    for row in chosen:
        story += _ward(row, wards.readers(session, row.id, today))
    if not chosen:
        story.append(paragraph(_("No ward yet."), "empty"))
    story.append(
        paragraph(_("Leaflets handed out: write the ward, the name and the number below."), "after")
    )
    title = _("Round sheet, {date}").format(date=date_long(today))
    write_paper(
        target, story, title=title, author=profile.name, subject=title, file_name=file_name(today)
    )


def _ward(row: WardRow, found: Sequence[ReaderRow]) -> list[Flowable]:
    copies = ngettext("{n} copy there", "{n} copies there", row.copies)
    head = f"{row.name} · {row.number} · {copies.format(n=number(row.copies))}"
    parts: list[Flowable] = [paragraph(head, "heading"), _table(found)]
    ward = _("ward")
    asked = [f"{one.bed or ward}: {wish}" for one in found for wish in one.wishes]
    if asked:
        parts.append(paragraph(_("Wishes: {wishes}").format(wishes="; ".join(asked)), "after"))
    return [KeepTogether(parts), Spacer(0, 6 * mm)]


def _table(found: Sequence[ReaderRow]) -> Table:
    header = [_("Bed"), _("Barcode"), _("Title"), _("Reader"), _("Back"), _("Stays")]
    there = [
        [one.bed, barcode, title, _who(one), "", ""]
        for one in found
        for title, barcode in zip(one.titles, one.barcodes, strict=True)
    ]
    rows = [header, *there, *([""] * len(header) for _line in range(EMPTY_LINES))]
    cells = [[_cell(text, place) for place, text in enumerate(row)] for row in rows[1:]]
    table = Table([header, *cells], _WIDTHS, repeatRows=1, hAlign="LEFT")
    table.setStyle(
        [
            ("FONT", (0, 0), (-1, 0), faces.SEMIBOLD, 7.5),
            ("FONT", (0, 1), (-1, -1), faces.REGULAR, 8.5),
            ("BACKGROUND", (0, 0), (-1, 0), SHADE),
            ("GRID", (0, 0), (-1, -1), 0.4, HAIRLINE),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("TOPPADDING", (0, 1), (-1, -1), 4.5),
            ("BOTTOMPADDING", (0, 1), (-1, -1), 4.5),
        ]
    )
    return table


def _who(one: ReaderRow) -> str:
    return initials(one.name) if one.kind == "person" else ""


def _cell(text: str, place: int) -> Any:
    """A long title wraps; the rest is short."""
    return paragraph(text, "cell") if place == 2 and text else text


def _every_ward(session: Session, now: datetime) -> tuple[list[int], datetime]:
    return [one.id for one in wards.rows(session, now.date())], now


PAPERS = (Paper("round-sheet", N_("Round sheet"), write, _every_ward),)
