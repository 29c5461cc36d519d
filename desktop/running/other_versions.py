"""Says when desks of one server run different versions of the program."""

from __future__ import annotations

from database.library import Library
from desktop import __version__
from desktop.window import MainWindow
from desktop.words.language import _


def tell(window: MainWindow, library: Library) -> None:
    """Two versions on one server work together until the newer one has to change the library."""
    others = [desk for desk in library.other_programs() if desk.version != __version__]
    if others:
        said = _(
            "This PC has Selasar {version}, others have another one: {desks}. Bring all to the "
            "newest one the same day."
        )
        told = said.format(version=__version__, desks=", ".join(map(str, others)))
        window.current().notice.look(told)
