"""How a finding against a standard is told: ours, what is wanted, whether it is met."""

from __future__ import annotations

from database.standards.standards import Finding
from desktop.widgets.pill import Pill, Tone
from desktop.widgets.table import Bar
from desktop.words.language import _, date_plain, number
from desktop.words.register_words import unit

_NEAR = 0.7


def finding_told(finding: Finding) -> str:
    """The formula and the source, beneath the list."""
    return " · ".join(part for part in (finding.formula, finding.source) if part)


def finding_note(finding: Finding) -> str:
    """What is to be known of it besides."""
    text = f"{finding.edition} · {finding.name}\n{finding.source}"
    if finding.verified_on is not None:
        text += "\n" + _("Confirmed by {who} on {day}.").format(
            who=finding.verified_by, day=date_plain(finding.verified_on)
        )
    return text


def _figure(value: float | int | None) -> str:
    if value is None:
        return "–"
    decimals = 5 if abs(value) < 0.1 else 2 if abs(value) < 10 else 1
    return number(value, 0 if float(value).is_integer() else decimals)


def ours(one: Finding) -> str:
    """What we have."""
    return f"{_figure(one.value)} {unit(one.unit)}".strip() if one.value is not None else "–"


def wanted_text(one: Finding) -> str:
    """What the standard wants."""
    if one.threshold is None or not one.verified:
        return "–"
    sign = "≥" if one.operator == ">=" else "≤"
    return f"{sign} {_figure(one.threshold)} {unit(one.unit)}".strip()


def nearness(one: Finding) -> Bar | None:
    """How near we are, as a bar."""
    if one.value is None or not one.threshold or not one.verified or one.operator != ">=":
        return None
    fraction = min(one.value / one.threshold, 1.0)
    tone: Tone | None = "warn" if fraction >= _NEAR else "bad"
    return Bar(fraction, None if one.met is not False else tone)


def verdict(one: Finding) -> Pill:
    """Whether it is met."""
    if one.value is None:
        return Pill(_("not recorded yet"), "plain")
    if one.threshold is None or not one.verified:
        return Pill(_("threshold not set yet"), "info")
    if one.met:
        return Pill(_("met"), "good")
    from desktop.pages.report.annex import gap_in_words

    return Pill(gap_in_words(one), "warn")
