"""The 28 figures of the literacy index IPLM 2026 (Peraturan Perpusnas 7/2025, Art. 13 to 15; the
columns O to AP of its form), for one calendar year. The score itself is Perpusnas' to compute.

A figure is None where nothing was recorded that it could be made of: empty is not zero.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from database.registers import registers
from database.schema import (
    Attachment,
    Biblio,
    DigitalUse,
    InHouseUse,
    Item,
    Loan,
    RegisterEntry,
    Visit,
)
from database.standards import register_measures
from database.standards.measuring import Number, Year, held
from database.text.dates import midnight

_LONG_AGO = date(2000, 1, 1)
"""Before any file was attached; of hours before 1970 a PC may know nothing."""
ICT = "internet"
"""The purpose of a visit that uses the computers, as the guest book has it."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the 28: its code, the form's column, its name and value."""

    code: str
    column: str
    name: str
    value: Number


@dataclass(frozen=True, slots=True)
class Span:
    """A calendar year up to its last day, or up to today where it is not over."""

    first: date
    last: date


def span_of(year: int, today: date) -> Span:
    """1 January to 31 December."""
    return Span(date(year, 1, 1), min(date(year, 12, 31), max(today, date(year, 1, 1))))


def figures(session: Session, year: int, today: date) -> list[Figure]:
    """All 28, in the order of the form."""
    span = span_of(year, today)
    return [
        Figure(f"I26-{place:02d}", column, name, make(session, span))
        for place, (column, name, make) in enumerate(_FIGURES, start=1)
    ]


def filled(session: Session, year: Year) -> Number:
    """How many of the 28 can be filled in for the year of the day."""
    return sum(one.value is not None for one in figures(session, year.last.year, year.last))


Make = Callable[[Session, Span], Number]


def _kept(*records: Any) -> Callable[[Make], Make]:
    """Only where the library has ever recorded any of these: without it the figure is not nought
    but unknown."""

    def only(make: Make) -> Make:
        def asked(session: Session, span: Span) -> Number:
            ever = any(session.execute(select(exists(one))).scalar() for one in records)
            return make(session, span) if ever else None

        return asked

    return only


_COPIES = select(Item.id).where(Item.cancelled_at.is_(None))
_VISITS = select(Visit.id).where(Visit.cancelled_at.is_(None))
_ICT_VISITS = _VISITS.where(Visit.purpose == ICT)
_LOANS = select(Loan.id).where(Loan.cancelled_at.is_(None))
_READ = select(InHouseUse.id).where(InHouseUse.cancelled_at.is_(None))
_FILES = select(Attachment.id).where(Attachment.cancelled_at.is_(None))


def _lines_of(register: str) -> Any:
    return select(RegisterEntry.id).where(
        RegisterEntry.register == register, RegisterEntry.cancelled_at.is_(None)
    )


def _held_now(column: Any) -> Make:
    @_kept(_COPIES)
    def make(session: Session, span: Span) -> Number:
        return _one(session, select(func.count(column)).where(held(span.last)))

    return make


def _added(column: Any) -> Make:
    @_kept(_COPIES)
    def make(session: Session, span: Span) -> Number:
        came = Item.accessioned_on.between(span.first, span.last)
        return _one(session, select(column).where(Item.cancelled_at.is_(None), came))

    return make


def _digital(key: str, *, added: bool = False) -> Make:
    """Titles (or copies) of digital holdings: the register's, and titles with a file or link."""

    @_kept(_lines_of("digital_holding"), _FILES)
    def make(session: Session, span: Span) -> Number:
        first = span.first if added else date(1, 1, 2)
        listed = [
            one
            for one in registers.entries(session, "digital_holding")
            if first <= one.values["day"] <= span.last
            and (one.values["until"] is None or one.values["until"] >= span.last)
        ]
        own = _one(
            session,
            select(func.count(Attachment.biblio_id.distinct()))
            .join(Biblio, Biblio.id == Attachment.biblio_id)
            .where(
                Attachment.cancelled_at.is_(None),
                Biblio.cancelled_at.is_(None),
                Attachment.created_at >= midnight(max(first, _LONG_AGO)),
                Attachment.created_at < midnight(span.last + timedelta(days=1)),
            ),
        )
        return int(own) + sum(int(one.values[key] or 0) for one in listed)

    return make


def _one(session: Session, wanted: Any) -> int:
    found: int = session.execute(wanted).scalar_one()
    return int(found or 0)


def _spent(kind: str) -> Make:
    """The form asks what was realised."""

    def make(session: Session, span: Span) -> Number:
        return register_measures.spent(session, Year(span.last), kind)

    return make


def _none_of_school(_session: Session, _span: Span) -> Number:
    """School operational funds (BOS): the column is a school's, and stays empty."""
    return None


def _staff(*, qualified: bool) -> Make:
    def make(session: Session, span: Span) -> Number:
        year = Year(span.last)
        able = register_measures.OF_REGISTERS["qualified_d2"](session, year)
        if able is None or qualified:
            return able
        every = register_measures.OF_REGISTERS["staff"](session, year)
        return None if every is None else every - able

    return make


