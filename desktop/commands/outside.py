"""The command line of what reaches out of the house: pages for readers, catalogues of partners."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop.words.language import _

Sub = Callable[[Any, str, str], argparse.ArgumentParser]


def options(subs: Any, sub: Sub) -> None:
    """The subcommands of both; `sub` makes one."""
    _pages(subs, sub)
    _partners(subs, sub)


def _pages(subs: Any, sub: Sub) -> None:
    one = sub(subs, "serve", _("serve the catalogue to the browsers of the house"))
    text = _("where it answers; 0.0.0.0 for every address of this PC")
    one.add_argument("--address", default="127.0.0.1", metavar="ADDRESS", help=text)
    one.add_argument(
        "--port", type=int, default=8080, metavar="N", help=_("0 for any that is free")
    )
    text = _("what the pages are called from outside, http://perpustakaan.rsud.example")
    one.add_argument("--url", default="", metavar="URL", help=text)
    text_of = _("the address of a web server that stands before it and says for whom it asks")
    one.add_argument("--proxy", default="", metavar="ADDRESS", help=text_of)
    one = sub(subs, "site", _("write the catalogue as a folder that needs no server"))
    one.add_argument("--out", type=Path, required=True, metavar="DIR")
    one.add_argument("--url", default="", metavar="URL", help=text)


def _partners(subs: Any, sub: Sub) -> None:
    text = _("fetch the catalogue of a partner, kept beside ours; without a name, list them")
    one = sub(subs, "harvest", text)
    one.add_argument("name", nargs="?", metavar="NAME", help=_("what the partner is called"))
    how = one.add_mutually_exclusive_group()
    how.add_argument("--address", metavar="URL", help=_("a new one, reached by OAI-PMH"))
    how.add_argument("--file", type=Path, metavar="FILE", help=_("its records, in a file"))
    how.add_argument(
        "--remove", action="store_true", help=_("take away what is kept of it; needs --yes")
    )
    one.add_argument("--set", default="", metavar="SET", help=_("only this part of a new one"))
    one.add_argument(
        "--whole", action="store_true", help=_("all of it, not only what changed since")
    )
    one.add_argument("--yes", action="store_true", help=_("it is meant"))
    one = sub(subs, "search-partners", _("find titles in the catalogues of partners kept here"))
    one.add_argument("words", metavar=_("WORDS"))
    one.add_argument("--limit", type=int, default=20, metavar="N")
