"""A newer version of the program: announced in a folder, on a page, or beside a setup on a stick.

Nothing is asked by itself. An announcement (`selasar-update.json`) is signed with Ed25519 and names
the setup with its SHA-256; what is not signed by a key shipped with the program is told and left.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPException
from io import BufferedIOBase
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from database.engine.whole_file import whole_file
from database.exchange.fetching import within
from database.refusal import Fault, Trouble
from desktop import __version__
from desktop.background import Cancelled
from resources import FOLDER

ANNOUNCEMENT, SIGNATURE = "selasar-update.json", "selasar-update.json.sig"
KEYS = FOLDER / "update-keys.txt"
_LONGEST, _LARGEST = 64 << 10, 400 << 20
_PIECE = 1 << 18
_PATIENCE_S = 15.0
_SLOWEST = 20_000
"""Bytes a second, below which a line is as good as none."""
_VERSION = re.compile(r"\d{1,4}(?:\.\d{1,4}){1,3}")
_FILE = re.compile(r"[\w][\w.+-]{0,118}")


@dataclass(frozen=True, slots=True)
class Release:
    """What is announced: the setup lies at `place` under `file`."""

    version: str
    place: str
    file: str
    sha256: str
    size: int
    news: dict[str, tuple[str, ...]]
    """What is new, in lines, by language."""

    @property
    def is_newer(self) -> bool:
        """Whether it is newer than what runs."""
        return numbers(self.version) > numbers(__version__)


def numbers(version: str) -> tuple[int, ...]:
    """A version to be compared: "0.10.0" is after "0.9"."""
    return tuple(int(one) for one in version.split("."))


def look(place: str) -> Release:
    """What is announced in a folder, at a web address, or beside a setup.

    Raises Fault NO_PUBLISHER, NO_UPDATE, NO_ANSWER, NOT_SIGNED, NOT_AS_TOLD.
    """
    keys = _keys()
    if not keys:
        raise Fault(Trouble.NO_PUBLISHER)
    place = _folder_of(place.strip())
    told = _read(place, ANNOUNCEMENT)
    signature = _read(place, SIGNATURE)
    if not any(_fits(key, signature, told) for key in keys):
        raise Fault(Trouble.NOT_SIGNED, where=place)
    return _release(place, told)


def _keys() -> list[Ed25519PublicKey]:
    lines = KEYS.read_text(encoding="utf-8").splitlines()
    return [
        Ed25519PublicKey.from_public_bytes(base64.b64decode(line))
        for line in lines
        if line.strip() and not line.startswith("#")
    ]


def _folder_of(place: str) -> str:
    """A setup on a stick stands for the folder it lies in."""
    if not _is_web(place) and Path(place).is_file():
        return str(Path(place).parent)
    return place


def _is_web(place: str) -> bool:
    return urlsplit(place).scheme in {"http", "https"}


def _read(place: str, name: str) -> bytes:
    return b"".join(_pieces(place, name, _LONGEST))


def _pieces(place: str, name: str, most: int) -> Iterator[bytes]:
    """A file of a folder or of a page, never more than `most` bytes of it; a server that hands it
    out a byte at a time is not waited for."""
    left, end = most, time.monotonic() + _PATIENCE_S + most / _SLOWEST
    try:
        with _opened(place, name) as stream:
            while left > 0 and (piece := stream.read1(min(_PIECE, left))):
                left -= len(piece)
                if time.monotonic() > end:
                    raise TimeoutError(name)
                yield piece
    except FileNotFoundError as error:
        raise Fault(Trouble.NO_UPDATE, where=place) from error
    except URLError as error:
        missing = getattr(error, "code", 0) in {404, 410}
        trouble = Trouble.NO_UPDATE if missing else Trouble.NO_ANSWER
        raise Fault(trouble, where=place) from error
    except (HTTPException, OSError, ValueError) as error:
        raise Fault(Trouble.NO_ANSWER, where=place) from error


def _opened(place: str, name: str) -> BufferedIOBase:
    if _is_web(place):
        address = f"{place.rstrip('/')}/{quote(name)}"
        asked = Request(address, headers={"User-Agent": "Selasar"})
        # Its own patience is for each byte, of which a line of the head may have many.
        answer: BufferedIOBase = within(_PATIENCE_S, lambda: urlopen(asked, timeout=_PATIENCE_S))
        return answer
    return (Path(place) / name).open("rb")


def _fits(key: Ed25519PublicKey, signature: bytes, told: bytes) -> bool:
    try:
        key.verify(base64.b64decode(signature.strip(), validate=True), told)
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def _release(place: str, told: bytes) -> Release:
    """Signed or not, it is read as from a stranger: a name never leads out of its folder."""
    try:
        said = json.loads(told)
        news = {str(lang): tuple(map(str, lines)) for lang, lines in said["news"].items()}
        made = Release(
            str(said["version"]), place, str(said["file"]), str(said["sha256"]).lower(),
            int(said["size"]), news,
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Fault(Trouble.NOT_AS_TOLD, where=ANNOUNCEMENT) from error
    if not (_VERSION.fullmatch(made.version) and _FILE.fullmatch(made.file)):
        raise Fault(Trouble.NOT_AS_TOLD, where=ANNOUNCEMENT)
    return made


def fetch(
    release: Release,
    folder: Path,
    report: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> Path:
    """The setup in `folder`, proved to be the one announced.

    Raises Fault NO_ANSWER, NO_UPDATE, NOT_AS_TOLD, FILE_UNWRITABLE; Cancelled.
    """
    target, digest, count = folder / release.file, hashlib.sha256(), 0
    if not 0 < release.size <= _LARGEST:
        raise Fault(Trouble.NOT_AS_TOLD, where=release.file)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with whole_file(target) as partial, partial.open("wb") as stream:
            for piece in _pieces(release.place, release.file, release.size + 1):
                if cancelled():
                    raise Cancelled
                stream.write(piece)
                digest.update(piece)
                count += len(piece)
                report(count, release.size)
            if count != release.size or digest.hexdigest() != release.sha256:
                raise Fault(Trouble.NOT_AS_TOLD, where=release.file)
    except OSError as error:
        raise Fault(Trouble.FILE_UNWRITABLE, where=str(target)) from error
    return target


def install(setup: Path) -> bool:
    """Start the setup, which waits for this program to end; False where it cannot be started on
    this system and is to be opened by hand."""
    if sys.platform == "win32" and setup.suffix.lower() == ".exe":
        os.startfile(setup)
        return True
    return False
