"""Papers filled in by hand: the loan sheet for a power cut, the form to become a member."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from database.library import Session
from database.policy import categories, house, settings
from database.registers.fields import registers
from desktop.pages.drawing import faces
from desktop.pages.drawing.entry import Paper
from desktop.pages.drawing.ledger import Column, Heading, LedgerPage, Row, rows_a_page
from desktop.pages.drawing.letterhead import letterhead
from desktop.pages.drawing.paper import (
    HAIRLINE,
    ROOM,
    frame_height,
    letterhead_block,
    paragraph,
    section,
    write_paper,
)
from desktop.pages.drawing.words import usual_consent
from desktop.words.codes import PURPOSES
from desktop.words.language import N_, _
from desktop.words.register_words import word
from desktop.words.wording import worded

Target = str | Path | BinaryIO
GAP = 3 * mm
_NOT_MEMBERS = frozenset({"patient", "place"})
"""Patients get no card; wards do not sign."""


@worded("loan-sheet")
def write_loan_sheet(target: Target, session: Session, _now: datetime) -> None:
    """A page for loans and one for returns while the computer is off, to be typed in later."""
    profile = house.profile(session)
    title, height = _("Loan sheet without a computer"), frame_height(wide=True)
    under = _("Day and date: ____________________   Officer: ____________________")
    story: list[Flowable] = [
        _blank(_("Loans made"), under, height, [
            Column(_("No."), 10 * mm), Column(_("Time"), 16 * mm),
            Column(_("Member number"), 30 * mm), Column(_("Name, unit"), 52 * mm),
            Column(_("Barcode"), 28 * mm), Column(_("Title"), 66 * mm),
            Column(_("Back by"), 24 * mm), Column(_("Initials"), 21 * mm),
        ]),
        _blank(_("Returns and renewals"), under, height, [
            Column(_("No."), 10 * mm), Column(_("Time"), 16 * mm), Column(_("Barcode"), 32 * mm),
            Column(_("Title"), 84 * mm), Column(_("Returned"), 24 * mm),
            Column(_("Renewed until"), 26 * mm), Column(_("Remarks"), 55 * mm),
        ]),
    ]  # fmt: skip
    write_paper(
        target,
        story,
        title=title,
        author=profile.name,
        subject=title,
        file_name=_("Type these lines in at the desk when the power is back, in this order."),
        wide=True,
    )


@worded("guest-book")
def write_guest_book(target: Target, session: Session, _now: datetime) -> None:
    """A page of the visitors' book. Of patients only how many came is counted, without names."""
    profile = house.profile(session)
    title, height = _("Visitors' book"), frame_height(wide=True)
    columns = [
        Column(_("No."), 10 * mm),
        Column(_("Time"), 16 * mm),
        Column(_("Name"), 60 * mm),
        Column(_("Kind"), 36 * mm),
        Column(_("Unit, ward or institution"), 55 * mm),
        Column(_("Purpose"), 44 * mm),
        Column(_("Initials"), 26 * mm),
    ]
    under = _("Day and date: ____________________   Officer: ____________________")
    story: list[Flowable] = [_blank(title, under, height, columns)]
    write_paper(
        target,
        story,
        title=title,
        author=profile.name,
        subject=title,
        file_name=_("Of patients write only how many came, without names."),
        wide=True,
    )


def _blank(title: str, under: str, height: float, columns: list[Column]) -> Flowable:
    rest = [""] * (len(columns) - 1)
    rows = [Row((str(place), *rest)) for place in range(1, rows_a_page(height) + 1)]
    return LedgerPage(Heading(title.upper(), under), columns, rows, height)


@worded("member-form")
def write_member_form(target: Target, session: Session, _now: datetime) -> None:
    """The form to become a member, with what is kept and what one agrees to. No NIK is asked."""
    profile, title = house.profile(session), _("Membership form")
    consent = settings.get(session, settings.CONSENT_TEXT) or usual_consent()
    officer = settings.get(session, settings.PROTECTION_OFFICER)
    version = settings.get(session, settings.CONSENT_VERSION)
    kinds = [one.name for one in categories.listed(session) if _may_sign(one)]
    notes = [_("Text of consent, version {version}").format(version=version)]
    if officer:
        notes.append(_("Questions about your data: {officer}").format(officer=officer))
    agreed = [_(word) for word in PURPOSES.values()]
    rules = _("I shall keep to the rules of the library and replace what I lose or damage.")
    story: list[Flowable] = [
        *letterhead_block(letterhead(session, profile)),
        paragraph(title.upper(), "title"),
        Spacer(0, 4 * mm),
        section(_("Who you are"), [_lines(_asked())], []),
        section(_("You are (mark one)"), [_boxes(kinds)], []),
        section(_("Consent to the use of personal data"), [paragraph(consent)], notes),
        section(_("I agree to the use for (mark each)"), [_boxes(agreed, columns=1)], []),
        paragraph(rules),
        Spacer(0, 3 * mm),
        _signing(profile.city),
    ]
    write_paper(target, story, title=title, author=profile.name, subject=title, file_name=title)


