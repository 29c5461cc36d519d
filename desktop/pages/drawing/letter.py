"""How a letter begins: head, number, what it is about, to whom."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from database.library import Session
from database.policy import house
from database.registers import outgoing
from desktop.pages.drawing.letterhead import letterhead
from desktop.pages.drawing.paper import facts_table, letterhead_block, paragraph
from desktop.words.language import _

DOTS = "." * 40


def number_or_dots(session: Session, paper: str, record_id: int) -> str:
    """The number it was given, or room for the pen."""
    return outgoing.number_of(session, paper, record_id) or DOTS


def letter_opening(
    session: Session, number: str, about: str, to: Sequence[str], enclosed: str = ""
) -> list[Flowable]:
    """Everything above the first sentence of a letter."""
    facts = [(_("Number"), number), (_("Nature"), _("Ordinary"))]
    facts += [(_("Enclosed"), enclosed)] if enclosed else []
    facts.append((_("About"), about))
    return [
        *letterhead_block(letterhead(session, house.profile(session))),
        facts_table(facts, 0.16),
        Spacer(0, 6 * mm),
        *(paragraph(line) for line in to if line.strip()),
        Spacer(0, 5 * mm),
    ]


def deed_opening(session: Session, title: str, number: str = "") -> list[Flowable]:
    """Everything above the first sentence of a deed or a sheet."""
    told = [paragraph(_("Number: {number}").format(number=number), "centre")] if number else []
    head = letterhead_block(letterhead(session, house.profile(session)))
    return [*head, paragraph(title, "title"), *told, Spacer(0, 5 * mm)]
