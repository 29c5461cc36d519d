"""Two sheets for the wall: how the desk lends and takes back, and how readers borrow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Spacer, Table

from database.library import Session
from database.policy import house
from desktop import keys
from desktop.pages.drawing import faces
from desktop.pages.drawing.entry import Paper
from desktop.pages.drawing.letterhead import letterhead
from desktop.pages.drawing.paper import (
    HAIRLINE,
    ROOM,
    letterhead_block,
    paragraph,
    section,
    style,
    write_paper,
)
from desktop.pages.drawing.scripts import drawn
from desktop.words.language import N_, _
from desktop.words.wording import worded

Target = str | Path | BinaryIO
_KEYS = ("scan", "renew", "hold", "pay", "read_here", "visitor", "undo", "step", "blank", "help")
"""What is pressed most at the desk; their words are those of the table of keys."""


@worded("desk-sheet")
def write_desk_sheet(target: Target, session: Session, _now: datetime) -> None:
    """Lending and taking back on one page, to stand beside the scanner."""
    profile, title = house.profile(session), _("Lending and taking back")
    lend = [
        _("Scan the reader's card."),
        _("Scan the books, one after the other."),
        _("Say the due day that the row shows."),
        _("Press Esc, or scan the next card."),
    ]
    back = [
        _("Scan the book. No card is needed."),
        _("Read the row: a fine, somebody who waits, or the shelf."),
        _("Put it where the row says."),
    ]
    wrong = [
        _("The notice below says what, why and what now."),
        _("Ctrl+Z takes the last scan back, also that of a minute ago."),
        _("Without power: write on the loan sheet, type it in later in the same order."),
    ]
    story: list[Flowable] = [
        paragraph(title.upper(), "title"),
        Spacer(0, 5 * mm),
        section(_("Lending"), [_steps(lend)], []),
        section(_("Taking back"), [_steps(back)], []),
        section(_("When something is not right"), [_steps(wrong)], []),
        section(_("Keys"), [_key_table()], []),
    ]
    write_paper(target, story, title=title, author=profile.name, subject=title, file_name=title)


@worded("readers-poster")
def write_readers_poster(target: Target, session: Session, _now: datetime) -> None:
    """How one finds, borrows, renews and brings back, for the wall."""
    profile, title = house.profile(session), _("Welcome to the library")
    steps = [
        (_("Find"), _("Ask at the desk, or search by title, author or subject.")),
        (_("Borrow"), _("Show your card. Staff and students may become members at once.")),
        (_("Read"), _("Many books may also be read here, without a card.")),
        (_("Renew"), _("Before the due day, at the desk or by telephone.")),
        (_("Bring back"), _("To the desk or into the return box, also for a colleague.")),
    ]
    story: list[Flowable] = [
        *letterhead_block(letterhead(session, profile)),
        _large(title.upper(), 24),
        Spacer(0, 8 * mm),
    ]
    for place, (name, words) in enumerate(steps, start=1):
        story += [_large(f"{place}. {name}", 17), _large(words, 13, faces.REGULAR)]
        story.append(Spacer(0, 6 * mm))
    told = [one for one in (profile.phone, profile.email) if one]
    if told:
        story.append(_large(_("Questions? {ways}").format(ways=" · ".join(told)), 13))
    write_paper(target, story, title=title, author=profile.name, subject=title, file_name=title)


def _large(text: str, size: float, font: str = faces.SEMIBOLD) -> Paragraph:
    """To be read from a step away."""
    look = ParagraphStyle(
        f"large{size}", parent=style("body"), fontName=font, fontSize=size, leading=size * 1.35
    )
    return Paragraph(escape(drawn(text)), look)


def _steps(texts: Sequence[str]) -> Table:
    rows = [[_large(f"{place}", 14), _large(text, 14, faces.REGULAR)]
            for place, text in enumerate(texts, start=1)]  # fmt: skip
    return _ruled(rows, 0.06)


def _pressed(name: str) -> str:
    return keys.printed(keys.sequence(name))


def _key_table() -> Table:
    rows = [
        [_large(_pressed(name), 12), _large(_(keys.MEANINGS[name][1]), 12, faces.REGULAR)]
        for name in _KEYS
    ]
    return _ruled(rows, 0.16)


def _ruled(rows: list[list[Paragraph]], first: float) -> Table:
    table = Table(rows, [ROOM * first, ROOM * (1 - first)])
    table.setStyle(
        [
            ("FONT", (0, 0), (-1, -1), faces.REGULAR, 9),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (0, -1), 0),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, HAIRLINE),
        ]
    )
    return table


PAPERS = (
    Paper("desk-sheet", N_("Lending and taking back: one sheet"), write_desk_sheet),
    Paper("readers-poster", N_("Poster for readers"), write_readers_poster),
)
