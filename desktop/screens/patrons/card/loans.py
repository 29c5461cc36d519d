"""What a patron has and had, as two lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from database.circulation.hold_lists import HoldRow
from database.patrons.finding import PatronLoan
from database.policy.lateness import Late
from database.text.dates import local_day
from desktop.forms.lateness import due_pill
from desktop.widgets.pill import Pill
from desktop.widgets.table import Column, Table
from desktop.words.language import _, date_plain, date_short


def loan_table(name: str, empty: str, last: str) -> Table:
    """A list of loans; `last` heads the column of the day that matters."""
    return Table(
        [
            Column(_("Title"), "title", stretch=True),
            Column(_("Copy"), "barcode"),
            Column(_("Lent"), "lent", optional=True),
            Column(last, "last", kind="pill"),
        ],
        empty=empty,
        name=name,
    )


def open_rows(
    loans: Sequence[PatronLoan], today: date, late: Mapping[int, Late]
) -> list[dict[str, Any]]:
    """Loans in hand, each with when it is due."""
    return [_row(loan, due_pill(loan, late, today) or date_short(loan.due_on)) for loan in loans]


def hold_rows(held: Sequence[HoldRow]) -> list[dict[str, Any]]:
    """What a patron waits for, or may fetch."""
    return [
        {
            "id": f"hold-{one.id}",
            "title": one.title,
            "barcode": one.copy or one.wanted,
            "lent": date_plain(one.placed_on),
            "last": _held(one),
        }
        for one in held
    ]


def _held(one: HoldRow) -> Pill:
    if one.ready_until is not None:
        return Pill(_("ready until {day}").format(day=date_short(one.ready_until)), "good")
    return Pill(_("waits, number {n}").format(n=one.queue), "info")


def past_rows(loans: Sequence[PatronLoan]) -> list[dict[str, Any]]:
    """Loans given back, each with when."""
    return [_row(loan, loan.returned_at) for loan in loans]


def _row(loan: PatronLoan, last: Any) -> dict[str, Any]:
    return {
        "id": loan.id,
        "title": loan.title,
        "barcode": loan.barcode,
        "lent": date_plain(local_day(loan.lent_at)),
        "last": last if isinstance(last, Pill | str) else date_short(local_day(last)),
    }
