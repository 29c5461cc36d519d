"""Start: a subcommand works without a window, anything else opens it."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import MutableMapping, Sequence

from desktop.commands.subcommands import ROOMS


def drop_foreign_zone(environment: MutableMapping[str, str], platform: str) -> None:
    """Let the PC's own time zone hold on Windows where TZ names one of the IANA's.

    Windows' C library reads TZ before the registry and takes "Asia/Jakarta" for a zone "Asi" at
    Greenwich: shells such as Git's set it so, and every loan would be seven hours off.
    """
    if platform == "win32" and "/" in environment.get("TZ", ""):
        del environment["TZ"]


def main(arguments: Sequence[str] | None = None) -> int:
    """The program `selasar`; returns its exit code."""
    # A frozen program is also started as the second process of an import.
    multiprocessing.freeze_support()
    drop_foreign_zone(os.environ, sys.platform)
    given = list(sys.argv[1:] if arguments is None else arguments)
    if ROOMS.keys() & set(given) or {"-h", "--help", "--version"} & set(given):
        from desktop.commands import run

        return run(given)
    return opened(given)


def opened(given: Sequence[str]) -> int:
    """The window. What is read for it stays: looking through all of that again and again for what
    could go takes a tenth of the start."""
    gc.disable()
    from desktop.application import start

    gc.enable()
    return start(given)


if __name__ == "__main__":
    sys.exit(main())
