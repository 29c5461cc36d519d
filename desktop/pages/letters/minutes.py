"""Minutes (berita acara) of a closed stocktake or weeding: figures, list, three signatures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from database.holdings import stock_balance, stocktake, weeding, weeding_proposals
from database.library import Session
from database.policy import house
from database.text.dates import local_day
from desktop.pages.drawing.entry import Paper
from desktop.pages.drawing.letterhead import copies_of, letterhead, signers
from desktop.pages.drawing.paper import letterhead_block, paragraph, section, write_paper
from desktop.pages.drawing.signatures import Signature, signatures
from desktop.pages.drawing.tables import Column, figures_table
from desktop.pages.drawing.words import day_in_words, ownership
from desktop.words.language import N_, _, date_long, ngettext, number
from desktop.words.wording import worded

Target = str | Path | BinaryIO


@worded("stocktake-minutes")
def write_stocktake(target: Target, session: Session, round_id: int) -> None:
    """The minutes of a stocktake as it was closed."""
    told = stock_balance.one(session, round_id)
    assert told.closed_at is not None
    gone = stock_balance.missing(session, round_id)
    scope = [
        ownership(told.scope.ownership) if told.scope.ownership else _("all owners"),
        told.scope.location or _("all locations"),
    ]
    opening = _(
        "On {day} the stocktake “{name}” of {library} was closed. It was begun on {begun} and "
        "compared the shelves with the catalogue: {scope}."
    ).format(
        day=day_in_words(local_day(told.closed_at)),
        name=told.name,
        library=house.profile(session).name,
        begun=date_long(local_day(told.started_at)),
        scope=", ".join(scope),
    )
    parts = [
        section(_("Figures"), [_balance(stock_balance.figures(session, round_id))], []),
        paragraph(_("Copies not found"), "heading"),
        _missing(gone) if gone else paragraph(_("No copy is missing."), "empty"),
    ]
    title = _("Minutes of stocktake")
    _write(
        target,
        session,
        stocktake.PAPER,
        title,
        told.minutes,
        told.closed_at,
        [paragraph(opening)],
        parts,
    )


def _balance(found: stock_balance.Figures) -> Flowable:
    words = [
        (_("Recorded"), found.recorded),
        (_("Found"), found.found),
        (_("On loan"), found.on_loan),
        (_("Quarantine"), found.quarantine),
        (_("Repair"), found.repair),
        (_("Not found"), found.missing),
        (_("Not in the catalogue"), found.unknown),
        (_("Misplaced"), found.misplaced),
    ]
    row = [number(count) for _name, count in words]
    return figures_table([Column(name) for name, _count in words], [row])


def _missing(rows: Sequence[stock_balance.StockRow]) -> Flowable:
    columns = [
        Column(_("No."), fixed=True),
        Column(_("Barcode"), fixed=True),
        Column(_("Call number"), figures=False),
        Column(_("Title"), figures=False),
        Column(_("Location"), figures=False),
    ]
    cells = [
        [str(place), row.barcode, row.call_number, row.title, row.location]
        for place, row in enumerate(rows, start=1)
    ]
    return figures_table(columns, cells)


@worded("weeding-minutes")
def write_weeding(target: Target, session: Session, told: weeding.Round) -> None:
    """The minutes of a weeding as it was closed."""
    assert told.closed_at is not None
    gone = [
        one for one in weeding_proposals.decided(session, told.id) if one.decision == "withdraw"
    ]
    copies = ngettext("{n} copy", "{n} copies", len(gone)).format(n=number(len(gone)))
    opening = _(
        "On {day} the weeding “{name}” of {library} was closed. Looked at were age, use, condition "
        "and whether the content still holds. {copies} leave the collection."
    ).format(
        day=day_in_words(local_day(told.closed_at)),
        name=told.name,
        library=house.profile(session).name,
        copies=copies,
    )
    note = _(
        "Taking them out of the register of the hospital's goods is a separate procedure; until "
        "then they are kept apart. Deposits of others were not touched."
    )
    parts: list[Flowable] = [
        paragraph(_("Copies withdrawn"), "heading"),
        _withdrawn(gone) if gone else paragraph(_("No copy was withdrawn."), "empty"),
        paragraph(note, "after"),
    ]
    title = _("Minutes of weeding")
    _write(
        target,
        session,
        weeding.PAPER,
        title,
        told.minutes,
        told.closed_at,
        [paragraph(opening)],
        parts,
    )


def _withdrawn(rows: Sequence[weeding_proposals.Proposal]) -> Flowable:
    columns = [
        Column(_("No."), fixed=True),
        Column(_("Barcode"), fixed=True),
        Column(_("Call number"), figures=False),
        Column(_("Title"), figures=False),
        Column(_("Year"), fixed=True),
        Column(_("Loans"), fixed=True),
        Column(_("Reason"), figures=False),
    ]
    cells = [
        [str(place), row.barcode, row.call_number, row.title, str(row.year or ""),
         number(row.loans), row.reason]
        for place, row in enumerate(rows, start=1)
    ]  # fmt: skip
    return figures_table(columns, cells)


def _write(
    target: Target,
    session: Session,
    paper: str,
    title: str,
    minutes: str,
    closed_at: datetime,
    opening: list[Flowable],
    parts: list[Flowable],
) -> None:
    profile = house.profile(session)
    story: list[Flowable] = [
        *letterhead_block(letterhead(session, profile)),
        paragraph(title.upper(), "title"),
        paragraph(_("Number: {number}").format(number=minutes or "." * 40), "centre"),
        Spacer(0, 5 * mm),
        *opening,
        Spacer(0, 4 * mm),
        *parts,
        Spacer(0, 4 * mm),
        _signed(session, paper, profile.city, local_day(closed_at)),
        *copies_of(session, paper),
    ]
    write_paper(
        target,
        story,
        title=title,
        author=profile.name,
        subject=f"{title} {minutes}".strip(),
        file_name=f"{title} {minutes}".strip(),
    )


def _signed(session: Session, paper: str, city: str, day: date) -> Flowable:
    """A second officer beside those who usually sign: three who answer for it."""
    said = paragraph(_("These minutes were made truthfully, to be used as needed."), "after")
    who = [Signature(_("Second officer"), _("Carried out by,")), *signers(session, paper, day)]
    return signatures(who, city, day, [said])


def _last_stocktake(session: Session, _now: datetime) -> tuple[int] | None:
    closed = [one.id for one in stocktake.rounds(session) if one.closed_at is not None]
    return (closed[0],) if closed else None


def _last_weeding(session: Session, _now: datetime) -> tuple[weeding.Round] | None:
    closed = [one for one in weeding.rounds(session) if one.closed_at is not None]
    return (closed[0],) if closed else None


PAPERS = (
    Paper(
        "stocktake-minutes",
        N_("Minutes of stocktake"),
        write_stocktake,
        _last_stocktake,
        N_("No stocktake has been closed yet."),
    ),
    Paper(
        "weeding-minutes",
        N_("Minutes of weeding"),
        write_weeding,
        _last_weeding,
        N_("No weeding has been closed yet."),
    ),
)
