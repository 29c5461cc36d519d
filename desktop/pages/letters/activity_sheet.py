"""The sheet of one activity: theme, who came, by age and sex, what came of it, a photograph. Of a
study visit, received or made, it is the record."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, Image, KeepTogether, Spacer

from database.library import Session
from database.policy import house
from database.registers import evidence, registers
from desktop.file_names import safe
from desktop.pages.drawing.entry import Paper, newest_entry
from desktop.pages.drawing.letterhead import deed_opening, signed
from desktop.pages.drawing.paper import ROOM, facts_table, paragraph, write_paper
from desktop.pages.drawing.tables import Column, figures_table
from desktop.words.language import N_, _, date_long, number
from desktop.words.register_words import field, word
from desktop.words.wording import worded

PAPER, REGISTER = "activity-sheet", "activity"
VISITS = ("visit_received", "visit_made")
AGES = ("children", "teens", "adults", "elderly")
PICTURE = (ROOM * 0.7, 75 * mm)


@worded(PAPER)
def write(target: str | Path | BinaryIO, session: Session, entry_id: int) -> None:
    """Write it, with its first photograph."""
    profile, told = house.profile(session), registers.one(session, entry_id).values
    title = _("RECORD OF A STUDY VISIT") if told["kind"] in VISITS else _("ACTIVITY SHEET")
    if told["kind"] == "inclusion":
        title = _("ACTIVITY SHEET, SOCIAL INCLUSION (TPBIS)")
    story: list[Flowable] = [
        *deed_opening(session, title),
        facts_table(_facts(told)),
        Spacer(0, 4 * mm),
        paragraph(_("Who came"), "heading"),
        _came(told),
        Spacer(0, 4 * mm),
        *_said(field("impact"), told.get("impact")),
        *_said(field("result"), told.get("result")),
        *_photograph(session, entry_id),
        signed(session, PAPER, told["day"], profile.city),
    ]
    name = file_name(told)
    write_paper(target, story, title=title, author=profile.name, subject=title, file_name=name)


def file_name(told: Any) -> str:
    """The file's name without its ending."""
    return safe(
        _("Activity-{day}-{title}").format(day=told["day"].isoformat(), title=told["title"])
    )


def _facts(told: Any) -> list[tuple[str, str]]:
    first, last = told["day"], told.get("until")
    days = date_long(first)
    if last and last != first:
        days = _("{first} to {last}").format(first=days, last=date_long(last))
    hours = told.get("hours") or 0
    rows = [
        (_("Activity"), told["title"]),
        (field("kind"), word(told["kind"])),
        (_("Date"), days),
        (field("theme"), word(told.get("theme") or "")),
        (field("partner"), told.get("partner") or ""),
        (field("leader"), told.get("leader") or ""),
        (field("audience"), told.get("audience") or ""),
        (field("hours"), number(hours, 2) if hours else ""),
    ]
    return [(name, value) for name, value in rows if value]


def _came(told: Any) -> Flowable:
    men, women = told.get("men") or 0, told.get("women") or 0
    names = [field("men"), field("women"), _("All together"), *(field(age) for age in AGES)]
    counts = [men, women, men + women, *(told.get(age) or 0 for age in AGES)]
    cells = [number(count) if count else "–" for count in counts]
    return figures_table([Column(name) for name in names], [cells])


def _said(heading: str, text: str | None) -> list[Flowable]:
    lines = [line for line in (text or "").splitlines() if line.strip()]
    if not lines:
        return []
    return [paragraph(heading, "heading"), *map(paragraph, lines), Spacer(0, 3 * mm)]


def _photograph(session: Session, entry_id: int) -> list[Flowable]:
    """The first picture kept with the line; one that cannot be read leaves none."""
    for piece in evidence.of(session, evidence.REGISTER, str(entry_id)):
        if Path(piece.name).suffix.lower() not in {".png", ".jpg", ".jpeg"}:
            continue
        content = Path(evidence.place(session, session.info["where"], piece.id)).read_bytes()
        try:
            width, height = ImageReader(BytesIO(content)).getSize()
        except OSError:
            continue
        scale = min(PICTURE[0] / width, PICTURE[1] / height)
        picture = Image(BytesIO(content), width * scale, height * scale, hAlign="LEFT")
        note = [paragraph(piece.note, "note")] if piece.note else []
        return [KeepTogether([picture, *note]), Spacer(0, 3 * mm)]
    return []


PAPERS = (
    Paper(
        PAPER,
        N_("Sheet of the newest activity"),
        write,
        newest_entry(REGISTER),
        N_("No activity has been recorded yet."),
    ),
)
