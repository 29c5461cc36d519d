"""The library measured against the standards of resources/standards: value, threshold, gap.

A threshold that nobody has confirmed from the text of the regulation never decides: such an
indicator is neither met nor unmet. The librarian with the regulation in hand confirms it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from database import journal
from database.journal import Inverses, Line
from database.policy import calendar
from database.refusal import Reason, Refusal
from database.schema import Threshold
from database.standards import files, iplm
from database.standards.collection_measures import share_parts
from database.standards.files import Indicator, Standard
from database.standards.measures import OF_LIBRARY
from database.standards.measuring import Number, Year
from database.standards.register_measures import OF_REGISTERS

MEASURES = {**OF_LIBRARY, **OF_REGISTERS, "iplm_filled": iplm.filled}


@dataclass(frozen=True, slots=True)
class Finding:
    """One indicator measured. `met` is None where nothing can be said: no value, no threshold,
    or one that is not `verified`. `gap` is what is missing to the threshold, never negative; for a
    share of the titles `lacking` says how many titles that are."""

    standard: str
    edition: str
    article: str
    indicator: str
    name: str
    area: str
    value: Number
    threshold: float | None
    operator: str
    unit: str
    met: bool | None
    verified: bool
    source: str
    gap: float | None
    verified_by: str = ""
    verified_on: date | None = None
    lacking: int | None = None
    formula: str = ""
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A number that somebody read in the regulation."""

    standard: str
    indicator: str
    name: str
    threshold: float
    article: str
    verified_by: str
    verified_on: date


@cache
def standards() -> dict[str, Standard]:
    """Every standard with a measure for each indicator, by its code.

    Raises files.BadFile for a file that says what the program does not know.
    """
    return files.standards_in(files.SHIPPED, MEASURES)


def in_force(kind: str = "snp") -> str:
    """The code of the edition in force, which the report measures the library against."""
    return next(one.code for one in standards().values() if one.kind == kind and one.in_force)


def measured(session: Session, day: date, codes: tuple[str, ...] = ()) -> list[Finding]:
    """Every indicator of these standards (all, if none is named), measured on a day.

    A measure that several standards ask for is taken once.
    """
    year, values = Year(day), dict[str, Number]()
    confirmed = _confirmed(session)
    found = []
    for standard in standards().values():
        if codes and standard.code not in codes:
            continue
        for one in standard.indicators:
            if one.measure not in values:
                values[one.measure] = MEASURES[one.measure](session, year)
            mine = confirmed.get((standard.code, one.code))
            finding = _finding(standard, one, values[one.measure], mine)
            found.append(_in_titles(session, year, finding))
    return found


def _in_titles(session: Session, year: Year, one: Finding) -> Finding:
    """What a share of the titles lacks, in titles: of those there are now."""
    if not one.gap or one.operator != ">=" or one.threshold is None:
        return one
    parts = share_parts(session, year, one.measure)
    if parts is None:
        return one
    wanted = math.ceil(one.threshold * parts[1] / 100 - 1e-9)
    return replace(one, lacking=max(wanted - parts[0], 0))


def _confirmed(session: Session) -> dict[tuple[str, str], Any]:
    rows = session.execute(select(Threshold.__table__)).all()
    return {(row.standard, row.indicator): row for row in rows}


def _finding(standard: Standard, one: Indicator, value: Number, confirmed: Any) -> Finding:
    threshold = float(confirmed.value) if confirmed else one.threshold
    verified = bool(confirmed) or standard.verified
    met, gap = None, None
    if value is not None and threshold is not None:
        wanting = threshold - value if one.operator == ">=" else value - threshold
        gap = round(max(wanting, 0), 2)
        met = wanting <= 0 if verified else None
    return Finding(
        standard.code, standard.edition, confirmed.article if confirmed else one.article, one.code,
        one.name, one.area, value, threshold, one.operator, one.unit, met, verified, one.source,
        gap, confirmed.verified_by if confirmed else "",
        confirmed.verified_on if confirmed else None, None, one.formula, one.measure,
    )  # fmt: skip


MONTHS = 24


def trend(
    session: Session,
    measure: str,
    day: date,
    months: int = MONTHS,
    wanted: Callable[[], bool] = lambda: True,
) -> list[tuple[str, Number]]:
    """A measure at the end of each of the last months, the oldest first; the last is `day`.
    Stops early where it is no longer `wanted`."""
    last = f"{day:%Y-%m}"
    found: list[tuple[str, Number]] = []
    for back in range(months - 1, -1, -1):
        if not wanted():
            break
        month = calendar.shift_month(last, -back)
        at = min(calendar.month_bounds(month)[1], day)
        found.append((month, MEASURES[measure](session, Year(at))))
    return found


def confirm(
    session: Session,
    standard: str,
    indicator: str,
    value: float,
    article: str,
    who: str,
    now: datetime,
) -> int:
    """Type a threshold as the regulation has it; returns the journal line.

    Raises Refusal RECORD_GONE (no such indicator), VALUE_INVALID (no article, nobody).
    """
    if not name_of(standard, indicator):
        raise Refusal(Reason.RECORD_GONE)
    for field, text in (("article", article), ("verified_by", who)):
        if not text.strip():
            raise Refusal(Reason.VALUE_INVALID, field=field)
    if value < 0:
        raise Refusal(Reason.VALUE_INVALID, field="value")
    before = kept(session, standard, indicator)
    put(session, standard, indicator, (f"{value:g}", article.strip(), who.strip(), now.date()))
    return journal.write(
        session, "threshold.confirmed", "Threshold", None, now, standard=standard,
        indicator=indicator, value=f"{value:g}", before=before,
    )  # fmt: skip


def kept(session: Session, standard: str, indicator: str) -> list[str] | None:
    """A number as it was confirmed, as the journal keeps it; None where nobody did."""
    found = _confirmed(session).get((standard, indicator))
    if found is None:
        return None
    return [found.value, found.article, found.verified_by, found.verified_on.isoformat()]


def values_of(before: Sequence[str] | None) -> tuple[str, str, str, date] | None:
    """The same, to be `put` back."""
    return None if before is None else (*before[:3], date.fromisoformat(before[3]))  # type: ignore[return-value]


def confirmed(session: Session) -> list[Confirmed]:
    """Every number somebody confirmed, in the order of the standards."""
    rows = _confirmed(session)
    return [
        Confirmed(
            standard.code, one.code, one.name, float(row.value), row.article, row.verified_by,
            row.verified_on,
        )
        for standard in standards().values()
        for one in standard.indicators
        if (row := rows.get((standard.code, one.code))) is not None
    ]  # fmt: skip


def name_of(standard: str, indicator: str) -> str:
    """What an indicator is called; "" for one that is not known."""
    known = standards().get(standard)
    found = [one.name for one in known.indicators if one.code == indicator] if known else []
    return found[0] if found else ""


def put(session: Session, standard: str, indicator: str, values: Any) -> None:
    """Let a number stand as it was confirmed, or, by None, as nobody confirmed it."""
    session.execute(
        delete(Threshold).where(Threshold.standard == standard, Threshold.indicator == indicator)
    )
    if values is not None:
        value, article, who, day = values
        session.execute(
            insert(Threshold).values(
                standard=standard,
                indicator=indicator,
                value=value,
                article=article,
                verified_by=who,
                verified_on=day,
            )
        )


def _unconfirm(session: Session, line: Line, _now: datetime) -> None:
    values = values_of(line.facts["before"])
    put(session, line.facts["standard"], line.facts["indicator"], values)


INVERSES: Inverses = {"threshold.confirmed": _unconfirm}
