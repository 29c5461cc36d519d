"""The profile sheet that goes with an application for accreditation: what assessors see first,
with visitors, in-house reading and loans by the month."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer, Table

from database.library import Session
from database.policy import house
from database.registers import registers
from database.standards import collection_measures, use_measures
from database.standards.measuring import Year
from database.standards.register_measures import OF_REGISTERS, budget
from desktop.pages.drawing import faces
from desktop.pages.drawing.entry import Paper
from desktop.pages.drawing.letterhead import letterhead, signed
from desktop.pages.drawing.paper import ROOM, facts_table, letterhead_block, paragraph, write_paper
from desktop.words.language import N_, _, date_long, money, number, weekday_name
from desktop.words.wording import worded

Fact = tuple[str, str]


@worded("profile-sheet")
def write(target: str | Path | BinaryIO, session: Session, now: datetime) -> None:
    """Write the sheet of the twelve months that end today."""
    day, profile = now.date(), house.profile(session)
    year = Year(day)
    beside = (
        (
            (_("Collection"), _collection(session, year)),
            (_("Facilities"), _facilities(session, year)),
        ),
        (
            (_("Staff"), _staff(session, year)),
            (_("Budget and cooperation"), _budget(session, year)),
        ),
    )
    story: list[Flowable] = [
        *letterhead_block(letterhead(session, profile)),
        paragraph(_("PROFILE OF THE LIBRARY"), "title"),
        paragraph(_("The twelve months up to {date}").format(date=date_long(day)), "centre"),
        Spacer(0, 3 * mm),
    ]
    story += _part(_("Library"), _library(profile), 0.22)
    story.append(_side_by_side(*beside[0]))
    story += _part(_("Services, the mean of a month"), _services(session, year), 0.3)
    story.append(_side_by_side(*beside[1]))
    story.append(signed(session, "profile-sheet", day, profile.city))
    title = _("Profile of the library")
    write_paper(target, story, title=title, author=profile.name, subject=title, file_name=title)


def _part(heading: str, facts: list[Fact], name_share: float, room: float = ROOM) -> list[Flowable]:
    return [paragraph(heading, "heading"), facts_table(facts, name_share, room), Spacer(0, 2 * mm)]


def _side_by_side(*parts: tuple[str, list[Fact]]) -> Table:
    """Two parts beside each other, so that all stand on one page with the signatures."""
    width = ROOM / len(parts)
    cells = [_part(heading, facts, 0.58, width - 4 * mm) for heading, facts in parts]
    looks = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
        ("FONTNAME", (0, 0), (-1, -1), faces.REGULAR),
    ]
    return Table([cells], [width] * len(parts), style=looks)


def _said(value: float | int | None, unit: str = "") -> str:
    if value is None:
        return _("not recorded yet")
    decimals = 0 if float(value).is_integer() else 1
    return f"{number(value, decimals)} {unit}".strip()


def _library(profile: house.ProfileFacts) -> list[Fact]:
    reached = " · ".join(part for part in (profile.address, profile.phone, profile.email) if part)
    facts = [
        (_("Name"), profile.name),
        (_("NPP"), profile.npp),
        (_("Kind of library"), " · ".join(one for one in (profile.kind, profile.subkind) if one)),
        (_("Agency"), profile.hospital),
        (_("Founded in"), " · ".join(one for one in (profile.founded, profile.decree) if one)),
        (_("Accreditation"), profile.accreditation),
        (_("Address"), reached),
        (_("Whom offices ask"), f"{profile.contact} {profile.contact_phone}".strip()),
        (_("Vision"), profile.vision),
    ]
    return [(name, value) for name, value in facts if value or name in (_("Name"), _("Agency"))]


def _collection(session: Session, year: Year) -> list[Fact]:
    return [
        (_("Titles"), _said(collection_measures.titles(session, year))),
        (_("Copies"), _said(collection_measures.copies(session, year))),
        (_("Reference titles"), _said(collection_measures.reference_titles(session, year))),
        (_("Periodicals"), _said(collection_measures.serial_titles(session, year))),
    ]


def _facilities(session: Session, year: Year) -> list[Fact]:
    return [
        (_("Floor area"), _said(OF_REGISTERS["floor_area"](session, year), "m²")),
        (_("Seats"), _said(OF_REGISTERS["seats"](session, year))),
        (_("Computers for readers"), _said(OF_REGISTERS["public_computers"](session, year))),
    ]


def _services(session: Session, year: Year) -> list[Fact]:
    def monthly(total: int) -> str:
        return _said(round(total / 12, 1))

    return [
        (_("Opening hours"), _hours(session)),
        (_("Members"), _said(use_measures.members(session, year))),
        (_("Visitors a month"), monthly(use_measures.visits(session, year))),
        (_("Read in the library a month"), monthly(use_measures.in_house(session, year))),
        (_("Lent a month"), monthly(use_measures.loans(session, year))),
    ]


def _hours(session: Session) -> str:
    """The week, days alike named as a run: Sen–Jum 07.30–16.00."""
    week = house.hours(session)
    said = []
    for hours, run in groupby(sorted(week.items()), key=lambda one: one[1]):
        days = [weekday_name(at)[:3] for at, _hours in run]
        name = f"{days[0]}–{days[-1]}" if len(days) > 2 else ", ".join(days)
        said.append(f"{name} {hours[0]:%H.%M}–{hours[1]:%H.%M}")
    return ", ".join(said)


def _staff(session: Session, year: Year) -> list[Fact]:
    lines = [one.values for one in registers.standing(session, "staff", year.last)]
    return [
        (_("Staff"), _said(len(lines) if lines else None)),
        (_("Librarians"), _said(sum(one["kind"] == "librarian" for one in lines))),
        (
            _("Degree in library science"),
            _said(sum(bool(one.get("library_science")) for one in lines)),
        ),
        (_("Certified competence"), _said(sum(bool(one.get("certified")) for one in lines))),
    ]


def _budget(session: Session, year: Year) -> list[Fact]:
    def rupiah(kind: str) -> str:
        value = budget(session, year, kind)
        return money(int(value)) if value else _("not recorded yet")

    return [
        (_("Budget of the year"), rupiah("")),
        (_("Of this for the collection"), rupiah("collection")),
        (_("Budget of the parent body"), rupiah("parent_body")),
        (_("Agreements"), _said(OF_REGISTERS["cooperations"](session, year))),
    ]


PAPERS = (Paper("profile-sheet", N_("Profile sheet for accreditation"), write),)
