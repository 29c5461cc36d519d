"""The standards as their files tell them: one TOML a edition in resources/standards, of any kind.

Whatever a file says that the program does not know (a kind, a measure, a unit, a misspelt key) is
refused when the files are read, by file and line: a requirement that is silently left out would
make a report wrong. The format is told at the head of resources/standards/snp-7-2022.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection
from dataclasses import MISSING, dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from resources import FOLDER

OPERATORS = frozenset({">=", "<="})
UNITS = frozenset(
    [
        "agreements",
        "computers",
        "copies",
        "documents",
        "figures",
        "hours",
        "kinds",
        "percent",
        "persons",
        "ratio",
        "rupiah",
        "score",
        "seats",
        "square_metres",
        "times",
        "titles",
        "years",
    ]
)
AREAS = frozenset(
    [
        "collection",
        "facilities",
        "innovation",
        "iplm",
        "management",
        "organisation",
        "reading_habit",
        "services",
        "staff",
    ]
)


class BadFile(ValueError):  # noqa: N818 - reads as a sentence: "snp.toml, line 12: ..."
    """A file of a standard says what the program does not know; it names file and line."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One requirement as its file tells it."""

    code: str
    area: str
    name: str
    measure: str
    unit: str
    operator: str
    threshold: float | None
    article: str
    source: str
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Standard:
    """One edition of a standard. `in_force` is the edition of its kind that the report and the
    self-assessment use; one edition of a kind can be."""

    code: str
    name: str
    edition: str
    kind: str
    verified: bool
    source: str
    in_force: bool = False
    indicators: tuple[Indicator, ...] = ()


@dataclass(frozen=True, slots=True)
class Component:
    """A component of an instrument: how many questions, and their weight in the whole."""

    code: str
    name: str
    weight: float
    questions: int


@dataclass(frozen=True, slots=True)
class Bound:
    """A predicate, the least score for it, and for how many years it holds."""

    predicate: str
    least: float
    years: int


@dataclass(frozen=True, slots=True)
class Instrument:
    """An instrument of accreditation as its file tells it."""

    code: str
    edition: str
    verified: bool
    source: str
    in_force: bool
    formula: str
    least: float
    bounds: tuple[Bound, ...]
    components: tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class _File:
    """A file as read, and the way to say what is wrong in it."""

    path: Path
    text: str
    read: dict[str, Any]

    def refuse(self, what: str, table: str, place: int = 0, key: str = "") -> NoReturn:
        """Raises BadFile at the line of a key in the `place`th table of that name."""
        raise BadFile(f"{self.path.name}, line {self._line(table, place, key)}: {what}")

    def _line(self, table: str, place: int, key: str) -> int:
        heads = re.compile(rf"^\s*\[\[?\s*{re.escape(table)}\s*\]\]?")
        seen, inside, start = -1, False, 1
        for number, line in enumerate(self.text.splitlines(), start=1):
            if line.lstrip().startswith("["):
                seen += bool(heads.match(line))
                inside = bool(heads.match(line)) and seen == place
                start = number if inside else start
            elif inside and key and re.match(rf"\s*{re.escape(key)}\s*=", line):
                return number
        return start

    def table(self, kind: type, name: str, place: int, *more: str) -> dict[str, Any]:
        """A table with the keys that `kind` has. Raises BadFile for one lacking or unknown."""
        found = self.read.get(name, {})
        row: dict[str, Any] = found[place] if isinstance(found, list) else found
        known = {one.name: one.default is MISSING for one in fields(kind)}
        for key in row:
            if key not in known and key not in more:
                self.refuse(f"unknown key “{key}”", name, place, key)
        for key, needed in known.items():
            if needed and key not in row and key not in more:
                self.refuse(f"no “{key}”", name, place)
        return row

    def tables(self, kind: type, name: str) -> list[dict[str, Any]]:
        """All tables of a name. Raises BadFile where there is none."""
        if not self.read.get(name):
            self.refuse(f"no [[{name}]]", "standard")
        return [self.table(kind, name, place) for place in range(len(self.read[name]))]


