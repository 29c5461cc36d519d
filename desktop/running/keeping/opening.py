"""The library this PC works with: opened, asked for where it is gone, or made where there was
none."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import datetime

from database.library import Library
from database.policy import settings as choices
from database.policy.house import ProfileFacts
from database.refusal import Reason, Refusal
from database.storage.other_desks import Desk
from desktop import __version__, pc
from desktop.pc import Pc
from desktop.running.keeping import missing
from desktop.words.language import _


def open_or_create(where: str, settings: Pc, now: Callable[[], datetime]) -> Library:
    """The library at `where`; a new, empty one where a file is not there yet."""
    own = Desk(socket.gethostname(), __version__)
    try:
        library = Library.open(where, pc.backup_folder(settings), own)
    except Refusal as told:
        if told.reason is not Reason.LIBRARY_MISSING:
            raise
        if missing.was_known(where, settings):
            found = missing.ask(where, settings)
            if found is None:
                raise
            settings.put(pc.KNOWN, "" if found == where else found)
            return open_or_create(found, settings, now)
        Library.create(where, ProfileFacts(name=_("Library")), now()).close()
        library = Library.open(where, desk=own)
    library.actor = settings.get(pc.ACTOR)
    if library.is_file:
        settings.put(pc.KNOWN, where)
    with library.reading() as session:
        settings.put(pc.KNOWN_ID, choices.get(session, choices.LIBRARY_ID))
    return library
