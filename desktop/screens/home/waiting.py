"""What waits today: copies that rest or lie ready, searches, agreements, what is overdue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from database.circulation import hold_lists, quarantine
from database.circulation.hold_lists import HoldRow
from database.circulation.quarantine import RestingRow
from database.library import Session
from database.policy import closings
from database.privacy import announcing
from database.registers import registers
from database.reports import overview
from database.wards import follows, wishes
from desktop.widgets.pill import Pill
from desktop.words.language import _, clock, counted, date_plain, month_long, ngettext, number

_REPORT_DAY = 5  # by then most offices of the dinas wait for it


def rows(
    session: Session, now: datetime, unlabelled: int, failed: str = ""
) -> list[dict[str, Any]]:
    """The most pressing first; each with the place to go to. `failed` says what is wrong with the
    backups."""
    day = now.date()
    found = []
    if failed:
        found.append(_row(_("now"), "bad", failed, _("Backups"), ("settings", "backups")))
    if (plan := announcing.plan(session)) is not None:
        text = _("Forgotten by rule: {persons}, {others}")
        text = text.format(
            persons=counted("persons", plan.persons), others=counted("links", plan.others)
        )
        when = date_plain(plan.on)
        found.append(_row(when, "info", text, _("Personal data"), ("settings", "personal")))
    resting, ready = quarantine.today(session, now), hold_lists.ready(session)
    if resting:
        found.append(_resting(resting))
    if ready:
        found.append(_ready(ready, day))
    found += _wished(session)
    found += [*_searches(session, day), *_interlibrary(session, day), *_agreements(session, day)]
    found += [*_late(session, day), *_open_month(session, day), *_ending(session, day)]
    found += _follows(session, day)
    found += _holidays(session, day)
    if unlabelled:
        text = ngettext("{n} copy has no label yet", "{n} copies have no label yet", unlabelled)
        text = text.format(n=number(unlabelled))
        found.append(_row(_("when free"), "plain", text, _("Catalogue"), ("catalogue", "labels")))
    return found


def _resting(copies: list[RestingRow]) -> dict[str, Any]:
    """What comes out of quarantine."""
    text = ngettext(
        "{n} copy comes out of quarantine", "{n} copies come out of quarantine", len(copies)
    ).format(n=number(len(copies)))
    times = sorted({clock(one.until) for one in copies if one.until})
    when = times[0] if times else _("today")
    return _row(when, "info", text, _("Quarantine"), ("tasks", "quarantine"))


def _ready(copies: list[HoldRow], day: date) -> dict[str, Any]:
    """What lies ready to be fetched."""
    text = ngettext(
        "{n} copy lies ready to be fetched", "{n} copies lie ready to be fetched", len(copies)
    ).format(n=number(len(copies)))
    last = any(one.ready_until and one.ready_until <= day for one in copies)
    when, tone = (_("last day"), "warn") if last else (_("today"), "info")
    return _row(when, tone, text, _("Holds"), ("tasks", "holds"))


def _wished(session: Session) -> Iterator[dict[str, Any]]:
    """What wards ask for."""
    asked = wishes.wishes(session)
    if asked:
        text = ngettext("{n} request of a ward waits", "{n} requests of wards wait", len(asked))
        text = text.format(n=number(len(asked)))
        told = " · ".join(dict.fromkeys(one.ward for one in asked))
        to = ("tasks", "requests")
        yield _row(_("next round"), "info", f"{text} · {told}", _("Requests"), to)


def _follows(session: Session, day: date) -> Iterator[dict[str, Any]]:
    """What patients who went home left to follow; long awaited, it may be lost."""
    for one in (found := follows.awaited(session, day)):
        if one.lost:
            days = (day - one.since).days
            when = ngettext("for {n} day", "for {n} days", days).format(n=number(days))
            text = _("{title} was to follow: is it lost?").format(title=one.title)
            to = ("wards", ("ward", one.ward_id))
            yield _row(when, "bad", f"{text} · {one.ward}", _("Wards"), to)
    awaited = [one for one in found if not one.lost]
    if awaited:
        text = ngettext(
            "{n} copy is to follow from who went home",
            "{n} copies are to follow from who went home",
            len(awaited),
        ).format(n=number(len(awaited)))
        to = ("wards", ("ward", awaited[0].ward_id))
        yield _row(_("when free"), "plain", f"{text} · {awaited[0].ward}", _("Wards"), to)


def _holidays(session: Session, day: date) -> Iterator[dict[str, Any]]:
    """From October on the holidays of the next year are to be confirmed."""
    year = closings.to_confirm(session, day)
    if year is not None:
        text = _("Confirm the holidays of {year}, for the due days").format(year=year)
        tone = "warn" if year == day.year or day.month == 12 else "info"
        to = ("settings", ("holidays", year))
        yield _row(_("when free"), tone, text, _("Closed days"), to)


def _when(due: date, day: date) -> tuple[int, str]:
    """How many days are left, and how that is said."""
    days = (due - day).days
    if days == 0:
        return days, _("today")
    if days < 0:
        return days, ngettext("{n} day late", "{n} days late", -days).format(n=-days)
    return days, ngettext("in {n} day", "in {n} days", days).format(n=days)


def _interlibrary(session: Session, day: date) -> Iterator[dict[str, Any]]:
    """What a partner lent us, or we a partner, and is to be back soon."""
    for one in registers.loans_due(session, day):
        days, when = _when(one.values["due"], day)
        ours = one.values["kind"] == "requested"
        text = _("Give “{title}” back to {partner}") if ours else _("“{title}” is at {partner}")
        told = text.format(title=one.values["title"], partner=one.values["partner"])
        tone = "bad" if days < 0 else "warn"
        yield _row(when, tone, told, _("Interlibrary loans"), ("services", "interlibrary"))


def _searches(session: Session, day: date) -> Iterator[dict[str, Any]]:
    """Literature searches that are wanted soon."""
    for one in registers.searches_due(session, day):
        days, when = _when(one.values["due"], day)
        text = _("Literature search {number} is wanted").format(number=one.values["number"])
        tone, unit = "bad" if days < 0 else "warn", one.values.get("unit") or ""
        told = " · ".join(filter(None, (text, unit)))
        yield _row(when, tone, told, _("Searches"), ("services", "literature_search"))


def _agreements(session: Session, day: date) -> Iterator[dict[str, Any]]:
    """Agreements that end soon."""
    for one in registers.ending(session, day):
        text = _("The agreement with {partner} ends").format(partner=one.values["partner"])
        when = date_plain(one.values["until"])
        yield _row(when, "info", text, _("Cooperation"), ("services", "cooperation"))


def _late(session: Session, day: date) -> Iterator[dict[str, Any]]:
    """All that is late in one line, for it is one work: to remind."""
    late = overview.late(session, day)
    if not late.copies:
        return
    text = ngettext("{n} copy", "{n} copies", late.copies)
    told = [text.format(n=number(late.copies))]
    who = ngettext("with {n} reader", "with {n} readers", late.patrons)
    told.append(who.format(n=number(late.patrons)))
    if late.reachable:
        told.append(_("{n} by WhatsApp").format(n=number(late.reachable)))
    yield _row(_("overdue"), "bad", " · ".join(told), _("Reminders"), ("tasks", "reminders"))


def _open_month(session: Session, day: date) -> Iterator[dict[str, Any]]:
    """Last month's report, until it is closed."""
    month = overview.open_month(session, day)
    if month is not None:
        text = _("The report of {month} is not closed yet").format(month=month_long(month))
        tone = "warn" if day.day > _REPORT_DAY else "info"
        yield _row(_("this month"), tone, text, _("Reports"), ("reports", month))


def _ending(session: Session, day: date) -> Iterator[dict[str, Any]]:
    """Students who go: their copies and their letters."""
    count = overview.practices_ending(session, day)
    if count:
        text = ngettext(
            "The practice of {n} student ends", "The practice of {n} students ends", count
        )
        told = text.format(n=number(count))
        yield _row(_("this week"), "info", told, _("Patrons"), ("patrons", None))


def _row(when: str, tone: Any, what: str, where: str, to: tuple[str, Any]) -> dict[str, Any]:
    place, go = to
    return {"when": Pill(when, tone), "what": what, "where": where, "place": place, "go": go}
