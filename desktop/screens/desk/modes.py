"""Ways in which the desk takes the next scan otherwise: read here, the return box, wrong person."""

from __future__ import annotations

from collections.abc import Callable

from database.circulation import desk_mending, in_house, lending
from database.circulation.lending import Done
from database.library import Session
from database.refusal import Fault, Refusal
from desktop.screen import Key
from desktop.screens.desk.host import Desk
from desktop.screens.desk.rows import returned_text
from desktop.widgets.buttons import Button
from desktop.words.language import _, date_short
from desktop.words.sentences import shorten


class Modes:
    """At most one of them is on; `takes(code)` is asked before the desk's own way."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._program = desk, desk.program
        self._moving = ""
        self._on = ""
        self.here = Button(_("Read here"), self.read_here, key="read_here")
        self.box = Button(_("Return box"), self.return_box, key="box")

    def keys(self) -> list[Key]:
        """Their keys."""
        return [
            Key("read_here", _("Count a copy read here"), self.read_here),
            Key("box", _("Empty the return box: every scan comes back"), self.return_box),
            Key("move_loan", _("The chosen loan was another's…"), self.wrong_person),
        ]

    def off(self) -> None:
        """Back to the desk's own way."""
        self._turn("")

    def _turn(self, mode: str, told: str = "") -> None:
        self._on = mode
        self.here.set_kind("primary" if mode == "here" else "outlined")
        self.box.set_kind("primary" if mode == "box" else "outlined")
        if told:
            self._desk.notice.look(told)
        self._desk.focus_first()

    def read_here(self) -> None:
        """F6: the next copy scanned is counted as read here; pressed again, it is not."""
        if self._on == "here":
            self._desk.notice.clear()
            self.off()
            return
        self._turn("here", _("Scan the copy that is read here; F6 again to stop."))

    def return_box(self) -> None:
        """Ctrl+B: every scan is a return, and says where the copy goes; again to stop."""
        if self._on == "box":
            self._desk.notice.clear()
            self.off()
            return
        self._desk.finish()
        self._turn("box", _("Scan one after the other; each says where it goes. Ctrl+B to stop."))

    def wrong_person(self) -> None:
        """Ctrl+M: the chosen loan goes to whom the next card belongs."""
        row = self._desk.chosen()
        if row is None:
            self._desk.notice.look(_("Open the card it stands on and choose the loan first."))
            return
        self._moving = row["barcode"]
        told = _("Scan the right card for “{title}”; Esc leaves it.")
        self._turn("move", told.format(title=shorten(row["title"], 50)))

    def takes(self, code: str) -> bool:
        """Whether a mode is on; then the scan was its own."""
        ways: dict[str, Callable[[str], None]] = {
            "here": self._read_here,
            "box": self._from_box,
            "move": self._move,
        }
        if self._on not in ways:
            return False
        ways[self._on](code)
        return True

    def _try(self, act: Callable[[Session], Done], code: str) -> Done | None:
        try:
            return self._program.write(act)
        except (Refusal, Fault) as told:
            self._desk.refuse(told, code)
            return None

    def _read_here(self, code: str) -> None:
        category = self._desk.patron.category if self._desk.patron else ""
        now = self._program.now()
        done = self._try(lambda s: in_house.use_in_house(s, code, now, category), code)
        if done is not None:
            self.off()
            self._desk.tell(done, _("Read here: {title}").format(title=shorten(done.title, 60)))

    def _from_box(self, code: str) -> None:
        now = self._program.now()
        done = self._try(lambda s: lending.check_in(s, code, now), code)
        if done is not None:
            self._desk.tell(done, returned_text(done) + self._desk.owed_by(done))

    def _move(self, code: str) -> None:
        barcode, now = self._moving, self._program.now()
        done = self._try(lambda s: desk_mending.move(s, barcode, code, now), code)
        if done is None:
            return
        self.off()
        text = _("Moved: {title} — {patron}, due {day}").format(
            title=shorten(done.title, 60),
            patron=done.patron,
            day=date_short(done.due_on) if done.due_on else "",
        )
        self._desk.tell(done, text)
