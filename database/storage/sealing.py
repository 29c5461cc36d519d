"""Backups that leave the house are sealed: by age (age-encryption.org), for a key whose secret half
lies beside them under a passphrase. What makes them needs no passphrase; what opens them does.

The passphrase is kept nowhere: it stands on a sheet in the hospital's safe.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from database.engine import files
from database.engine.private import begin_private, make_private
from database.engine.whole_file import whole_file, write_whole
from database.refusal import Fault, Reason, Refusal, Trouble

KEY_FILE = "selasar-kunci.age"
"""The secret half, under the passphrase; beside the backups and on this PC."""
ENDING = ".age"
WORDS = 5
_FIRST, _VOWELS = "bcdghjklmnprst", "aeiou"
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Key:
    """What backups are sealed for, `public`; and the secret half, `locked` by a passphrase."""

    public: str
    locked: bytes


def new_passphrase() -> str:
    """Some made-up words that are said and typed easily: more than anybody tries out."""
    choice = secrets.choice
    made = [
        "".join(choice(_FIRST) + choice(_VOWELS) for _part in range(2)) for _word in range(WORDS)
    ]
    return " ".join(made)


def new_key(passphrase: str) -> Key:
    """A new key, locked by the passphrase."""
    from pyrage import passphrase as by_words
    from pyrage import x25519

    identity = x25519.Identity.generate()
    locked = by_words.encrypt(str(identity).encode(), tidy(passphrase))
    return Key(str(identity.to_public()), locked)


def fits(locked: bytes, passphrase: str) -> bool:
    """Whether it is the passphrase of this key."""
    return _secret(locked, passphrase) is not None


def tidy(passphrase: str) -> str:
    """As it is meant, however it was typed off the sheet."""
    return " ".join(passphrase.lower().split())


def _secret(locked: bytes, passphrase: str) -> str | None:
    from pyrage import DecryptError
    from pyrage import passphrase as by_words

    try:
        told: str = by_words.decrypt(locked, tidy(passphrase)).decode()
        return told
    except (DecryptError, UnicodeDecodeError):
        return None


def seal(source: Path, target: Path, key: Key) -> None:
    """Write `source` sealed as `target`, whole or not at all, and read back what was written.

    Raises OSError; Fault FILE_UNWRITABLE where what lies there is not what was written."""
    _seal_one(source, target, key)
    write_whole(target.parent / KEY_FILE, key.locked)
    make_private(target.parent / KEY_FILE)


def seal_files(source: Path, target: Path, key: Key) -> None:
    """The files of a library's folder sealed in another, those that lie there already left; what
    lay there unsealed from before there was a key goes. Raises as `seal`."""
    for path in sorted(source.glob("*/*")) if source.is_dir() else ():
        place = target / path.parent.name / f"{path.name}{ENDING}"
        if path.suffix == ".partial":
            continue
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            _seal_one(path, place, key)
        place.with_name(path.name).unlink(missing_ok=True)


def _seal_one(source: Path, target: Path, key: Key) -> None:
    from pyrage import encrypt_io, x25519

    with whole_file(target) as partial:
        begin_private(partial)
        with source.open("rb") as plain, partial.open("wb") as stream:
            written = _Hashing(stream)
            encrypt_io(plain, written, [x25519.Recipient.from_str(key.public)])
        if _digest(partial) != written.digest():
            raise Fault(Trouble.FILE_UNWRITABLE, where=str(target))


class _Hashing:
    """A stream that knows the hash of all that went through it."""

    def __init__(self, stream: object) -> None:
        self._stream, self._hash = stream, hashlib.sha256()

    def write(self, block: bytes) -> int:
        self._hash.update(block)
        written: int = self._stream.write(block)  # type: ignore[attr-defined]
        return written

    def flush(self) -> None:
        self._stream.flush()  # type: ignore[attr-defined]

    def digest(self) -> str:
        return self._hash.hexdigest()


def _digest(path: Path) -> str:
    made = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            made.update(block)
    return made.hexdigest()


@contextmanager
def opened(sealed: Path, passphrase: str, locked: bytes | None = None) -> Iterator[Path]:
    """A sealed backup as a plain file, its library's files beside it, for as long as the block
    lasts.

    Raises Refusal WRONG_PASSPHRASE, KEY_MISSING (its key lies neither beside it nor here),
    BACKUP_UNREADABLE."""
    from pyrage import DecryptError, decrypt_file, x25519

    beside = sealed.parent / KEY_FILE
    if not beside.is_file() and locked is None:
        raise Refusal(Reason.KEY_MISSING, where=str(sealed))
    # The same key twice would cost its second or two twice.
    keys = {beside.read_bytes()} if beside.is_file() else set()
    keys |= {locked} if locked else set()
    known = [secret for one in keys if (secret := _secret(one, passphrase))]
    if not known:
        raise Refusal(Reason.WRONG_PASSPHRASE)
    with TemporaryDirectory(prefix="selasar-restore-") as folder:
        plain = Path(folder) / sealed.name.removesuffix(ENDING)
        keyring = [x25519.Identity.from_str(one) for one in known]
        for one, place in ((sealed, plain), *_files(sealed, plain)):
            begin_private(place)
            try:
                decrypt_file(str(one), str(place), keyring)
            except DecryptError as error:
                raise Refusal(Reason.BACKUP_UNREADABLE, where=str(one)) from error
        yield plain


def _files(sealed: Path, plain: Path) -> Iterator[tuple[Path, Path]]:
    """The sealed files that backups in a place share, each with where it goes."""
    beside, opened_beside = files.beside_backup(sealed), files.beside_backup(plain)
    for one in sorted(beside.glob(f"*/*{ENDING}")):
        place = opened_beside / one.parent.name / one.name.removesuffix(ENDING)
        place.parent.mkdir(parents=True, exist_ok=True)
        yield one, place
