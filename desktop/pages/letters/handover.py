"""The handover deed (BAST) of a batch: what came or went back, and two signatures.

Going back it also says what does not: each copy on loan or not found, so that the paper
balances with what once came.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from database.holdings import deposit_copies, deposits, item_list
from database.library import Session
from database.policy import house
from database.registers import outgoing
from desktop.pages.drawing.entry import Paper
from desktop.pages.drawing.letterhead import copies_of, letterhead, signers
from desktop.pages.drawing.paper import letterhead_block, paragraph, section, write_paper
from desktop.pages.drawing.signatures import Signature, parties
from desktop.pages.drawing.tables import Column, figures_table
from desktop.words.codes import status
from desktop.words.language import N_, _, date_long, date_plain, ngettext, number, weekday_name
from desktop.words.wording import worded

RECEIVED = "handover"


def file_name(batch: deposits.DepositRow, *, given_back: bool) -> str:
    """The file's name without its ending."""
    kind = _("Handover-back-{batch}") if given_back else _("Handover-{batch}")
    return kind.format(batch=batch.prefix)


@worded("handover")
def write(
    target: str | Path | BinaryIO,
    session: Session,
    deposit_id: int,
    today: date,
    *,
    given_back: bool,
) -> None:
    """Write the deed of receiving a batch, or of giving it back, dated and signed by who was in
    office on the day of the act; a return that is not finished is dated `today`."""
    profile, batch = house.profile(session), deposits.stored(session, deposit_id)
    made_on = (batch.returned_on or today) if given_back else batch.received_on
    owner = batch.owner or _("the owner")
    titles = deposit_copies.titles(session, deposit_id, given_back=given_back)
    story = [
        *letterhead_block(letterhead(session, profile)),
        paragraph(_("MINUTES OF HANDOVER"), "title"),
        paragraph(
            _("Number: {number}").format(number=_number(session, batch, given_back)), "centre"
        ),
        Spacer(0, 5 * mm),
        paragraph(_opening(batch, profile.name, owner, made_on, given_back)),
        Spacer(0, 4 * mm),
    ]
    story += _listed(titles, given_back)
    if given_back:
        story += _balance(session, batch)
    story.append(paragraph(_("Made in two copies, one for each party."), "after"))
    story.append(_signed(session, owner, profile.city, made_on, given_back))
    story += copies_of(session, RECEIVED)
    title = _("Minutes of handover · {batch}").format(batch=batch.name)
    write_paper(
        target,
        story,
        title=title,
        author=profile.name,
        subject=title,
        file_name=file_name(batch, given_back=given_back),
    )


def _number(session: Session, batch: deposits.DepositRow, given_back: bool) -> str:
    """The deed of the return has a number of its own; that of the arrival is often the owner's."""
    own = outgoing.number_of(session, paper_of(given_back), batch.id)
    return (batch.document if not given_back else "") or own or "." * 40


def paper_of(given_back: bool) -> str:
    """The name by which the deed is numbered."""
    return deposits.PAPER if given_back else RECEIVED


def _opening(
    batch: deposits.DepositRow, library: str, owner: str, made_on: date, given_back: bool
) -> str:
    """Who handed what to whom, and when."""
    count = batch.returned if given_back else batch.total
    copies = ngettext("{n} copy", "{n} copies", count).format(n=number(count))
    if given_back:
        text = _("On {weekday}, {date}, {library} gave {copies} of “{batch}” back to {owner}.")
    else:
        text = _(
            "On {weekday}, {date}, {owner} handed {copies} of “{batch}” to {library}. They "
            "remain the property of {owner}."
        )
    told = text.format(
        weekday=weekday_name(made_on.weekday()),
        date=date_long(made_on),
        library=library,
        owner=owner,
        copies=copies,
        batch=batch.name,
    )
    if given_back or batch.due_on is None:
        return told
    due = _("They go back by {date}.").format(date=date_long(batch.due_on))
    return f"{told} {due}"


def _listed(titles: Sequence[deposit_copies.TitleRow], given_back: bool) -> list[Flowable]:
    heading = _("Given back") if given_back else _("Handed over")
    table = _titles(titles) if titles else paragraph(_("No copy."), "empty")
    return [paragraph(heading, "heading"), table, Spacer(0, 5 * mm)]


