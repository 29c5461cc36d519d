"""Two records of one person made one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from database import journal
from database.holdings import hold_queue
from database.patrons import before as patron_before
from database.patrons import finding, photos, standing
from database.patrons import numbers as patron_numbers
from database.refusal import Reason, Refusal
from database.schema import (
    Charge,
    Clearance,
    Consent,
    Handout,
    Hold,
    Loan,
    Mail,
    OutgoingLetter,
    Patron,
    PrivacyRequest,
    WardRequest,
)
from database.text import own_values
from database.text.words import key
from database.vocabulary import NO_VALUES

_FILLED = ("sex", "phone", "email", "institution", "unit", "guarantor", "bed", "place_id")
_BLANK = (
    "name",
    "name_key",
    "search_key",
    "unit",
    "institution",
    "phone",
    "email",
    "note",
    "blocked_reason",
    "bed",
    "guardian",
    "guarantor",
)
_NONE = ("staff_number", "blocked_until", "place_id", "suspended_until")
_EMPTIED: dict[str, Any] = {
    **dict.fromkeys(_BLANK, ""),
    **dict.fromkeys(_NONE),
    "own": NO_VALUES,
}


def merge(session: Session, into: int, other: int, now: datetime) -> int:
    """Let `into` take over the loans, codes, consents and photograph of `other`; returns the
    journal line.

    `other` remains without a name, for the figures of the months before: its membership ends
    today. Its number and staff number open the transaction of `into` from now on.

    Raises Refusal SAME_PATRON, KINDS_DIFFER (a person and a place), RECORD_GONE.
    """
    if into == other:
        raise Refusal(Reason.SAME_PATRON)
    kept, gone = _row(session, into), _row(session, other)
    if kept.kind != gone.kind:
        raise Refusal(Reason.KINDS_DIFFER)
    hold_queue.give_up_doubles(session, other, into, now)
    before = _join(session, kept, gone, now)
    moved: dict[str, Any] = {
        name: _move(session, *which, other, into) for name, which in MOVED.items()
    }
    line = journal.write(session, "patron.merged", "Patron", into, now, other=other, **moved)
    journal.touch(session, "Loan")
    patron_before.keep(session, line, before, now)
    return line


def _join(session: Session, kept: Any, gone: Any, now: datetime) -> dict[int, dict[str, Any]]:
    """Write both records; what stood in them."""
    into, other = kept.id, gone.id
    codes = {number: patron_numbers.of(session, number) for number in (into, other)}
    pictures = {number: photos.of(session, number) for number in (into, other)}
    values = _joined(kept, gone)
    numbers = [*codes[into], *codes[other], gone.number, gone.staff_number or ""]
    wanted = patron_numbers.cleaned(numbers, kept.number, values["staff_number"])
    values["search_key"] = finding.search_key(kept.number, {**kept._mapping, **values}, wanted)
    empty = {
        **_EMPTIED,
        "number": f"#{other}",
        "ended_on": now.date(),
        "forgotten_at": now,
        "merged_into": into,
    }
    before = {
        into: {**_of(kept, values), "codes": codes[into], "photo": pictures[into]},
        other: {**_of(gone, empty), "codes": codes[other], "photo": pictures[other]},
    }
    # First what is given up: a number stands only once.
    for number, row, kept_codes, photo in (
        (other, empty, [], None),
        (into, values, wanted, pictures[into] or pictures[other]),
    ):
        session.execute(update(Patron).where(Patron.id == number).values(**row))
        patron_before.put_codes(session, number, kept_codes)
        patron_before.put_photo(session, number, photo)
    standing.keep(session, [into, other], now)
    return before


def _row(session: Session, patron_id: int) -> Any:
    row = session.execute(select(Patron.__table__).where(Patron.id == patron_id)).one_or_none()
    if row is None or row.forgotten_at:
        raise Refusal(Reason.RECORD_GONE)
    return row


def _of(row: Any, values: dict[str, Any]) -> dict[str, Any]:
    return {name: row._mapping[name] for name in values}


def _joined(kept: Any, gone: Any) -> dict[str, Any]:
    """What the one lacks comes from the other; the longer membership holds."""
    values = {name: kept._mapping[name] or gone._mapping[name] for name in _FILLED}
    ends = (kept.valid_until, gone.valid_until)
    values["valid_until"] = max(ends) if all(ends) else None
    values["staff_number"] = kept.staff_number or gone.staff_number
    notes = [one for one in (kept.note, gone.note) if one]
    values["note"] = "\n".join(dict.fromkeys(notes))
    values["child"] = kept.child or gone.child
    values["guardian"] = kept.guardian or gone.guardian
    # A block is not shaken off by a second card.
    if gone.blocked_reason and not kept.blocked_reason:
        values["blocked_reason"] = gone.blocked_reason
        values["blocked_until"] = gone.blocked_until
    days = [day for day in (kept.suspended_until, gone.suspended_until) if day]
    values["suspended_until"] = max(days, default=None)
    values["name_key"] = key(kept.name)
    own = {**own_values.unpacked(gone.own), **own_values.unpacked(kept.own)}
    values["own"] = own_values.packed(own)
    return values


MOVED: dict[str, tuple[Any, Any]] = {
    "loans": (Loan, Loan.patron_id),
    "consents": (Consent, Consent.patron_id),
    "placed": (Patron, Patron.place_id),
    "merged": (Patron, Patron.merged_into),
    "requests": (PrivacyRequest, PrivacyRequest.patron_id),
    "charges": (Charge, Charge.patron_id),
    "letters": (Clearance, Clearance.patron_id),
    "outgoing": (OutgoingLetter, OutgoingLetter.patron_id),
    "holds": (Hold, Hold.patron_id),
    "mails": (Mail, Mail.patron_id),
    "wishes": (WardRequest, WardRequest.place_id),
    "handouts": (Handout, Handout.place_id),
}
"""What goes over to the record that stays. Rounds that were made stay with the ward they came
to: one round may have stopped at both."""


def _move(session: Session, record: Any, column: Any, other: int, into: int) -> Sequence[int]:
    rows = session.execute(
        update(record)
        .where(column == other, record.id != into)
        .values({column: into})
        .returning(record.id)
    )
    return list(rows.scalars())
