"""A list the library asked for itself, as a paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

from reportlab.lib.units import mm
from reportlab.platypus import Spacer

from database.library import Session
from database.policy import house
from desktop.pages.drawing.letterhead import letterhead
from desktop.pages.drawing.paper import (
    LEFT,
    RIGHT,
    SIZES,
    letterhead_block,
    no_data,
    paragraph,
    write_paper,
)
from desktop.pages.drawing.tables import Column, figures_table
from desktop.words.language import _, date_long


def write(
    target: str | Path | BinaryIO,
    session: Session,
    name: str,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    today: date,
) -> None:
    """Write the list under its name; one of many columns lies on its side."""
    profile = house.profile(session)
    wide = len(head) > 5
    room = SIZES["a4"][1] - LEFT - RIGHT if wide else SIZES["a4"][0] - LEFT - RIGHT
    columns = [Column(title, figures=False) for title in head]
    body = figures_table(columns, rows, room=room) if rows else no_data()
    dated = _("As of {date}").format(date=date_long(today))
    story = [
        *([] if wide else letterhead_block(letterhead(session, profile))),
        paragraph(name, "title"),
        paragraph(dated, "centre"),
        Spacer(0, 4 * mm),
        body,
    ]
    write_paper(
        target, story, title=name, author=profile.name, subject=name, file_name=name, wide=wide
    )
