"""What the library chose: each setting declared once with its key, type and default.

Settings of one PC (language, printer, size of text) are kept by the desktop.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.orm import Session

from database import journal
from database.description.callnumber import Style
from database.journal import Inverses, Line
from database.refusal import Reason, Refusal
from database.schema import Setting

T = TypeVar("T", str, int, bool, dict[str, str], list[dict[str, Any]])


@dataclass(frozen=True, slots=True)
class Choice(Generic[T]):
    """One setting of the library."""

    key: str
    default: T


BARCODE_PATTERN = Choice("numbering.barcode", "B{seq:6}")
ACCESSION_PATTERN = Choice("numbering.accession", "{seq:4}/{library}/{source}/{year}")
UPDATES = Choice("updates.address", "")
"""Where newer versions of the program are announced: a folder of the house, or a page."""
PROGRAM = Choice("program.version", "")
"""The version of the program that brought the library to where it stands."""
LIBRARY_ID = Choice("library.id", "")
"""What tells this library's backups from those of another; made with its first backup."""
PATRON_PATTERN = Choice("numbering.patron", "M{seq:4}")
PLACE_PATTERN = Choice("numbering.place", "W{seq:3}")
CORE_CLASSES = Choice("standards.core_classes", "61 150 152 155 157 158 174.2 344.04 362.1")
"""Beginnings of the DDC numbers that are of the hospital's own field."""
GIVE_LIMIT = Choice("wards.give_limit", 50_000)
"""Rupiah up to which a copy may be given to a patient who goes home."""
FOLLOW_DAYS = Choice("wards.follow_days", 30)
"""Days after which what was to follow from a patient gone home is proposed as lost."""
MONEY = Choice("money.taken", True)
"""Whether the library takes any money; off, nobody is charged and nothing speaks of it."""
RECEIPT_PATTERN = Choice("numbering.receipt", "{seq:4}/KW/{library}/{roman}/{year}")
CLEARANCE_PATTERN = Choice("numbering.clearance", "{seq:3}/SKBP/{library}/{roman}/{year}")
CONSENT_VERSION = Choice("privacy.consent_version", "1")
CONSENT_TEXT = Choice("privacy.consent_text", "")
"""What patrons agree to; while it is empty the program's own words stand."""
PROTECTION_OFFICER = Choice("privacy.officer", "")
"""Whom to ask about personal data (UU 27/2022 art. 53)."""
SMALL_NUMBER = Choice("privacy.small_number", 5)
"""Counts of patients below this leave the house only together with others."""
COMPACTED_ON = Choice("privacy.compacted_on", "")
FORGOTTEN_SINCE = Choice("privacy.forgotten_since", False)
"""When the file was last written anew, and whether anybody was forgotten since."""
FORGET_ON = Choice("privacy.forget_on", "")
"""The day on which what was told is forgotten; "" for nothing told."""
HOLD_DAYS = Choice("holds.days", 3)
"""Open days a copy lies ready for whoever waits for it."""
HOLD_LIMIT = Choice("holds.limit", 5)
"""How many titles one person may wait for."""
HOLD_ON_SHELF = Choice("holds.on_shelf", False)
"""Whether persons may also hold what stands free on the shelf; wards always may."""
LATE_BLOCKS = Choice("lending.late_blocks", False)
"""Whether nothing is lent, but by exception, to a person who has a copy past its due day."""
DEBT_BLOCKS = Choice("lending.debt_blocks", 0)
"""Rupiah: nothing is lent, but by exception, to a person who owes more; 0 for never."""
OUTBREAK = Choice("quarantine.outbreak", False)
OUTBREAK_HOURS = Choice("quarantine.outbreak_hours", 72)
"""During an outbreak every copy that comes back rests at least so long."""
REMIND_BEFORE = Choice("reminders.before", 3)
"""Days before the due day from which a loan is due soon."""
LETTER_FIRST = Choice("reminders.letter_first", 7)
LETTER_NEXT = Choice("reminders.letter_next", 7)
"""Open days past the due day from which letter I goes out, and from one letter to the next."""
MAIL_ON = Choice("mail.on", False)
"""Whether the program sends e-mails itself, through the hospital's account."""
MAIL_HOST = Choice("mail.host", "")
MAIL_PORT = Choice("mail.port", 587)
MAIL_SECURITY = Choice("mail.security", "starttls")
"""How the way to the post is closed: "starttls", "ssl" or "none"."""
MAIL_USER = Choice("mail.user", "")
MAIL_NAME = Choice("mail.name", "")
MAIL_SENDER = Choice("mail.sender", "")
"""Who signs in, and whom an e-mail is from; the password stays in each PC's keyring."""
OUTGOING_PATTERN = Choice("numbering.outgoing", "{seq:3}/{kind}/{library}/{roman}/{year}")
"""The number of every paper that leaves the house, where its kind has no pattern of its own."""
LETTER_PATTERN = Choice("numbering.reminder", "{seq:3}/STG/{library}/{roman}/{year}")
CARD_COUNTS_VISIT = Choice("visits.card", True)
"""Whether the first scan of a card on a day counts a visitor."""
UNDO_DAYS = Choice("undo.days", 30)
"""So many days back an act is listed to be taken back by itself."""
COLUMN_MAPS: Choice[dict[str, str]] = Choice("imports.columns", {})
"""What the columns of lists mean that were brought in, by the shape of the list."""
LABEL_SHEETS: Choice[list[dict[str, Any]]] = Choice("labels.sheets", [])
CALL_LETTERS = Choice("callnumber.letters", 3)
CALL_TITLE_LETTER = Choice("callnumber.title_letter", True)
CALL_SCHEME = Choice("callnumber.scheme", "ddc")
CALL_PREFIXES = {
    kind: Choice(f"callnumber.prefix.{kind}", usual)
    for kind, usual in {
        "reference": "R",
        "thesis": "KTI",
        "children": "A",
        "serial": "",
        "audiovisual": "",
        "leaflet": "",
    }.items()
}
"""What stands before a call number, by kind of material or of copy."""
WEB_ADDRESS = Choice("web.address", "")
"""What readers type to come to the catalogue on the network; "" for none yet."""
WARDS_ASK = Choice("web.wards", False)
WARDS_SECRET = Choice("web.secret", "")
"""Whether wards may ask by the pages for readers, and what their PINs are made from."""
READERS_ANSWER = Choice("web.readers", False)
"""Whether readers may answer the survey and write into the visitors' book by those pages."""
GUIDE_STEP = Choice("guide.step", 0)
GUIDE_DONE = Choice("guide.done", False)