def _over_year(register: str, count: Callable[[Any], int]) -> Make:
    """A sum over the register's lines of the calendar year; None where it was never kept."""

    def make(session: Session, span: Span) -> Number:
        if not registers.entries(session, register):
            return None
        lines = registers.entries(session, register, span.first, span.last)
        return sum(count(one.values) for one in lines)

    return make


def _literacy(count: Callable[[Any], int]) -> Make:
    """A sum over the year's literacy activities, by the kinds that count as such everywhere."""
    literacy = register_measures.LITERACY
    return _over_year("activity", lambda values: count(values) if values["kind"] in literacy else 0)


def _trained(session: Session, span: Span) -> Number:
    if not registers.entries(session, "training"):
        return None
    lines = registers.entries(session, "training", span.first, span.last)
    return len({one.values["person"].casefold() for one in lines})


def _visits(ever: Any, *where: Any) -> Make:
    @_kept(ever)
    def make(session: Session, span: Span) -> Number:
        came = Visit.visited_on.between(span.first, span.last)
        people = select(func.coalesce(func.sum(Visit.people), 0))
        return _one(session, people.where(came, Visit.cancelled_at.is_(None), *where))

    return make


def _used(column: Any) -> Make:
    """What was lent or read in the house in the year, each title or copy once."""

    @_kept(_LOANS, _READ)
    def make(session: Session, span: Span) -> Number:
        lent = select(Loan.item_id).where(
            Loan.lent_on.between(span.first, span.last), Loan.cancelled_at.is_(None)
        )
        read = select(InHouseUse.item_id).where(
            InHouseUse.used_on.between(span.first, span.last), InHouseUse.cancelled_at.is_(None)
        )
        return _one(
            session,
            select(func.count(column.distinct())).where(or_(Item.id.in_(lent), Item.id.in_(read))),
        )

    return make


def _digital_used(column: Any) -> Make:
    @_kept(_lines_of("e_resource"), _FILES)
    def make(session: Session, span: Span) -> Number:
        opened = _one(
            session,
            select(func.count(column))
            .select_from(DigitalUse)
            .join(Attachment, Attachment.id == DigitalUse.attachment_id)
            .where(DigitalUse.used_on.between(span.first, span.last)),
        )
        lines = registers.entries(session, "e_resource", span.first, span.last)
        return opened + sum(int(one.values["uses"]) for one in lines)

    return make


def _standing(register: str, *kinds: str) -> Make:
    def make(session: Session, span: Span) -> Number:
        if not registers.entries(session, register):
            return None
        found = registers.standing(session, register, span.last)
        return sum(not kinds or one.values["kind"] in kinds for one in found)

    return make


def _people(values: Any) -> int:
    return int(values["men"] or 0) + int(values["women"] or 0)


_FIGURES: tuple[tuple[str, str, Make], ...] = (
    ("O", "Judul tercetak", _held_now(Item.biblio_id.distinct())),
    ("P", "Eksemplar tercetak", _held_now(Item.id)),
    ("Q", "Judul digital", _digital("titles")),
    ("R", "Eksemplar digital", _digital("copies")),
    ("S", "Penambahan judul tercetak", _added(func.count(Item.biblio_id.distinct()))),
    ("T", "Penambahan eksemplar tercetak", _added(func.count(Item.id))),
    ("U", "Penambahan judul digital", _digital("titles", added=True)),
    ("V", "Penambahan eksemplar digital", _digital("copies", added=True)),
    ("W", "Realisasi anggaran koleksi dari BOS", _none_of_school),
    ("X", "Realisasi anggaran koleksi non-BOS", _spent("collection")),
    ("Y", "Realisasi anggaran koleksi total", _spent("collection")),
    ("Z", "Tenaga berkualifikasi ilmu perpustakaan", _staff(qualified=True)),
    ("AA", "Tenaga tidak berkualifikasi ilmu perpustakaan", _staff(qualified=False)),
    ("AB", "Tenaga yang ikut PKB", _trained),
    ("AC", "Realisasi anggaran pendidikan dan pelatihan", _spent("training")),
    ("AD", "Peserta kegiatan literasi", _literacy(_people)),
    ("AE", "Pemustaka luring dan daring", _visits(_VISITS)),
    ("AF", "Pengguna TIK", _visits(_ICT_VISITS, Visit.purpose == ICT)),
    ("AG", "Judul tercetak dimanfaatkan", _used(Item.biblio_id)),
    ("AH", "Eksemplar tercetak dimanfaatkan", _used(Item.id)),
    ("AI", "Judul digital dimanfaatkan", _digital_used(Attachment.biblio_id.distinct())),
    ("AJ", "Eksemplar digital dimanfaatkan", _digital_used(DigitalUse.id)),
    ("AK", "Kegiatan literasi", _literacy(lambda _values: 1)),
    ("AL", "Kerja sama", _standing("cooperation")),
    ("AM", "Variasi layanan", _standing("service")),
    ("AN", "Kebijakan dan prosedur", _standing("document", "policy", "procedure")),
    ("AO", "Peraturan tentang perpustakaan", _standing("document", "decree")),
    ("AP", "Realisasi anggaran pelayanan dan pengelolaan", _spent("service")),
)

COLUMNS = {column: name for column, name, _make in _FIGURES}
"""The form's columns and what stands in them."""
