"""The people of a list that comes in: their kinds made or matched, the rows enrolled in pieces."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from database.engine import pausing
from database.patrons import membership, rotation
from database.patrons.rotation import Common, Line
from database.policy import categories, numbering, settings
from database.policy.categories import CategoryFacts
from database.sources.people import Row
from database.text.words import key

_AUDIENCES = (
    (re.compile(
        r"mahasiswa|siswa|pelajar|student|santri|koas|coass|ppds|residen|magang|"
        r"praktik"
    ), "student"),
    (re.compile(
        r"pegawai|karyawan|staf|staff|dosen|guru|dokter|perawat|bidan|asn|pns|"
        r"tenaga|nakes|teacher|faculty"
    ), "staff"),
    (re.compile(r"pasien|patient"), "patient"),
    (re.compile(r"keluarga|family"), "family"),
)  # fmt: skip
_PIECE = 200


def kinds(session: Session) -> dict[str, str]:
    """The code of every kind in use, by its folded name and by its code."""
    rows = membership.categories(session)
    return {key(one.name): one.code for one in rows} | {key(one.code): one.code for one in rows}


def unknown(session: Session, rows: Sequence[Row]) -> list[str]:
    """Kinds that a list names and the library has not, in their order."""
    known = kinds(session)
    said = dict.fromkeys(row.text("category") for row in rows)
    return [one for one in said if one and key(one) not in known]


def audience(kind: str) -> str:
    """For whom a kind of another program most likely is."""
    told = key(kind)
    return next((found for pattern, found in _AUDIENCES if pattern.search(told)), "public")


def make_kinds(
    session: Session,
    said: Sequence[str],
    meant: Mapping[str, str],
    now: datetime,
    validity: Mapping[str, int] | None = None,
) -> dict[str, str]:
    """The code of each kind said: of ours that is `meant`, else one made by that name."""
    found = kinds(session)
    for one in said:
        code = meant.get(one) or found.get(key(one))
        if code is None:
            days = (validity or {}).get(one) or None
            facts = CategoryFacts(one[:60], audience(one), validity_days=days)
            categories.add(session, facts, now)
            code = kinds(session)[key(one[:60])]
        found[key(one)] = code
    return found


def named(rows: Sequence[Row], codes: Mapping[str, str]) -> list[Row]:
    """The rows with our codes for their kinds."""
    return [
        replace(row, values={**row.values, "category": codes[said]})
        if (said := key(row.text("category"))) in codes
        else row
        for row in rows
    ]


def enrol(
    session: Session,
    rows: Sequence[Row],
    common: Common,
    now: datetime,
    told: Callable[[int], None],
    cancelled: Callable[[], bool],
) -> list[Line]:
    """Enrol and renew everybody, a piece at a time; what became of each line. Raises Cancelled."""
    lines: list[Line] = []
    pace = pausing.Pace(session, most=_PIECE)
    for part in pace.parts(list(rows)):
        if cancelled():
            raise pausing.Cancelled
        lines += rotation.apply_rows(session, part, common, now).lines
        told(len(lines))
        pausing.pause(session)
    _number_on(session, lines)
    return lines


def _number_on(session: Session, lines: Sequence[Line]) -> None:
    """Our own numbers go on after the highest that came."""
    pattern = settings.get(session, settings.PATRON_PATTERN)
    met = (numbering.sequence_in(pattern, line.facts.number) for line in lines)
    highest = max((one for one in met if one is not None and one < 10**9), default=0)
    if highest:
        numbering.raise_to(session, "patron", highest)
