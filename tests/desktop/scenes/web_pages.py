"""Pictures of the pages for readers, as a telephone, a tablet and a PC show them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from database.demo import demo
from database.library import Library
from database.policy.house import ProfileFacts
from desktop.web import serving
from desktop.web.app import application
from desktop.web.place import Place
from tests.desktop.web.conftest import WITHOUT_END
from tests.desktop.web.test_browser import PAGES, WIDTHS
from tests.libraries import LIVED

LANGUAGES = {"id": "id-ID", "en": "en-GB"}


def pictures(folder: Path, only: str) -> Iterator[Path]:
    """Photograph every page with `only` in its name ("web-home"), whole, however long it is;
    nothing where there is no Chromium."""
    wanted = {f"web-{name}": path for name, path in PAGES.items() if only in f"web-{name}"}
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not wanted or found is None:
        return
    from playwright.sync_api import sync_playwright

    with _served() as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for spoken, locale in LANGUAGES.items():
            for scheme in ("light", "dark"):
                page = browser.new_page(locale=locale, color_scheme=scheme)
                for name, path in wanted.items():
                    page.goto(address + path)
                    for width in WIDTHS:
                        page.set_viewport_size({"width": width, "height": 768})
                        target = folder / f"{name}-{spoken}-{scheme}-{width}.png"
                        page.screenshot(path=target, full_page=True)
                        yield target
                page.close()
        browser.close()


@contextmanager
def _served() -> Iterator[str]:
    """The address of a server of two years of the demo."""
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder) / "library.db"
        profile = ProfileFacts("Perpustakaan RSUD Bhakti Sehat", "RSUD-BS")
        library = Library.create(where, profile, LIVED)
        with library.transaction() as session:
            demo.fill(session, LIVED)
        place = Place(Library.open_to_look(where), lambda: LIVED)
        listening = serving.bound("127.0.0.1", 0)
        running = serving.Serving(application(place, WITHOUT_END), listening)
        running.start()
        try:
            yield f"http://127.0.0.1:{running.port}"
        finally:
            running.stop()
            place.library.close()
            library.close()
