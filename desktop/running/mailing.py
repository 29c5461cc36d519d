"""Sends the e-mails that wait, through the hospital's account, while the program runs.

Off the GUI thread, one after the other, at whatever hour: an e-mail wakes nobody, and whoever
asked for it did so while the library was open. Where the account is off, or its password is
not known to this PC, all waits.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from database.library import Library, Session
from database.patrons import mail_queue
from database.patrons.mail_queue import Claimed
from database.policy import settings
from database.refusal import Fault, Refusal
from desktop import background, passwords
from desktop.program import Program

if TYPE_CHECKING:
    from database.exchange.smtp import Account, Unsent

EVERY_MS = 20_000


class Mailing(QObject):
    """Lives as long as the program; `looked` after each look at what waits."""

    looked = Signal()

    def __init__(self, program: Program, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._program = program
        self.task: background.Task | None = None
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def stop(self) -> None:
        """Before the program closes: the e-mail just being sent is sent, no other."""
        self._timer.stop()
        if self.task is not None:
            self.task.cancel()

    def look(self) -> None:
        """Send what waits, unless it is being sent already."""
        if self.task is not None:
            return
        library, now = self._program.library, self._program.now

        def work(_report: background.Report, stop: Callable[[], bool]) -> None:
            send_waiting(library, now, stop)

        self.task = background.run(work, lambda _done: None, _failed, ended=self._ended)

    def _ended(self) -> None:
        self.task = None
        self.looked.emit()


def password_name(user: str, host: str) -> str:
    """Under which name the password of an account is kept."""
    return f"{user}@{host}"


def account(session: Session) -> Account | None:
    """The hospital's account as set, without its password; None while none is in use."""
    if not settings.get(session, settings.MAIL_ON):
        return None
    # How e-mail is sent is read where it is sent, not at every start.
    from database.exchange.smtp import Account

    return Account(
        host=settings.get(session, settings.MAIL_HOST),
        port=settings.get(session, settings.MAIL_PORT),
        security=settings.get(session, settings.MAIL_SECURITY),
        user=settings.get(session, settings.MAIL_USER),
        name=settings.get(session, settings.MAIL_NAME),
        sender=settings.get(session, settings.MAIL_SENDER),
    )


def send_waiting(
    library: Library, now: Callable[[], datetime], stop: Callable[[], bool] = lambda: False
) -> int:
    """Send all that waits, and tell how many were sent; at the first trouble of the account
    itself the rest waits for the next time."""
    with library.reading() as session:
        known = account(session)
        waits = known is not None and mail_queue.waits(session, now())
    if known is None or not waits:
        return 0
    password = passwords.read(password_name(known.user, known.host)) if known.user else ""
    if known.user and not password:
        return 0
    whole = with_password(known, password)
    sent = 0
    while not stop():
        with library.transaction() as session:
            mail = mail_queue.claim(session, now())
        if mail is None:
            break
        trouble = _sent(library, whole, mail, now)
        sent += trouble == ""
        if trouble == "account":
            break
    return sent


def with_password(known: Account, password: str) -> Account:
    """The account, able to sign in."""
    return replace(known, password=password)


def _sent(library: Library, known: Account, mail: Claimed, now: Callable[[], datetime]) -> str:
    """Why it was not sent, "" where it was; either is noted."""
    from database.exchange import smtp

    letter = smtp.Letter(mail.address, mail.subject, mail.body, f"selasar-{mail.mark}")
    try:
        smtp.send(known, letter, now())
    except smtp.Unsent as told:
        logging.getLogger("selasar").warning("mail %s: %s", mail.id, told.why)
        with library.transaction() as session:
            _note(session, mail.id, told, now())
        return told.why
    with library.transaction() as session:
        mail_queue.was_sent(session, mail.id, now())
    return ""


def _note(session: Session, mail_id: int, told: Unsent, now: datetime) -> None:
    if told.why == "doubtful":
        mail_queue.is_doubtful(session, mail_id, told.said)
    elif told.why == "account":
        mail_queue.was_not_asked(session, mail_id, told.said, now)
    else:
        mail_queue.was_refused(session, mail_id, told.said, now, again=told.why == "later")


def _failed(error: Exception) -> None:
    """Quiet work fails quietly: it is tried again soon; only a mistake of ours is shown."""
    if not isinstance(error, Refusal | Fault):
        raise error
    logging.getLogger("selasar").warning("mail: %s", error)
