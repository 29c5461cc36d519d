"""Passwords in the keyring of this PC's system: never in the library, nor in a file of ours.

Where the system has no keyring (a bare Linux) a password is kept until the program closes.
"""

from __future__ import annotations

import logging

from database.library import joined, parted

SERVICE = "Selasar"
_kept_here: dict[str, str] = {}
_seen: dict[str, str] = {}
"""What the keyring told, so that it is not asked, and asks nobody, each minute anew."""


def keep(name: str, password: str) -> bool:
    """Keep it, or with "" forget it. False where it lasts only until the program closes."""
    import keyring
    from keyring.errors import KeyringError, PasswordDeleteError

    _kept_here.pop(name, None)
    _seen.pop(name, None)
    try:
        if password:
            keyring.set_password(SERVICE, name, password)
        elif keyring.get_password(SERVICE, name) is not None:
            keyring.delete_password(SERVICE, name)
    except PasswordDeleteError:
        return True
    except (KeyringError, OSError, RuntimeError) as error:
        logging.getLogger("selasar").warning("keyring: %s", error)
        if password:
            _kept_here[name] = password
        return not password
    return True


def read(name: str) -> str:
    """The password, "" for none."""
    found = _kept_here.get(name) or _seen.get(name)
    if found:
        return found
    import keyring
    from keyring.errors import KeyringError

    try:
        found = keyring.get_password(SERVICE, name)
        if found:
            _seen[name] = found
        return found or ""
    except (KeyringError, OSError, RuntimeError) as error:
        logging.getLogger("selasar").warning("keyring: %s", error)
        return ""


def forget_session() -> None:
    """Let go of what is known beside the keyring."""
    _kept_here.clear()
    _seen.clear()


def whole(where: str) -> str:
    """An address with the password this PC keeps for it, where it has none of its own."""
    bare, password = parted(where)
    return where if password or bare is None else joined(bare, read(f"server:{bare}"))


def put_away(where: str) -> str:
    """An address without its password, which the keyring has by now, or this program until it
    closes."""
    bare, password = parted(where)
    if bare is None or not password:
        return where
    keep(f"server:{bare}", password)
    return bare
