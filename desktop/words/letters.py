"""What the roles of those who sign, and the papers with a number, are called."""

from __future__ import annotations

from desktop.words.language import N_, _

ROLES = {
    "librarian": N_("Librarian"),
    "head": N_("Head"),
    "director": N_("Director"),
}
PAPERS = {
    "report-letter": N_("Letter with the report"),
    "monthly-report": N_("Report"),
    "reminder-letters": N_("Reminder letter"),
    "lost-letter": N_("Letter about copies to replace"),
    "clearance-letter": N_("Clearance letter"),
    "handover": N_("Handover deed"),
    "handover-back": N_("Handover deed, given back"),
    "gift-deed": N_("Gift deed"),
    "stocktake-minutes": N_("Minutes of a stocktake"),
    "weeding-minutes": N_("Minutes of a weeding"),
    "claims": N_("Letter about issues not received"),
    "purchase-proposal": N_("Purchase proposal"),
    "interlibrary-letter": N_("Interlibrary loan letter"),
    "search-answer": N_("Answer to a literature search"),
    "profile-sheet": N_("Profile sheet"),
    "accession-register": N_("Accession register"),
    "outgoing-letters": N_("Register of outgoing letters"),
    "cash-book": N_("Cash book"),
    "receipt": N_("Receipt"),
    "recap-letter": N_("Letter about reports not received"),
    "survey-result": N_("Satisfaction of readers"),
    "work-log": N_("Work log"),
    "activity-sheet": N_("Activity sheet"),
    "other": N_("Letter written elsewhere"),
}
"""Each by the name it is kept under; see `database.policy.signing`, `registers.outgoing`."""


def role_name(role: str) -> str:
    """A role's name; one the library added is its own name."""
    return _(ROLES[role]) if role in ROLES else role


def paper_name(paper: str) -> str:
    """What kind of paper it is."""
    return _(PAPERS.get(paper, paper))
