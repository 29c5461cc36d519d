"""Where a library lies on a server, with its password apart: an address may be shown, written into
this PC's settings or on a command line; the password lies in the system's keyring, and where a PC
has none it is asked each time the program starts."""

from __future__ import annotations

from database.library import joined, parted
from desktop import passwords


def whole(where: str) -> str:
    """An address with the password this PC keeps for it, where it has none of its own."""
    bare, password = parted(where)
    return where if password or bare is None else joined(bare, passwords.read(f"server:{bare}"))


def put_away(where: str) -> str:
    """An address without its password, which the keyring has by now, or this program until it
    closes."""
    bare, password = parted(where)
    if bare is None or not password:
        return where
    passwords.keep(f"server:{bare}", password)
    return bare
