"""The catalogue for readers: served to browsers, or written as a folder."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from database.library import Library
from desktop.commands import local_now
from desktop.commands.opening import opened
from desktop.commands.telling import DONE, give, print_json, progress, say
from desktop.words.language import _, counted


def _serve(chosen: argparse.Namespace, now: datetime) -> int:
    from desktop.web import serving
    from desktop.web.app import application
    from desktop.web.place import Place

    desk = opened(chosen)
    try:
        listening = serving.bound(chosen.address, chosen.port)
        port = listening.getsockname()[1]
        library = Library.open_to_look(chosen.library)
        try:
            place = Place(library, local_now, chosen.url, desk)
            where = chosen.url or f"http://{chosen.address}:{port}/"
            if chosen.json:
                print_json({"url": where, "port": port})
                sys.stdout.flush()
            say(_("The catalogue is at {address}; Ctrl+C ends it.").format(address=where))
            with _quiet_end():
                serving.serve(application(place), listening, chosen.proxy)
        finally:
            library.close()
    finally:
        desk.close()
    return DONE


def _site(chosen: argparse.Namespace, now: datetime) -> int:
    from desktop.web.folder import site

    library = opened(chosen)
    try:
        written = site.write(library, chosen.out, now, chosen.url, progress(_("Pages")))
    finally:
        library.close()
    text = _("{titles} in {files}: open {place}").format(
        titles=counted("titles", written.titles),
        files=counted("files", written.files),
        place=chosen.out / "index.html",
    )
    value = {"titles": written.titles, "files": written.files, "loaded": written.loaded}
    give(chosen, {**value, "folder": str(chosen.out)}, [text])
    return DONE


@contextmanager
def _quiet_end() -> Iterator[None]:
    """uvicorn hands the signal that ended it on to whoever would have had it."""
    before = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    ended = signal.signal(signal.SIGTERM, lambda _number, _frame: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        signal.signal(signal.SIGTERM, ended)


ACTS = {"serve": _serve, "site": _site}
