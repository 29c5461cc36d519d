"""Who works with the library, where it asks for that."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from database.schema.base import Base, Key


class Account(Base):
    """Somebody of the staff. `roles` are words of `database.rights.Role` with commas between;
    `secret` is a PIN or password as Argon2 keeps it, "" until one is chosen; `card` is the code
    of a card that may be scanned instead of the name. `wrong` counts wrong tries in a row."""

    __tablename__ = "account"
    __table_args__ = (CheckConstraint("roles <> ''", name="roles"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(Key, unique=True)
    roles: Mapped[str]
    secret: Mapped[str] = mapped_column(default="")
    card: Mapped[str | None] = mapped_column(Key, unique=True)
    wrong: Mapped[int] = mapped_column(default=0)
    wrong_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
