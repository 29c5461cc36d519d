"""Who writes and who signs: the letterhead and the signatures every paper takes."""

from __future__ import annotations

from datetime import date

from database.library import Session
from database.policy import house
from desktop.pages.drawing.paper import Letterhead
from desktop.pages.drawing.signatures import Signature
from desktop.words.language import _


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
        return Signature(_("Head") if role == "head" else _("Librarian"))
    return Signature(signer.position, signer.capacity, signer.name, signer.nip, signer.rank)
