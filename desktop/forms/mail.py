"""The hospital's e-mail account: where e-mails are handed in, and whom they are from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from database.exchange import smtp
from database.exchange.smtp import Account, Letter, Unsent
from database.library import Session
from database.policy import house, settings
from database.text import emails
from desktop import background, passwords
from desktop.forms.part import Part
from desktop.program import Program
from desktop.running.mailing import password_name
from desktop.widgets.buttons import Button
from desktop.widgets.card import Band
from desktop.widgets.form import CheckBox, Choice, Field, Form, NumberField, SecretField
from desktop.words.language import N_, _
from desktop.words.mail import why

_CHOICES: dict[str, settings.Choice[Any]] = {
    "on": settings.MAIL_ON,
    "host": settings.MAIL_HOST,
    "port": settings.MAIL_PORT,
    "security": settings.MAIL_SECURITY,
    "user": settings.MAIL_USER,
    "name": settings.MAIL_NAME,
    "sender": settings.MAIL_SENDER,
}
_SECURITIES = {
    smtp.STARTTLS: "STARTTLS (587)",
    smtp.SSL: "SSL/TLS (465)",
    smtp.NONE: N_("none (25)"),
}
_USUAL_PORTS = {smtp.STARTTLS: 587, smtp.SSL: 465, smtp.NONE: 25}
_DOTS = "•" * 8


class MailPart(Part):
    """Off until it is switched on. `tested(text, went)` is told what became of a test e-mail."""

    tested = Signal(str, bool)

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self.form = Form(_rows())
        self.form.changed.connect(self._typed)
        self.band = Band()
        self.test_button = Button(_("Send a test e-mail to myself"), self.test)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.form)
        column.addWidget(self.band)
        row = QHBoxLayout()
        row.addWidget(self.test_button)
        row.addStretch(1)
        column.addLayout(row)
        self.only_now = False
        """Whether the password saved last lasts only until the program closes."""

    def load(self) -> None:
        """Show what the library holds; of the password only whether this PC knows one."""

        def read(session: Session) -> dict[str, Any]:
            return {key: settings.get(session, one) for key, one in _CHOICES.items()}

        known = self.program.read(read)
        kept = passwords.read(password_name(known["user"], known["host"])) if known["user"] else ""
        self.form.set_values({**known, "password": _DOTS if kept else ""})
        self._warn()

    def _typed(self, key: str) -> None:
        if key == "security":
            ports = set(_USUAL_PORTS.values())
            if self.form.value("port") in {None, *ports}:
                self.form.put("port", _USUAL_PORTS[self.form.value("security")])
        if key in ("user", "host") and self.form.value("password") == _DOTS:
            # Another account has another password.
            self.form.put("password", "")
        self._warn()
        self.changed.emit(key)

    def _warn(self) -> None:
        open_way = self.form.value("security") == smtp.NONE
        told = _("Without encryption the password and every e-mail can be read on the way.")
        self.band.set(told if open_way else "", "warn")

    def check(self) -> bool:
        """Switched on it must be whole."""
        if not self.form.validate():
            return False
        for key in ("host", "sender") if self.form.value("on") else ():
            if not self._text(key):
                self.form.show_error(key, _("needed to send e-mails"))
                self.form.focus(key)
                return False
        return True

    def save(self, session: Session) -> None:
        """Write it; the password into the keyring of this PC."""
        now, typed = self.program.now(), self.account()
        values = {
            "on": bool(self.form.value("on")),
            "host": typed.host,
            "port": typed.port,
            "security": typed.security,
            "user": typed.user,
            "name": typed.name,
            "sender": typed.sender,
        }
        for key, one in _CHOICES.items():
            settings.change(session, one, values[key], now)
        self.only_now = False
        if typed.user and self._text("password") != _DOTS:
            name = password_name(typed.user, typed.host)
            self.only_now = not passwords.keep(name, self._text("password"))

    def account(self) -> Account:
        """As it stands in the form, with its password."""
        user, host = self._text("user"), self._text("host")
        password = self._text("password")
        if password == _DOTS:
            password = passwords.read(password_name(user, host))
        security = self.form.value("security") or smtp.STARTTLS
        return Account(
            host=host,
            port=self.form.value("port") or _USUAL_PORTS[security],
            security=security,
            user=user,
            name=self._text("name"),
            sender=emails.normal(self._text("sender")),
            password=password,
        )

    def _text(self, key: str) -> str:
        return str(self.form.value(key) or "").strip()

    def test(self) -> None:
        """One e-mail from the account to itself, as it stands in the form, saved or not."""
        if not self.form.validate():
            return
        for key in ("host", "sender"):
            if not self._text(key):
                self.form.show_error(key, _("needed to send e-mails"))
                self.form.focus(key)
                return
        known, now = self.account(), self.program.now()
        library = self.program.read(house.profile).name
        words = _("This is a test e-mail. Reminders of {library} can be sent.")
        letter = Letter(
            known.sender,
            _("Test e-mail of {library}").format(library=library),
            words.format(library=library),
            f"selasar-test-{now:%Y%m%d%H%M%S}",
        )
        self.test_button.setEnabled(False)
        background.run(
            lambda _report, _stop: smtp.send(known, letter, now),
            lambda _done: self._tell_sent(known.sender),
            self._tell_unsent,
            ended=lambda: self.test_button.setEnabled(True),
        )

    def _tell_sent(self, address: str) -> None:
        told = _("The test e-mail went to {address}; look whether it arrives.")
        self.tested.emit(told.format(address=address), True)

    def _tell_unsent(self, error: Exception) -> None:
        if not isinstance(error, Unsent):
            raise error
        self.tested.emit(why(error.why, error.said), False)

    def draft(self) -> dict[str, Any]:
        """What was typed; a password is never kept in a draft."""
        return {key: value for key, value in self.form.draft().items() if key != "password"}

    def is_dirty(self) -> bool:
        """Whether something was typed, the password too."""
        return bool(self.form.draft())

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Put it back."""
        self.form.restore(draft)

    def focus_first(self) -> None:
        """The switch."""
        self.form.focus("on")


def _rows() -> list[Any]:
    ways = [(code, _(name)) for code, name in _SECURITIES.items()]
    return [
        CheckBox("on", _("The program sends e-mails by itself")),
        (
            Field("host", _("Server (SMTP)"), placeholder="mail.rsud.go.id", width=2),
            Choice("security", _("Encryption"), options=ways, width=2),
            NumberField("port", _("Port"), check=_port),
        ),
        (
            Field("user", _("User name"), placeholder=_("none: without signing in")),
            SecretField("password", _("Password")),
        ),
        (
            Field("name", _("Sender's name")),
            Field("sender", _("Sender's address"), check=_address),
        ),
    ]


def _port(port: int) -> str | None:
    return None if 1 <= port <= 65_535 else _("from 1 to 65535")


def _address(text: str) -> str | None:
    kept = emails.normal(text)
    return None if not kept or emails.is_address(kept) else _("no e-mail address")
