"""The figures of a report inside its PDF, as files: for the office that adds up many reports.

`selasar-laporan.json` (schema "selasar-report/1"): `schema`, `program`, `library` (the profile's
name, short_name, npp, hospital, city, province, dinas), `period` ("2026-10", "2026-Q4", "2026"),
`until` (last day counted of a period under way, else ""), `final`, `revision`, `number`,
`closed_on`, `code` (the verification code on the paper), `digest` (SHA-256 of `figures` as text in
the order of its keys, without blanks), `pages` (SHA-256 of what is drawn on the pages),
`small_number` (from which count on patients stand by themselves), of a year `iplm` (the figures of
the literacy index by their columns; null is not recorded) and `figures`, by the names of
`database.reports`.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from database.exchange import sheet
from database.policy.house import ProfileFacts
from database.reports import kept_figures
from database.reports.figures import Month
from database.reports.periods import Report
from desktop import __version__
from desktop.pages.drawing.signatures import Spot
from desktop.pages.report.archival import make_archival
from desktop.pages.report.signature_fields import signature_fields
from desktop.pages.report.table import ReportTable
from desktop.words.language import _

NAME, SCHEMA = "selasar-laporan.json", "selasar-report/1"
_OF_LIBRARY = ("name", "short_name", "npp", "hospital", "city", "province", "dinas")


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file inside a PDF; `relation` is how it belongs to it (ISO 32000-2, AFRelationship)."""

    name: str
    media_type: str
    content: bytes
    relation: str


def files_of(
    month: Month,
    profile: ProfileFacts,
    closed: Report | None,
    tables: Sequence[ReportTable],
    drawn: Mapping[str, Any],
) -> list[Enclosed]:
    """The figures as JSON, and the tables as a workbook; `month` is as it may leave the house,
    `drawn` what is known beside them (`pages`, `small_number`, `iplm`)."""
    said = {**told(month, profile, closed), **drawn}
    text = json.dumps(said, ensure_ascii=False, indent=1)
    with tempfile.TemporaryDirectory(prefix="selasar-") as folder:
        path = Path(folder) / "tables.xlsx"
        sheet.write_xlsx(path, [one.as_sheet() for one in tables])
        workbook = path.read_bytes()
    excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return [
        Enclosed(NAME, "application/json", text.encode(), "Data"),
        Enclosed(_("tables") + ".xlsx", excel, workbook, "Supplement"),
    ]


def told(month: Month, profile: ProfileFacts, closed: Report | None) -> dict[str, Any]:
    """What the JSON says; see above."""
    return {
        "schema": SCHEMA,
        "program": __version__,
        "library": {name: getattr(profile, name) for name in _OF_LIBRARY},
        "period": month.month,
        "until": month.until,
        "final": closed is not None,
        "revision": closed.revision if closed else 0,
        "number": closed.number if closed else "",
        "closed_on": closed.closed_on.isoformat() if closed else "",
        "code": closed.digest[:12] if closed else "",
        "digest": kept_figures.digest(kept_figures.canonical(month)),
        "figures": kept_figures.plain(month),
    }


def pages_digest(pages: Iterable[Any]) -> str:
    """SHA-256 of what is drawn on pages of pypdf; a signature added later does not change it."""
    made = hashlib.sha256()
    for page in pages:
        drawn = page.get_contents()
        made.update(drawn.get_data() if drawn is not None else b"")
    return made.hexdigest()


def digest_of(pdf: bytes) -> str:
    """The same of a PDF."""
    from pypdf import PdfReader

    return pages_digest(PdfReader(BytesIO(pdf)).pages)


def enclose(pdf: bytes, files: Sequence[Enclosed], spots: Sequence[Spot] = ()) -> bytes:
    """The PDF with the files inside it, each named by its relation to it, and with an empty field
    for an electronic signature on each of the `spots`."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import ArrayObject, NameObject

    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    held = ArrayObject()
    for one in files:
        file = writer.add_attachment(one.name, one.content)
        file.subtype = NameObject("/" + one.media_type)
        file.associated_file_relationship = NameObject("/" + one.relation)
        held.append(file.pdf_object.indirect_reference or writer._add_object(file.pdf_object))
    writer.root_object[NameObject("/AF")] = held
    signature_fields(writer, spots)
    make_archival(writer)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()
