"""A library's own folder of files: what is read, shown or proves something, kept by the hash of its
content, so that the same file twice lies there once and a damaged one is known. Beside a library
that is one file, in the folder `<name>.files`; on a server, in the database, where every PC
reaches it. Backups take the files along.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, insert, select
from sqlalchemy.orm import Session

from database import limits
from database.engine import engines
from database.engine.whole_file import whole_file, write_whole
from database.refusal import Fault, Reason, Refusal, Trouble
from database.schema import Attachment, AttachmentContent, Evidence

LARGEST = limits.ATTACHMENT.most
"""Bytes a file may have; a scanned textbook has about a hundred million."""

_BLOCK = 1 << 20
_KINDS = {b"%PDF-": ("application/pdf", ".pdf"), b"PK\x03\x04": ("application/epub+zip", ".epub")}
_PICTURES = {
    b"\x89PNG\r\n\x1a\n": ("image/png", ".png"),
    b"\xff\xd8\xff": ("image/jpeg", ".jpg"),
}
_EPUB_MARK = b"mimetypeapplication/epub+zip"


def document_kind(path: Path) -> tuple[str, str] | None:
    """Media type and ending of a PDF or an EPUB, by its content; None for any other file.

    Raises Fault FILE_UNREADABLE."""
    try:
        with path.open("rb") as stream:
            head = stream.read(80)
    except OSError as error:
        raise Fault(Trouble.FILE_UNREADABLE, where=str(path)) from error
    for mark, kind in _KINDS.items():
        if head.startswith(mark) and (mark == b"%PDF-" or _EPUB_MARK in head):
            return kind
    return None


def _picture_kind(path: Path) -> tuple[str, str] | None:
    with path.open("rb") as stream:
        head = stream.read(8)
    return next((kind for mark, kind in _PICTURES.items() if head.startswith(mark)), None)


def keep(session: Session, where: str, path: Path) -> tuple[str, str, int]:
    """Keep the content of a PDF, an EPUB or a picture that proves something: its hash, media
    type and size.

    Raises Refusal FILE_MISSING, NOT_DIGITAL (neither, or too large); Fault FILE_UNREADABLE,
    DISK_FULL."""
    if not path.is_file():
        raise Refusal(Reason.FILE_MISSING, path=str(path))
    kind, size = document_kind(path) or _picture_kind(path), path.stat().st_size
    if kind is None or size > LARGEST:
        raise Refusal(Reason.NOT_DIGITAL, path=path.name, largest=LARGEST >> 20)
    return put(session, where, path), kind[0], size


def folder_of(where: str) -> Path | None:
    """Where the files of a library lie; None for one on a server."""
    return None if engines.is_url(where) else Path(where + ".files")


def _place(folder: Path, sha256: str, ending: str) -> Path:
    return folder / sha256[:2] / f"{sha256}{ending}"


def _ending(media_type: str) -> str:
    return dict([*_KINDS.values(), *_PICTURES.values()]).get(media_type, "")


def put(session: Session, where: str, path: Path) -> str:
    """Take the content of a file into the library at `where`; its hash. Raises Fault DISK_FULL."""
    with _unwritable(where):
        sha256 = _hash(path)
        folder = folder_of(where)
        if folder is None:
            known = select(AttachmentContent.sha256).where(AttachmentContent.sha256 == sha256)
            if session.execute(known).first() is None:
                session.execute(
                    insert(AttachmentContent).values(sha256=sha256, content=path.read_bytes())
                )
            return sha256
        kind = document_kind(path) or _picture_kind(path)
        target = _place(folder, sha256, kind[1] if kind else "")
        _copy_whole(path, target)
        return sha256


def _hash(path: Path) -> str:
    made = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            made.update(block)
    return made.hexdigest()


def _copy_whole(source: Path, target: Path) -> None:
    """A file is in its place whole or not at all."""
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(target) as partial:
        shutil.copyfile(source, partial)


@contextmanager
def _unwritable(where: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        with engines.world(where):
            raise error


def fetch(session: Session, where: str, sha256: str, media_type: str, name: str) -> Path:
    """Where the content lies for a viewer. Raises Fault FILE_UNREADABLE."""
    ending = _ending(media_type)
    folder = folder_of(where)
    if folder is not None:
        kept = _place(folder, sha256, ending)
        if kept.is_file() and _hash(kept) == sha256:
            return kept
    content = session.execute(
        select(AttachmentContent.content).where(AttachmentContent.sha256 == sha256)
    ).scalar()
    if content is None or hashlib.sha256(content).hexdigest() != sha256:
        raise Fault(Trouble.FILE_UNREADABLE, where=name)
    shown = Path(tempfile.gettempdir()) / "selasar" / f"{sha256}{ending}"
    shown.parent.mkdir(parents=True, exist_ok=True)
    shown.write_bytes(content)
    return shown


def copy_files(source: Path, target: Path) -> int:
    """Copy what one folder of files has and the other lacks; how many were copied."""
    copied = 0
    for path in sorted(source.glob("*/*")) if source.is_dir() else ():
        place = target / path.parent.name / path.name
        if path.suffix != ".partial" and not place.exists():
            _copy_whole(path, place)
            copied += 1
    return copied


def beside_backup(backup: Path) -> Path:
    """The folder of files that all backups in a place share: each file lies there once."""
    return backup.parent / "selasar.files"


def referenced(connection: Connection) -> dict[str, tuple[str, str]]:
    """Every file that something in the library tells of: by hash its media type and name."""
    found: dict[str, tuple[str, str]] = {}
    for record in (Attachment, Evidence):
        wanted = select(record.sha256, record.media_type, record.name)
        for sha256, media_type, name in connection.execute(
            wanted.where(record.sha256 != "").order_by(record.id)
        ):
            found.setdefault(sha256, (media_type, name))
    return found


def copy_out(
    connection: Connection, where: str, sha256: str, media_type: str, to: Path
) -> Path | None:
    """Copy one file of the library at `where` into a folder of files; its path there, or None
    where it is gone or damaged. Raises OSError."""
    folder, target = folder_of(where), _place(to, sha256, _ending(media_type))
    if folder is not None:
        kept = _place(folder, sha256, _ending(media_type))
        if not kept.is_file() or _hash(kept) != sha256:
            return None
        _copy_whole(kept, target)
        return target
    content = connection.execute(
        select(AttachmentContent.content).where(AttachmentContent.sha256 == sha256)
    ).scalar()
    if content is None or hashlib.sha256(content).hexdigest() != sha256:
        return None
    target.parent.mkdir(parents=True, exist_ok=True)
    write_whole(target, content)
    return target


def copy_in(connection: Connection, where: str, path: Path) -> None:
    """Bring one file of such a folder into the library at `where`. Raises OSError."""
    folder = folder_of(where)
    if folder is not None:
        _copy_whole(path, _place(folder, path.stem, path.suffix))
        return
    known = select(AttachmentContent.sha256).where(AttachmentContent.sha256 == path.stem)
    if connection.execute(known).first() is None:
        values = {"sha256": path.stem, "content": path.read_bytes()}
        connection.execute(insert(AttachmentContent).values(**values))


def into_server(connection: Connection, where: str, source: Path) -> None:
    """Bring the files of a backup into a library on a server."""
    wanted = referenced(connection)
    for path in sorted(source.glob("*/*")) if source.is_dir() else ():
        if path.stem in wanted:
            copy_in(connection, where, path)
