"""The catalogue on the network, served beside the program's window by threads of its own."""

from __future__ import annotations

import socket
from threading import Lock
from typing import TYPE_CHECKING

from database.library import Library
from database.refusal import Fault, Refusal
from desktop import pc
from desktop.program import Program
from desktop.web.place import Place
from desktop.words.sentences import refusal

if TYPE_CHECKING:
    from desktop.web.serving import Serving

EVERYWHERE, HERE = "0.0.0.0", "127.0.0.1"


class Door:
    """Closed until `open`; pages read through a library of their own, and what readers send goes
    through that of the program, by the rights of whoever works there."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._turn = Lock()
        self._running: Serving | None = None
        self._place: Place | None = None
        self.trouble = ""

    @property
    def address(self) -> str:
        """What it answers at on this PC; "" while it is closed."""
        if self._running is None:
            return ""
        chosen = self._program.pc.get(pc.WEB_ADDRESS)
        host = own_address() if chosen == EVERYWHERE else chosen
        return f"http://{host}:{self._running.port}"

    def open(self) -> None:
        """Serve, as this PC's settings say; what keeps it from that is its `trouble`."""
        with self._turn:
            self._close()
            try:
                self._open()
                self.trouble = ""
            except (Refusal, Fault) as told:
                self.trouble = refusal(told)

    def _open(self) -> None:
        # Late: a window that serves nothing needs no server.
        from desktop.web.app import application
        from desktop.web.serving import Serving, bound

        settings = self._program.pc
        listening = bound(settings.get(pc.WEB_ADDRESS), settings.get(pc.WEB_PORT))
        try:
            library = Library.open_to_look(self._program.library.where)
        except BaseException:
            listening.close()
            raise
        self._place = Place(library, self._program.now, desk=self._program.library)
        self._running = Serving(application(self._place), listening)
        self._running.start()

    def stop(self) -> None:
        """Serve no more."""
        with self._turn:
            self._close()

    def _close(self) -> None:
        running, place = self._running, self._place
        self._running = self._place = None
        if running is not None:
            running.stop()
        if place is not None:
            place.library.close()

    def looking(self) -> int:
        """How many look at it now."""
        return self._place.visitors.count() if self._place is not None else 0


def own_address() -> str:
    """The address of this PC in its network; that of itself alone where it is in none. Nothing is
    sent for it: the system only says which way a packet would go."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        try:
            way.connect(("192.0.2.1", 9))
        except OSError:
            return HERE
        return str(way.getsockname()[0])
