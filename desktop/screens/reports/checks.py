"""The guide of a month's end: what is well, what to mend, what to skip with a reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from database.library import Session
from database.policy import house, signing
from database.policy.calendar import period_bounds
from database.reports import month_checks, period_marks
from database.reports.month_checks import Check as Found
from database.text.dates import local_day
from desktop.words.language import _, date_plain, ngettext, number, period_long
from desktop.words.letters import role_name

OLD_BACKUP = 3
Place = tuple[str, Any]


@dataclass(frozen=True)
class Check:
    """One line: `state` is "good", "open" or "skipped"; `place` is where it is mended, as the
    window goes there; only what has a `code` can be skipped."""

    state: str
    text: str
    place: Place | None = None
    code: str = ""


def _said(code: str, n: int) -> str:
    """How much is open, in words."""
    texts = {
        "silent_days": ngettext(
            "{n} open day without visitors", "{n} open days without visitors", n
        ),
        "practice_loans": ngettext(
            "{n} copy still with a student whose practice is over or who is late",
            "{n} copies still with students whose practice is over or who are late",
            n,
        ),
        "ownerless_loans": ngettext(
            "{n} loan of nobody the library knows", "{n} loans of nobody the library knows", n
        ),
        "unclassed": ngettext("{n} copy without a class", "{n} copies without a class", n),
        "quarantine": ngettext(
            "{n} copy whose quarantine is over and that is not back on its shelf",
            "{n} copies whose quarantine is over and that are not back on their shelf",
            n,
        ),
        "cash": ngettext(
            "{n} day whose cash does not agree or was not closed",
            "{n} days whose cash does not agree or was not closed",
            n,
        ),
        "unbalanced": ngettext(
            "{n} copy keeps table 1 from adding up", "{n} copies keep table 1 from adding up", n
        ),
    }
    return texts[code].format(n=number(n))


_PLACES: dict[str, Callable[[str], Place]] = {
    "silent_days": lambda day: ("tasks", ("visits", day)),
    "practice_loans": lambda copy: ("desk", ("borrower", copy)),
    "ownerless_loans": lambda copy: ("catalogue", copy),
    "unclassed": lambda _copy: ("catalogue", ("lists", "unclassed")),
    "quarantine": lambda copy: ("tasks", ("quarantine", copy)),
    "cash": lambda _day: ("desk", ("day_end", "")),
    "unbalanced": lambda copy: ("catalogue", copy),
}
"""Where each is mended, from the first of what is open. Nothing is done by going there: a copy
is never handed to the desk as if it were scanned, which would take it back."""


def told(
    session: Session, period: str, found: Sequence[Found], now: datetime, backup: datetime | None
) -> list[Check]:
    """Every check in words: the library's, the paper's own, the backup."""
    last = period_bounds(period)[1]
    why = month_checks.reasons(session, period)
    lines = [*_unfinished(period, last, now.date()), *(_counted(one) for one in found)]
    lines.append(_backup(now, backup, why.get("backup", "")))
    return [*lines, *_signing(session, last)]


def _unfinished(period: str, last: date, today: date) -> list[Check]:
    if today > last:
        return []
    text = _("{month} is not over; its figures still grow")
    return [Check("open", text.format(month=period_long(period)))]


def _counted(one: Found) -> Check:
    if not one.count:
        return Check("good", "")
    text = _said(one.code, one.count)
    if one.reason:
        return Check(
            "skipped", _("{what} · skipped: {why}").format(what=text, why=one.reason), code=one.code
        )
    examples = ", ".join(_example(each) for each in one.examples)
    more = "…" if one.count > len(one.examples) else ""
    return Check("open", f"{text}: {examples}{more}", _PLACES[one.code](one.examples[0]), one.code)


def _example(text: str) -> str:
    """A day as days are written; a bar code as it is."""
    try:
        return date_plain(date.fromisoformat(text))
    except ValueError:
        return text


def _backup(now: datetime, backup: datetime | None, reason: str) -> Check:
    if backup is not None and (now - backup).days < OLD_BACKUP:
        return Check("good", "")
    text = _("There is no backup yet")
    if backup is not None:
        text = _("The last backup is of {day}").format(day=date_plain(local_day(backup)))
    if reason:
        said = _("{what} · skipped: {why}").format(what=text, why=reason)
        return Check("skipped", said, code="backup")
    return Check("open", text, ("settings", "backups"), "backup")


def _signing(session: Session, last: date) -> list[Check]:
    profile, found = house.profile(session), []
    usual = {
        "librarian": _("Nobody signs as librarian yet"),
        "head": _("Nobody signs as head yet"),
    }
    for role in signing.of(session, period_marks.PAPER).roles:
        if house.signer(session, role, last) is None:
            words = _("Nobody signs as {role} yet").format(role=role_name(role))
            found.append(Check("open", usual.get(role, words), ("settings", "signers")))
    if not profile.dinas:
        text = _("The report is addressed to nobody yet")
        found.append(Check("open", text, ("settings", "library")))
    if not profile.city:
        text = _("The city for the date is missing")
        found.append(Check("open", text, ("settings", "library")))
    return found or [Check("good", "")]


def still_open(found: Sequence[Check]) -> list[str]:
    """What closing now would leave open, for the question before it."""
    return [one.text for one in found if one.state == "open"]
