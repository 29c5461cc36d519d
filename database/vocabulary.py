"""The words a record may hold where only some are allowed. No SQLAlchemy, so that the reader of an
import knows them; `database.schema` hands them on beside the records that hold them.
"""

from __future__ import annotations

from enum import StrEnum


class ItemStatus(StrEnum):
    """Condition of a copy. Whether it is on loan is never stored here: loans tell."""

    IN_SERVICE = "in_service"
    REFERENCE = "reference"
    QUARANTINE = "quarantine"
    REPAIR = "repair"
    MISSING = "missing"
    LOST = "lost"
    WITHDRAWN = "withdrawn"
    RETURNED_TO_OWNER = "returned_to_owner"
    GIVEN = "given"

    @property
    def in_stock(self) -> bool:
        """Whether the copy still counts as held (ISO 2789: stock at the end of a period)."""
        return self not in {self.LOST, self.WITHDRAWN, self.RETURNED_TO_OWNER}


class Ownership(StrEnum):
    """Who owns a copy; a deposit of the dinas can never be weeded, only returned."""

    HOSPITAL = "hospital"
    DEPOSIT = "deposit"
    GIFT = "gift"


class Source(StrEnum):
    """How a copy came; the letter appears in accession numbers (buku induk)."""

    PURCHASE = "purchase"
    GIFT = "gift"
    EXCHANGE = "exchange"
    DEPOSIT = "deposit"
    OWN = "own"

    @property
    def letter(self) -> str:
        """B beli, H hibah, T tukar, TTP titipan, S terbitan sendiri."""
        return {"purchase": "B", "gift": "H", "exchange": "T", "deposit": "TTP", "own": "S"}[self]


class ReferenceOrigin(StrEnum):
    """Why a form leads to a heading: the librarian refers from it, or it was once written so
    and this heading was chosen."""

    SEE = "see"
    WRITTEN = "written"


class Relation(StrEnum):
    """How a heading stands to another: "narrower" means that the other is the narrower one."""

    NARROWER = "narrower"
    RELATED = "related"


class Period(StrEnum):
    """How long a loan is: days, hours of one day, or until the trolley comes again."""

    DAYS = "days"
    HOURS = "hours"
    ROUND = "round"


class Sanction(StrEnum):
    """What follows a late return."""

    NONE = "none"
    MONEY = "money"
    SUSPENSION = "suspension"


class FineUnit(StrEnum):
    """What a fine is for: each day late, or each begun week."""

    DAY = "day"
    WEEK = "week"


class LateCounting(StrEnum):
    """Which days are days late: those the house was open, or every day."""

    OPEN = "open"
    CALENDAR = "calendar"


class HoldState(StrEnum):
    """Waiting in the queue, a copy lies ready, or how it ended."""

    WAITING = "waiting"
    READY = "ready"
    FILLED = "filled"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class PatronKind(StrEnum):
    """A ward borrows as a place, so patients can read without being known."""

    PERSON = "person"
    PLACE = "place"


class Standing(StrEnum):
    """What an act made of a membership: begun, again after it had lapsed, of another kind,
    longer, otherwise changed, over."""

    JOINED = "joined"
    REVIVED = "revived"
    MOVED = "moved"
    RENEWED = "renewed"
    CHANGED = "changed"
    ENDED = "ended"


class ChargeKind(StrEnum):
    """What a charge is for."""

    OVERDUE = "overdue"
    REPLACEMENT = "replacement"
    DAMAGE = "damage"


class PaymentKind(StrEnum):
    """What happened to a charge: money taken in, let off with a reason, money given back."""

    PAID = "paid"
    WAIVED = "waived"
    REFUND = "refund"


class RequestKind(StrEnum):
    """What a person may ask for (UU 27/2022 art. 5-13)."""

    COPY = "copy"
    FORGET = "forget"


class ScanOutcome(StrEnum):
    """What a code read at the shelf turned out to be; the first five were found there."""

    FOUND = "found"
    ON_LOAN = "on_loan"
    MISPLACED = "misplaced"
    OUT_OF_ORDER = "out_of_order"
    FOUND_AGAIN = "found_again"
    DOUBLE = "double"
    FOREIGN = "foreign"
    UNKNOWN = "unknown"

    @property
    def found(self) -> bool:
        """Whether it proves that a copy of the scope is there."""
        return self not in {self.DOUBLE, self.FOREIGN, self.UNKNOWN}


class WeedingDecision(StrEnum):
    """What becomes of a copy that was proposed."""

    WITHDRAW = "withdraw"
    KEEP = "keep"


NO_VALUES = "{}"
"""What a record keeps of the library's own fields while it has no value of any."""


class OwnRecord(StrEnum):
    """What a field of the library's own is about."""

    TITLE = "title"
    ITEM = "item"
    PATRON = "patron"


class OwnKind(StrEnum):
    """What a field of the library's own holds."""

    TEXT = "text"
    CHOICE = "choice"
    DATE = "date"
    NUMBER = "number"
