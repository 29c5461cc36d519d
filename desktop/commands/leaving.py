"""A whole library out into a folder and in again, without a window."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from database.library import Library, shown
from database.storage import arriving
from desktop import __version__
from desktop.commands.opening import opened
from desktop.commands.telling import DONE, PARTLY, give, holds, progress, say
from desktop.words import leaving as words
from desktop.words.language import _


def write_all(chosen: argparse.Namespace, now: datetime) -> int:
    """`export --all DIR`."""
    say(words.before())
    library = opened(chosen)
    try:
        left = library.leave(
            chosen.all, words.Texts(), __version__, now, progress(_("Exporting everything"))
        )
    finally:
        library.close()
    value = {
        "folder": str(chosen.all),
        "rows": left.rows,
        "lists": left.lists,
        "files": left.files,
        "missing": list(left.missing),
    }
    give(chosen, value, [words.written(left, str(chosen.all))])
    return PARTLY if left.missing else DONE


def is_whole(chosen: argparse.Namespace) -> bool:
    """Whether what is to be brought in is a folder that `export --all` wrote."""
    return len(chosen.files) == 1 and arriving.is_export(chosen.files[0])


def read_all(
    chosen: argparse.Namespace,
    now: datetime,
    open_or_create: Callable[[str, datetime], tuple[Library, bool]],
    take_away: Callable[[str], None],
) -> int:
    """`import DIR` of such a folder, into a library that is new or made for it."""
    folder = chosen.files[0]
    value: dict[str, Any] = {"files": [{"file": folder.name, "kind": ["selasar"]}], "refused": []}
    if chosen.dry_run:
        found = arriving.look(folder)
        told = {"titles": "biblio", "items": "item", "patrons": "patron", "loans": "loan"}
        counts = {name: found.rows.get(table, 0) for name, table in told.items()}
        value |= {"dry_run": True, "read": sum(found.rows.values()), **counts}
    else:
        library, new = open_or_create(chosen.library, now)
        arrived = False
        try:
            found, contents = library.arrive(folder, progress(_("Importing")))
            arrived = True
        finally:
            library.close()
            if new and not arrived and library.is_file:
                take_away(chosen.library)
        counts = asdict(contents)
        value |= {"read": sum(found.rows.values()), **counts}
    give(chosen, value, [holds(counts, shown(chosen.library))])
    return DONE
