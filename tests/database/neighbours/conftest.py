"""Another library, served as it serves anybody, to be harvested."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest

from database.library import Library
from desktop.web.app import application
from desktop.web.guard import Limits
from desktop.web.place import Place
from desktop.web.serving import Serving, bound
from tests.libraries import LIVED

_WITHOUT_END = Limits(burst=10**6, a_second=10.0**6, waiting=10**6)


class Partner:
    """The library, open to be changed, and where it answers; its clock goes on by `later`."""

    def __init__(self, where):
        self.where = where
        self.now = LIVED
        self.library = Library.open(where)
        self._looked = Library.open_to_look(where)
        self._place = Place(self._looked, lambda: self.now)
        self._running = Serving(application(self._place, _WITHOUT_END), bound("127.0.0.1", 0))
        self._running.start()
        self.address = f"http://127.0.0.1:{self._running.port}/oai"

    def later(self, **span):
        self.now += timedelta(**span)
        return self.now

    def close(self):
        self._running.stop()
        self._looked.close()
        self.library.close()


@pytest.fixture
def partner(lived_file, tmp_path):
    """Two years of the demo as another library."""
    where = tmp_path / "partner.db"
    shutil.copy(lived_file, where)
    made = Partner(where)
    yield made
    made.close()