def standards_in(folder: Path, measures: Collection[str]) -> dict[str, Standard]:
    """Every edition that measures the library, by its code. Raises BadFile."""
    return {one.code: one for one in _read(folder, measures).values() if isinstance(one, Standard)}


def instruments_in(folder: Path) -> dict[str, Instrument]:
    """Every instrument of accreditation, by its code. Raises BadFile."""
    return {one.code: one for one in _read(folder, None).values() if isinstance(one, Instrument)}


SHIPPED = FOLDER / "standards"


@cache
def instruments() -> dict[str, Instrument]:
    """The instruments that the program comes with."""
    return instruments_in(SHIPPED)


def _read(folder: Path, measures: Collection[str] | None) -> dict[str, Standard | Instrument]:
    found: dict[str, Standard | Instrument] = {}
    ruling: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        file = _opened(path)
        kind = file.read["standard"].get("kind", "")
        if kind not in _KINDS:
            file.refuse(f"unknown kind “{kind}”; known: {', '.join(_KINDS)}", "standard", 0, "kind")
        one = _KINDS[kind](file, measures)
        if one.code in found:
            file.refuse(f"“{one.code}” is another file's code, too", "standard", 0, "code")
        if one.in_force and kind in ruling:
            file.refuse(f"{ruling[kind]} is in force, too", "standard", 0, "in_force")
        if one.in_force:
            ruling[kind] = path.name
        found[one.code] = one
    return found


def _opened(path: Path) -> _File:
    text = path.read_text(encoding="utf-8")
    try:
        read = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadFile(f"{path.name}: {error}") from error
    file = _File(path, text, read)
    if not isinstance(read.get("standard"), dict):
        file.refuse("no [standard]", "standard")
    return file


def _measuring(file: _File, measures: Collection[str] | None) -> Standard:
    about = file.table(Standard, "standard", 0)
    rows = file.tables(Indicator, "indicator")
    made = [_indicator(file, row, place, measures) for place, row in enumerate(rows)]
    for place, one in enumerate(made):
        if one.code in {other.code for other in made[:place]}:
            file.refuse(f"“{one.code}” stands twice", "indicator", place, "code")
    return Standard(**about, indicators=tuple(made))


def _indicator(
    file: _File, row: dict[str, Any], place: int, measures: Collection[str] | None
) -> Indicator:
    known = {"operator": OPERATORS, "unit": UNITS, "area": AREAS, "measure": measures}
    for key, allowed in known.items():
        if allowed is not None and row[key] not in allowed:
            file.refuse(f"unknown {key} “{row[key]}”", "indicator", place, key)
    try:
        threshold = float(row["threshold"]) if str(row["threshold"]).strip() else None
    except ValueError:
        file.refuse(f"“{row['threshold']}” is no number", "indicator", place, "threshold")
    return Indicator(**{**row, "threshold": threshold})


@dataclass(frozen=True, slots=True)
class _Scoring:
    """How an instrument is scored; `answers` is what the best answer counts."""

    answers: int
    formula: str


def _assessing(file: _File, _measures: Collection[str] | None) -> Instrument:
    about = file.table(Standard, "standard", 0)
    scoring = file.table(_Scoring, "scoring", 0, "pass")
    return Instrument(
        about["code"],
        about["edition"],
        about["verified"],
        about["source"],
        about.get("in_force", False),
        scoring["formula"],
        float(scoring["pass"]),
        tuple(Bound(**one) for one in file.tables(Bound, "bound")),
        tuple(Component(**one) for one in file.tables(Component, "component")),
    )


_KINDS: dict[str, Callable[[_File, Collection[str] | None], Standard | Instrument]] = {
    "snp": _measuring,
    "iso": _measuring,
    "uplm": _measuring,
    "accreditation": _assessing,
}
"""What each kind of file is read as."""
