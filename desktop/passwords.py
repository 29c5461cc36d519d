"""Passwords in the keyring of this PC's system: never in the library, nor in a file of ours.

Where the system has no keyring (a bare Linux) a password is kept until the program closes.
"""

from __future__ import annotations

import logging

SERVICE = "Selasar"
_kept_here: dict[str, str] = {}


def keep(name: str, password: str) -> bool:
    """Keep it, or with "" forget it. False where it lasts only until the program closes."""
    import keyring
    from keyring.errors import KeyringError, PasswordDeleteError

    _kept_here.pop(name, None)
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
    import keyring
    from keyring.errors import KeyringError

    if name in _kept_here:
        return _kept_here[name]
    try:
        return keyring.get_password(SERVICE, name) or ""
    except (KeyringError, OSError, RuntimeError) as error:
        logging.getLogger("selasar").warning("keyring: %s", error)
        return ""


def forget_session() -> None:
    """Let go of what lasts only until the program closes."""
    _kept_here.clear()
