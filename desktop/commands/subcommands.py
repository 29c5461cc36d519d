"""Which subcommands there are, and in which room of `desktop.commands` each is carried out.

A room is imported when one of its subcommands is called: the window needs none of them."""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable
from datetime import datetime

Act = Callable[[argparse.Namespace, datetime], int]

ROOMS = {
    "import": "moving",
    "export": "titles",
    "search": "titles",
    "labels": "titles",
    "papers": "printing",
    "checkout": "desk",
    "return": "desk",
    "renew": "desk",
    "hold": "desk",
    "overdue": "desk",
    "replay": "desk",
    "patrons": "people",
    "import-patrons": "moving",
    "undo-import": "moving",
    "standards": "standards",
    "iplm": "standards",
    "month": "standards",
    "report": "keeping",
    "recap": "recap",
    "verify": "verify",
    "closed": "calendar",
    "forget": "keeping",
    "check": "keeping",
    "backup": "keeping",
    "restore": "keeping",
    "demo": "keeping",
    "serve": "serving",
    "site": "serving",
    "harvest": "harvesting",
    "search-partners": "harvesting",
}
MODULES = tuple(sorted({f"desktop.commands.{room}" for room in ROOMS.values()}))


def act_of(subcommand: str) -> Act:
    """What carries out `subcommand`; its room is imported now."""
    room = importlib.import_module(f"desktop.commands.{ROOMS[subcommand]}")
    act: Act = room.ACTS[subcommand]
    return act
