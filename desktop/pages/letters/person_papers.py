"""Papers about one person's data: the copy of all of it, and the receipt of its deletion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from database.library import Session
from database.policy import house, settings
from database.privacy import forgetting, person_data, requests
from database.privacy.forgetting import Forgotten
from database.text.dates import local_day
from database.vocabulary import RequestKind
from desktop.pages.drawing.entry import Paper
from desktop.pages.drawing.letterhead import letterhead, signature
from desktop.pages.drawing.paper import (
    facts_table,
    letterhead_block,
    paragraph,
    section,
    write_paper,
)
from desktop.pages.drawing.signatures import signature_alone
from desktop.pages.drawing.tables import Column, figures_table
from desktop.words.codes import PURPOSES, REQUESTS
from desktop.words.language import N_, _, clock, date_long, date_plain, number
from desktop.words.letters import paper_name
from desktop.words.wording import worded

_FIELDS = {
    "name": N_("Name"),
    "number": N_("Member number"),
    "category": N_("Kind"),
    "sex": N_("Sex"),
    "unit": N_("Unit"),
    "ward": N_("Ward"),
    "bed": N_("Bed"),
    "institution": N_("Institution"),
    "staff_number": N_("Staff or student number"),
    "phone": N_("Phone"),
    "email": N_("E-mail"),
    "guardian": N_("Guardian"),
    "guarantor": N_("Guarantor"),
    "note": N_("Note"),
    "joined_on": N_("Member since"),
    "valid_until": N_("Valid until"),
    "ended_on": N_("Ended on"),
    "blocked_reason": N_("May not borrow, because"),
    "blocked_until": N_("Blocked until"),
}
_DAYS = frozenset({"joined_on", "valid_until", "ended_on", "blocked_until"})
_SEXES = {"f": N_("Female"), "m": N_("Male")}


def copy_name(day: date) -> str:
    """The file's name without its ending; without the person's name."""
    return _("Personal-data-{day}").format(day=day.isoformat())


def receipt_name(day: date) -> str:
    """The file's name without its ending."""
    return _("Deletion-receipt-{day}").format(day=day.isoformat())


COPY, RECEIPT = N_("Copy of personal data"), N_("Receipt of a deletion")


@worded("personal-data")
def write_copy(
    target: str | Path | BinaryIO, session: Session, held: Mapping[str, Any], officer: str
) -> None:
    """All that is held about a person (`person_data.held`), for that person."""
    profile = house.profile(session)
    made = datetime.fromisoformat(held["made_at"])
    text = _(
        "This is everything {library} keeps about you, as of {date}. You may ask to have it "
        "corrected or deleted (UU 27/2022)."
    )
    story: list[Flowable] = [
        *letterhead_block(letterhead(session, profile)),
        paragraph(_("COPY OF PERSONAL DATA"), "title"),
        Spacer(0, 4 * mm),
        paragraph(text.format(library=profile.name, date=date_long(local_day(made)))),
        Spacer(0, 4 * mm),
        section(_("Who you are"), [facts_table(_person(held))], []),
        section(_("What you agreed to"), [_consents(held)], []),
        section(_("On loan to you"), [_loans(held["loans_in_hand"], "due_on")], []),
        section(_("Returned by you"), [_loans(held["loans_returned"], "returned_at")], []),
        section(_("What you asked for, and letters"), [_asked_for(held)], []),
    ]
    if officer:
        asked = _("Questions about your data: {officer}").format(officer=officer)
        story.append(paragraph(asked, "after"))
    title = _("Copy of personal data")
    write_paper(
        target,
        story,
        title=title,
        author=profile.name,
        subject=title,
        file_name=copy_name(local_day(made)),
    )


def _person(held: Mapping[str, Any]) -> list[tuple[str, str]]:
    rows = []
    for name, words in _FIELDS.items():
        value = held["person"].get(name) or ""
        if name in _DAYS and value:
            value = date_long(date.fromisoformat(value))
        if name == "sex":
            value = _(_SEXES[value]) if value in _SEXES else ""
        rows.append((_(words), str(value)))
    rows += list(held["own"].items())
    rows.append((_("Further codes"), ", ".join(held["codes"])))
    rows.append((_("Photograph"), _("yes") if held["photo"] else _("no")))
    return rows


def _day(text: str | None) -> str:
    return date_plain(local_day(datetime.fromisoformat(text))) if text else ""


