"""The receipt (kuitansi): on the upper half of an A4 sheet, to cut, or on the roll."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from database.circulation import cash_book
from database.circulation.cash_book import ReceiptRow
from database.library import Session
from database.policy import house
from desktop.file_names import safe
from desktop.pages.drawing import faces, fonts
from desktop.pages.drawing.entry import Paper
from desktop.pages.drawing.letterhead import letterhead, signed
from desktop.pages.drawing.paper import facts_table, letterhead_block, paragraph, write_paper
from desktop.pages.drawing.roll import Row, rule, write_roll
from desktop.pages.drawing.tables import Column, figures_table
from desktop.pages.drawing.words import in_words
from desktop.words import language
from desktop.words.charges import KINDS, units
from desktop.words.language import N_, _, clock, date_plain
from desktop.words.wording import worded


def file_name(number: str) -> str:
    """The file's name without its ending."""
    return safe(_("Receipt-{number}").format(number=number))


@worded("receipt")
def write(target: str | Path | BinaryIO, session: Session, number: str) -> None:
    """Write a receipt as paper. Nothing under this number raises LookupError."""
    rows, profile = _rows_of(session, number), house.profile(session)
    first, total = rows[0], sum(row.amount for row in rows)
    name = _("RECEIPT OF A REPAYMENT") if first.kind == "refund" else _("RECEIPT")
    story: list[Flowable] = [
        *letterhead_block(letterhead(session, profile)),
        paragraph(name, "title"),
        paragraph(_("Number: {number}").format(number=number), "centre"),
        Spacer(0, 4 * mm),
        facts_table(_facts(rows, profile.name, total)),
        Spacer(0, 3 * mm),
        _table(rows, total),
        signed(session, "receipt", first.paid_on, profile.city),
    ]
    title = _("Receipt {number}").format(number=number)
    write_paper(
        target, story, title=title, author=profile.name, subject=title, file_name=file_name(number)
    )


def _rows_of(session: Session, number: str) -> list[ReceiptRow]:
    rows = cash_book.receipt(session, number)
    if not rows:
        raise LookupError(number)
    return rows


def _facts(rows: Sequence[ReceiptRow], library: str, total: int) -> list[tuple[str, str]]:
    first = rows[0]
    person = f"{first.payer} ({first.number})" if first.payer else ""
    back = first.kind == "refund"
    return [
        (_("Received from"), library if back else person),
        *([(_("Paid back to"), person)] if back else []),
        (_("Amount"), language.money(total)),
        (_("In words"), in_words(total)),
    ]


def _table(rows: Sequence[ReceiptRow], total: int) -> Flowable:
    columns = [
        Column(_("Title"), figures=False),
        Column(_("For"), figures=False),
        Column(_("Copy"), figures=False),
        Column(_("Rupiah"), fixed=True),
    ]
    body = [[row.title, _what(row), row.barcode, language.number(row.amount)] for row in rows]
    return figures_table(columns, body, [_("Total"), "", "", language.number(total)])


def _what(row: ReceiptRow) -> str:
    text = _(KINDS[row.charge_kind])
    counted = units(row.days, row.weeks)
    return f"{text}, {counted}" if counted else text


@worded("receipt")
def write_slip(
    target: str | Path | BinaryIO, session: Session, number: str, width_mm: int = 58
) -> None:
    """Write a receipt for the roll. Nothing under this number raises LookupError."""
    rows, profile = _rows_of(session, number), house.profile(session)
    heads = (profile.name, profile.hospital)

    def lines(room: float) -> Iterator[Row]:
        yield from _slip_rows(rows, number, heads, room)

    write_roll(target, lines, width_mm, _("Receipt {number}").format(number=number), profile.name)


def _slip_rows(
    rows: Sequence[ReceiptRow], number: str, heads: Sequence[str], room: float
) -> Iterator[Row]:
    first, total = rows[0], sum(row.amount for row in rows)
    for index, line in enumerate(heads):
        font, size = (faces.BOLD, 8.5) if index == 0 else (faces.REGULAR, 7.5)
        for part in fonts.wrap(line, font, size, room, 2):
            yield Row(part, "", font, size, centred=True)
    yield rule()
    back = first.kind == "refund"
    yield Row(_("Repayment") if back else _("Receipt"), "", faces.BOLD, 10, centred=True)
    for part in fonts.wrap(number, faces.SEMIBOLD, 8, room, 2):
        yield Row(part, "", faces.SEMIBOLD, 8, centred=True)
    yield Row(date_plain(first.paid_on), clock(first.paid_at), faces.REGULAR, 7.5)
    for part in fonts.wrap(first.payer, faces.SEMIBOLD, 8, room, 2):
        yield Row(part, "", faces.SEMIBOLD, 8)
    yield rule()
    for row in rows:
        yield Row(fonts.elide(row.title, faces.REGULAR, 8, room), "", faces.REGULAR, 8)
        yield Row(_what(row), language.number(row.amount), faces.REGULAR, 7.5)
    yield rule()
    yield Row(_("Total"), language.money(total), faces.BOLD, 10)
    for part in fonts.wrap(in_words(total), faces.REGULAR, 7.5, room, 4):
        yield Row(part, "", faces.REGULAR, 7.5)


def _newest(session: Session, now: datetime) -> tuple[str] | None:
    """The newest of the last year."""
    book = cash_book.cash_book(session, now.date() - timedelta(days=365), now.date())
    numbers = [row.receipt for row in book.rows if row.receipt]
    return (numbers[-1],) if numbers else None


PAPERS = (Paper("receipt", N_("Newest receipt"), write, _newest, N_("Nothing has been paid yet.")),)
