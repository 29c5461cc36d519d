"""The profile sheet that goes with an application for accreditation: what assessors see first,
with visitors, in-house reading and loans by the month."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from database import house, measures, registers
from database.measures import Year
from database.register_measures import OF_REGISTERS, budget
from desktop.language import _, date_long, money, number, weekday_name
from desktop.pages.paper import (
    facts_table,
    letterhead_block,
    paragraph,
    signature_block,
    write_paper,
)
from desktop.pages.reporting import letterhead, signature
from desktop.wording import worded

Fact = tuple[str, str]


@worded("profile-sheet")
def write(target: str | Path | BinaryIO, session: Any, now: datetime) -> None:
    """Write the sheet of the twelve months that end today."""
    day, profile = now.date(), house.profile(session)
    year = Year(day)
    parts = (
        (_("Library"), _library(profile)),
        (_("Collection"), _collection(session, year)),
        (_("Facilities"), _facilities(session, year)),
        (_("Services, the mean of a month"), _services(session, year)),
        (_("Staff"), _staff(session, year)),
        (_("Budget and cooperation"), _budget(session, year)),
    )
    story: list[Flowable] = [
        *letterhead_block(letterhead(session, profile)),
        paragraph(_("PROFILE OF THE LIBRARY"), "title"),
        paragraph(_("The twelve months up to {date}").format(date=date_long(day)), "centre"),
        Spacer(0, 3 * mm),
    ]
    for heading, facts in parts:
        story += [paragraph(heading, "heading"), facts_table(facts, 0.45), Spacer(0, 0.5 * mm)]
    story.append(
        signature_block(
            signature(session, "head", day), signature(session, "librarian", day), profile.city,
            day,
        )
    )  # fmt: skip
    title = _("Profile of the library")
    write_paper(target, story, title=title, author=profile.name, subject=title, file_name=title)


def _said(value: float | int | None, unit: str = "") -> str:
    if value is None:
        return _("not recorded yet")
    decimals = 0 if float(value).is_integer() else 1
    return f"{number(value, decimals)} {unit}".strip()


def _library(profile: house.ProfileFacts) -> list[Fact]:
    reached = " · ".join(part for part in (profile.address, profile.phone, profile.email) if part)
    return [
        (_("Name"), profile.name), (_("Agency"), profile.hospital), (_("Address"), reached),
    ]  # fmt: skip


def _collection(session: Any, year: Year) -> list[Fact]:
    return [
        (_("Titles"), _said(measures.titles(session, year))),
        (_("Copies"), _said(measures.copies(session, year))),
        (_("Reference titles"), _said(measures.reference_titles(session, year))),
        (_("Serials"), _said(measures.serial_titles(session, year))),
    ]


def _facilities(session: Any, year: Year) -> list[Fact]:
    return [
        (_("Floor area"), _said(OF_REGISTERS["floor_area"](session, year), "m²")),
        (_("Seats"), _said(OF_REGISTERS["seats"](session, year))),
        (_("Computers for readers"), _said(OF_REGISTERS["public_computers"](session, year))),
    ]


def _services(session: Any, year: Year) -> list[Fact]:
    def monthly(total: int) -> str:
        return _said(round(total / 12, 1))

    return [
        (_("Opening hours"), _hours(session)),
        (_("Members"), _said(measures.members(session, year))),
        (_("Visitors a month"), monthly(measures.visits(session, year))),
        (_("Read in the library a month"), monthly(measures.in_house(session, year))),
        (_("Lent a month"), monthly(measures.loans(session, year))),
    ]


def _hours(session: Any) -> str:
    week = house.hours(session)
    days = [
        f"{weekday_name(at)[:3]} {opens:%H.%M}–{closes:%H.%M}"
        for at, (opens, closes) in sorted(week.items())
    ]
    return ", ".join(days)


def _staff(session: Any, year: Year) -> list[Fact]:
    lines = [one.values for one in registers.standing(session, "staff", year.last)]
    return [
        (_("Staff"), _said(len(lines) if lines else None)),
        (_("Librarians"), _said(sum(one["kind"] == "librarian" for one in lines))),
        (_("Degree in library science"), _said(sum(bool(one.get("library_science"))
                                                   for one in lines))),
        (_("Certified competence"), _said(sum(bool(one.get("certified")) for one in lines))),
    ]  # fmt: skip


def _budget(session: Any, year: Year) -> list[Fact]:
    def rupiah(kind: str) -> str:
        value = budget(session, year, kind)
        return money(int(value)) if value else _("not recorded yet")

    return [
        (_("Budget of the year"), rupiah("")),
        (_("Of this for the collection"), rupiah("collection")),
        (_("Budget of the parent body"), rupiah("parent_body")),
        (_("Agreements"), _said(OF_REGISTERS["cooperations"](session, year))),
    ]
