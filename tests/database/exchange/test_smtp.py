"""Handing in an e-mail to a real server, and what its answers mean."""

from __future__ import annotations

import email
import email.policy

import pytest

from database.exchange import smtp
from database.exchange.smtp import Account, Letter, Unsent
from tests.libraries import NOW
from tests.servers import free_port

LETTER = Letter(
    "rina@rs.go.id", "Pengingat: “Ilmu\nKebidanan”", "Yth. Ns. Rina,\n.titik — é\n", "m-1"
)


def account(port, security="none", user="", sender="perpus@rs.go.id", password="rahasia"):
    return Account("127.0.0.1", port, security, user, "Perpustakaan RSUD", sender, password)


def why(post, **more):
    with pytest.raises(Unsent) as told:
        smtp.send(account(post.port, **more), LETTER, NOW)
    return told.value.why


def test_it_arrives_as_it_was_written(post):
    smtp.send(account(post.port, user="perpus"), LETTER, NOW)
    (text,) = post.taken
    seen = email.message_from_bytes(text, policy=email.policy.default)
    assert seen["Subject"] == "Pengingat: “Ilmu Kebidanan”"
    assert seen["From"] == "Perpustakaan RSUD <perpus@rs.go.id>"
    assert seen["To"] == "rina@rs.go.id"
    assert seen["Message-ID"] == "<m-1@rs.go.id>"
    assert seen["Auto-Submitted"] == "auto-generated"
    assert seen.get_content().splitlines()[:2] == ["Yth. Ns. Rina,", ".titik — é"]
    assert any(line.startswith("AUTH PLAIN") for line in post.heard)


@pytest.mark.parametrize(
    ("word", "answer", "wanted"),
    [
        ("AUTH", "535 wrong password", "account"),
        ("MAIL", "550 not from here", "account"),
        ("MAIL", "421 closing", "account"),
        ("RCPT", "450 greylisted", "later"),
        ("RCPT", "421 closing", "account"),
        ("RCPT", "550 nobody of this name", "never"),
        ("RCPT", "", "account"),
        ("DATA", "451 later", "later"),
        ("DATA", "554 no", "never"),
        ("TEXT", "452 full", "later"),
        ("TEXT", "554 spam", "never"),
        ("TEXT", "", "doubtful"),
    ],
)  # fmt: skip
def test_what_an_answer_means(post, word, answer, wanted):
    post.answers[word] = answer
    assert why(post, user="perpus") == wanted


def test_the_password_never_goes_an_open_way_that_was_to_be_closed(post):
    assert why(post, security="starttls", user="perpus") == "account"
    assert not any(line.startswith("AUTH") for line in post.heard)
    assert why(post, security="ssl", user="perpus") == "account"


def test_nobody_at_home():
    with pytest.raises(Unsent) as told:
        smtp.send(account(free_port()), LETTER, NOW)
    assert told.value.why == "account"


def test_an_address_in_other_letters_is_told_and_not_sent(post):
    with pytest.raises(Unsent) as told:
        smtp.send(account(post.port), Letter("rína@rs.go.id", "x", "y", "m"), NOW)
    assert (told.value.why, post.taken) == ("never", [])


def test_the_password_is_in_no_words_of_the_account(post):
    assert "rahasia" not in repr(account(post.port, user="perpus"))
