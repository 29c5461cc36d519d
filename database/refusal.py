"""The two kinds of "no": a Refusal (the library's rules) and a Fault (the world's).

Both carry a reason code and facts, never prose; `desktop.words.sentences` says them.
Anything else that is raised is a bug.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any


class Reason(StrEnum):
    """Why the desk is told no."""

    # opening and keeping a library
    LIBRARY_EXISTS = "library_exists"
    LIBRARY_MISSING = "library_missing"
    NOT_A_LIBRARY = "not_a_library"
    LIBRARY_NEWER = "library_newer"
    LIBRARY_OLDER = "library_older"
    DESKS_OPEN = "desks_open"
    NOT_THE_OWNER = "not_the_owner"
    SERVER_UNFIT = "server_unfit"
    BACKUP_UNREADABLE = "backup_unreadable"
    WRONG_PASSPHRASE = "wrong_passphrase"
    KEY_MISSING = "key_missing"
    FOREIGN_PARTS = "foreign_parts"
    VERSION_UNTRUE = "version_untrue"
    ADDRESS_INVALID = "address_invalid"
    # accounts
    NOT_ALLOWED = "not_allowed"
    WRONG_SECRET = "wrong_secret"
    TOO_MANY_TRIES = "too_many_tries"
    SECRET_WEAK = "secret_weak"
    LAST_HEAD = "last_head"
    # codes
    UNKNOWN_CODE = "unknown_code"
    UNKNOWN_ITEM = "unknown_item"
    UNKNOWN_PATRON = "unknown_patron"
    # lending
    ALREADY_ON_LOAN = "already_on_loan"
    ALREADY_YOURS = "already_yours"
    NOT_ON_LOAN = "not_on_loan"
    NOT_IN_SERVICE = "not_in_service"
    REFERENCE_ONLY = "reference_only"
    IN_QUARANTINE = "in_quarantine"
    MEMBERSHIP_EXPIRED = "membership_expired"
    MEMBERSHIP_ENDED = "membership_ended"
    PATRON_BLOCKED = "patron_blocked"
    PATRON_SUSPENDED = "patron_suspended"
    HAS_OVERDUE = "has_overdue"
    OWES_TOO_MUCH = "owes_too_much"
    NOT_SUSPENDED = "not_suspended"
    LIMIT_REACHED = "limit_reached"
    LIMIT_OF_TYPE = "limit_of_type"
    NO_RULE = "no_rule"
    NOT_RENEWABLE = "not_renewable"
    OVERDUE = "overdue"
    NOT_LONGER = "not_longer"
    BEYOND_RULE = "beyond_rule"
    CLOCK_WRONG = "clock_wrong"
    BEFORE_LAST_ACT = "before_last_act"
    TIME_TO_COME = "time_to_come"
    CLOCK_DOUBTED = "clock_doubted"
    NOT_A_WARD = "not_a_ward"
    # holds
    ON_HOLD = "on_hold"
    HELD_BY_OTHERS = "held_by_others"
    ALREADY_HELD = "already_held"
    HOLDS_NOT_ALLOWED = "holds_not_allowed"
    HOLD_LIMIT = "hold_limit"
    ON_SHELF = "on_shelf"
    NO_COPIES = "no_copies"
    NOT_ONE_TITLE = "not_one_title"
    # reminders
    REMINDED_TODAY = "reminded_today"
    NO_CONSENT = "no_consent"
    REMINDER_FIRST = "reminder_first"
    LETTER_EARLY = "letter_early"
    # records
    TITLE_MISSING = "title_missing"
    NAME_MISSING = "name_missing"
    CATEGORY_MISSING = "category_missing"
    NUMBER_TAKEN = "number_taken"
    LETTER_NUMBER_TAKEN = "letter_number_taken"
    BARCODE_TAKEN = "barcode_taken"
    ACCESSION_TAKEN = "accession_taken"
    PATTERN_INVALID = "pattern_invalid"
    ITEM_ON_LOAN = "item_on_loan"
    TITLE_IN_USE = "title_in_use"
    RECORD_GONE = "record_gone"
    CHANGED_MEANWHILE = "changed_meanwhile"
    # patrons, their kinds and units
    NAME_TAKEN = "name_taken"
    CATEGORY_IN_USE = "category_in_use"
    UNIT_IN_USE = "unit_in_use"
    SAME_PATRON = "same_patron"
    KINDS_DIFFER = "kinds_differ"
    # headings
    HEADING_STANDS = "heading_stands"
    HEADINGS_DIFFER = "headings_differ"
    HEADING_IN_USE = "heading_in_use"
    REFERENCE_STANDS = "reference_stands"
    RELATION_STANDS = "relation_stands"
    RELATION_TURNS = "relation_turns"
    HEADING_RELATED = "heading_related"
    NO_AUTHORITIES = "no_authorities"
    # values
    VALUE_INVALID = "value_invalid"
    # the library's own fields
    OWN_VALUE_UNFIT = "own_value_unfit"
    PRIVATE_FIELD = "private_field"
    CHOICES_MISSING = "choices_missing"
    TOO_MANY_FIELDS = "too_many_fields"
    OWN_FIELD_USED = "own_field_used"
    # copies and batches
    STATE_FORBIDS = "state_forbids"
    REASON_MISSING = "reason_missing"
    DEPOSIT_STAYS = "deposit_stays"
    NOT_A_DEPOSIT = "not_a_deposit"
    NOT_OF_BATCH = "not_of_batch"
    ALREADY_GIVEN_BACK = "already_given_back"
    PREFIX_INVALID = "prefix_invalid"
    PREFIX_TAKEN = "prefix_taken"
    BATCH_RETURNED = "batch_returned"
    ISBN_UNKNOWN = "isbn_unknown"
    NOT_A_LIST = "not_a_list"
    NOT_A_PARCEL = "not_a_parcel"
    PARCEL_GIVEN_BACK = "parcel_given_back"
    ISSUE_TAKEN = "issue_taken"
    ISSN_UNKNOWN = "issn_unknown"
    NO_ISSUE_EXPECTED = "no_issue_expected"
    # files
    FILE_MISSING = "file_missing"
    FILE_EMPTY = "file_empty"
    NOT_A_TABLE = "not_a_table"
    FILE_OF_OTHER_KIND = "file_of_other_kind"
    FILE_LOCKED = "file_locked"
    FILE_DAMAGED = "file_damaged"
    FILE_TOO_LARGE = "file_too_large"
    FOLDER_TOO_FULL = "folder_too_full"
    DATABASE_UNKNOWN = "database_unknown"
    FOLDER_NOT_EMPTY = "folder_not_empty"
    EXPORT_DAMAGED = "export_damaged"
    LIBRARY_NOT_EMPTY = "library_not_empty"
    COLUMNS_UNKNOWN = "columns_unknown"
    NOT_PEOPLE = "not_people"
    # undo
    NOTHING_TO_UNDO = "nothing_to_undo"
    CANNOT_UNDO = "cannot_undo"
    # digital
    NOT_SHARED = "not_shared"
    NOTHING_SHARED = "nothing_shared"
    NOT_DIGITAL = "not_digital"

    # stock
    ROUND_CLOSED = "round_closed"
    NOT_WEEDABLE = "not_weedable"

    # persons
    NOTHING_DUE = "nothing_due"
    HAS_OPEN_LOANS = "has_open_loans"
    GUARDIAN_MISSING = "guardian_missing"
    CONSENT_STANDS = "consent_stands"
    NOT_A_PERSON = "not_a_person"
    NOT_CLEAR = "not_clear"

    # money
    NOTHING_OWED = "nothing_owed"
    MORE_THAN_OWED = "more_than_owed"
    OWES_MONEY = "owes_money"
    WHY_MISSING = "why_missing"
    DAY_CLOSED = "day_closed"

    # rules
    RULE_STANDS = "rule_stands"
    LAST_RULE = "last_rule"

    # reports
    MONTH_INVALID = "month_invalid"
    MONTH_NOT_OVER = "month_not_over"
    MONTH_TO_COME = "month_to_come"
    MONTH_CLOSED = "month_closed"
    MONTH_NOT_CLOSED = "month_not_closed"
    REASON_NEEDED = "reason_needed"
    FIGURES_CHANGED = "figures_changed"
    NOTHING_DIFFERS = "nothing_differs"
    SHEET_UNKNOWN = "sheet_unknown"

    # papers
    WORDS_TOO_LONG = "words_too_long"
    WORDS_BRACES = "words_braces"
    WORDS_FIELD = "words_field"


class Trouble(StrEnum):
    """What the world did to us."""

    DISK_FULL = "disk_full"
    LOCKED = "locked"
    READ_ONLY = "read_only"
    DAMAGED = "damaged"
    SERVER_GONE = "server_gone"
    SERVER_REFUSES = "server_refuses"
    FILE_UNREADABLE = "file_unreadable"
    FILE_UNWRITABLE = "file_unwritable"
    NO_ANSWER = "no_answer"
    NO_HARVEST = "no_harvest"
    NOT_EQUAL = "not_equal"
    ADDRESS_TAKEN = "address_taken"
    # updates of the program
    NO_PUBLISHER = "no_publisher"
    NOT_SIGNED = "not_signed"
    NOT_AS_TOLD = "not_as_told"
    NO_UPDATE = "no_update"


class Refusal(Exception):  # noqa: N818 - the architecture's own word
    """The library's rules say no; nothing was changed.

    `overridable` refusals may be repeated with a reason, which is journalled.
    """

    def __init__(self, reason: Reason, *, overridable: bool = False, **facts: Any) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.overridable = overridable
        self.facts = facts


Allowed = Mapping[Reason, str]
"""The noes that were answered, each with the words why it may be all the same this once. A
reason answers the one no it was given for; the next is told in its turn."""
NOTHING: Allowed = MappingProxyType({})


class Fault(Exception):  # noqa: N818
    """The world says no (disk full, file locked, server gone); nothing was changed."""

    def __init__(self, trouble: Trouble, **facts: Any) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
        self.facts = facts
