"""Settings of this PC, not of the library: declared once, kept in an INI file."""

from __future__ import annotations

import hashlib
import secrets
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QSettings, QStandardPaths

from database.engine.private import make_private
from database.storage import mirrored

T = TypeVar("T", str, int, bool, float)

PAPERS = "papers"
"""The folder, beside the library's usual place, of papers that no printer took."""
PORTABLE = "portable.txt"
"""A file of this name beside the program: all it keeps on a PC lies in `data` beside it, too."""


@dataclass(frozen=True)
class Choice(Generic[T]):
    """One setting with its default; the default tells its type."""

    key: str
    default: T


LANGUAGE = Choice("language", "id")
SCHEME = Choice("scheme", "system")
SOUNDS = Choice("sounds", True)
WINDOW = Choice("window", "")
"""Where the window stood, as Qt tells it."""
BLANK_AFTER = Choice("blank_after_minutes", 0)
LIBRARY = Choice("library", "")
BACKUPS = Choice("backups", "")
BACKUPS_IN = Choice("backups_in", "")
"""Where the newest backup was made, whoever chose that."""
BACKUPS_TOO = Choice("backups_too", "")
"""The second place of backups, such as a stick; "" for none yet."""
BACKUP_KEY = Choice("backup_key", "")
BACKUP_LOCKED = Choice("backup_locked", "")
"""The key that backups are sealed for in the second place, and its secret half under the
passphrase (base64); "" for none: they go there as they are."""
BACKUP_TOO_FAILED = Choice("backup_too_failed", "")
BACKUP_FAILED = Choice("backup_failed", "")
"""Why the newest backup could not be made; "" where it was."""
KNOWN = Choice("known", "")
"""The library file this PC worked with last: one that is gone is not silently made anew."""
KNOWN_ID = Choice("known_id", "")
"""What that library's backups are called by, for a day when it cannot be opened."""
BEFORE_RESTORE = Choice("before_restore", "")
"""The library that was left as it was when a backup was restored beside it; "" for none."""
LEFT_BEHIND = Choice("left_behind", "")
"""The file of a library that has moved to a server, until it is kept from being written; "" for
none."""
SHEET = Choice("labels/sheet", "a4-3x7")
LABEL_PARTS = Choice("labels/parts", "both")
LABEL_CODE = Choice("labels/code", "code128")
LABEL_DPI = Choice("labels/dpi", 0)
TITLE_WHOLE = Choice("catalogue/whole_form", False)
"""Whether the form of a title shows all its fields, or what almost every title has."""
LABEL_BAND = Choice("labels/band", False)
LABEL_MARKS = Choice("labels/marks", False)
PRINTERS = {kind: Choice(f"printers/{kind}", "") for kind in ("paper", "label", "card", "slip")}
"""The printer of each kind of paper; "" for the usual one."""
SHIFTS = {
    kind: (Choice(f"printers/{kind}_right", 0.0), Choice(f"printers/{kind}_down", 0.0))
    for kind in PRINTERS
}
"""Millimetres the print is moved right and down, to make up for the printer's feed."""
SLIP_WIDTH = Choice("slip/width", 58)
TITLE_COLUMNS = Choice("catalogue/columns", "title contributors year call_number available")
LAST_KIND = Choice("patrons/last_kind", "")
REPORT_PAPER = Choice("report/paper", "a4")
ACTOR = Choice("actor", "")
LAST_WORKED = Choice("worked_last", "")
"""Who signed in on this PC, a name a line, the last one first."""
SCAN_PACE = Choice("scanner/pace_ms", 30)
"""Keys that follow each other so quickly are a scanner's; 0 looks for none."""
SCAN_SUFFIX = Choice("scanner/suffix", "any")
"""What a scan ends with: "any", "enter", "tab" or "none"."""
SCAN_PREFIX = Choice("scanner/prefix", "")
"""What the scanner of this PC puts before each code, besides the prefixes of the symbologies."""
WEB_ON = Choice("web/on", False)
WEB_ADDRESS = Choice("web/address", "0.0.0.0")
WEB_PORT = Choice("web/port", 8080)
"""Whether this PC serves the catalogue to browsers, and where."""
KIOSK_CODE = Choice("kiosk/code", "")
"""What leaves the readers' screen, as `hash_code` keeps it; "" for nothing."""
KIOSK_SURVEY = Choice("kiosk/survey", True)
"""Whether readers may rate the service on the readers' screen."""


