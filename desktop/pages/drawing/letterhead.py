"""Who writes, how a letter begins and who signs it: what every paper takes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from database.library import Session
from database.policy import house, signing
from database.registers import outgoing
from desktop.pages.drawing.paper import Letterhead, facts_table, letterhead_block, paragraph
from desktop.pages.drawing.signatures import Signature, signatures
from desktop.words.language import _
from desktop.words.letters import role_name

DOTS = "." * 40


def letterhead(session: Session, profile: house.ProfileFacts) -> Letterhead:
    """The library's names, address and logos."""
    reached = " · ".join(part for part in (profile.address, profile.phone, profile.email) if part)
    names = (profile.government, profile.hospital, profile.name)
    lines = (*(one.upper() for one in names), reached)
    return Letterhead(
        lines,
        house.picture(session, "government"),
        house.picture(session, "hospital"),
    )


def signature(session: Session, role: str, day: date) -> Signature:
    """Who signs as director, head or librarian on a day; dots where nobody is known. Where no
    director is named the head signs letters, too."""
    signer = house.signer(session, role, day)
    if signer is None and role == "director":
        return signature(session, "head", day)
    if signer is None:
        return Signature(role_name(role))
    return Signature(signer.position, signer.capacity, signer.name, signer.nip, signer.rank)


def signers(session: Session, paper: str, day: date) -> list[Signature]:
    """Who signs a paper of that day, in the library's order."""
    return [signature(session, role, day) for role in signing.of(session, paper).roles]


def signed(session: Session, paper: str, day: date, place: str) -> Flowable:
    """The signatures of a paper, dated."""
    return signatures(signers(session, paper, day), place, day)


def copies_block(copies: Sequence[str]) -> list[Flowable]:
    """Who gets a copy, numbered, at the foot of a letter; nothing where nobody does."""
    if not copies:
        return []
    listed = [paragraph(f"{at}. {name}") for at, name in enumerate(copies, start=1)]
    return [Spacer(0, 8 * mm), paragraph(_("Copies to:")), *listed]


def copies_of(session: Session, paper: str) -> list[Flowable]:
    """The same, of whom the library named for a paper."""
    return copies_block(signing.of(session, paper).copies_to)


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
