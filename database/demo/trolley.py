"""The trolley of the demo library: which wards it comes to on which days, the rounds of the two
years, what it gave away and what its readers wish for."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.demo.world import World
from database.schema import Loan, Patron, PatronKind, RoundStop, WardRound
from database.wards import handouts, plans, wishes
from database.wards.handouts import HandoutFacts

_WISHES = (
    ("K204-A2", "Novel tentang laut"),
    ("K311-B1", "Buku doa dengan huruf besar"),
    ("K118-C4", "Cerita bergambar untuk anak umur enam tahun"),
)
_FREE = ("Majalah kesehatan keluarga", "Koran kemarin", "Buku teka-teki silang")


def weekdays(place: int) -> frozenset[int]:
    """The two weekdays of a ward, from its place in the list of wards."""
    return frozenset({place % 5, (place + 2) % 5})


def rounds(world: World) -> None:
    """What a ward borrowed on a day of its own came with the trolley of that day.

    Its loans bear the time of the round, as `wards.rounds` writes them: the last of them, so that
    no copy goes out before it came back.
    """
    wards = {row["id"]: row for row in world.rows[Patron] if row["kind"] == PatronKind.PLACE}
    coming = {ward: weekdays(place) for place, ward in enumerate(sorted(wards))}
    by_day: dict[date, list[dict[str, Any]]] = {}
    for row in world.rows[Loan]:
        row["round_id"] = None
        if row["lent_on"].weekday() in coming.get(row["patron_id"], ()):
            by_day.setdefault(row["lent_on"], []).append(row)
    for day, loans in by_day.items():
        held_at = max(row["lent_at"] for row in loans)
        over = held_at + timedelta(minutes=25 * len(loans))
        number = world.add(WardRound, held_at=held_at, held_on=day, closed_at=min(over, world.now))
        for row in loans:
            row.update(lent_at=held_at, round_id=number)
        for ward in dict.fromkeys(row["patron_id"] for row in loans):
            world.add(RoundStop, round_id=number, place_id=ward, unit=wards[ward]["unit"])


def beside(session: Session, now: datetime) -> None:
    """On which days the trolley comes, what it gives away, and what is wished for."""
    found = select(Patron.id).where(Patron.kind == PatronKind.PLACE).order_by(Patron.id)
    wards = list(session.execute(found).scalars())
    began = now - timedelta(days=730)
    for place, ward in enumerate(wards):
        plans.plan(session, ward, weekdays(place), began)
    leaflets = [number for number, _title in handouts.leaflets(session)]
    for back in range(0, 24, 3):
        at = now - timedelta(days=30 * back + 12)
        ward, leaflet = wards[back % len(wards)], leaflets[back % len(leaflets)]
        given = HandoutFacts("leaflet", 12 + back % 5, at.date(), biblio_id=leaflet, ward_id=ward)
        handouts.hand_out(session, given, at)
        what = _FREE[back // 3 % len(_FREE)]
        handouts.hand_out(session, HandoutFacts("free", 9 + back % 4, at.date(), what), at)
    for place, (bed, wish) in enumerate(_WISHES):
        wishes.ask(session, wards[place], bed, wish, now - timedelta(days=1, hours=place))
