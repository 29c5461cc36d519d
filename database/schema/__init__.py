"""The records, one file a subject. Import from here so that every table is known."""

from database.schema.base import Base
from database.schema.catalogue import (
    Biblio,
    BiblioHeading,
    BiblioIdentifier,
    Cover,
    Heading,
    HeadingReference,
    Item,
    ItemStatus,
    Ownership,
    RecordTemplate,
    ReferenceOrigin,
    Source,
    Vocabulary,
)
from database.schema.circulation import InHouseUse, Loan, LoanRule, Renewal, Visit
from database.schema.digital import Attachment, AttachmentContent, DigitalUse
from database.schema.holdings import Deposit, Serial, SerialIssue
from database.schema.house import (
    ClosedDay,
    Counter,
    OpeningHours,
    Picture,
    Profile,
    Setting,
    Signatory,
)
from database.schema.journal import Journal
from database.schema.membership import Patron, PatronCategory, PatronKind
from database.schema.stock import (
    ScanOutcome,
    StockScan,
    Stocktake,
    Weeding,
    WeedingDecision,
    WeedingLine,
)

__all__ = [
    "Attachment",
    "AttachmentContent",
    "Base",
    "Biblio",
    "BiblioHeading",
    "BiblioIdentifier",
    "ClosedDay",
    "Counter",
    "Cover",
    "Deposit",
    "DigitalUse",
    "Heading",
    "HeadingReference",
    "InHouseUse",
    "Item",
    "ItemStatus",
    "Journal",
    "Loan",
    "LoanRule",
    "OpeningHours",
    "Ownership",
    "Patron",
    "PatronCategory",
    "PatronKind",
    "Picture",
    "Profile",
    "RecordTemplate",
    "ReferenceOrigin",
    "Renewal",
    "ScanOutcome",
    "Serial",
    "SerialIssue",
    "Setting",
    "Signatory",
    "Source",
    "StockScan",
    "Stocktake",
    "Visit",
    "Vocabulary",
    "Weeding",
    "WeedingDecision",
    "WeedingLine",
]