def _titles(rows: Sequence[deposit_copies.TitleRow]) -> Flowable:
    columns = [
        Column(_("No."), fixed=True),
        Column(_("Title"), figures=False),
        Column(_("Author"), figures=False),
        Column(_("Year"), fixed=True),
        Column(_("Numbers"), figures=False),
        Column(_("Copies"), fixed=True),
    ]
    cells = [
        [
            str(place),
            row.title,
            row.contributors,
            str(row.year or ""),
            spans(row.barcodes),
            str(len(row.barcodes)),
        ]
        for place, row in enumerate(rows, start=1)
    ]
    total = number(sum(len(row.barcodes) for row in rows))
    return figures_table(columns, cells, ["", _("Total"), "", "", "", total])


def spans(barcodes: Sequence[str]) -> str:
    """ "T1-001–003, T1-007": numbers that follow each other are named by their ends."""
    runs: list[list[str]] = []
    for one in barcodes:
        if runs and _next(runs[-1][-1]) == one:
            runs[-1].append(one)
        else:
            runs.append([one])
    return ", ".join(
        run[0] if len(run) == 1 else f"{run[0]}–{run[-1].rpartition('-')[2]}" for run in runs
    )


def _next(barcode: str) -> str:
    head, _dash, last = barcode.rpartition("-")
    return f"{head}-{int(last) + 1:0{len(last)}d}" if last.isdecimal() else ""


def _balance(session: Session, batch: deposits.DepositRow) -> list[Flowable]:
    """The sum, and every copy that does not go back."""
    counts = [
        (_("Received"), batch.total),
        (_("Given back"), batch.returned),
        (_("On loan"), batch.on_loan),
        (_("Not found"), batch.missing),
        (_("Still here"), batch.here),
    ]
    row = [number(count) for _name, count in counts]
    sums = figures_table([Column(name) for name, _count in counts], [row])
    out = [
        one
        for one in item_list.items_of_deposit(session, batch.id)
        if deposits.place_of(one) != deposits.RETURNED
    ]
    parts: list[Flowable] = [section(_("How it adds up"), [sums], [])]
    if out:
        parts += [paragraph(_("Not given back yet"), "heading"), _waiting(out), Spacer(0, 4 * mm)]
    return parts


def _waiting(rows: Sequence[item_list.ItemRow]) -> Flowable:
    columns = [
        Column(_("No."), fixed=True),
        Column(_("Number"), figures=False),
        Column(_("Title"), figures=False),
        Column(_("Where"), figures=False),
    ]
    cells = [
        [str(place), row.barcode, row.title, _where(row)] for place, row in enumerate(rows, start=1)
    ]
    return figures_table(columns, cells)


def _where(row: item_list.ItemRow) -> str:
    if row.due_on is not None:
        return _("on loan until {day}").format(day=date_plain(row.due_on))
    return status(row.status)


def _signed(session: Session, owner: str, city: str, made_on: date, given_back: bool) -> Flowable:
    giving, taking = _("Handed over by,"), _("Received by,")
    over = (taking, giving) if given_back else (giving, taking)
    ours, *seen = signers(session, RECEIVED, made_on)
    return parties(Signature(owner), ours, over, city, made_on, seen)


def _newest(session: Session, now: datetime) -> tuple[int, date] | None:
    found = deposits.rows(session)
    return (found[0].id, now.date()) if found else None


def _newest_given_back(session: Session, now: datetime) -> tuple[int, date] | None:
    found = [one for one in deposits.rows(session) if one.returned]
    return (found[0].id, now.date()) if found else None


_NOT_YET = N_("No batch has been handed over yet.")
PAPERS = (
    Paper(
        "handover",
        N_("Handover of the newest batch"),
        partial(write, given_back=False),
        _newest,
        _NOT_YET,
    ),
    Paper(
        "handover-back",
        N_("Handover of the newest batch given back"),
        partial(write, given_back=True),
        _newest_given_back,
        _NOT_YET,
        "handover",
    ),
)