def hash_code(code: str) -> str:
    """A code as it may lie in a file: salted and slow to guess; "" stays ""."""
    if not code:
        return ""
    salt = secrets.token_bytes(16)
    return f"{salt.hex()}:{_digest(code, salt)}"


def code_fits(code: str, kept: str) -> bool:
    """Whether `code` is the one kept."""
    salt, _colon, digest = kept.partition(":")
    return secrets.compare_digest(_digest(code, bytes.fromhex(salt)), digest)


def _digest(code: str, salt: bytes) -> str:
    return hashlib.pbkdf2_hmac("sha256", code.encode(), salt, 200_000).hex()


class Pc:
    """Reads and keeps this PC's choices. `path` is for tests and for the demo."""

    def __init__(self, path: Path | None = None) -> None:
        if path is None and (stick := portable_folder()):
            path = stick / "selasar.ini"
        if path is None:
            self._store = QSettings(
                QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Selasar", "selasar"
            )
        else:
            self._store = QSettings(str(path), QSettings.Format.IniFormat)
        # Drafts lay here once, in clear text and of whichever library.
        self._store.remove("drafts")

    def get(self, choice: Choice[T]) -> T:
        """The value kept, or the default where there is none or it makes no sense."""
        found = self._store.value(choice.key)
        if found is None:
            return choice.default
        try:
            if isinstance(choice.default, bool):
                return found if isinstance(found, bool) else str(found).lower() == "true"
            return type(choice.default)(str(found))
        except ValueError:
            return choice.default

    def put(self, choice: Choice[T], value: T) -> None:
        """Keep `value` at once, so that a crash forgets nothing."""
        self._store.setValue(choice.key, value)
        self._store.sync()
        make_private(Path(self._store.fileName()))


def portable_folder() -> Path | None:
    """Where everything lies when the program stands on a stick; None when it is installed."""
    # Frozen, the program is what was started; otherwise it is Python, which stands elsewhere.
    program = Path(sys.executable).parent
    return program / "data" if (program / PORTABLE).is_file() else None


def data_folder() -> Path:
    """Where the library lies unless another place was chosen: never a synchronised folder,
    which may corrupt a file that is being written."""
    if stick := portable_folder():
        return stick
    where = QStandardPaths.StandardLocation.AppLocalDataLocation
    return Path(QStandardPaths.writableLocation(where) or Path.home()) / "Selasar"


def backup_folder(pc: Pc) -> Path:
    """Where backups go: where the librarian looks for documents, but for a folder that a
    service mirrors, which would take patients' names into a cloud. Once some lie in a place they
    stay there, though a better one appears: a drive that comes late, a profile."""
    chosen = pc.get(BACKUPS)
    if chosen:
        return Path(chosen)
    if stick := portable_folder():
        return stick / "Backups"
    used = pc.get(BACKUPS_IN)
    if used and Path(used).is_dir() and not mirrored.service(Path(used)):
        return Path(used)
    usual = documents() / "Selasar" / "Backups"
    return data_folder() / "Backups" if mirrored.service(usual) else usual


def documents() -> Path:
    """This person's documents; where a PC has none, or its server is not there, the next best
    place that stands."""
    where = QStandardPaths.StandardLocation.DocumentsLocation
    named = QStandardPaths.writableLocation(where)
    places = [*([Path(named)] if named else []), Path.home()]
    return next((one for one in places if one.is_dir()), data_folder())
