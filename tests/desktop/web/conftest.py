"""Pages of real libraries on both engines, a real server, and the system's own browser."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from database.library import Library
from desktop.web import serving
from desktop.web.app import application
from desktop.web.guard import Limits
from desktop.web.place import Place
from tests.libraries import LIVED, NOW

AXE = Path(__file__).parent / "axe" / "axe.min.js"
WITHOUT_END = Limits(burst=10**6, a_second=10.0**6, waiting=10**6)
"""For tests that ask more than a reader would."""


def place_at(where, now=NOW, desk=None):
    """The pages of a library, as they stand at a moment."""
    return Place(Library.open_to_look(where), lambda: now, desk=desk)


@pytest.fixture
def place(stocked, where):
    """The place of the books of the stories; what readers send goes through the open library."""
    made = place_at(where, desk=stocked)
    yield made
    made.library.close()


@pytest.fixture
def ask(place):
    """A client of its pages that follows nothing by itself."""
    with TestClient(
        application(place, WITHOUT_END), raise_server_exceptions=False, follow_redirects=False
    ) as client:
        yield client


@pytest.fixture(scope="session")
def lived_place(lived_file, tmp_path_factory):
    """The place of two years of the demo in a file of their own."""
    path = tmp_path_factory.mktemp("web") / "lived.db"
    shutil.copy(lived_file, path)
    made = place_at(path, LIVED)
    yield made
    made.library.close()


@pytest.fixture(scope="session")
def address(lived_place):
    """The address of a real server of those pages on this machine alone."""
    running = serving.Serving(application(lived_place, WITHOUT_END), serving.bound("127.0.0.1", 0))
    running.start()
    yield f"http://127.0.0.1:{running.port}"
    running.stop()


@pytest.fixture(scope="module")
def chromium():
    """The system's Chromium without a window; skipped where there is none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("Chromium is not here (Debian: apt install chromium)")
    api = pytest.importorskip("playwright.sync_api", reason="Playwright is not here")
    with api.sync_playwright() as play:
        # As root, in which CI runs, Chromium has no sandbox to offer.
        browser = play.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def see(chromium):
    """Open a page in a window of its own: `see(address, width, scheme)`."""
    opened = []

    def show(address, width=1366, scheme="light", **more):
        window = chromium.new_context(
            viewport={"width": width, "height": 768},
            color_scheme=scheme,
            **{"locale": "id-ID", **more},
        )
        opened.append(window)
        page = window.new_page()
        page.set_default_timeout(20_000)
        page.goto(address)
        return page

    yield show
    for window in opened:
        window.close()
