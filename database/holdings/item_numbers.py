"""The numbers of copies: barcodes and accession numbers by pattern, a batch's own series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.engine.among import among
from database.holdings.item_facts import ItemFacts
from database.policy import clock, house, numbering, settings
from database.refusal import Reason, Refusal
from database.schema import Biblio, Deposit, Item, Source
from database.text.words import code


def number(session: Session, facts: ItemFacts, now: datetime) -> ItemFacts:
    """`facts` with the numbers it lacks, or refused for those it has and another copy too, and
    for a day to come."""
    accessioned = entered_on(facts, now, now.date())
    told = _pattern_facts(session, accessioned, facts.source)
    barcode, accession = code(facts.barcode), facts.accession_number.strip()
    if facts.deposit_id is not None:
        series, pattern = deposit_series(session, facts.deposit_id)
        barcode = barcode or _next(session, series, pattern, Item.barcode, told)
    barcode = barcode or _next(
        session, "barcode", settings.get(session, settings.BARCODE_PATTERN), Item.barcode, told
    )
    if not accession and facts.deposit_id is None:
        pattern = settings.get(session, settings.ACCESSION_PATTERN)
        accession = _next(session, "accession", pattern, Item.accession_number, told)
    must_be_free(session, Item.barcode, barcode, Reason.BARCODE_TAKEN)
    must_be_free(session, Item.accession_number, accession, Reason.ACCESSION_TAKEN)
    return replace(facts, barcode=barcode, accession_number=accession, accessioned_on=accessioned)


def entered_on(facts: ItemFacts, now: datetime, usual: date) -> date:
    """The day of the accession, `usual` where none is told. Raises Refusal TIME_TO_COME."""
    day = facts.accessioned_on or usual
    if day != usual:
        clock.must_be_here(day, now, "accessioned_on")
    return day


def next_barcodes(session: Session, sources: Sequence[str], day: date) -> list[str]:
    """For copies from these sources the next barcodes of the library's own pattern that no copy
    has; they are taken."""
    pattern = settings.get(session, settings.BARCODE_PATTERN)
    told = {source: _pattern_facts(session, day, source) for source in set(sources)}
    made: list[str] = []
    while len(made) < len(sources):
        rest = len(sources) - len(made)
        first = numbering.take(session, "barcode", rest)
        written = {
            (source, sequence): _number("barcode", pattern, sequence, facts)
            for source, facts in told.items()
            for sequence in range(first, first + rest)
        }
        had = select(Item.barcode).where(among(Item.barcode, "numbers"))
        taken = set(session.execute(had, {"numbers": sorted({*written.values()})}).scalars())
        for sequence in range(first, first + rest):
            number = written[sources[len(made)], sequence]
            made += [] if number in taken else [number]
    return made


def deposit_series(session: Session, deposit_id: int) -> tuple[str, str]:
    """The name and the pattern of a batch's own numbers: T1-001, T1-002, ...

    They stay outside the hospital's accession register, for the copies are not its own.
    """
    prefix = session.execute(select(Deposit.prefix).where(Deposit.id == deposit_id)).scalar_one()
    return f"deposit:{deposit_id}", prefix + "-{seq:3}"


def tidy(typed: str) -> str:
    """A barcode as it is stored and scanned."""
    return code(typed)


def must_be_free(session: Session, column: Any, number: str, reason: Reason) -> None:
    row = session.execute(
        select(Biblio.title).join(Item, Item.biblio_id == Biblio.id).where(column == number)
    ).first()
    if row:
        raise Refusal(reason, number=number, title=row.title)


def _next(session: Session, series: str, pattern: str, column: Any, facts: dict[str, str]) -> str:
    """The next number of a pattern that no copy has (imported ones may stand ahead)."""
    while True:
        made = _number(series, pattern, numbering.take(session, series), facts)
        if _is_free(session, column, made):
            return made


def _pattern_facts(session: Session, day: date, source: str) -> dict[str, str]:
    return {
        "year": str(day.year),
        "month": f"{day.month:02d}",
        "source": Source(source).letter,
        "library": house.profile(session).short_name,
    }


def _number(series: str, pattern: str, sequence: int, facts: dict[str, str]) -> str:
    made = numbering.write(pattern, sequence, facts)
    return made if series == "accession" else code(made)


def _is_free(session: Session, column: Any, number: str) -> bool:
    return session.execute(select(Item.id).where(column == number)).first() is None


def next_numbers(session: Session, source: str, day: date, count: int) -> list[tuple[str, str]]:
    """(barcode, accession number) the next `count` copies would get; nothing is taken."""
    facts = _pattern_facts(session, day, source)
    series = (
        ("barcode", settings.BARCODE_PATTERN, Item.barcode),
        ("accession", settings.ACCESSION_PATTERN, Item.accession_number),
    )
    listed = []
    for name, choice, column in series:
        pattern, sequence = settings.get(session, choice), numbering.last(session, name)
        found: list[str] = []
        while len(found) < count:
            sequence += 1
            number = _number(name, pattern, sequence, facts)
            if _is_free(session, column, number):
                found.append(number)
        listed.append(found)
    return list(zip(*listed, strict=True))


_MOST = 10**9
"""A figure this long is somebody's number, not the next of a series."""


def go_on_after(session: Session, barcodes: Sequence[str], accessions: Sequence[str]) -> None:
    """Our own patterns go on after the highest number that came in."""
    series = (
        ("barcode", settings.BARCODE_PATTERN, barcodes),
        ("accession", settings.ACCESSION_PATTERN, accessions),
    )
    for name, choice, came in series:
        pattern = settings.get(session, choice)
        met = [numbering.sequence_in(pattern, number) for number in came]
        highest = max((one for one in met if one is not None and one < _MOST), default=0)
        if highest:
            numbering.raise_to(session, name, highest)
