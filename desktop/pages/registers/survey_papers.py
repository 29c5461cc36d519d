"""The survey of readers on paper: the sheet to be marked, and what the year's answers come to."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from database.library import Session
from database.policy import house
from database.registers import survey
from desktop.pages.drawing import faces
from desktop.pages.drawing.entry import Paper
from desktop.pages.drawing.letterhead import deed_opening, signed
from desktop.pages.drawing.paper import HAIRLINE, ROOM, facts_table, paragraph, write_paper
from desktop.pages.drawing.tables import Column, figures_table
from desktop.words import survey as words
from desktop.words.language import N_, _, number
from desktop.words.register_words import field
from desktop.words.wording import worded

Target = str | Path | BinaryIO
FORM, RESULT = "survey-form", "survey-result"


@worded(FORM)
def write_form(target: Target, session: Session, _now: datetime) -> None:
    """A page to be marked with a pen; the figures are typed in under Services."""
    profile, title = house.profile(session), _("SURVEY OF READERS")
    first = _(
        "Please mark one box in each line. We do not ask who you are; your answers help us to "
        "serve better."
    )
    story: list[Flowable] = [*deed_opening(session, title), paragraph(first), Spacer(0, 4 * mm)]
    for at in range(len(survey.ELEMENTS)):
        asked = paragraph(f"{at + 1}. {words.question(at)}")
        answers = _boxes(words.answers(at))
        story.append(KeepTogether([asked, Spacer(0, 1 * mm), answers, Spacer(0, 2.5 * mm)]))
    story += [Spacer(0, 3 * mm), paragraph(_("What else do you want to tell us?"))]
    story += [_line(), _line()]
    write_paper(target, story, title=title, author=profile.name, subject=title, file_name=title)


def _boxes(texts: list[str]) -> Table:
    cells = [
        [
            piece
            for at, text in enumerate(texts, 1)
            for piece in ("", paragraph(f"{at}  {text}", "cell"))
        ]
    ]
    box, share = 5 * mm, ROOM / len(texts)
    looks: list[tuple[object, ...]] = [
        ("FONT", (0, 0), (-1, -1), faces.REGULAR, 9),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        *(("BOX", (2 * at, 0), (2 * at, 0), 0.8, HAIRLINE) for at in range(len(texts))),
    ]
    table = Table(cells, [box, share - box] * len(texts), rowHeights=8 * mm)
    table.setStyle(looks)
    return table


def _line() -> Table:
    table = Table([[""]], [ROOM], rowHeights=8 * mm)
    font = ("FONT", (0, 0), (-1, -1), faces.REGULAR, 9)
    table.setStyle([font, ("LINEBELOW", (0, 0), (0, 0), 0.5, HAIRLINE)])
    return table


@worded(RESULT)
def write_result(target: Target, session: Session, first: date, last: date) -> None:
    """The index with its number of answers, element by element."""
    profile, title = house.profile(session), _("SATISFACTION OF READERS")
    found = survey.result(session, first, last)
    story: list[Flowable] = [
        *deed_opening(session, title),
        paragraph(_("Year {year}").format(year=last.year), "centre"),
        Spacer(0, 4 * mm),
    ]
    if found is None:
        story.append(paragraph(_("Nobody was asked in the period, or nobody answered."), "empty"))
    else:
        columns = [
            Column(_("Element"), figures=False),
            Column(_("What was asked"), figures=False),
            Column(_("Mean of 4"), fixed=True),
        ]
        rows = [
            [field(survey.ELEMENTS[at]), words.question(at), number(mean, 2)]
            for at, mean in enumerate(found.means)
        ]
        facts = [
            (_("Answers"), number(found.answers)),
            (_("Mean"), number(found.mean, 2)),
            (_("Index, 25 to 100"), number(found.index, 2)),
            (_("Grade"), words.grade(found.grade)),
        ]
        story += [figures_table(columns, rows), Spacer(0, 4 * mm), facts_table(facts)]
    note = _(
        "Nine elements of Peraturan Menteri PANRB 14/2017, each answered 1 to 4; the index is "
        "their mean times 25."
    )
    story += [paragraph(note, "note"), signed(session, RESULT, last, profile.city)]
    write_paper(target, story, title=title, author=profile.name, subject=title, file_name=title)


def _this_year(_session: Session, now: datetime) -> tuple[date, date]:
    return date(now.year, 1, 1), now.date()


PAPERS = (
    Paper(FORM, N_("Survey of readers, to be marked"), write_form),
    Paper(RESULT, N_("Satisfaction of readers this year"), write_result, _this_year),
)
