"""A keyring of the test's own, so that none of the PC is touched."""

from __future__ import annotations

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

from desktop import passwords


class InMemory(KeyringBackend):
    """A keyring of this test, so that none of the PC is touched."""

    priority = 1

    def __init__(self):
        self.kept = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def delete_password(self, service, username):
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError(username)


@pytest.fixture
def ring():
    """Use another keyring; afterwards the PC's own, and nothing remembered."""
    before = keyring.get_keyring()

    def use(backend):
        keyring.set_keyring(backend)
        passwords.forget_session()
        return backend

    yield use
    keyring.set_keyring(before)
    passwords.forget_session()
