"""The poster of the loan rules: who may borrow how much and for how long, and the hours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from itertools import groupby
from pathlib import Path
from typing import BinaryIO
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Spacer, Table

from database.library import Session
from database.policy import categories, house, loan_rules
from database.policy.loan_rules import Rule
from desktop.pages.drawing import faces
from desktop.pages.drawing.entry import Paper
from desktop.pages.drawing.letterhead import letterhead
from desktop.pages.drawing.paper import (
    HAIRLINE,
    ROOM,
    SHADE,
    letterhead_block,
    paragraph,
    section,
    style,
    write_paper,
)
from desktop.pages.drawing.scripts import drawn
from desktop.words.charges import rate
from desktop.words.codes import ITEM_TYPES
from desktop.words.language import N_, _, current, date_long, money, ngettext, number, weekday_name
from desktop.words.wording import worded

Target = str | Path | BinaryIO


@worded("loan-policies")
def write(target: Target, session: Session, now: datetime) -> None:
    """Write the poster from the rules as they stand."""
    profile, title = house.profile(session), _("How to borrow")
    head = ParagraphStyle("poster", parent=style("title"), fontSize=24, leading=32)
    story: list[Flowable] = [
        *letterhead_block(letterhead(session, profile)),
        _line(title.upper(), head),
        paragraph(_("as of {date}").format(date=date_long(now.date())), "centre"),
        Spacer(0, 6 * mm),
        section(_("Who may borrow how much"), [_general(session)], []),
    ]
    special = _special(session)
    if special:
        story.append(section(_("Kinds of their own"), [_table(special, (0.4, 0.6))], []))
    story += [
        section(_("Open"), [_table(_hours(session), (0.4, 0.6))], []),
        section(_("Please"), [_line(text, _large()) for text in _requests()], []),
    ]
    if profile.phone:
        story.append(paragraph(_("Questions? Phone {phone}").format(phone=profile.phone), "centre"))
    write_paper(target, story, title=title, author=profile.name, subject=title, file_name=title)


def _line(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(drawn(text)), style)


def _large(font: str = faces.REGULAR) -> ParagraphStyle:
    """To be read from a step away."""
    return ParagraphStyle("large", parent=style("body"), fontName=font, fontSize=10.5, leading=14)


def _table(
    rows: Sequence[Sequence[str]], shares: Sequence[float], header: Sequence[str] = ()
) -> Table:
    plain, bold = _large(), _large(faces.SEMIBOLD)
    cells = [[_line(text, plain) for text in row] for row in rows]
    looks: list[tuple[object, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, HAIRLINE),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
        ("FONTNAME", (0, 0), (-1, -1), faces.REGULAR),
    ]
    if header:
        cells.insert(0, [_line(text, bold) for text in header])
        looks.append(("BACKGROUND", (0, 0), (-1, 0), SHADE))
    return Table(cells, [ROOM * share for share in shares], style=looks)


def _general(session: Session) -> Flowable:
    header = [_("Member"), _("Copies"), _("For"), _("Renewals"), _("When late")]
    rows = []
    for kind in categories.listed(session):
        rule = loan_rules.rule_for(session, kind.code, "book") if kind.active else None
        if rule is not None:
            lent = rule.lendable and rule.loan_limit > 0
            rows.append(
                [
                    kind.name,
                    number(rule.loan_limit) if lent else "–",
                    _length(rule) if lent else _("to be read here"),
                    number(rule.renewals) if lent else "–",
                    _late(rule) if lent else "–",
                ]
            )
    if not rows:
        return paragraph(_("No rule yet."), "empty")
    return _table(rows, (0.24, 0.14, 0.19, 0.18, 0.25), header)


def _special(session: Session) -> list[tuple[str, str]]:
    """Kinds of copies with a rule of their own for everybody."""
    found = []
    for code, word in ITEM_TYPES.items():
        rule = loan_rules.rule_for(session, "", code)
        if rule is None or rule.item_type != code:
            continue
        if not rule.lendable:
            found.append((_(word), _("to be read here")))
            continue
        copies = ngettext("{n} copy", "{n} copies", rule.loan_limit)
        found.append((_(word), f"{copies.format(n=number(rule.loan_limit))}, {_length(rule)}"))
    return found


def _length(rule: Rule) -> str:
    if rule.period == "round":
        return _("until the trolley comes again")
    if rule.period == "hours":
        return ngettext("{n} hour", "{n} hours", rule.days).format(n=number(rule.days))
    return ngettext("{n} day", "{n} days", rule.days).format(n=number(rule.days))


def _late(rule: Rule) -> str:
    if rule.sanction == "money" and rule.fine_per_day:
        return rate(rule.fine_unit, money(rule.fine_per_day))
    if rule.sanction == "suspension":
        days = ngettext("{n} day", "{n} days", rule.suspension_per_day)
        return _("no loans for {days} each day late").format(
            days=days.format(n=number(rule.suspension_per_day))
        )
    return _("no fine")


def _hours(session: Session) -> list[tuple[str, str]]:
    """The week, days that follow each other with the same hours in one line."""
    week = house.hours(session)
    rows = []
    for span, days in groupby(range(7), key=week.get):
        run = [weekday_name(day) for day in days]
        said = f"{_clock(span[0])} – {_clock(span[1])}" if span else _("closed")
        rows.append((run[0] if len(run) == 1 else f"{run[0]} – {run[-1]}", said))
    return rows


def _clock(at: time) -> str:
    return at.strftime("%H.%M" if current() == "id" else "%H:%M")


def _requests() -> list[str]:
    return [
        _("Bring your card. Nobody else may borrow on it."),
        _("Bring books back on time; somebody may be waiting. Renew them before the due day."),
        _("A book that is lost or damaged is replaced by the same book."),
    ]


PAPERS = (Paper("loan-policies", N_("How to borrow"), write),)
