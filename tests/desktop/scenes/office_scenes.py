"""Scenes of the office screens on the demo library, for the gallery: patrons, reports,
settings and the guide."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from database.circulation import clearance
from database.library import Library
from database.patrons import finding
from database.policy.house import ProfileFacts
from desktop import background
from desktop.application import build_window
from desktop.pc import Pc
from desktop.program import Program
from desktop.screens.patrons.personal.asking import CheckDialog, OpenDialog, PurposeDialog
from desktop.window import MainWindow
from desktop.words.language import _
from tests.desktop.scenes import demo_file


@lru_cache(maxsize=1)
def program(now: datetime) -> Program:
    """The demo library, for as long as the pictures are taken."""
    folder = Path(tempfile.mkdtemp(prefix="selasar-gallery-"))
    demo_file.copied(folder / "gallery.db", now)
    return Program(Library.open(folder / "gallery.db"), lambda: now, Pc(folder / "pc.ini"))


@lru_cache
def _new_file(now: datetime) -> Path:
    where = Path(tempfile.mkdtemp(prefix="selasar-gallery-")) / "new.db"
    Library.create(where, ProfileFacts(name="Perpustakaan"), now).close()
    return where


def window(now: datetime) -> MainWindow:
    """The program's window on the demo library."""
    return build_window(program(now))


def new_window(now: datetime) -> MainWindow:
    """The program's window on a library just made."""
    folder = Path(tempfile.mkdtemp(prefix="selasar-gallery-"))
    shutil.copy(_new_file(now), folder / "new.db")
    library = Library.open(folder / "new.db")
    return build_window(Program(library, lambda: now, Pc(folder / "pc.ini")))


def patrons_scene(window: MainWindow) -> None:
    """Somebody found and opened."""
    screen = window.go("patrons", "a")
    screen.list.borrowing.setChecked(True)


def new_patron_scene(window: MainWindow, category: str) -> None:
    """The form of one kind of patron, being filled."""
    window.go("patrons").program.drafts.keep("patron-new", "")
    screen = window.go("patrons", "new")
    screen.card.form.put("name", "Sri Lestari")
    screen.card.form.put("category", category)
    if category == "nurse":
        screen.card.form.put("note", "RM 12-34-56")
    if category == "public":
        screen.card.form.put("child", True)


def double_scene(window: MainWindow) -> None:
    """Somebody typed who is a member already."""
    screen = window.go("patrons", "")
    known = screen.list.table.rows()[3]
    patron = screen._read(known["id"])
    screen.program.drafts.keep("patron-new", "")
    screen.new()
    for key, value in (("name", patron.name), ("category", "nurse"), ("phone", patron.phone)):
        screen.card.form.put(key, value)
    screen.save()


def patron_page_scene(window: MainWindow, tab: int) -> None:
    """One page of a patron's card."""
    screen = window.go("patrons", "a")
    screen.list.table.select_first()
    screen.card.tabs.setCurrentIndex(tab)


def several_scene(window: MainWindow, dialog: str = "") -> None:
    """Two chosen in the list, and what can be done with them."""
    screen = window.go("patrons", "a")
    screen.list.table.select_ids([row["id"] for row in screen.list.table.rows()[:2]])
    if dialog == "renew":
        screen.renew()
    elif dialog == "merge":
        screen._chosen.merge_both()


PASTED = """No\tNama\tNIM\tInstitusi\tNo HP\tL/P\tMulai\tSampai
1\tAyu Lestari\tH1A020045\tUniversitas Mandala\t081272004412\tP\t\t
2\tBudi O'Neil\tH1A020046\tUniversitas Mandala\t0812-7200-4413\tL\t\t
3\tNi Luh Putu Ayu Saraswati Dewi\tH1A020047\tUniversitas Mandala\t\tP\t1/12/2026\t31 Jan 2027
4\t\tH1A020048
5\tAyu Lestari\tH1A020045\tUniversitas Mandala
6\tCici Paramida\tH1A020050\t\t\tP\t32/12/2026
"""


def rotation_scene(window: MainWindow, typed: str = "") -> None:
    """A list pasted and looked at."""
    screen = window.go("patrons", "rotation")
    if typed:
        screen.rotation.form.put("valid_until", screen.program.now().date().replace(month=12))
        screen.rotation.form.put("list", typed)
        screen.rotation.look()
        wait()


def chosen_patron(window: MainWindow, category: str, *, borrowing: bool) -> Any:
    """Somebody of a kind, with loans or without, on the tab of personal data."""
    screen = window.go("patrons")
    with screen.program.library.reading() as session:
        wanted = finding.PatronFilter(category=category, with_loans=borrowing)
        rows = finding.search(session, wanted, 500)[1]
    found = next(one for one in rows if bool(one.open_loans) == borrowing)
    screen.arrive(("patron", found.id))
    screen.card.tabs.setCurrentIndex(2)
    return screen


def personal_scene(window: MainWindow) -> None:
    """A relative's consents, requests and letters."""
    screen = chosen_patron(window, "family", borrowing=False)
    screen.personal.copy()
    screen.papers.closed.emit()


def papers_scene(window: MainWindow, which: str) -> None:
    """A paper before it goes to the printer."""
    screen = chosen_patron(window, "nurse", borrowing=False)
    if which == "cards":
        screen.print_cards()
        wait()
        screen.papers.form.put("which", "listed")
    elif which == "copy":
        screen.personal.copy()
    wait()


