"""Passwords stay in the system's keyring, or where there is none, in this run alone."""

from __future__ import annotations

from keyring.backends.fail import Keyring as NoKeyring

from desktop import passwords
from tests.keyrings import InMemory, ring  # noqa: F401


def test_a_password_is_kept_read_and_forgotten(ring):  # noqa: F811
    backend = ring(InMemory())
    assert passwords.read("a@mail") == ""
    assert passwords.keep("a@mail", "rahasia")
    passwords.forget_session()
    assert passwords.read("a@mail") == "rahasia"
    assert passwords.keep("a@mail", "baru")
    assert passwords.read("a@mail") == "baru"
    assert passwords.keep("a@mail", "")
    assert passwords.keep("a@mail", "")
    assert (passwords.read("a@mail"), backend.kept) == ("", {})


def test_without_a_keyring_it_lasts_until_the_program_closes(ring):  # noqa: F811
    ring(NoKeyring())
    assert not passwords.keep("a@mail", "rahasia")
    assert passwords.read("a@mail") == "rahasia"
    passwords.forget_session()
    assert passwords.read("a@mail") == ""
    assert passwords.keep("a@mail", "")
