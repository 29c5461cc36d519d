"""Which programs have a library open on a server, and of which version each is.

A server knows it by the name each connection gives itself, so nothing is kept and a desk that has
gone is gone. A file is open at one PC alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import Engine, text

LONGEST = 63
"""Bytes of a connection's name (PostgreSQL, NAMEDATALEN - 1)."""
_KNOWN_AS = re.compile(r"Selasar (\d+(?:\.\d+)*) (.*)")
_CONNECTED = text(
    "SELECT DISTINCT application_name FROM pg_stat_activity"
    " WHERE datname = current_database() AND application_name LIKE 'Selasar %'"
    " ORDER BY application_name"
)


@dataclass(frozen=True, slots=True)
class Desk:
    """A program on a PC of this name."""

    name: str
    version: str

    @property
    def known_as(self) -> str:
        """What its connections are called; "" for one that does not tell."""
        if not self.version:
            return ""
        # A server takes only what it can print (ASCII), and cuts the rest itself.
        plain = self.name.encode("ascii", "replace").decode()
        return f"Selasar {self.version} {plain}"[:LONGEST]

    def __str__(self) -> str:
        return f"{self.name} ({self.version})"


NOBODY = Desk("", "")


def others(engine: Engine, own: Desk) -> list[Desk]:
    """Everyone but `own` who has the library of `engine` open."""
    if engine.dialect.name != "postgresql":
        return []
    with engine.connect() as connection:
        names = connection.execute(_CONNECTED).scalars().all()
    read = [_KNOWN_AS.fullmatch(name) for name in names if name != own.known_as]
    return [Desk(found[2], found[1]) for found in read if found]
