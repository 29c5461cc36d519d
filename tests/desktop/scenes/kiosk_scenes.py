"""Scenes of the readers' screen on a demo library, for the gallery."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from database.circulation import identify
from database.patrons import finding
from desktop.kiosk.window import KioskWindow
from tests.desktop.scenes import office_scenes


def window(now: datetime) -> KioskWindow:
    """The readers' screen."""
    return KioskWindow(office_scenes.program(now))


def _free(window: KioskWindow) -> list[str]:
    with window.program.library.reading() as session:
        found = (identify.find_item(session, f"B{number:06d}") for number in range(30, 200))
        return [
            one.barcode for one in found if one and not one.loan_id and one.status == "in_service"
        ]


def _lending(window: KioskWindow) -> None:
    with window.program.library.reading() as session:
        doctors = finding.search(session, finding.PatronFilter(category="doctor"))[1]
    doctor = next(one for one in doctors if one.open_loans < 3)
    for code in (doctor.number, *_free(window)[:2]):
        window.desk.scan(code)


def _refused(window: KioskWindow) -> None:
    window.desk.scan("XZ-99")


def _searching(window: KioskWindow) -> None:
    window.show_search()
    window.search.box.set_text("keperawatan")
    window.search.show_found("keperawatan")


SCENES: dict[str, Callable[[KioskWindow], None]] = {
    "kiosk": lambda window: None,
    "kiosk-lending": _lending,
    "kiosk-refused": _refused,
    "kiosk-search": _searching,
}
