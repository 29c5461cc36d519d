"""Files and links that belong to a title, and each time one was opened."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from database.schema.base import Base


class Attachment(Base):
    """A file, known by the SHA-256 of its content, or a link (`url`)."""

    __tablename__ = "attachment"
    __table_args__ = (CheckConstraint("(sha256 = '') <> (url = '')", name="file_or_link"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    biblio_id: Mapped[int] = mapped_column(ForeignKey("biblio.id"), index=True)
    name: Mapped[str]
    url: Mapped[str] = mapped_column(default="")
    sha256: Mapped[str] = mapped_column(default="")
    media_type: Mapped[str] = mapped_column(default="")
    size: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]


class AttachmentContent(Base):
    """The bytes of a file where the library is on a server; beside a library that is one file
    they lie in a folder."""

    __tablename__ = "attachment_content"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class DigitalUse(Base):
    """One opening of a file or link; counted for the yearly figures, with no person."""

    __tablename__ = "digital_use"

    id: Mapped[int] = mapped_column(primary_key=True)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"))
    used_at: Mapped[datetime]
    used_on: Mapped[date] = mapped_column(index=True)
