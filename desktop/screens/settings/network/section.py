"""The switch of the catalogue on the network: off until somebody switches it on."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from database.library import Session
from database.policy import settings
from database.rights import Right
from database.wards import asking
from desktop import background, pc
from desktop.program import Program
from desktop.screen import Screen
from desktop.screens.settings.section import Section
from desktop.web.door import EVERYWHERE, HERE, own_address
from desktop.widgets.buttons import Button
from desktop.widgets.card import Band
from desktop.widgets.form import CheckBox, Choice, Field, Form
from desktop.widgets.qr import Qr
from desktop.widgets.text import label
from desktop.words.language import _, ngettext, number

LOOK_MS = 5_000
_LAST_PORT = 65_535
_OF_PC: dict[str, pc.Choice[Any]] = {
    "on": pc.WEB_ON,
    "bound": pc.WEB_ADDRESS,
    "port": pc.WEB_PORT,
}
_OF_LIBRARY: dict[str, settings.Choice[Any]] = {
    "address": settings.WEB_ADDRESS,
    "wards": settings.WARDS_ASK,
    "readers": settings.READERS_ANSWER,
}


class NetworkSection(Section):
    """Each choice holds at once; whoever may not change settings changes nothing here."""

    def __init__(self, screen: Screen, program: Program) -> None:
        hint = _(
            "Readers search with their telephones and wards ask from where they are, in the "
            "network of the hospital. No name of a reader can be seen there. This PC serves it "
            "while Selasar is open."
        )
        super().__init__(screen, _("Catalogue on the network"), hint)
        self.program = program
        self.form = Form(
            [
                CheckBox("on", _("Serve the catalogue from this PC")),
                [
                    Choice("bound", _("Answers at"), options=self._bounds()),
                    Field("port", _("Port"), check=_port),
                ],
                Field(
                    "address",
                    _("Address on posters"),
                    help=_("What readers type; as it stands below where nothing is written."),
                ),
                CheckBox("wards", _("Wards may ask with the PIN on their card")),
                CheckBox("readers", _("Readers may answer the survey and sign in as visitors")),
            ]
        )
        self.form.changed.connect(self._choose)
        self.form.left.connect(self._keep_address)
        self.told, self.qr = Band(), Qr(150)
        self.shown = label("", "cardTitle", wrap=True)
        self.hint = label("", "muted", wrap=True)
        self.body.addWidget(self.form)
        self.body.addWidget(self.told)
        self.body.addWidget(self._way())
        self.body.addStretch(1)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.show_state)
        self._task: background.Task | None = None

    def _way(self) -> QWidget:
        side = QVBoxLayout()
        side.setSpacing(6)
        side.addWidget(self.shown)
        side.addWidget(self.hint)
        print_button = Button(_("Posters and cards…"), self._print, icon="printer")
        row = QHBoxLayout()
        row.addWidget(print_button)
        row.addStretch(1)
        side.addLayout(row)
        side.addStretch(1)
        whole = QHBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(16)
        whole.addWidget(self.qr)
        whole.addLayout(side, 1)
        held = QWidget()
        held.setLayout(whole)
        return held

    def _bounds(self) -> list[tuple[str, str]]:
        own = own_address()
        listed = [(EVERYWHERE, _("every address of this PC"))]
        if own != HERE:
            listed.append((own, own))
        listed.append((HERE, _("this PC alone")))
        kept = self.program.pc.get(pc.WEB_ADDRESS)
        return listed if kept in dict(listed) else [*listed, (kept, kept)]

    def load(self) -> None:
        """Show what holds."""
        if self.form.is_dirty():
            return

        def kept(session: Session) -> dict[str, Any]:
            return {key: settings.get(session, one) for key, one in _OF_LIBRARY.items()}

        of_pc = {key: self.program.pc.get(one) for key, one in _OF_PC.items()}
        of_pc["port"] = str(of_pc["port"])
        self.form.set_values({**of_pc, **self.program.read(kept)})
        self.show_state()

    def showEvent(self, event: Any) -> None:
        """Who looks is counted while this is in sight."""
        super().showEvent(event)
        self.show_state()
        self._timer.start()

    def hideEvent(self, event: Any) -> None:
        """And no longer."""
        self._timer.stop()
        super().hideEvent(event)

    def _choose(self, key: str) -> None:
        if key == "address" or key in self.form.errors():
            return
        if not self.program.allows(self.owner, Right.SETTINGS):
            self.form.mark_clean()
            self.load()
            return
        value = int(self.form.value(key)) if key == "port" else self.form.value(key)
        if key in _OF_PC:
            self.program.pc.put(_OF_PC[key], value)
            self._turn()
        else:
            self._put(key, value)
        self.form.mark_clean()

    def _put(self, key: str, value: Any) -> None:
        now = self.program.now()

        def act(session: Session) -> int | None:
            if key == "wards":
                return asking.let(session, bool(value), now)
            return settings.change(session, _OF_LIBRARY[key], value, now)

        self.program.attempt(self.owner, act)

    def _keep_address(self, key: str) -> None:
        if key == "address":
            self._put("address", str(self.form.value("address") or "").strip().rstrip("/"))
            self.form.mark_clean()

    def _turn(self) -> None:
        """Open or close it as is chosen now, off this thread: who looks is let finish."""
        door = self.program.door
        if door is None or self._task is not None:
            return
        act = door.open if self.program.pc.get(pc.WEB_ON) else door.stop
        self._task = background.run(
            lambda _report, _stop: act(),
            lambda _done: self._turned(),
            lambda _error: self._turned(),
        )

    def _turned(self) -> None:
        self._task = None
        door = self.program.door
        if door is not None and door.address and not self.form.value("address"):
            self.form.set_values({"address": door.address})
            self._put("address", door.address)
            self.form.mark_clean()
        self.show_state()

    def show_state(self) -> None:
        """Whether it is open, where, and how many look."""
        door = self.program.door
        address = door.address if door is not None else ""
        if door is not None and door.trouble:
            self.told.set(door.trouble, "bad")
        elif address:
            looking = door.looking() if door is not None else 0
            text = ngettext("Open; {n} is looking now.", "Open; {n} are looking now.", looking)
            self.told.set(text.format(n=number(looking)), "good")
        else:
            self.told.set(_("Closed: nobody reaches the catalogue by the network."), "plain")
        self.shown.setText(address)
        self.qr.show_text(address)
        self.qr.setVisible(bool(address))
        self.hint.setText(
            _("Point a telephone in the same network at the square, or type the address.")
            if address
            else ""
        )

    def _print(self) -> None:
        self.owner.leave_for.emit("printing", "papers")

    def focus_first(self) -> None:
        """The switch."""
        self.form.focus("on")


def _port(text: str) -> str | None:
    """A port is written without a full stop for thousands, as it stands in an address."""
    known = text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= _LAST_PORT
    return None if known else _("from 1 to 65535")