_KEPT = select(Setting.value).where(Setting.key == bindparam("which"))


def get(session: Session, choice: Choice[T]) -> T:
    """The library's value, or the default."""
    found = session.execute(_KEPT, {"which": choice.key}).scalar()
    return choice.default if found is None else json.loads(found)


def put(session: Session, choice: Choice[T], value: T) -> None:
    """Keep `value` as a part of an act that has a journal line of its own; the default is kept by
    keeping nothing."""
    session.execute(delete(Setting).where(Setting.key == choice.key))
    if value != choice.default:
        session.execute(insert(Setting).values(key=choice.key, value=json.dumps(value)))
    journal.touch(session, "Setting")


def change(session: Session, choice: Choice[T], value: T, now: datetime) -> int | None:
    """Choose otherwise, as an act of its own: its journal line, None where nothing differs."""
    before = get(session, choice)
    if value == before:
        return None
    put(session, choice, value)
    facts: dict[str, Any] = {
        "key": choice.key,
        "before": before,
        "after": value,
        "default": choice.default,
    }
    return journal.write(session, "setting.changed", "Setting", None, now, **facts)


def _unchange(session: Session, line: Line, _now: datetime) -> None:
    """Raises Refusal CANNOT_UNDO where it was chosen otherwise since."""
    choice: Choice[Any] = Choice(line.facts["key"], line.facts["default"])
    if get(session, choice) != line.facts["after"]:
        raise Refusal(Reason.CANNOT_UNDO)
    put(session, choice, line.facts["before"])


INVERSES: Inverses = {"setting.changed": _unchange}


def call_number_style(session: Session) -> Style:
    """How this library makes its call numbers, read at once."""
    shape: list[Choice[Any]] = [CALL_LETTERS, CALL_TITLE_LETTER, CALL_SCHEME]
    names = [one.key for one in [*shape, *CALL_PREFIXES.values()]]
    rows = session.execute(select(Setting.key, Setting.value).where(Setting.key.in_(names)))
    kept = {row.key: row.value for row in rows}

    def value(choice: Choice[T]) -> T:
        found: T = json.loads(kept[choice.key]) if choice.key in kept else choice.default
        return found

    prefixes = {kind: value(choice) for kind, choice in CALL_PREFIXES.items()}
    return Style(
        value(CALL_LETTERS),
        value(CALL_TITLE_LETTER),
        value(CALL_SCHEME),
        {kind: prefix for kind, prefix in prefixes.items() if prefix},
    )
