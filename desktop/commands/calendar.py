"""Closed days without a window: listing a year, closing days, confirming its holidays."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from database.library import Session
from database.policy import closings, holidays
from desktop.commands.opening import opened
from desktop.commands.telling import DONE, Told, give
from desktop.words.language import _, date_plain


def _closed(chosen: argparse.Namespace, now: datetime) -> int:
    """The closed days of a year, after what was asked was done."""
    library = opened(chosen)
    try:
        if chosen.add or chosen.confirm:
            with library.transaction() as session:
                _change(session, chosen, now)
        with library.reading() as session:
            found = closings.of_year(session, chosen.year)
            confirmed = closings.is_confirmed(session, chosen.year)
            kept = {one.day for one in found}
            known = [one for one in holidays.proposed(session, chosen.year) if not one.kept]
            open_still = [one for one in known if one.day not in kept]
    finally:
        library.close()
    value: dict[str, Any] = {
        "confirmed": confirmed,
        "closed": [asdict(one) for one in found],
        "proposed": [{"day": one.day, "name": one.name, "leave": one.leave} for one in open_still],
    }
    lines = [f"{date_plain(one.day)}\t{_state(one)}\t{one.name}" for one in found]
    proposed = _("proposed")
    lines += [f"{date_plain(one.day)}\t{proposed}\t{one.name}" for one in open_still]
    lines.append(_("holidays confirmed") if confirmed else _("holidays not confirmed yet"))
    give(chosen, value, lines)
    return DONE


def _state(one: closings.Closing) -> str:
    if one.open:
        return _("open")
    return _("every year") if one.yearly is not None else _("closed")


def _change(session: Session, chosen: argparse.Namespace, now: datetime) -> None:
    """Close what --add names, and with --confirm what is proposed but collective leave days."""
    if chosen.add:
        first, last = _span(chosen.add)
        if chosen.yearly:
            closings.close_yearly(session, first.month, first.day, chosen.name, now, move=True)
        else:
            days = [(day, chosen.name) for day in closings.span(first, last)]
            holidays.close(session, days, now, move=True)
    if chosen.confirm:
        proposed = holidays.proposed(session, chosen.year)
        days = [(one.day, one.name) for one in proposed if not one.leave and not one.kept]
        holidays.confirm(session, chosen.year, days, now, move=True)


def _span(text: str) -> tuple[date, date]:
    first, _dots, last = text.partition("..")
    try:
        return date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError as error:
        wrong = _("“{day}” is not a day; write it like 2027-01-31.").format(day=text[:40])
        raise Told(wrong) from error


ACTS = {"closed": _closed}
