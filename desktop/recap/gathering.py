"""Many reports put together: the newest of each library and period, who has not sent, what is not
as it should be. Of each only a line is kept, however many there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from database.policy.calendar import shift_period
from desktop.background import Cancelled
from desktop.recap.reading import FLOWS, HEADS, NotARecord, Sent, read
from desktop.words.language import _

MOST_SHOWN = 400
"""Periods between the first and the last that are looked through for missing ones."""


@dataclass(slots=True)
class Recap:
    """What was put together. `wrong` are files with the reason, in words, why they do not count,
    `doubles` those for which another report of the same library and period stands."""

    best: dict[tuple[str, str], Sent] = field(default_factory=dict)
    wrong: list[tuple[str, str]] = field(default_factory=list)
    doubles: list[tuple[str, str]] = field(default_factory=list)
    read: int = 0

    def add(self, one: Sent) -> None:
        """Count a report; the final one and the later revision stand before others."""
        place = (one.key, one.period)
        before = self.best.get(place)
        if before is None:
            self.best[place] = one
            return
        loser, winner = sorted((before, one), key=_rank)
        self.best[place] = winner
        self.doubles.append((loser.file, winner.file))

    @property
    def libraries(self) -> dict[str, str]:
        """Names by key, in the order of names."""
        names = {one.key: one.library for one in self.best.values()}
        return dict(sorted(names.items(), key=lambda one: (one[1].casefold(), one[0])))

    def rows(self) -> list[Sent]:
        """Every report that counts, by library and period."""
        order = {key: at for at, key in enumerate(self.libraries)}
        return sorted(self.best.values(), key=lambda one: (order[one.key], one.period))

    def sums(self) -> dict[str, dict[str, int]]:
        """What each library counted through all its periods, by its key. A quarter or a year of
        which a shorter period came from the same library is in that already."""
        found = {key: dict.fromkeys(FLOWS, 0) for key in self.libraries}
        within = {(key, wider) for key, period in self.best for wider in _wider(period)}
        for place, one in self.best.items():
            if place not in within:
                for name in FLOWS:
                    found[one.key][name] += one.heads[name]
        return found

    def missing(self) -> list[tuple[str, str]]:
        """Library and period that nobody sent, though the library or another sent around it."""
        found: list[tuple[str, str]] = []
        for length in (len("2026-10"), len("2026-Q4"), len("2026")):
            for quarter in (False, True):
                mine = {p for _key, p in self.best if len(p) == length and ("Q" in p) == quarter}
                found += self._gaps(mine)
        return sorted(set(found))

    def _gaps(self, periods: set[str]) -> Iterator[tuple[str, str]]:
        if not periods:
            return
        at, last = min(periods), max(periods)
        for _step in range(MOST_SHOWN):
            for key, name in self.libraries.items():
                if (key, at) not in self.best:
                    yield name, at
            if at == last:
                return
            at = shift_period(at, 1)

    def years(self) -> list[str]:
        """Those of which a library told its literacy index."""
        return sorted({one.period for one in self.best.values() if one.iplm})

    def of_year(self, year: str) -> list[Sent]:
        """The reports of a year that tell it."""
        return [one for one in self.rows() if one.period == year and one.iplm]

    def index_of_all(self, year: str) -> dict[str, float | None]:
        """The sum of each figure over the libraries that recorded it; None where none did."""
        told = [one.iplm for one in self.of_year(year)]
        found: dict[str, float | None] = {}
        for column in told[0] if told else ():
            known = [value for one in told if (value := one[column]) is not None]
            found[column] = sum(known) if known else None
        return found

    def totals(self) -> dict[str, dict[str, int]]:
        """Sums by period: what is counted through it is added up, what is had at its end, too."""
        found: dict[str, dict[str, int]] = {}
        for one in self.best.values():
            line = found.setdefault(one.period, {"reports": 0, **dict.fromkeys(HEADS, 0)})
            line["reports"] += 1
            for name in HEADS:
                line[name] += one.heads[name]
        return dict(sorted(found.items()))


def _wider(period: str) -> tuple[str, ...]:
    """The quarter and the year that a period lies in."""
    year, _sign, part = period.partition("-")
    if not part:
        return ()
    return (year,) if part.startswith("Q") else (f"{year}-Q{(int(part) + 2) // 3}", year)


def _rank(one: Sent) -> tuple[bool, int, str, str]:
    return one.final, one.revision, one.until, one.file


def files_in(places: Iterable[Path]) -> Iterator[Path]:
    """The PDFs named, and those of the folders named."""
    for place in places:
        if place.is_dir():
            found = (one for one in place.rglob("*") if one.suffix.lower() in {".pdf", ".xlsx"})
            yield from sorted(found)
        else:
            yield place


def gather(
    places: Iterable[Path],
    report: Callable[[int, int], object] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Recap:
    """Read them one after the other. Raises Cancelled."""
    found, paths = Recap(), list(files_in(places))
    for path in paths:
        if cancelled():
            raise Cancelled
        try:
            for one in read(path):
                found.add(one)
        except NotARecord as told:
            line = str(getattr(told, "line", ""))
            found.wrong.append((path.name, _(str(told)).format(line=line)))
        found.read += 1
        report(found.read, len(paths))
    return found
