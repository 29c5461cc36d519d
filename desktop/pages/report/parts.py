"""The parts of a report that are words: the cover letter, the summary, problems and plans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, PageBreak, Spacer, Table

from database.reports.period_annex import Annex
from database.reports.period_words import CHAPTERS
from database.reports.periods import Report
from desktop.pages.drawing import faces
from desktop.pages.drawing.letterhead import copies_block
from desktop.pages.drawing.paper import ROOM, Letterhead, facts_table, letterhead_block, paragraph
from desktop.pages.drawing.qr import QrCode
from desktop.pages.drawing.signatures import Signature, signatures
from desktop.pages.drawing.tagged import Pictured
from desktop.pages.drawing.together import together
from desktop.words.language import N_, _, date_long


@dataclass(frozen=True, slots=True)
class Cover:
    """The letter the report goes with: to whom and where, from which agreement, who signs, who gets
    a copy. `library` and `period` are as the sentences call them."""

    recipient: str
    library: str
    period: str
    signatures: Sequence[Signature]
    agreement: str = ""
    copies_to: Sequence[str] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class Behind:
    """What a report has besides its figures."""

    cover: Cover | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    annex: Annex = field(default_factory=Annex)
    journal: str = ""
    """The place in the journal's chain at which the period was closed."""


def cover_letter(
    cover: Cover, letterhead: Letterhead, place: str, made_on: date, closed: Report | None
) -> list[Flowable]:
    """A page of its own, numbered when the report has its number."""
    number = closed.number if closed is not None and closed.number else "." * 30
    about = _("Library report of {library}, {period}")
    facts = [
        (_("Number"), number),
        (_("Nature"), _("Ordinary")),
        (_("Enclosed"), _("1 (one) set")),
        (_("About"), about.format(library=cover.library, period=cover.period)),
    ]
    story: list[Flowable] = [
        *letterhead_block(letterhead),
        facts_table(facts, 0.16),
        Spacer(0, 8 * mm),
        paragraph(_addressed(cover.recipient)),
        paragraph(_("in {place}").format(place=cover.place or "." * 20)),
        Spacer(0, 8 * mm),
        *_body(cover),
        Spacer(0, 8 * mm),
        signatures(cover.signatures, place, made_on),
    ]
    return [*story, *copies_block(cover.copies_to), PageBreak()]


def _addressed(office: str) -> str:
    """To whom a letter goes: the head of an office, not the office."""
    office = office.strip() or "." * 40
    first = office.split()[0].casefold()
    if first in {"kepala", "head", "yth.", "bapak", "ibu"}:
        return office if first == "yth." else _("To {person}").format(person=office)
    return _("To the head of {office}").format(office=office)


def _body(cover: Cover) -> list[Flowable]:
    text = _(
        "With respect, we submit the report of {library} for {period}. It tells of the "
        "collection, the members, visits and loans, the services to patients and staff and "
        "the activities of the library."
    )
    parts = [paragraph(text.format(library=cover.library, period=cover.period))]
    if cover.agreement:
        since = _("The report is made under the agreement {agreement}.")
        parts.append(paragraph(since.format(agreement=cover.agreement)))
    parts.append(paragraph(_("We thank you for your attention and your guidance.")))
    return [piece for part in parts for piece in (part, Spacer(0, 3 * mm))]


def agreement_said(number: str, day: date) -> str:
    """An agreement as a letter names it."""
    if not number:
        return _("of {day}").format(day=date_long(day))
    return _("number {number} of {day}").format(number=number, day=date_long(day))


def _words(heading: str, text: str) -> list[Flowable]:
    """Paragraphs under a heading; nothing where nothing was written."""
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        return []
    told = [paragraph(line) for line in lines]
    for one in told:
        one.spaceAfter = 2 * mm
    told[-1].spaceAfter = 4 * mm
    return [KeepTogether([paragraph(heading, "heading"), told[0]]), *told[1:]]


_HEADINGS = {
    "narrative": N_("Summary"),
    "problems": N_("Table 11. Problems"),
    "plans": N_("Plans and proposals"),
}
_YEAR_HEADINGS = {
    "introduction": N_("I. Introduction"),
    "conduct": N_("II. How the year went"),
    "narrative": N_("III. Results"),
    "problems": N_("IV. Problems"),
    "plans": N_("V. Plans"),
}


def told(period: str, part: str, texts: Mapping[str, str]) -> list[Flowable]:
    """One part of a report's words under its heading; a year has chapters."""
    headings = _YEAR_HEADINGS if len(period) == len("2026") else _HEADINGS
    return _words(_(headings[part]), texts.get(part, ""))


def year_chapters(texts: Mapping[str, str]) -> list[Flowable]:
    """What a year's report tells before its results; other periods have no such words."""
    return [
        piece for part in CHAPTERS for piece in _words(_(_YEAR_HEADINGS[part]), texts.get(part, ""))
    ]


def ending(
    period: str, texts: Mapping[str, str], signed: Flowable, closed: Report | None
) -> list[Flowable]:
    """Table 11 of the dinas, what was difficult and what is planned; with its last words the
    signatures, which never stand alone on a page, and how the paper is verified."""
    said = [*told(period, "problems", texts), *told(period, "plans", texts)]
    proof = [Spacer(0, 3 * mm), _proof(closed)] if closed is not None else []
    return [*said[:-1], together(*said[-1:], signed, *proof)]


SQUARE = 17 * mm
"""Of the code: its dots are half a millimetre, which every phone reads."""


def _proof(closed: Report) -> Table:
    """The verification code as a QR, and what it is good for."""
    code = closed.digest[:12]
    text = _(
        "Verification code {code}: it proves that the figures of this report are those that the "
        "library closed on {day}. Scan the code at the left or ask the library; in Selasar: "
        "selasar verify {code}"
    ).format(code=code, day=date_long(closed.closed_on))
    looks = [
        ("FONTNAME", (0, 0), (-1, -1), faces.REGULAR),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
    ]
    square = Pictured(
        QrCode(f"selasar verify {code}", SQUARE), _("QR code: {text}").format(text=code)
    )
    cells = [[square, paragraph(text, "note")]]
    return Table(cells, [SQUARE + 3 * mm, ROOM - SQUARE - 3 * mm], style=looks)
