"""The screens of the sidebar, each imported when it is first built: the start stays quick."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from database.rights import Right
from desktop.program import Program
from desktop.screen import Screen
from desktop.words.language import N_


def home(program: Program) -> Screen:
    """What waits and today's figures."""
    from desktop.screens.home import HomeScreen

    return HomeScreen(program)


def moving(program: Program) -> Screen:
    """Files of other programs looked at and brought in."""
    from desktop.screens.moving import MovingScreen

    return MovingScreen(program)


def _desk(program: Program) -> Screen:
    from desktop.screens.desk import DeskScreen

    return DeskScreen(program)


def _catalogue(program: Program) -> Screen:
    from desktop.screens.catalogue import CatalogueScreen

    return CatalogueScreen(program)


def _patrons(program: Program) -> Screen:
    from desktop.screens.patrons import PatronsScreen

    return PatronsScreen(program)


def _wards(program: Program) -> Screen:
    from desktop.screens.wards import WardsScreen

    return WardsScreen(program)


def _services(program: Program) -> Screen:
    from desktop.screens.services import ServicesScreen

    return ServicesScreen(program)


def _reports(program: Program) -> Screen:
    from desktop.screens.reports import ReportsScreen

    return ReportsScreen(program)


def _tasks(program: Program) -> Screen:
    from desktop.screens.tasks import TasksScreen

    return TasksScreen(program)


def _printing(program: Program) -> Screen:
    from desktop.screens.printing import PrintingScreen

    return PrintingScreen(program)


PLACES: tuple[tuple[str, str, str, Callable[[Program], Screen], str], ...] = (
    ("desk", N_("Circulation"), "arrow-left-right", _desk, "Alt+2"),
    ("catalogue", N_("Catalogue"), "library", _catalogue, "Alt+3"),
    ("patrons", N_("Patrons"), "users", _patrons, "Alt+4"),
    ("wards", N_("Wards"), "bed", _wards, "Alt+5"),
    ("services", N_("Services"), "hand-heart", _services, "Alt+6"),
    ("reports", N_("Reports"), "chart-column", _reports, "Alt+7"),
    ("tasks", N_("Daily tasks"), "list", _tasks, "Alt+9"),
    ("printing", N_("Printing"), "printer", _printing, "Alt+0"),
)
"""Key, name, icon, what builds it, and the key that leads there; "" leaves it to Alt+G and a
letter, for the digits are used up."""
_STAFF = (Right.LOOK, Right.DESK)
SHOWN_TO: dict[str, tuple[Right, ...]] = {
    "home": _STAFF,
    "desk": (Right.DESK,),
    "catalogue": _STAFF,
    "patrons": _STAFF,
    "wards": _STAFF,
    "services": _STAFF,
    "reports": (Right.FIGURES,),
    "tasks": _STAFF,
    "printing": _STAFF,
    "settings": (Right.SETTINGS, Right.ACCOUNTS),
    "moving": (Right.CATALOGUE,),
}
"""The rights one of which a place asks for; what is done there asks for its own."""


PARTS: tuple[tuple[str, object, str], ...] = (
    ("catalogue", ("lists", None), N_("Lists")),
    ("catalogue", ("headings", None), N_("Headings")),
    ("catalogue", ("stock", None), N_("Stocktake")),
    ("catalogue", ("deposits", None), N_("Deposits")),
    ("catalogue", ("serials", None), N_("Serials")),
    ("tasks", "holds", N_("Holds")),
    ("tasks", "requests", N_("Requests")),
    ("tasks", "quarantine", N_("Quarantine")),
    ("tasks", "reminders", N_("Reminders")),
    ("tasks", "visits", N_("Visitors")),
    ("printing", "queue", N_("Queue")),
    ("printing", "papers", N_("All papers")),
    ("printing", "sheets", N_("Label sheets")),
    ("printing", "outgoing", N_("Outgoing letters")),
    ("printing", "kept", N_("Not printed yet")),
)
"""Place, what it is asked to open, and what that is called on its tab: Ctrl+K leads there."""

_ANY_ISBN = "9786020000015"


def rooms_and_papers() -> None:
    """The place of printing lists every paper, each place is many modules, and the standards are
    files; their first opening shall not wait for them."""
    import pkgutil

    from database.description import isbn
    from database.standards import accreditation, standards
    from desktop import papers, screens  # noqa: F401

    # What these read, they read once.
    isbn.describe(_ANY_ISBN)
    accreditation.instrument()
    standards.standards()
    for one in pkgutil.iter_modules(screens.__path__):
        import_module(f"{screens.__name__}.{one.name}")