def open_scene(window: MainWindow) -> None:
    """What stands against a letter."""
    screen = chosen_patron(window, "nurse", borrowing=True)
    matters = screen.program.read(lambda s: clearance.open_matters(s, screen.patron.id))
    today = screen.program.now().date()
    OpenDialog(screen, _("No clearance letter yet"), matters, today).open()


def purpose_scene(window: MainWindow) -> None:
    """What a letter is for."""
    screen = chosen_patron(window, "nurse", borrowing=False)
    PurposeDialog(screen, screen.patron).open()


def check_scene(window: MainWindow) -> None:
    """A letter checked by its code."""
    screen = window.go("patrons")
    box = CheckDialog(screen, lambda typed: None)
    box.form.put("code", "ABCD-2345")
    box.open()
    box.try_accept()


def reports_scene(window: MainWindow, tab: int = 0) -> None:
    """Last month, its preview made."""
    screen = window.go("reports")
    screen.back()
    screen.numbers.tabs.setCurrentIndex(tab)
    wait()


def year_scene(window: MainWindow) -> None:
    """A whole year, its visits month by month."""
    screen = window.go("reports")
    screen.length.choose("year")
    screen.numbers.tabs.setCurrentIndex(3)
    wait()
    wait()


def words_scene(window: MainWindow, period: str) -> None:
    """The words of a period, drafted; a year has chapters."""
    window.go("reports", period).write_words()
    wait()


def behind_scene(window: MainWindow) -> None:
    """The rows behind a figure."""
    screen = window.go("reports", "2026-10")
    wait()
    screen.look_behind("loans", _("Loans"))
    wait()


def lists_scene(window: MainWindow) -> None:
    """A list of the library's own, counted by kind."""
    screen = window.go("reports")
    screen.open_lists()
    screen.lists.subject.choose("loans")
    screen.lists.form.put("group", "category")
    screen.lists.ask()
    wait()


def accreditation_scene(window: MainWindow, which: str) -> None:
    """The self-assessment."""
    screen = window.go("reports")
    screen.back()
    screen.numbers.tabs.setCurrentIndex(1)
    screen.numbers.accreditation.which.choose(which)
    wait()


def trend_scene(window: MainWindow) -> None:
    """One item of the standard over two years."""
    screen = window.go("reports")
    screen.numbers.tabs.setCurrentIndex(0)
    wait()
    screen.numbers.standards.table.select_first()
    wait()


def preview_scene(window: MainWindow) -> None:
    """The PDF, page by page."""
    screen = window.go("reports")
    wait()
    screen.preview()
    wait()


def settings_scene(window: MainWindow, section: str) -> None:
    """One section."""
    window.go("settings", section)


def settings_dialog_scene(window: MainWindow, section: str) -> None:
    """One line of a list being changed."""
    screen = window.go("settings", section)
    screen.section().edit_chosen()


def services_scene(window: MainWindow, register: str, new: bool = False) -> None:
    """A register, or the question for a new line of it."""
    window.go("services", (register, "new") if new else register)
    wait()


def guide_scene(window: MainWindow, step: int) -> None:
    """One step of the first start."""
    window.go("home").show_step(step)


def wait() -> None:
    """Let background work end and its results arrive."""
    background.wait()
    for _round in range(6):
        QApplication.processEvents()


SECTIONS = (
    "library",
    "signers",
    "hours",
    "closed",
    "numbers",
    "call_numbers",
    "rules",
    "kinds",
    "mail",
    "units",
    "personal",
    "backups",
    "pc",
)
SCENES: dict[str, Callable[[MainWindow], None]] = {
    "patrons": patrons_scene,
    "patrons-empty": lambda window: window.go("patrons"),
    **{
        f"patron-{one}": partial(new_patron_scene, category=one)
        for one in ("nurse", "student", "family", "patient", "public", "ward")
    },
    "patron-double": double_scene,
    **{f"patron-tab-{tab}": partial(patron_page_scene, tab=tab) for tab in (1, 2, 3)},
    "patrons-several": several_scene,
    "patrons-renew": partial(several_scene, dialog="renew"),
    "patrons-merge": partial(several_scene, dialog="merge"),
    "patrons-rotation": partial(rotation_scene, typed=PASTED),
    "patrons-rotation-empty": rotation_scene,
    "personal-data": personal_scene,
    "personal-cards": partial(papers_scene, which="cards"),
    "personal-copy": partial(papers_scene, which="copy"),
    "personal-letter-refused": open_scene,
    "personal-letter-purpose": purpose_scene,
    "personal-letter-check": check_scene,
    **{f"reports-{tab}": partial(reports_scene, tab=tab) for tab in range(6)},
    "reports-trend": trend_scene,
    "reports-accreditation": partial(accreditation_scene, which="components"),
    "reports-accreditation-gaps": partial(accreditation_scene, which="gaps"),
    "reports-year": year_scene,
    "reports-lists": lists_scene,
    "reports-words": partial(words_scene, period="2026-10"),
    "reports-words-year": partial(words_scene, period="2026"),
    "reports-behind": behind_scene,
    "reports-preview": preview_scene,
    "services": partial(services_scene, register="activity"),
    "services-search": partial(services_scene, register="literature_search", new=True),
    "services-survey": partial(services_scene, register="survey", new=True),
    **{
        f"settings-{name}-dialog": partial(settings_dialog_scene, section=name)
        for name in ("kinds", "units")
    },
    **{f"settings-{name}": partial(settings_scene, section=name) for name in SECTIONS},
}
NEW_SCENES: dict[str, Callable[[MainWindow], None]] = {
    f"guide-{step}": partial(guide_scene, step=step) for step in range(6)
}
