"""Catalogues of partners kept beside ours, for the gallery."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from database.catalogue import lookup, titles
from database.neighbours import keeping, neighbours
from database.schema import Neighbour
from desktop.program import Program
from desktop.screens.catalogue.screen import CatalogueScreen
from desktop.window import MainWindow

_PARTNERS = (
    ("Perpustakaan RSUD Sehati", "https://rsud-sehati.example/oai", 3),
    ("Dinas Perpustakaan dan Kearsipan Provinsi", "https://dinas.example/oai", 2),
    ("Poltekkes Kemenkes", "", 5),
)


def keep_some(given: Program) -> None:
    """Three partners, each with a part of what the demo library has."""
    if given.read(neighbours.listed):
        return
    now = given.now()
    with given.library.transaction() as session:
        every = list(titles.records(session))
        for name, address, step in _PARTNERS:
            kind = neighbours.OAI if address else neighbours.FILE
            number = neighbours.add(session, name, kind, address, "", now)
            part = [keeping.ready(f"oai:{at}", one) for at, one in enumerate(every[::step])]
            keeping.store(session, number, 1, [one for one in part if one is not None])
            row = session.get(Neighbour, number)
            row.titles, row.harvested_at = len(part), now - timedelta(days=step)
            row.address = address or "katalog-poltekkes.mrc"
            session.flush()


def found_beside(screen: CatalogueScreen, given: Program) -> None:
    """The line beneath what was found."""
    keep_some(given)
    screen.arrive("keperawatan")


def shown(screen: CatalogueScreen, given: Program) -> None:
    """Its titles, with the names of their libraries."""
    keep_some(given)
    with given.library.transaction() as session:
        sources = [replace(one, on=False) for one in lookup.sources(session)]
        lookup.keep(session, sources, given.now())
    screen.arrive("keperawatan")
    screen.list.open_elsewhere()


def listed(window: MainWindow) -> None:
    """The section of the settings."""
    screen = window.go("settings", "neighbours")
    keep_some(screen.program)
    screen.section().load()
    screen.section().table.select_first()


def asked(window: MainWindow) -> None:
    """One more."""
    listed(window)
    window.current().section().add()


SCENES = {
    "catalogue-partners": (found_beside, False),
    "catalogue-partners-titles": (shown, False),
}
OFFICE = {"settings-neighbours": listed, "settings-neighbours-add": asked}
