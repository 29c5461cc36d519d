"""Posters of the catalogue on the network: one for the wall, one for each ward with its PIN."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from database.library import Session
from database.policy import house, settings
from database.public import house as public
from database.wards import asking
from desktop.pages.drawing.entry import Paper
from desktop.pages.drawing.letterhead import letterhead
from desktop.pages.drawing.paper import (
    HAIRLINE,
    ROOM,
    letterhead_block,
    paragraph,
    write_paper,
)
from desktop.pages.drawing.qr import QrCode
from desktop.words.language import N_, _
from desktop.words.wording import worded

Target = str | Path | BinaryIO
POSTER, CARDS = "catalogue-poster", "ward-catalogue-cards"
_LARGE, _SMALL = 96 * mm, 34 * mm


@worded(POSTER)
def write_poster(target: Target, session: Session, address: str, _now: datetime) -> None:
    """For the wall: the way to the catalogue, and to survey and visitors' book where those are
    open."""
    profile, title = house.profile(session), _("THE CATALOGUE ON YOUR TELEPHONE")
    story: list[Flowable] = [
        *letterhead_block(letterhead(session, profile)),
        paragraph(title, "title"),
        Spacer(0, 6 * mm),
        Table([[QrCode(address, _LARGE)]], [ROOM], style=[("ALIGN", (0, 0), (0, 0), "CENTER")]),
        paragraph(address, "title"),
        Spacer(0, 4 * mm),
        paragraph(
            _("Join the network of the hospital, point the camera at the square, and search."),
            "centre",
        ),
        Spacer(0, 10 * mm),
    ]
    if settings.get(session, settings.READERS_ANSWER):
        story.append(_pair(address))
    write_paper(target, story, title=title, author=profile.name, subject=title, file_name=title)


def _pair(address: str) -> Flowable:
    cells = [
        [QrCode(f"{address}/tamu", _SMALL), QrCode(f"{address}/survei", _SMALL)],
        [
            paragraph(_("Visitors' book"), "centre"),
            paragraph(_("How satisfied are you?"), "centre"),
        ],
    ]
    return Table(cells, [ROOM / 2] * 2, style=[("ALIGN", (0, 0), (-1, -1), "CENTER")])


@worded(CARDS)
def write_cards(target: Target, session: Session, address: str, _now: datetime) -> None:
    """For each ward that may be named: the way to its page, and its PIN."""
    profile, title = house.profile(session), _("CARDS OF THE WARDS")
    story: list[Flowable] = [
        *letterhead_block(letterhead(session, profile)),
        paragraph(title, "title"),
        paragraph(_("Cut apart and give each to its ward; the PIN is the ward's alone."), "centre"),
        Spacer(0, 5 * mm),
    ]
    for ward in public.wards(session):
        place = f"{address}/bangsal/{quote(ward.number, safe='')}"
        told = [
            paragraph(ward.name, "heading"),
            paragraph(_("PIN: {pin}").format(pin=asking.pin(session, ward.id)), "heading"),
            paragraph(_("Ask the library for books or literature. Name no patient."), "body"),
            paragraph(place, "note"),
        ]
        card = Table(
            [[QrCode(place, _SMALL), told]],
            [_SMALL + 6 * mm, ROOM - _SMALL - 6 * mm],
            style=[
                ("BOX", (0, 0), (-1, -1), 0.6, HAIRLINE),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ],
        )
        story += [KeepTogether([card]), Spacer(0, 4 * mm)]
    write_paper(target, story, title=title, author=profile.name, subject=title, file_name=title)


def _address(session: Session, now: datetime) -> tuple[str, datetime] | None:
    found = settings.get(session, settings.WEB_ADDRESS).rstrip("/")
    return (found, now) if found else None


def _address_of_wards(session: Session, now: datetime) -> tuple[str, datetime] | None:
    return _address(session, now) if asking.may_ask(session) else None


_CLOSED = N_("The catalogue is not on the network yet: Settings, Catalogue on the network.")
PAPERS = (
    Paper(POSTER, N_("Poster of the catalogue"), write_poster, _address, _CLOSED),
    Paper(CARDS, N_("Cards of the wards with PIN"), write_cards, _address_of_wards, _CLOSED),
)
