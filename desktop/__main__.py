"""Start: a subcommand works without a window, anything else opens it."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Sequence

from desktop.commands.subcommands import ROOMS


def main(arguments: Sequence[str] | None = None) -> int:
    """The program `selasar`; returns its exit code."""
    # A frozen program is also started as the second process of an import.
    multiprocessing.freeze_support()
    given = list(sys.argv[1:] if arguments is None else arguments)
    if ROOMS.keys() & set(given) or {"-h", "--help", "--version"} & set(given):
        from desktop.commands import run

        return run(given)
    from desktop.application import start

    return start(given)


if __name__ == "__main__":
    sys.exit(main())
