"""What each refusal and each fault says, before its facts are filled in."""

from __future__ import annotations

from database.refusal import Reason, Trouble
from desktop.words.language import N_

REFUSALS: dict[Reason, str] = {
    Reason.LIBRARY_EXISTS: N_("Something already stands at {where}; choose another place."),
    Reason.LIBRARY_MISSING: N_("There is no library at {where}."),
    Reason.NOT_A_LIBRARY: N_("{where} is not a Selasar library."),
    Reason.LIBRARY_NEWER: N_(
        "{where} was made by a newer Selasar; install that version to open it."
    ),
    Reason.NOT_THE_OWNER: N_(
        "This needs the owner of the library on the server ({where}): do it on the PC that was "
        "given the owner's user, and then go on here."
    ),
    Reason.SERVER_UNFIT: N_(
        "The server has no database “{database}” and does not let this user make one: ask whoever "
        "keeps the server to make it, owned by this user."
    ),
    Reason.LIBRARY_OLDER: N_(
        "{where} is of an older version; open it in Selasar once, which brings it to this one."
    ),
    Reason.DESKS_OPEN: N_(
        "The library is to be brought to this version, but it is open at: {desks}. Close Selasar "
        "there, then open it here; afterwards they need this version, too."
    ),
    Reason.BACKUP_UNREADABLE: N_("{where} is damaged or no backup; try an earlier one."),
    Reason.WRONG_PASSPHRASE: N_("That is not the passphrase; type it as it stands on the sheet."),
    Reason.KEY_MISSING: N_(
        "Beside {where} lies no key; copy “selasar-kunci.age” from the stick, too."
    ),
    Reason.FOREIGN_PARTS: N_(
        "{where} carries commands that are not of Selasar ({name}), so it is not opened. Restore "
        "the last backup, and tell whoever gave you this file."
    ),
    Reason.VERSION_UNTRUE: N_(
        "{where} is not what it says (version {version}); restore the last backup."
    ),
    Reason.ADDRESS_INVALID: N_(
        "The address of the server cannot be read; write it like "
        "postgresql://name@server:5432/library."
    ),
    Reason.UNKNOWN_CODE: N_("No card, copy or ISBN has the code {code}; scan it again."),
    Reason.UNKNOWN_ITEM: N_("No copy has the barcode {code}; scan it again or look in Catalogue."),
    Reason.UNKNOWN_PATRON: N_("No patron has the number {code}; scan it again or look in Patrons."),
    Reason.ALREADY_ON_LOAN: N_(
        "“{title}” is already lent to {patron} until {due_on}. Take it back first?"
    ),
    Reason.ALREADY_YOURS: N_("“{title}” is already lent to this patron until {due_on}."),
    Reason.NOT_ON_LOAN: N_("“{title}” is not on loan; its place is {shelf}."),
    Reason.NOT_IN_SERVICE: N_("“{title}” cannot be lent: {status}."),
    Reason.REFERENCE_ONLY: N_("“{title}” is a reference copy: to be read here (F6)."),
    Reason.NOT_ALLOWED: N_("Only {roles} may do this."),
    Reason.WRONG_SECRET: N_("This name and PIN do not belong together."),
    Reason.TOO_MANY_TRIES: N_("Too many wrong PINs; try again at {until}."),
    Reason.SECRET_WEAK: N_(
        "Choose at least {least} signs, not all alike and not one after the other."
    ),
    Reason.LAST_HEAD: N_("Somebody with a PIN has to stay head of the library, to name the staff."),
    Reason.IN_QUARANTINE: N_("“{title}” is in quarantine until {until}."),
    Reason.MEMBERSHIP_EXPIRED: N_("{patron}'s card ended on {valid_until}; renew it first."),
    Reason.MEMBERSHIP_ENDED: N_("{patron} has not been a member since {ended_on}."),
    Reason.PATRON_BLOCKED: N_("{patron} may not borrow: {why}."),
    Reason.PATRON_SUSPENDED: N_("{patron} returned late and may not borrow until {until}."),
    Reason.HAS_OVERDUE: N_("{patron} has {count} overdue; take it back first."),
    Reason.OWES_TOO_MUCH: N_("{patron} owes {amount}; to be settled first (F9)."),
    Reason.NOT_SUSPENDED: N_("Nothing keeps this patron from borrowing because of late returns."),
    Reason.LIMIT_REACHED: N_("{patron} has reached the limit of loans: {limit}."),
    Reason.LIMIT_OF_TYPE: N_("{patron} has reached the limit of loans of {item_type}: {limit}."),
    Reason.NO_RULE: N_("There is no loan rule for {category}; add one under Settings."),
    Reason.NOT_RENEWABLE: N_("“{title}” cannot be renewed any more (most renewals: {renewals})."),
    Reason.OVERDUE: N_("“{title}” was due on {due_on}; take it back instead of renewing."),
    Reason.BEYOND_RULE: N_("“{title}” may stay out until {due_on} by the rule."),
    Reason.NOT_LONGER: N_("“{title}” is due on {due_on}; renewing now would not make it later."),
    Reason.CLOCK_WRONG: N_(
        "The computer's date, {day}, seems wrong; set the clock before lending."
    ),
    Reason.BEFORE_LAST_ACT: N_(
        "“{title}” was lent or taken back at {at}, later than this; set a later time."
    ),
    Reason.CLOCK_DOUBTED: N_(
        "The clock of this PC says {now}, but the newest act here is of {newest}; set the clock, "
        "or say the time with --at."
    ),
    Reason.TIME_TO_COME: N_("{at} is still to come; choose a time that has passed."),
    Reason.NOT_A_WARD: N_("First scan the card of a ward or a bed, then its books."),
    Reason.ON_HOLD: N_("“{title}” is held for {patron}; {waiting} waiting."),
    Reason.HELD_BY_OTHERS: N_("“{title}” cannot be renewed: {waiting} waiting for it."),
    Reason.ALREADY_HELD: N_("{patron} is waiting for “{title}” already."),
    Reason.HOLDS_NOT_ALLOWED: N_("The loan rules allow {category} no hold on “{title}”."),
    Reason.HOLD_LIMIT: N_("{patron} is waiting for as many titles as may be: {limit}."),
    Reason.ON_SHELF: N_("“{title}” stands on the shelf at {shelf}; fetch {barcode} and lend it."),
    Reason.NO_COPIES: N_("“{title}” has no copy that could be waited for."),
    Reason.NOT_ONE_TITLE: N_("“{typed}” finds several titles ({count}); type an ISBN or barcode."),
    Reason.REMINDED_TODAY: N_("{patron} has been written to today already."),
    Reason.NO_CONSENT: N_("{patron} has not agreed to reminders; print a letter instead."),
    Reason.REMINDER_FIRST: N_("{patron} gets a reminder first; a letter follows later."),
    Reason.LETTER_EARLY: N_("The next letter to {patron} is for {day}."),
    Reason.TITLE_MISSING: N_("The title is empty; type one to save."),
    Reason.NAME_MISSING: N_("The name is empty; type one to save."),
    Reason.CATEGORY_MISSING: N_("Choose the kind of patron first."),
    Reason.NUMBER_TAKEN: N_("The number {number} already belongs to {name}."),
    Reason.LETTER_NUMBER_TAKEN: N_(
        "The number {number} is another letter's already; see the register of outgoing letters."
    ),
    Reason.BARCODE_TAKEN: N_("The barcode {number} is already on a copy of “{title}”."),
    Reason.ACCESSION_TAKEN: N_("The accession number {number} is already on “{title}”."),
    Reason.PATTERN_INVALID: N_(
        "The pattern “{pattern}” cannot number anything; it needs {{seq}}, as in B{{seq:6}}."
    ),
    Reason.ITEM_ON_LOAN: N_("Copy {barcode} is on loan; take it back first."),
    Reason.TITLE_IN_USE: N_("The title still has copies ({items}); remove those first."),
    Reason.CHANGED_MEANWHILE: N_(
        "“{name}” was changed at another desk meanwhile: {changed}. Look at it and save again."
    ),
    Reason.RECORD_GONE: N_("This record is no longer there; another desk has changed it."),
    Reason.NAME_TAKEN: N_("“{name}” is in the list already."),
    Reason.CATEGORY_IN_USE: N_(
        "“{name}” is used (patrons: {patrons}, loans and visits: {events}); switch it off instead."
    ),
    Reason.UNIT_IN_USE: N_("“{name}” is used (patrons: {patrons}); switch it off instead."),
    Reason.SAME_PATRON: N_("Both are the same record; choose another one to merge."),
    Reason.KINDS_DIFFER: N_("A person and a place cannot be merged."),
    Reason.HEADING_STANDS: N_("“{name}” is a heading already; merge the two instead."),
    Reason.HEADINGS_DIFFER: N_(
        "“{name}” cannot be merged into “{other}”: another kind of heading."
    ),
    Reason.HEADING_IN_USE: N_("“{name}” is used (titles: {titles}); merge it instead."),
    Reason.REFERENCE_STANDS: N_("“{name}” leads to “{other}” already."),
    Reason.OWN_VALUE_UNFIT: N_(
        "“{value}” does not fit the field “{name}”; choose or type another."
    ),
    Reason.PRIVATE_FIELD: N_(
        "“{name}” is not kept here: of a member the library holds nothing of identity, health, "
        "birth, family, religion or address. It does its work without (UU 27/2022)."
    ),
    Reason.CHOICES_MISSING: N_("Type at least one choice for “{name}”."),
    Reason.TOO_MANY_FIELDS: N_("There are {most} fields of this kind already; remove one first."),
    Reason.OWN_FIELD_USED: N_(
        "“{name}” is filled in (records: {records}); add another field for another kind."
    ),
    Reason.VALUE_INVALID: N_("The value of “{field}” is not possible; check it."),
    Reason.STATE_FORBIDS: N_("Copy {barcode} is {status}; that cannot be done with it."),
    Reason.REASON_MISSING: N_("Weeding needs a reason and the number of the minutes."),
    Reason.DEPOSIT_STAYS: N_(
        "Copy {barcode} is a deposit: it is never weeded, only returned to its owner."
    ),
    Reason.NOT_A_DEPOSIT: N_("Copy {barcode} is no deposit; nobody waits for it."),
    Reason.NOT_OF_BATCH: N_("{barcode} “{title}” is not of {batch}; lay it aside."),
    Reason.ALREADY_GIVEN_BACK: N_("{barcode} “{title}” has been scanned already."),
    Reason.PREFIX_INVALID: N_(
        "“{prefix}” cannot begin numbers: a letter, then letters or figures, at most 6."
    ),
    Reason.PREFIX_TAKEN: N_("The batch “{batch}” has the numbers {prefix}-… already."),
    Reason.BATCH_RETURNED: N_("“{batch}” has been returned; nothing can be added to it."),
    Reason.ISBN_UNKNOWN: N_(
        "No title has the ISBN {code}. Add the title in the catalogue, then scan again."
    ),
    Reason.NOT_A_PARCEL: N_(
        "{path} is no batch as one file; for a list, open the batch and choose “From a list…”."
    ),
    Reason.PARCEL_GIVEN_BACK: N_(
        "The file tells of a batch that goes back, “{batch}”; scan its copies to take them back."
    ),
    Reason.RELATION_STANDS: N_("“{name}” and “{other}” are related already."),
    Reason.RELATION_TURNS: N_(
        "“{other}” stands above “{name}” already, some steps up; it cannot stand below it too."
    ),
    Reason.HEADING_RELATED: N_(
        "“{name}” stands in relation with other headings. Take its relations away first."
    ),
    Reason.NO_AUTHORITIES: N_("{path} holds no authority record (MARC 1XX, 4XX, 5XX)."),
    Reason.ISSN_UNKNOWN: N_("No magazine or journal here has the ISSN {code}."),
    Reason.NO_ISSUE_EXPECTED: N_("No issue of “{title}” is expected; expect some first."),
    Reason.NOT_A_LIST: N_("{path} has no column of titles; its first line must name the columns."),
    Reason.ISSUE_TAKEN: N_("The issue {issue} is in the list already."),
    Reason.FILE_MISSING: N_("There is no file {path}."),
    Reason.FILE_EMPTY: N_("The file {path} is empty."),
    Reason.NOT_A_TABLE: N_("The file {path} is no list: save it as CSV or XLSX."),
    Reason.FILE_OF_OTHER_KIND: N_("{path}: {told}"),
    Reason.FILE_LOCKED: N_(
        "{path} is locked with a password: open it, take the password away, save it again."
    ),
    Reason.FILE_DAMAGED: N_(
        "{path} is damaged or was not copied whole: open it and save it again, or fetch it anew."
    ),
    Reason.FILE_TOO_LARGE: N_(
        "{path} is too large to be read whole ({told}): divide it into several files."
    ),
    Reason.FOLDER_TOO_FULL: N_(
        "Too many files at once ({count}; at most {most}): choose those of the lists."
    ),
    Reason.FOLDER_NOT_EMPTY: N_(
        "{where} holds something already; choose an empty folder or a new name."
    ),
    Reason.EXPORT_DAMAGED: N_(
        "{path} is damaged, changed or missing in this export, so nothing was taken; copy the "
        "folder anew from where it was written."
    ),
    Reason.LIBRARY_NOT_EMPTY: N_(
        "Something has been entered in this library already; a whole export comes only into a new "
        "library."
    ),
    Reason.DATABASE_UNKNOWN: N_(
        "{path} is a database of a program that is not known here: export its lists as CSV or "
        "XLSX and bring in those."
    ),
    Reason.COLUMNS_UNKNOWN: N_(
        "It is not clear which column holds the name (read: {headings}). Give the column of names "
        "the heading “Nama”, or say it with --map."
    ),
    Reason.NOT_PEOPLE: N_("This is no list of people but {told}."),
    Reason.NOTHING_TO_UNDO: N_("There is nothing of today to undo."),
    Reason.CANNOT_UNDO: N_("This can no longer be undone: something later stands on it."),
    Reason.MONTH_INVALID: N_("“{month}” is not a month; write it like 2026-10."),
    Reason.MONTH_NOT_OVER: N_("{month} is not over yet; it can be closed afterwards."),
    Reason.MONTH_TO_COME: N_("{month} has not begun; its report can be made when it has."),
    Reason.MONTH_CLOSED: N_("{month} is closed already; a correction is a revision of it."),
    Reason.MONTH_NOT_CLOSED: N_("{month} is not closed yet; close it first."),
    Reason.REASON_NEEDED: N_("Say why, in a few words."),
    Reason.FIGURES_CHANGED: N_(
        "The closed figures of {month} were changed or damaged in the library itself; restore "
        "them from a backup made before."
    ),
    Reason.NOTHING_DIFFERS: N_("Nothing of {month} differs from what was closed."),
    Reason.NOT_SHARED: N_(
        "{path} is no file of numbers or questions that Selasar saved for other libraries."
    ),
    Reason.NOTHING_SHARED: N_("Nothing has been typed yet that could be given to others."),
    Reason.NOT_DIGITAL: N_("{path} is neither a PDF nor an EPUB of at most {largest} MB."),
    Reason.ROUND_CLOSED: N_("“{name}” is closed; begin a new round."),
    Reason.NOT_WEEDABLE: N_(
        "{barcode}, {title}: lent, a deposit or a valid guideline; it cannot be weeded."
    ),
    Reason.NOTHING_DUE: N_("Nothing is about to be forgotten."),
    Reason.HAS_OPEN_LOANS: N_(
        "Still on loan: {titles}. Take these back first; then nothing of this person is kept."
    ),
    Reason.GUARDIAN_MISSING: N_("A child agrees through a guardian; write the guardian first."),
    Reason.CONSENT_STANDS: N_("This consent stands already."),
    Reason.NOT_A_PERSON: N_("A ward or bed is no person; this is for persons only."),
    Reason.NOT_CLEAR: N_("{patron} still has something of the library: {titles}."),
    Reason.NOTHING_OWED: N_("Nothing is owed here any more."),
    Reason.MORE_THAN_OWED: N_("That is more than the {amount} that are open."),
    Reason.OWES_MONEY: N_(
        "{patron} still owes {amount}; take the money or waive it with a reason first."
    ),
    Reason.WHY_MISSING: N_("Write why; it stays with the entry."),
    Reason.DAY_CLOSED: N_("{day} is closed; reopen it first."),
    Reason.RULE_STANDS: N_("There is a rule for this kind and this type already; change that one."),
    Reason.LAST_RULE: N_("“{name}” would have no rule left and could borrow nothing."),
    Reason.WORDS_TOO_LONG: N_("The text is too long; at most {most} letters have room."),
    Reason.WORDS_BRACES: N_("A brace { or } stands alone; a field is written like {name}."),
    Reason.WORDS_FIELD: N_("There is no field “{field}” here; there are: {known}."),
    Reason.SHEET_UNKNOWN: N_("There is no label sheet “{sheet}”; there are: {known}."),
}
FAULTS: dict[Trouble, str] = {
    Trouble.DISK_FULL: N_("The disk is full; nothing was changed. Free some space and try again."),
    Trouble.LOCKED: N_(
        "Another program holds the library {where}; close it or wait, then try again."
    ),
    Trouble.READ_ONLY: N_("{where} cannot be written to; nothing was changed."),
    Trouble.DAMAGED: N_("The file {where} is damaged; restore the last backup."),
    Trouble.SERVER_GONE: N_("The server does not answer; nothing was changed. Is the network up?"),
    Trouble.SERVER_REFUSES: N_(
        "The server answers but does not let this PC in; nothing was changed. Look at the user, "
        "the password and the name of the database."
    ),
    Trouble.FILE_UNREADABLE: N_("{where} cannot be read."),
    Trouble.FILE_UNWRITABLE: N_("{where} cannot be written; nothing was changed."),
    Trouble.NO_ANSWER: N_("{where} does not answer; go on by hand or try later."),
    Trouble.NO_HARVEST: N_(
        "What is at {where} hands out no records by OAI-PMH ({said}): check the address and the "
        "set."
    ),
    Trouble.ADDRESS_TAKEN: N_(
        "{where} cannot be served at: another program has it, or it is no address of this PC."
    ),
    Trouble.NO_PUBLISHER: N_(
        "This program was built without the key of a publisher, so no update can be proved. "
        "Install a newer version by hand."
    ),
    Trouble.NOT_EQUAL: N_(
        "What arrived in {where} is not what left; the move was taken back and nothing changed. "
        "Try again, and tell whoever keeps the server."
    ),
    Trouble.NOT_SIGNED: N_(
        "What lies at {where} is not signed by the publisher of Selasar; do not install it."
    ),
    Trouble.NOT_AS_TOLD: N_(
        "{where} is not the file that was announced: broken on the way, or changed. Fetch it anew."
    ),
    Trouble.NO_UPDATE: N_("There is no announcement of an update at {where}."),
}
