"""A batch of books as one file, from the library that lends it and back again: a ZIP archive of who
sends what by which deed, the records with their copies, and the deed as it was signed.

`kiriman.json` holds the keys of `Parcel`, days as "2027-01-31", beside "format" and "version";
`rekod.xml` is MARCXML with a 952 for each copy, its number in $p as Koha has it;
`berita-acara.pdf` is the deed where there is one.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any

from database import limits
from database.description.marc import Record
from database.exchange import found
from database.exchange.extent import unpacking
from database.refusal import Reason, Refusal

ENDING = ".kiriman.zip"
PATTERNS = f"*{ENDING} *.zip"
"""What a batch is called, also by who renamed it."""
FORMAT, VERSION = "selasar-parcel", 1
_TOLD, _RECORDS, _DEED = "kiriman.json", "rekod.xml", "berita-acara.pdf"
_LONGEST = 500
"""Signs of a name that are kept."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is told of a batch; `given_back` says that it goes back to whom it belongs."""

    name: str
    sender: str
    recipient: str = ""
    document: str = ""
    on: date | None = None
    due_on: date | None = None
    note: str = ""
    given_back: bool = False


def write(target: IO[bytes], parcel: Parcel, records: Iterable[Record], deed: bytes = b"") -> int:
    """Write a batch; how many records it holds."""
    told = {name: _plain(value) for name, value in asdict(parcel).items()}
    told = {"format": FORMAT, "version": VERSION, **told}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(_TOLD, json.dumps(told, ensure_ascii=False, indent=1))
        with packed.open(_RECORDS, "w") as stream:
            written, _left = found.write(stream, records, "marcxml")
        if deed:
            packed.writestr(_DEED, deed)
    return written


def read(path: Path, into: Path) -> tuple[Parcel, Path]:
    """What is told of a batch, and its records unpacked to the folder `into`.

    Raises Refusal FILE_MISSING, NOT_A_PARCEL, FILE_TOO_LARGE, FILE_DAMAGED.
    """
    if not path.is_file():
        raise Refusal(Reason.FILE_MISSING, path=path.name)
    if not zipfile.is_zipfile(path):
        raise Refusal(Reason.NOT_A_PARCEL, path=path.name)
    with unpacking(path), zipfile.ZipFile(path) as packed:
        names = set(packed.namelist())
        if not {_TOLD, _RECORDS} <= names:
            raise Refusal(Reason.NOT_A_PARCEL, path=path.name)
        told = json.loads(_unpacked(packed, _TOLD, limits.BLOCK, path.name))
        records = into / _RECORDS
        records.write_bytes(_unpacked(packed, _RECORDS, limits.TEXT, path.name))
    return _parcel(told, path.name), records


def _unpacked(packed: zipfile.ZipFile, name: str, most: limits.Limit, path: str) -> bytes:
    """A part, never more of it than may be read, whatever the archive says of its size."""
    with packed.open(name) as stream:
        content = stream.read(most.most + 1)
    limits.must_hold(most, len(content), path)
    return content


def _parcel(told: Any, path: str) -> Parcel:
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise Refusal(Reason.NOT_A_PARCEL, path=path)
    try:
        on, due_on = _day(told.get("on")), _day(told.get("due_on"))
    except ValueError as error:
        raise Refusal(Reason.FILE_DAMAGED, path=path) from error
    return Parcel(
        name=_text(told, "name"),
        sender=_text(told, "sender"),
        recipient=_text(told, "recipient"),
        document=_text(told, "document"),
        on=on,
        due_on=due_on,
        note=_text(told, "note"),
        given_back=told.get("given_back") is True,
    )


def _text(told: dict[str, Any], name: str) -> str:
    return " ".join(str(told.get(name) or "").split())[:_LONGEST]


def _day(told: Any) -> date | None:
    return date.fromisoformat(str(told)) if told else None


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
