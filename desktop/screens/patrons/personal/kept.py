"""What is kept of a person, in words: the consents, the letters and requests, and until when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from database.circulation.clearance import Letter
from database.patrons.consents import ConsentRow
from database.patrons.finding import PatronRow
from database.privacy import requests, retention
from database.text.dates import local_day
from desktop.widgets.pill import Pill
from desktop.words.codes import PURPOSES, REQUESTS
from desktop.words.language import _, date_long, date_plain, ngettext


def kept_text(rule: retention.Rule, patron: PatronRow) -> str:
    """When this person and their loans are forgotten, in a sentence."""
    after = rule.loans_after
    if after is None:
        loans = _("Returned loans stay tied to this person.")
    else:
        loans = ngettext(
            "Returned loans are forgotten after {n} day.",
            "Returned loans are forgotten after {n} days.",
            after,
        ).format(n=after)
    end = patron.ended_on or patron.valid_until
    if rule.person_after is None or end is None:
        return loans
    day = end + timedelta(days=rule.person_after + 1)
    person = _("The person is forgotten from {day} on, unless something is out.")
    return f"{loans} {person.format(day=date_long(day))}"


def consent_row(purpose: str, held: list[ConsentRow]) -> dict[str, Any]:
    """The newest word on one purpose."""
    found = next((one for one in held if one.purpose == purpose), None)
    stands = found is not None and found.withdrawn_on is None
    if found is None:
        pill, text = Pill(_("not asked yet"), "plain"), ""
    else:
        day = found.withdrawn_on or found.given_on
        words = _("agreed {day}") if stands else _("withdrawn {day}")
        pill = Pill(words.format(day=date_plain(day)), "good" if stands else "warn")
        text = " · ".join(part for part in (found.text_version, found.channel) if part)
    return {
        "id": purpose,
        "purpose": _(PURPOSES[purpose]),
        "state": pill,
        "text": text,
        "stands": stands,
    }


def letter_row(letter: Letter) -> dict[str, Any]:
    """A letter of clearance."""
    void = letter.cancelled_at is not None
    return {
        "id": f"letter-{letter.id}",
        "what": letter.number,
        "day": date_plain(letter.issued_on),
        "state": Pill(_("cancelled"), "bad") if void else Pill(_("issued"), "good"),
        "letter": letter,
    }


def request_row(asked: requests.RequestRow, now: Any) -> dict[str, Any]:
    """Something the person asked for."""
    return {
        "id": f"request-{asked.id}",
        "what": _(REQUESTS[asked.kind]),
        "day": date_plain(local_day(asked.asked_at)),
        "state": request_state(asked, now),
        "letter": None,
    }


def request_state(asked: requests.RequestRow, now: Any) -> Pill:
    """Answered, or by when it must be."""
    if asked.done_at is not None:
        return Pill(_("answered"), "good")
    day: date = local_day(asked.due_at)
    late = asked.due_at < now
    return Pill(_("due {day}").format(day=date_plain(day)), "bad" if late else "warn")