def _consents(held: Mapping[str, Any]) -> Flowable:
    columns = [
        Column(_("Purpose"), figures=False),
        Column(_("Text"), figures=False),
        Column(_("By which way"), figures=False),
        Column(_("Agreed on"), fixed=True),
        Column(_("Withdrawn"), fixed=True),
    ]
    rows = [
        [
            _(PURPOSES.get(one["purpose"], one["purpose"])),
            one["text_version"],
            one["channel"],
            _day(one["given_on"]),
            _day(one["withdrawn_on"]),
        ]
        for one in held["consents"]
    ]
    return figures_table(columns, rows) if rows else paragraph(_("None."), "empty")


def _loans(loans: list[dict[str, Any]], last: str) -> Flowable:
    columns = [
        Column(_("Title"), figures=False),
        Column(_("Copy"), figures=False),
        Column(_("Lent"), fixed=True),
        Column(_("Due") if last == "due_on" else _("Returned"), fixed=True),
    ]
    rows = [[one["title"], one["barcode"], _day(one["lent_at"]), _day(one[last])] for one in loans]
    return figures_table(columns, rows) if rows else paragraph(_("None."), "empty")


def _asked_for(held: Mapping[str, Any]) -> Flowable:
    rows = [
        [_(REQUESTS.get(one["kind"], one["kind"])), _day(one["asked_at"]), _day(one["done_at"])]
        for one in held["requests"]
    ]
    rows += [
        [f"{paper_name(one['paper'])} {one['number']}", _day(one["issued_on"]), ""]
        for one in held["outgoing"]
    ]
    columns = [
        Column(_("What"), figures=False),
        Column(_("Day"), fixed=True),
        Column(_("Answered"), fixed=True),
    ]
    return figures_table(columns, rows) if rows else paragraph(_("None."), "empty")


@worded("deletion-receipt")
def write_receipt(
    target: str | Path | BinaryIO, session: Session, request: int, done: Forgotten, now: datetime
) -> None:
    """What was deleted, to give to the person; the paper itself keeps no name either."""
    profile, day = house.profile(session), now.date()
    text = _(
        "At your request {library} has deleted your name, number, phone, e-mail, ward, notes, "
        "photograph, codes and consents, and no longer knows which books you borrowed."
    )
    kept = _(
        "What stays are counts without a name: that somebody was a member from one day to "
        "another, and that books were borrowed. Backups made before today still hold your data "
        "until newer ones have replaced them."
    )
    story: list[Flowable] = [
        *letterhead_block(letterhead(session, profile)),
        paragraph(_("RECEIPT: PERSONAL DATA DELETED"), "title"),
        Spacer(0, 5 * mm),
        facts_table(
            [
                (_("Request"), str(request)),
                (_("Deleted on"), f"{date_long(day)}, {clock(now)}"),
                (_("Loans no longer tied to a person"), number(done.loans.total())),
            ]
        ),
        Spacer(0, 3 * mm),
        paragraph(text.format(library=profile.name)),
        Spacer(0, 3 * mm),
        paragraph(kept),
        signature_alone(signature(session, "librarian", day), profile.city, day),
    ]
    title, name = _("Receipt: personal data deleted"), receipt_name(day)
    write_paper(target, story, title=title, author=profile.name, subject=title, file_name=name)


def _asked(session: Session, kind: RequestKind) -> requests.RequestRow | None:
    """What was asked for last, in a library whose persons are invented. Of real ones these papers
    are made on their own page alone, and never with all others."""
    if not house.profile(session).demo:
        return None
    done = (one for one in requests.listed(session) if one.kind == kind and one.done_at)
    return next(done, None)


def _copy_asked(session: Session, now: datetime) -> tuple[Any, ...] | None:
    one = _asked(session, RequestKind.COPY)
    if one is None or one.patron_id is None:
        return None
    officer = settings.get(session, settings.PROTECTION_OFFICER)
    return person_data.held(session, one.patron_id, now), officer


def _forgetting_asked(session: Session, _now: datetime) -> tuple[Any, ...] | None:
    one, run = _asked(session, RequestKind.FORGET), forgetting.last_run(session)
    if one is None or run is None:
        return None
    return one.id, Forgotten(Counter(run.loans)), one.done_at


PAPERS = (
    Paper(
        "personal-data",
        COPY,
        write_copy,
        _copy_asked,
        N_("Printed from a person's own page, when that person asks for it."),
    ),
    Paper(
        "deletion-receipt",
        RECEIPT,
        write_receipt,
        _forgetting_asked,
        N_("Printed when somebody was forgotten at their own request."),
    ),
)
