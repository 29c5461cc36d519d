"""A report's PDF or its code, looked at: genuine, changed, revised later, or unknown."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from database.library import Session
from database.reports import verifying
from database.reports.verifying import Verdict
from desktop.pages.report.enclosed import SCHEMA, pages_digest
from desktop.recap import reading
from desktop.recap.reading import NotARecord
from desktop.words.language import N_, _, date_long, period_long

SOUND, BROKEN = "sound", "changed"
MOST_PAGES = 400
PAGES_CHANGED = N_("its pages are not those that its program wrote")


@dataclass(frozen=True, slots=True)
class Examined:
    """What a PDF says of itself: `told` is its JSON, `wrong` why it is not whole, or ""."""

    told: dict[str, Any]
    wrong: str


def examine(path: Path) -> Examined:
    """Look at a file without any library. Raises NotARecord."""
    data = reading.content(path)
    text = reading.enclosed(data)
    if text is None:
        raise NotARecord(reading.NO_FIGURES)
    try:
        told = json.loads(text)
        plain = json.dumps(
            told["figures"], ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        whole = hashlib.sha256(plain.encode()).hexdigest() == told["digest"]
        known = told["schema"] == SCHEMA
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NotARecord(reading.NOT_READ) from error
    if not known:
        raise NotARecord(reading.NOT_READ)
    if not whole:
        return Examined(told, reading.OTHER_FIGURES)
    if told.get("pages") and _pages(data) != told["pages"]:
        return Examined(told, PAGES_CHANGED)
    return Examined(told, "")


def _pages(data: bytes) -> str:
    """Raises NotARecord."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        pages = PdfReader(BytesIO(data)).pages
        if len(pages) > MOST_PAGES:
            raise NotARecord(reading.NO_PDF)
        return pages_digest(pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotARecord(reading.NO_PDF) from error


@dataclass(frozen=True, slots=True)
class Told:
    """The answer: its state, one sentence, and further lines."""

    state: str
    sentence: str
    lines: tuple[str, ...] = ()


def answer(asked: str, session: Session | None) -> Told:
    """Of a file or a code; without a library a file can only be found whole. Raises NotARecord."""
    path = Path(asked)
    if not (path.suffix.lower() == ".pdf" or path.is_file()):
        if session is None:
            return Told(verifying.UNKNOWN, _("A code is looked up in its library: name it."))
        return _of_verdict(verifying.by_code(session, asked))
    found = examine(path)
    if found.wrong:
        return Told(BROKEN, _("Changed: {why}.").format(why=_(found.wrong)))
    if session is None:
        return Told(SOUND, _whole(found.told))
    return _of_verdict(verifying.by_figures(session, found.told))


def _whole(told: dict[str, Any]) -> str:
    library = told.get("library")
    name = str(library.get("name", "")) if isinstance(library, dict) else ""
    text = _(
        "Whole: the figures and pages are as the program of {library} wrote them ({period}). "
        "Whether it is the newest, its library knows: code {code}."
    )
    period, code = str(told.get("period", ""))[:10], str(told.get("code", ""))[:64] or "–"
    return text.format(library=name[:200] or "–", period=period, code=code)


def _of_verdict(found: Verdict) -> Told:
    report, newest = found.report, found.newest
    if report is None or newest is None:
        return Told(found.state, _("Unknown: this library closed no report with this code."))
    text = _("{period}, closed on {day}")
    if report.revision:
        text = _("{period}, revision {n}, closed on {day}")
    named = text.format(
        period=period_long(report.period), n=report.revision, day=date_long(report.closed_on)
    )
    if report.number:
        named = f"{named}, {report.number}"
    if found.state == verifying.CHANGED:
        told = _("Changed: the figures are not those of {report}.").format(report=named)
        lines = tuple(f"{where}: {ours} -> {theirs}" for where, ours, theirs in found.differs)
        return Told(found.state, told, lines)
    if found.state == verifying.REVISED:
        text = _("Genuine, but revised later: {report}. Revision {n} stands since {day}: {reason}")
        day = date_long(newest.closed_on)
        told = text.format(report=named, n=newest.revision, day=day, reason=newest.reason)
        return Told(found.state, told)
    return Told(found.state, _("Genuine: {report}.").format(report=named))