@worded("search-form")
def write_search_form(target: Target, session: Session, _now: datetime) -> None:
    """The request for a literature search. It asks for no patient: the question is enough."""
    profile, title = house.profile(session), _("Request for a literature search")
    asked = [_("Full name"), _("Unit, or institution and study"), _("Phone (WhatsApp)"),
             _("Wanted by (date)")]  # fmt: skip
    parts = [_("Patient or problem, without a name"), _("Intervention"), _("Comparison"),
             _("Outcome"), _("Years and languages")]  # fmt: skip
    fields = {one.key: one for one in registers()["literature_search"]}
    kinds = [word(one) for one in fields["kind"].choices]
    note = _("Write no name and no number of a patient on this form.")
    story: list[Flowable] = [
        *letterhead_block(letterhead(session, profile)),
        paragraph(title.upper(), "title"),
        Spacer(0, 4 * mm),
        section(_("Who asks"), [_lines(asked)], [], GAP),
        section(_("What for (mark one)"), [_boxes(kinds)], [], GAP),
        section(_("Your question"), [_lines([""] * 2)], [note], GAP),
        section(_("Its parts, as far as known"), [_lines(parts)], [], GAP),
        section(_("Filled in by the library"), [_lines([_("Number"), _("Received on")])], [], GAP),
        _signing(profile.city),
    ]
    write_paper(target, story, title=title, author=profile.name, subject=title, file_name=title)


def _may_sign(kind: categories.CategoryRow) -> bool:
    return kind.active and kind.audience not in _NOT_MEMBERS


def _asked() -> list[str]:
    return [
        _("Full name"),
        _("Staff or student number"),
        _("Unit, or institution and study"),
        _("Phone (WhatsApp)"),
        _("Here from and until (students)"),
    ]


def _lines(names: list[str]) -> Table:
    table = Table([[name, ""] for name in names], [ROOM * 0.44, ROOM * 0.56], rowHeights=8 * mm)
    table.setStyle(
        [
            ("FONT", (0, 0), (-1, -1), faces.REGULAR, 9.5),
            ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
            ("LEFTPADDING", (0, 0), (0, -1), 0),
            ("LINEBELOW", (1, 0), (1, -1), 0.5, HAIRLINE),
        ]
    )
    return table


def _boxes(texts: list[str], columns: int = 3) -> Table:
    """Texts with a box to mark before each, in columns."""
    cells: list[list[str]] = []
    for at in range(0, len(texts), columns):
        part = texts[at : at + columns]
        cells.append([one for text in [*part, *[""] * (columns - len(part))] for one in ("", text)])
    box, share = 4 * mm, ROOM / columns
    table = Table(cells or [["", ""] * columns], [box, share - box] * columns, rowHeights=6 * mm)
    looks: list[tuple[object, ...]] = [
        ("FONT", (0, 0), (-1, -1), faces.REGULAR, 9),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ]
    for at in range(len(texts)):
        where = (2 * (at % columns), at // columns)
        looks.append(("BOX", where, where, 0.8, HAIRLINE))
    table.setStyle(looks)
    return table


def _signing(city: str) -> Flowable:
    """Place and date are written by hand: the form lies ready long before."""
    dated = f"{city}, {'.' * 30}" if city else "." * 40
    cells = [["", dated], ["", _("Signature")], ["", ""], ["", "." * 40]]
    table = Table(cells, [ROOM * 0.58, ROOM * 0.42], rowHeights=[5 * mm, 5 * mm, 13 * mm, 5 * mm])
    table.setStyle([("FONT", (0, 0), (-1, -1), faces.REGULAR, 9.5)])
    return KeepTogether([table])


PAPERS = (
    Paper("member-form", N_("Membership form"), write_member_form),
    Paper("search-form", N_("Request for a literature search"), write_search_form),
    Paper("loan-sheet", N_("Loan sheet without a computer"), write_loan_sheet),
    Paper("guest-book", N_("Visitors' book"), write_guest_book),
)
