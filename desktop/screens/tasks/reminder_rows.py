"""Whom to remind: how each stands in the list, and what stands against writing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from database.circulation import reminder_list
from database.circulation.reminder_list import Person
from database.library import Session
from desktop.widgets.pill import Pill
from desktop.widgets.table import Column, Table
from desktop.words.language import _, date_plain
from desktop.words.reminder_rows import KINDS, coming

_TONES = {"overdue": "bad", "due": "warn", "hold": "info"}


def listed(session: Session, now: datetime) -> list[dict[str, Any]]:
    """Whom to write to; who was written to today stands last."""
    found, today = reminder_list.people(session, now), now.date()
    found.sort(key=lambda one: one.sent_on == today)
    return [_row(one, today) for one in found]


def _row(one: Person, today: date) -> dict[str, Any]:
    """One person, about one matter."""
    sent = ""
    if one.sent_on:
        sent = _("today") if one.sent_on == today else date_plain(one.sent_on)
    kind = Pill(_(KINDS[one.kind]), _TONES[one.kind])  # type: ignore[arg-type]
    if one.follows:
        kind = Pill(_("to follow"), "warn")
    return {
        "id": (one.patron_id, one.subject),
        "person": one,
        "kind": kind,
        "name": one.name,
        "copies": len(one.copies),
        "day": date_plain(one.day),
        "sent": sent,
        "next": coming(one, today),
    }


def reminder_table(sent: Callable[[], None], show: Callable[[], None]) -> Table:
    """The list of whom to write to: `sent()` at Enter, `show()` when another is chosen."""
    return Table(
        [
            Column(_("About"), "kind", kind="pill"),
            Column(_("Name"), "name", stretch=True),
            Column(_("Copies"), "copies", kind="number", optional=True),
            Column(_("Day"), "day"),
            Column(_("Next"), "next", optional=True),
            Column(_("Written to"), "sent", optional=True, muted=True),
        ],
        on_open=lambda row: sent(),
        on_select=lambda row: show(),
        empty=_("Nobody needs to be reminded today."),
        name=_("Reminders"),
    )


def warning(who: Person, today: date) -> tuple[str, Any]:
    """What stands against writing by phone, and in which colour it is said."""
    if who.sent_on == today:
        return _("Written to today already; tomorrow is early enough."), "info"
    if not who.consents:
        return _("Has not agreed to reminders: only a printed letter may be sent."), "warn"
    if not who.phone:
        if who.email:
            return _("No mobile number is known: write an e-mail."), "info"
        return _("No mobile number is known: copy the text, or print a letter."), "warn"
    return "", "info"
