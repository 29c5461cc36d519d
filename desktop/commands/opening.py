"""Opening the library that a subcommand names, as whoever runs it."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from datetime import UTC, datetime

from database.accounts import accounts, signing
from database.library import Library
from database.refusal import Reason, Refusal
from database.rights import Right
from desktop.words.language import _

ACCOUNT, SECRET = "SELASAR_ACCOUNT", "SELASAR_PIN"
"""Where a script that runs by itself says who it is; a PIN is never an argument."""


def opened(chosen: argparse.Namespace, *, asks: bool = True) -> Library:
    """The library of `--library`. Where it asks who works, `--as` says it, and the PIN is asked
    or stands in SELASAR_PIN. Without `asks` nothing is done for which one has to be somebody.

    Raises what `Library.open` does; Refusal NOT_ALLOWED, WRONG_SECRET, TOO_MANY_TRIES.
    """
    library = Library.open(chosen.library)
    try:
        if asks:
            sign_in(library, chosen.account)
    except BaseException:
        library.close()
        raise
    return library


def sign_in(library: Library, account: str | None) -> None:
    """As whom this is done, where the library asks."""
    with library.reading() as session:
        if not accounts.is_on(session):
            return
    name = account or os.environ.get(ACCOUNT, "")
    if not name:
        raise Refusal(Reason.NOT_ALLOWED, right=Right.LOOK, signed_in=False)
    library.account = signing.sign_in(library, name, _secret(name), datetime.now(UTC))


def _secret(name: str) -> str:
    secret = os.environ.get(SECRET)
    if secret is None and sys.stdin.isatty():
        return getpass.getpass(_("PIN of {name}: ").format(name=name))
    return secret or ""
