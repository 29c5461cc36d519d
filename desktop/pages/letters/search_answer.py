"""The answer to a literature search: a cover sheet with the question, then the results."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from database.library import Session
from database.policy import house
from database.registers import registers
from desktop.file_names import safe
from desktop.pages.drawing.entry import Paper
from desktop.pages.drawing.letterhead import copies_of, letter_opening, number_or_dots, signed
from desktop.pages.drawing.paper import facts_table, paragraph, write_paper
from desktop.words.language import N_, _, date_long, ngettext, number
from desktop.words.register_words import field, word
from desktop.words.wording import worded

PAPER, REGISTER = "search-answer", "literature_search"
_PICO = ("patient", "intervention", "comparison", "outcome")


@worded(PAPER)
def write(target: str | Path | BinaryIO, session: Session, entry_id: int, now: datetime) -> None:
    """Write the cover sheet and the list of results of a search."""
    profile, asked = house.profile(session), registers.one(session, entry_id).values
    made_on = asked.get("until") or now.date()
    about = _("Results of literature search {number}").format(number=asked["number"])
    to = [_("To {person}").format(person=asked["requester"]), asked.get("unit") or ""]
    results = [line.strip() for line in (asked.get("results") or "").splitlines() if line.strip()]
    story: list[Flowable] = [
        *letter_opening(session, number_or_dots(session, PAPER, entry_id), about, to),
        paragraph(_("Here is what we found to your question:")),
        Spacer(0, 2 * mm),
        facts_table(_facts(asked)),
        Spacer(0, 3 * mm),
        paragraph(_count(asked, len(results))),
        *_listed(results),
        Spacer(0, 3 * mm),
        paragraph(
            _(
                "The full text is for your own use within the copyright act. Please tell us "
                "whether it answered your question; we search further if it did not."
            ),
            "after",
        ),
        signed(session, PAPER, made_on, profile.city),
        *copies_of(session, PAPER),
    ]
    name = file_name(asked)
    write_paper(target, story, title=about, author=profile.name, subject=about, file_name=name)


def file_name(asked: Any) -> str:
    """The file's name without its ending."""
    return safe(_("Search-{number}").format(number=asked["number"]))


def _facts(asked: Any) -> list[tuple[str, str]]:
    rows = [
        (_("Asked on"), date_long(asked["day"])),
        (field("kind"), word(asked["kind"])),
        (field("question"), asked["question"]),
        *((field(key), asked.get(key) or "") for key in _PICO),
        (field("places"), asked.get("places") or ""),
    ]
    return [(name, value) for name, value in rows if value]


def _count(asked: Any, listed: int) -> str:
    found, given = asked.get("found") or 0, asked.get("given") or listed
    if not found:
        return ngettext("{n} result is handed over.", "{n} results are handed over.", given).format(
            n=number(given)
        )
    text = _("Results found: {found}; the {given} that fit best are handed over.")
    return text.format(found=number(found), given=number(given))


def _listed(results: list[str]) -> list[Flowable]:
    if not results:
        return []
    lines = [paragraph(f"{at}. {one}") for at, one in enumerate(results, start=1)]
    spaced = [piece for line in lines for piece in (line, Spacer(0, 1.5 * mm))]
    return [Spacer(0, 3 * mm), paragraph(_("Results"), "heading"), *spaced]


def _newest(session: Session, now: datetime) -> tuple[int, datetime] | None:
    found = registers.entries(session, REGISTER)
    return (found[0].id, now) if found else None


PAPERS = (
    Paper(
        PAPER,
        N_("Answer to the newest literature search"),
        write,
        _newest,
        N_("No literature search has been asked for yet."),
    ),
)
