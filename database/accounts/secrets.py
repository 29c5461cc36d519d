"""PINs, passwords and the recovery code: kept as Argon2 keeps them, never to be read again."""

from __future__ import annotations

import re
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from database.refusal import Reason, Refusal

LEAST, MOST = 4, 128
"""Signs of a PIN or password. Tries are few, and the library lies behind the PC's own sign-in."""
_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_GROUPS, _GROUP = 5, 4
PROFILE = RFC_9106_LOW_MEMORY
"""How much work a guess is (RFC 9106, section 4)."""
_HASHER = PasswordHasher.from_parameters(PROFILE)
_RUNS = "01234567890 09876543210"


def hashed(secret: str) -> str:
    """As it is kept. Raises Refusal SECRET_WEAK for one that anybody tries first."""
    plain = secret.strip()
    if not LEAST <= len(plain) <= MOST or len(set(plain)) < 2 or plain in _RUNS:
        raise Refusal(Reason.SECRET_WEAK, least=LEAST)
    return _HASHER.hash(plain)


def fits(kept: str, secret: str) -> bool:
    """Whether that is it."""
    try:
        return bool(kept) and _HASHER.verify(kept, secret.strip()[: MOST + 1])
    except (VerificationError, InvalidHashError):
        return False


def new_recovery() -> str:
    """A code for the safe: a hundred bits, in signs that are not taken for one another."""
    groups = ("".join(secrets.choice(_SIGNS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def as_recovery(said: str) -> str:
    """A recovery code as it is compared, however it was typed."""
    return re.sub(r"[^0-9A-Z]", "", said.upper())
