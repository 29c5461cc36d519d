"""What the codes kept in the library are called."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from desktop.words.language import N_, _

STATUSES = {
    "in_service": N_("in service"),
    "reference": N_("reference"),
    "quarantine": N_("quarantine"),
    "repair": N_("under repair"),
    "missing": N_("not found yet"),
    "lost": N_("lost"),
    "withdrawn": N_("weeded"),
    "returned_to_owner": N_("returned to owner"),
    "given": N_("given away"),
}

IMPORT_REASONS = {
    "cut_off": N_("the record is cut off"),
    "bad_leader": N_("the leader is damaged"),
    "bad_directory": N_("the directory is damaged"),
    "bad_encoding": N_("letters that cannot be read"),
    "bad_xml": N_("the XML breaks off here"),
    "bad_json": N_("no readable JSON record"),
    "bad_bibtex": N_("no readable BibTeX entry"),
    "bad_record": N_("a record that cannot be understood"),
    "foreign_xml": N_(
        "XML, but of no kind that is read here: save it as MARCXML, MODS or Dublin Core"
    ),
    "empty_record": N_("an empty record"),
    "no_title": N_("no title (245)"),
    "not_bibliographic": N_("not a title: an authority or holdings record"),
    "not_marc": N_("no MARC records in this file"),
    "file_of_other_kind": N_("no records in this file"),
    "file_empty": N_("the file is empty"),
    "file_missing": N_("the file is not there"),
    "file_unreadable": N_("the file cannot be read"),
    "barcode_taken": N_("the barcode is already used"),
    "accession_taken": N_("a copy without its accession number, which is another's"),
    "copy_stands": N_("a copy with this accession number stands already"),
    "no_barcode": N_("a copy without a number, of a title that stands already"),
    "decided": N_("left out, as was decided"),
    "isbn_other_title": N_("same ISBN, other title"),
    "code_blank": N_("a barcode with blanks: check it"),
    "code_slash": N_("a barcode with slashes: check it"),
    "code_glued": N_("a barcode that looks like two scans in one: check it"),
    "code_long": N_("a barcode that was too long: check it"),
    "foreign_money": N_("a price in another currency, left out"),
    "no_amount": N_("a price that cannot be read, left out"),
    "wrong_day": N_("a day that cannot be read, left out"),
    "on_order": N_("a copy on order: it is noted as not found yet"),
    "number_made": N_("a copy without a barcode got a number of ours"),
    "bad_count": N_("the number of copies cannot be read"),
    "copy_stands_elsewhere": N_("the barcode is already used"),
    "count_unread": N_("the number of copies cannot be read; one is taken"),
    "count_doubtful": N_("so many copies cannot be meant; only those with numbers are taken"),
    "accessions_few": N_("not as many accession numbers as copies"),
    "day_unread": N_("a day that cannot be read, left out"),
    "on_loan_there": N_("on loan in the old list: lend it again when its loan did not come in"),
    "isbn_invalid": N_("an ISBN that is none; kept as invalid (020 $z)"),
    "isbn_rounded": N_(
        "an ISBN that the spreadsheet has rounded, left out: format the column as text"
    ),
    "number_rounded": N_(
        "a number that the spreadsheet has rounded, left out: format the column as text"
    ),
    "own_unfit": N_("does not fit the own field, left out"),
    "cover_unusable": N_("a picture of the cover that is no JPEG or PNG of at most 300 KB"),
    "note_lost": N_("a note of which SLiMS has kept only the length"),
    "only_isbn": N_("only the ISBN is known: to be filled in"),
    "title_made": N_("no such title yet: a brief one was made, to be catalogued"),
    "title_ambiguous": N_(
        "several titles have this name and none this call number: a new one was made"
    ),
    "call_number_differs": N_("joined by its title, the call number differs"),
    "copy_unknown": N_("the copy is not here"),
    "copy_on_loan": N_("the copy is on loan to somebody else"),
    "member_unknown": N_("the member is not here"),
    "day_to_come": N_("a day that is still to come"),
    "period_closed": N_("its month is closed: the figures stand"),
    "charge_without_copy": N_("no copy is named that it is for"),
    "title_unknown": N_("the title is not here"),
    "no_copies": N_("the title has no copy to wait for"),
    "on_shelf": N_("a copy is on the shelf"),
    "already_held": N_("waits for it already"),
    "already_yours": N_("has it already"),
    "unknown_patron": N_("the member is not here"),
    "membership_expired": N_("the membership has expired"),
    "membership_ended": N_("the membership has ended"),
    "patron_blocked": N_("the member is blocked"),
    "holds_not_allowed": N_("cannot be held"),
    "hold_limit": N_("waits for as many titles as allowed"),
    "file_locked": N_("the file is locked with a password"),
    "file_damaged": N_("the file is damaged"),
    "file_too_large": N_("the file is too large"),
}

OUTCOMES = {
    "new": N_("new"),
    "renewed": N_("renewed"),
    "changed": N_("changed"),
    "stands": N_("a member already"),
    "doubled": N_("repeats line {detail}"),
    "name_missing": N_("no name"),
    "wrong_date": N_("not a date: {detail}"),
    "dates_turned": N_("ends before it begins"),
    "kind_unknown": N_("unknown kind: {detail}"),
    "kind_missing": N_("its kind is not told: choose one for all such lines"),
    "number_taken": N_("the number {detail} is another's"),
}


def outcome(found: str, detail: str) -> str:
    """What becomes of a line of a list of people."""
    return _(OUTCOMES[found]).format(detail=detail or "–")


def not_brought(about: Any) -> str:
    """Why something of an import was not taken, or is to be looked at: a code, or what holds one
    with its detail."""
    if hasattr(about, "outcome") and hasattr(about, "facts"):
        return outcome(about.outcome, about.detail)
    reason = about if isinstance(about, str) else about.reason
    said = import_reason(reason)
    detail = "" if isinstance(about, str) else getattr(about, "detail", "")
    return f"{said}: {detail}" if detail else said


def import_reason(code: str) -> str:
    """Why a record was not taken."""
    return _(IMPORT_REASONS.get(code, N_("cannot be read")))


def status(code: str) -> str:
    """The condition of a copy."""
    return _(STATUSES.get(code, code))


ITEM_TYPES = {
    "book": N_("Book"),
    "reference": N_("Reference"),
    "serial": N_("Serial"),
    "thesis": N_("Thesis"),
    "audiovisual": N_("Audiovisual"),
    "children": N_("Children's book"),
    "leaflet": N_("Leaflet"),
    "other": N_("Other"),
}

MATERIALS = {
    "book": N_("Book"),
    "serial": N_("Journal or magazine"),
    "thesis": N_("Thesis, KTI"),
    "article": N_("Article"),
    "guideline": N_("Clinical guideline (PPK)"),
    "leaflet": N_("Leaflet"),
    "audiovisual": N_("Audiovisual"),
    "ebook": N_("E-book or link"),
    "regulation": N_("Regulation"),
}

OWNERSHIPS = {
    "hospital": N_("Hospital's own"),
    "deposit": N_("Deposit of the dinas"),
    "gift": N_("Gift"),
}

SOURCES = {
    "purchase": N_("Purchase"),
    "gift": N_("Donation"),
    "exchange": N_("Exchange"),
    "deposit": N_("Deposit"),
    "own": N_("Own publication"),
}

CONDITIONS = {
    "good": N_("good"),
    "worn": N_("slightly damaged"),
    "damaged": N_("badly damaged"),
}

PURPOSES = {
    "membership": N_("Membership"),
    "reminders": N_("Reminders by WhatsApp or e-mail"),
    "photo": N_("Photograph on the card"),
}

VISIT_PURPOSES = {
    "": N_("not asked"),
    "read": N_("read here"),
    "borrow": N_("borrow"),
    "return": N_("return"),
    "search": N_("literature search"),
    "internet": N_("internet"),
    "discuss": N_("discussion"),
    "other": N_("other"),
}
"""What visitors come for."""

REQUESTS = {
    "copy": N_("Copy of the data"),
    "forget": N_("Deletion of the data"),
}

HEADING_KINDS = {
    "person": N_("Person"),
    "body": N_("Body"),
    "meeting": N_("Meeting"),
    "subject": N_("Subject"),
    "title": N_("Title"),
}

SCHEMES = {"mesh": N_("MeSH"), "lcsh": N_("LCSH"), "": N_("Local"), "free": N_("Free word")}


def heading_kind(kind: str, scheme: str) -> str:
    """Person, body ...; of subjects the list they are from: MeSH, local, free word."""
    if kind != "subject":
        return _(HEADING_KINDS.get(kind, kind))
    return _(SCHEMES[scheme]) if scheme in SCHEMES else scheme.upper()


def choices(words: dict[str, str]) -> list[tuple[str, str]]:
    """(code, word) pairs for a choice field."""
    return [(code, _(word)) for code, word in words.items()]


STAFF_ROLES = {
    "head": N_("the head of the library"),
    "librarian": N_("the librarian"),
    "helper": N_("a helper at the desk"),
    "reader": N_("a reader of reports"),
}
"""What somebody of the staff is here."""
ROLE_NAMES = {
    "head": N_("Head of the library"),
    "librarian": N_("Librarian"),
    "helper": N_("Helper"),
    "reader": N_("Reads reports"),
}

SECTIONS = MappingProxyType(
    {
        "library": N_("Library"),
        "signers": N_("Signatories"),
        "signing": N_("Signatures on papers"),
        "staff": N_("Staff accounts"),
        "hours": N_("Opening hours"),
        "closed": N_("Closed days"),
        "numbers": N_("Numbers"),
        "call_numbers": N_("Call numbers"),
        "sources": N_("Data sources"),
        "neighbours": N_("Partners' catalogues"),
        "rules": N_("Loan rules"),
        "matrix": N_("Rules by type"),
        "kinds": N_("Kinds of patron"),
        "units": N_("Units and wards"),
        "own_fields": N_("Own fields"),
        "holds": N_("Holds and reminders"),
        "mail": N_("E-mail"),
        "quarantine": N_("Quarantine"),
        "personal": N_("Personal data"),
        "network": N_("Catalogue on the network"),
        "backups": N_("Backups"),
        "server": N_("Several PCs"),
        "activity": N_("Record of activity"),
        "scanner": N_("Scanner"),
        "pc": N_("Look and sound"),
        "about": N_("About Selasar"),
    }
)
"""By the name that `SettingsScreen.arrive` takes."""
