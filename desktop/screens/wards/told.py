"""How the wards and their readers are told of in the lists."""

from __future__ import annotations

from datetime import date

from database.text import phones
from database.wards.wards import ReaderRow, WardRow
from desktop.widgets.pill import Pill
from desktop.widgets.table import Cell
from desktop.words.language import _, date_short, ngettext, number

_TITLES_SHOWN = 2


def ward_pill(row: WardRow) -> Pill | None:
    """What is most pressing on a ward."""
    if row.late:
        return Pill(_("{n} overdue").format(n=number(row.late)), "bad")
    if row.requests:
        text = ngettext("{n} wish", "{n} wishes", row.requests)
        return Pill(text.format(n=number(row.requests)), "info")
    if row.follows:
        return Pill(_("{n} to follow").format(n=number(row.follows)), "warn")
    return Pill(_("round today"), "good") if row.round_today else None


def ward_about(row: WardRow) -> str:
    """What is to be known of a ward, in a line."""
    parts = [row.number]
    if row.follows:
        parts.append(_("{n} to follow").format(n=number(row.follows)))
    if row.leaving:
        parts.append(_("{n} go home today").format(n=number(row.leaving)))
    if row.requests:
        text = ngettext("{n} wish", "{n} wishes", row.requests)
        parts.append(text.format(n=number(row.requests)))
    if row.round_today:
        parts.append(_("round today"))
    return " · ".join(parts)


def bed_text(row: ReaderRow) -> str:
    """The bed; of the ward itself that it is one."""
    return row.bed or (_("ward") if row.kind == "ward" else "–")


def reads(row: ReaderRow) -> Cell:
    """Who, with whom to telephone, and in a second line what: the first titles with their codes,
    and how many more."""
    listed = [
        f"{title} · {barcode}" for title, barcode in zip(row.titles, row.barcodes, strict=True)
    ]
    more = len(listed) - _TITLES_SHOWN
    text = "; ".join(listed[:_TITLES_SHOWN]) or _("nothing on loan")
    text += f" (+{more})" if more > 0 else ""
    name = row.name or _("no name noted")
    return Cell(name, phones.shown(row.caregiver), second=text)


def wish_pill(row: ReaderRow) -> Pill | None:
    """What the reader asked for."""
    return Pill("; ".join(row.wishes), "info") if row.wishes else None


def leaves_pill(row: ReaderRow, today: date) -> Pill | str:
    """When the reader goes home; in red from that day on."""
    if row.follows_since is not None:
        return Pill(_("to follow since {day}").format(day=date_short(row.follows_since)), "warn")
    if row.leaves_on is None:
        return ""
    if row.leaves_on == today:
        return Pill(_("today"), "bad")
    return Pill(_("gone"), "bad") if row.leaves_on < today else date_short(row.leaves_on)
