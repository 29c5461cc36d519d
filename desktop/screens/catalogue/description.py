"""A title in the words of a catalogue card, and a record as cataloguers read it."""

from __future__ import annotations

from collections.abc import Sequence

from database.circulation.hold_lists import HoldRow
from database.description.marc import Record
from database.holdings import item_list
from desktop.widgets.pill import Pill
from desktop.words import language
from desktop.words.codes import status
from desktop.words.language import _


def as_text(record: Record) -> str:
    """The whole record, a field a line: "245 10 $a Buku ajar"."""
    lines = [f"LDR    {record.leader}"]
    for one in record.fields:
        if one.value is not None:
            lines.append(f"{one.tag}    {one.value}")
        else:
            parts = " ".join(f"${code} {text}" for code, text in one.subfields)
            lines.append(f"{one.tag} {one.indicators.replace(' ', '#')} {parts}")
    return "\n".join(lines)


def availability(available: int, items: int) -> Pill:
    """ "2 of 3", or that there are none."""
    if not items:
        return Pill(_("no copies"), "plain")
    text = _("{available} of {items}").format(available=available, items=items)
    return Pill(text, "good" if available else "bad")


def held_by(found: Sequence[HoldRow]) -> str:
    """Who waits for a title, those first for whom a copy lies ready; "" for nobody."""
    if not found:
        return ""
    names = [
        _("{name} (ready until {day})").format(
            name=one.shown, day=language.date_plain(one.ready_until)
        )
        if one.ready_until
        else one.shown
        for one in found
    ]
    return _("Held by: {names}").format(names=", ".join(names))


def state(row: item_list.ItemRow) -> Pill:
    """Where a copy is now."""
    if row.cancelled:
        return Pill(_("cancelled"), "plain")
    if row.due_on is not None:
        return Pill(_("until {day}").format(day=_day(row)), "info")
    if row.aside:
        return Pill(_("set aside"), "warn")
    if row.status == "in_service":
        return Pill(_("available"), "good")
    tones = {"quarantine": "warn", "repair": "warn", "missing": "warn", "lost": "bad"}
    return Pill(status(row.status), tones.get(row.status, "plain"))  # type: ignore[arg-type]


def _day(row: item_list.ItemRow) -> str:
    """ "30 Nov": the year says nothing on so short a notice."""
    assert row.due_on is not None
    return language.date_plain(row.due_on).rpartition(" ")[0]
