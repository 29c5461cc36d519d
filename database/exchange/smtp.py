"""Sending one e-mail through the hospital's own account (SMTP, RFC 5321).

The answer that matters is the one behind the text: where it is missing nobody knows whether the
e-mail was taken, and it is not sent again by itself.
"""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr

STARTTLS, SSL, NONE = "starttls", "ssl", "none"
SECURITIES = (STARTTLS, SSL, NONE)
TIMEOUT_S = 20


@dataclass(frozen=True, slots=True)
class Account:
    """Where e-mails are handed in, and whom they are from. Without a `user` nobody signs in."""

    host: str
    port: int
    security: str
    user: str
    name: str
    sender: str
    password: str = field(default="", repr=False)


class Unsent(Exception):  # noqa: N818 - reads as a sentence where it is caught
    """It was not sent, or perhaps was. `why` is one of

    - "account": the post was not reached, or does not let us in; the e-mail itself is whole;
    - "later": the post says to try again (a full box, greylisting);
    - "never": it will not take this e-mail, so written or so addressed;
    - "doubtful": the answer behind the text is missing.

    `said` is what the post answered, or what went wrong on the way."""

    def __init__(self, why: str, said: str) -> None:
        super().__init__(f"{why}: {said}")
        self.why, self.said = why, said


@dataclass(frozen=True, slots=True)
class Letter:
    """One e-mail. `mark` is its name at the post, the same each time it is tried."""

    address: str
    subject: str
    body: str
    mark: str


def send(account: Account, letter: Letter, now: datetime, timeout: float = TIMEOUT_S) -> None:
    """Hand it in. Raises Unsent."""
    text = _written(account, letter, now)
    try:
        server = _entered(account, timeout)
    except (OSError, smtplib.SMTPException, UnicodeError, ValueError) as error:
        raise Unsent("account", _said(error)) from error
    try:
        _hand_in(server, account.sender, letter.address, text)
    finally:
        _leave(server)


def _entered(account: Account, timeout: float) -> smtplib.SMTP:
    """A way in that is closed as wanted, signed in: the password never goes by an open one that
    was meant to be closed."""
    sure = ssl.create_default_context()
    server: smtplib.SMTP
    if account.security == SSL:
        server = smtplib.SMTP_SSL(account.host, account.port, timeout=timeout, context=sure)
    else:
        server = smtplib.SMTP(account.host, account.port, timeout=timeout)
    try:
        if account.security == STARTTLS:
            server.starttls(context=sure)
        if account.user:
            server.login(account.user, account.password)
    except BaseException:
        server.close()
        raise
    return server


def _hand_in(server: smtplib.SMTP, sender: str, address: str, text: bytes) -> None:
    try:
        _must_be_taken("account", server.mail(sender))
        _must_be_taken("never", server.rcpt(address))
    except (OSError, smtplib.SMTPException) as error:
        raise Unsent("account", _said(error)) from error
    except UnicodeError as error:
        raise Unsent("never", address) from error
    try:
        answer = server.data(text)
    except smtplib.SMTPDataError as error:
        # The post would not even hear the text.
        raise Unsent(_weight("never", error.smtp_code), _said(error)) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Unsent("doubtful", _said(error)) from error
    _must_be_taken("never", answer)


def _must_be_taken(else_: str, answer: tuple[int, bytes]) -> None:
    code, said = answer
    if not 200 <= code < 300:
        raise Unsent(_weight(else_, code), f"{code} {said.decode('utf-8', 'replace')}")


def _weight(else_: str, code: int) -> str:
    """421 closes the door on everybody, other 4xx put off this e-mail alone."""
    if code == 421:
        return "account"
    return "later" if 400 <= code < 500 and else_ == "never" else else_


def _leave(server: smtplib.SMTP) -> None:
    """Politely; what was handed in stays so, whatever the post says to it."""
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()


def _written(account: Account, letter: Letter, now: datetime) -> bytes:
    message = EmailMessage(policy=SMTP)
    domain = account.sender.rpartition("@")[2] or "localhost"
    try:
        message["From"] = formataddr((" ".join(account.name.split()), account.sender))
        message["To"] = letter.address
        message["Subject"] = " ".join(letter.subject.split())
        message["Date"] = format_datetime(now)
        message["Message-ID"] = f"<{letter.mark}@{domain}>"
        # No answering machine shall answer (RFC 3834).
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.body)
        return message.as_bytes()
    except (ValueError, LookupError) as error:
        raise Unsent("never", _said(error)) from error


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        return f"{error.smtp_code} {words}"
    return str(error) or type(error).__name__
