"""The cash book of a day or a month, and the sheet of a day that was closed."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from database.circulation import cash_book, sanctions
from database.circulation.cash_book import CashBook, ReceiptRow
from database.library import Session
from database.policy import house
from database.policy.calendar import month_bounds
from database.reports import day_close
from database.reports.day_close import Closed
from desktop.pages.drawing.entry import Paper, last_month
from desktop.pages.drawing.letterhead import letterhead, signed
from desktop.pages.drawing.paper import (
    facts_table,
    letterhead_block,
    no_data,
    paragraph,
    write_paper,
)
from desktop.pages.drawing.tables import Column, figures_table
from desktop.words import language
from desktop.words.charges import KINDS
from desktop.words.language import N_, _, clock, date_long, date_plain
from desktop.words.wording import worded

_MOVES = {"paid": "", "waived": N_("waived"), "refund": N_("paid back")}


def file_name(first: date, last: date) -> str:
    """The file's name without its ending."""
    span = first.isoformat() if first == last else f"{first.isoformat()}-{last.isoformat()}"
    return _("Cash-book-{span}").format(span=span)


@worded("cash-book")
def write(target: str | Path | BinaryIO, session: Session, first: date, last: date) -> None:
    """Write the cash book of these days, with the close of the day where it is one."""
    profile = house.profile(session)
    book = cash_book.cash_book(session, first, last)
    closed = day_close.of_day(session, first) if first == last else None
    days = date_long(first)
    if first != last:
        days = _("{first} to {last}").format(first=days, last=date_long(last))
    story: list[Flowable] = [
        *letterhead_block(letterhead(session, profile)),
        paragraph(_("DAY'S END") if closed else _("CASH BOOK"), "title"),
        paragraph(days, "centre"),
        Spacer(0, 6 * mm),
    ]
    taken = sanctions.takes_money(session)
    if closed:
        story += [facts_table(_day_facts(closed, taken)), Spacer(0, 5 * mm)]
    if taken:
        story += [_table(book) if book.rows else no_data(), Spacer(0, 5 * mm)]
        story.append(facts_table(_sums(book)))
    story.append(signed(session, "cash-book", last, profile.city))
    title = _("Cash book, {days}").format(days=days)
    write_paper(
        target,
        story,
        title=title,
        author=profile.name,
        subject=title,
        file_name=file_name(first, last),
    )


def _table(book: CashBook) -> Flowable:
    columns = [
        Column(_("Date"), figures=False),
        Column(_("Receipt"), figures=False),
        Column(_("For"), figures=False),
        Column(_("Copy"), figures=False),
        Column(_("In"), fixed=True),
        Column(_("Out"), fixed=True),
        Column(_("Waived"), fixed=True),
    ]
    total = [_("Total"), "", "", "", *map(_figure, (book.taken, book.given_back, book.waived))]
    return figures_table(columns, [_line(row) for row in book.rows], total)


def _line(row: ReceiptRow) -> list[str]:
    """Without names: the receipt leads to who paid."""
    when = f"{date_plain(row.paid_on)} {clock(row.paid_at)}"
    what = _(KINDS[row.charge_kind])
    if _MOVES[row.kind]:
        what = f"{what}, {_(_MOVES[row.kind])}"
    sums = [row.amount if row.kind == kind else 0 for kind in ("paid", "refund", "waived")]
    return [when, row.receipt or "–", what, row.barcode, *map(_figure, sums)]


def _figure(amount: int) -> str:
    return language.number(amount) if amount else "–"


def _sums(book: CashBook) -> list[tuple[str, str]]:
    rows = [
        (_("There before"), book.carried),
        (_("Taken in"), book.taken),
        (_("Paid back"), -book.given_back),
        (_("Difference when counted"), book.difference),
        (_("Handed over"), -book.handed_over),
    ]
    told = [(name, _signed(amount)) for name, amount in rows if amount]
    return [*told, (_("In the drawer"), language.money(book.balance))]


def _signed(amount: int) -> str:
    return language.money(amount) if amount >= 0 else f"− {language.money(-amount)}"


def _day_facts(closed: Closed, taken: bool) -> list[tuple[str, str]]:
    counts = [
        (_("Visitors"), closed.visitors),
        (_("Lent"), closed.lent),
        (_("Returned"), closed.returned),
        (_("Renewed"), closed.renewed),
        (_("Read here"), closed.used),
    ]
    rows = [(name, language.number(count)) for name, count in counts]
    if taken:
        rows.append((_("Recorded"), language.money(closed.recorded)))
        rows.append((_("Counted"), language.money(closed.counted)))
    if taken and closed.difference:
        rows.append((_("Difference"), f"{_signed(closed.difference)} · {closed.note}"))
    elif closed.note:
        rows.append((_("Note"), closed.note))
    return rows


def _last_month(_session: Session, now: datetime) -> tuple[date, date]:
    return month_bounds(last_month(now))


def _today(_session: Session, now: datetime) -> tuple[date, date]:
    return now.date(), now.date()


PAPERS = (
    Paper("cash-book", N_("Cash book of the last month"), write, _last_month),
    Paper("day-end", N_("Cash book of today"), write, _today, words="cash-book"),
)
