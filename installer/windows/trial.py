"""The setup and the installed program, tried in Wine as a librarian and a hospital's IT do."""

from __future__ import annotations

import shutil
import socket
import sqlite3
import subprocess
import zipfile
from contextlib import closing
from pathlib import Path

from database.storage import places
from desktop.pc import PORTABLE
from installer import contents
from installer.day import Day
from installer.keyboard import Keyboard
from installer.smoke import silent
from installer.waiting import eventually, must
from installer.windows.wine import windows_path
from installer.windows.workshop import BEFORE, Workshop

ENDED_OPEN, ENDED_OLDER = 5, 6
"""How the setup ends, as selasar.nsi has it."""
UNINSTALL = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Selasar"
COMMAND = r"HKCU\Software\Classes\Selasar.Library\shell\open\command"


class Installed:
    """The program where its setup puts it, in the Windows of a workshop."""

    def __init__(self, shop: Workshop, program: Path | None = None) -> None:
        self.wine = shop.wine
        self.wine.show()
        home = self.wine.home
        self.program = program or home / "AppData" / "Local" / "Programs" / "Selasar"
        self.data = home / "AppData" / "Local" / "Selasar" / "Selasar"
        self.settings = home / "AppData" / "Roaming" / "Selasar" / "selasar.ini"
        self.library = self.data / "library.db"
        self.backups = home / "Documents" / "Selasar" / "Backups"
        self.folder = shop.wine.folder / "drive_c" / "Berkas Saya é"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.environment = self.wine.environment
        self.printer = shop.printer

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Open the window."""
        return self.wine.start(self.there(self.program / "selasar.exe"), *words)

    def ended(self, process: subprocess.Popen[bytes]) -> str:
        """Wait until it has closed without a failure."""
        return self.wine.ended(process, "selasar.exe", 180)

    def run(self, *words: str) -> str:
        """Carry out a subcommand."""
        return self.wine.run(self.there(self.program / "selasar-cli.exe"), *words, seconds=300)

    def there(self, path: Path) -> str:
        """A path as Windows says it."""
        return self.wine.inside(path)

    def printed(self) -> list[Path]:
        """What came out of the printer."""
        return [self.printer.as_pdf(job) for job in self.printer.jobs()]

    def sent(self) -> list[int]:
        """How many bytes each took."""
        return [job.stat().st_size for job in self.printer.jobs()]

    def dots(self, job: int) -> list[Path]:
        """The sheets of a job as the printer puts them on paper."""
        return self.printer.as_dots(self.printer.jobs()[job])

    def version(self) -> str:
        """What it says of itself."""
        return self.run("--version").strip().removeprefix("Selasar ")

    def registered(self, key: str, *value: str) -> str:
        """A value of the registry; "" where it is not."""
        said = self.wine.run("reg", "query", key, *value, expect=None)
        return said if "REG_" in said else ""

    def forget_library(self) -> None:
        """As on a PC where it was never opened: one it remembers would be missed."""
        for folder in (self.data.parent, self.settings.parent, self.backups.parent):
            shutil.rmtree(folder, ignore_errors=True)

    def forget(self) -> None:
        """As on a PC that never had it."""
        self.forget_library()
        shutil.rmtree(self.program, ignore_errors=True)
        self.wine.run("reg", "delete", UNINSTALL, "/f", expect=None)


def run_setup(shop: Workshop, version: str, *words: str, expect: int = 0) -> None:
    """Run the setup of a version without its pages."""
    shop.wine.run(windows_path(shop.setup(version)), "/S", *words, seconds=900, expect=expect)


# --- the steps


def install(shop: Workshop) -> str:
    """Silently, as the IT does it: files, menu, desktop, registry."""
    installed = Installed(shop)
    installed.forget()
    run_setup(shop, contents.VERSION, "/DESKTOP")
    must(installed.version() == contents.VERSION, f"it says it is {installed.version()}")
    home = shop.wine.home
    menu = home / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Selasar.lnk"
    for link in (menu, home / "Desktop" / "Selasar.lnk"):
        must(link.exists(), f"no {link.name} in {link.parent.name}")
    must(contents.VERSION in installed.registered(UNINSTALL, "/v", "DisplayVersion"), "version")
    must("--library" in installed.registered(COMMAND), ".selasar opens with nothing")
    return f"{contents.VERSION}, Start menu, desktop, .selasar, no administrator"


def day(shop: Workshop) -> str:
    """A working day in the installed program, with a printer."""
    # This Windows knows a printer only from its next start on.
    shop.wine.close()
    usual = dict(shop.wine.environment)
    with shop.printer:
        shop.wine.environment |= shop.printer.environment
        try:
            return _day(Installed(shop), shop.pictures)
        finally:
            shop.wine.close()
            shop.wine.environment = usual


def _day(installed: Installed, pictures: Path) -> str:
    installed.forget_library()
    shutil.rmtree(installed.folder, ignore_errors=True)
    installed.folder.mkdir()
    before = {path: path.stat().st_mtime for path in _files(installed.program)}
    said = []
    for step in Day(installed, pictures).steps():
        said.append(f"{step.__name__}: {step()}")
        print(f"            {said[-1]}", flush=True)
    now = {path: path.stat().st_mtime for path in _files(installed.program)}
    must(now == before, "something was written where the program stands")
    return f"{len(said)} of {len(said)} acts; nothing written beside the program"


def upgrade(shop: Workshop) -> str:
    """The version before, with a library as old as any; then this one over it."""
    from tests.database.storage import first_version

    installed = Installed(shop)
    installed.forget()
    run_setup(shop, BEFORE)
    must(installed.version() == BEFORE, f"it says it is {installed.version()}")
    first_version.make(str(installed.library))
    installed.settings.parent.mkdir(parents=True)
    installed.settings.write_text("[General]\nlanguage=en\n", encoding="utf-8")
    run_setup(shop, contents.VERSION)
    must(installed.version() == contents.VERSION, f"it says it is {installed.version()}")
    process, keys = installed.start(), Keyboard(installed.environment, shop.pictures)
    keys.enter("Selasar")
    keys.shoot("upgraded")
    keys.close(process)
    installed.ended(process)
    at = installed.there(installed.library)
    found = installed.run("search", "--library", at, "B000001", "--json")
    must('"count": 1' in found, f"its library is not read: {found[:200]}")
    with closing(sqlite3.connect(installed.library)) as opened:
        (now,) = opened.execute("SELECT version_num FROM alembic_version").fetchone()
    must(now == places.NEWEST, f"its library stands at {now}")
    must(len(list(installed.backups.glob("*.db"))) >= 2, "no copy was made before and after")
    must("language=en" in installed.settings.read_text(encoding="utf-8"), "settings were lost")
    told = f"its library from 0001 to {now} after a copy, its settings kept"
    return f"{BEFORE} to {contents.VERSION}, {told}"


def refusals(shop: Workshop) -> str:
    """An older setup changes nothing; one that finds the program open waits for it."""
    installed = Installed(shop)
    run_setup(shop, BEFORE, expect=ENDED_OLDER)
    must(installed.version() == contents.VERSION, "the older version was installed")
    window, keys = installed.start(), Keyboard(installed.environment, shop.pictures)
    keys.enter("Selasar")
    setup = shop.wine.start(windows_path(shop.setup()), "/S")
    keys.settle()
    must(setup.poll() is None, "the setup did not wait for the open program")
    keys.close(window)
    installed.ended(window)
    shop.wine.ended(setup, "the waiting setup", 600)
    must(installed.version() == contents.VERSION, "the setup that waited installed nothing")
    return "a downgrade refused; an open program waited for"


def pages(shop: Workshop) -> str:
    """The setup as it is seen, by keyboard; and what it says while the program is open."""
    installed = Installed(shop)
    keys = Keyboard(installed.environment, shop.pictures)
    window = installed.start()
    keys.enter("Selasar")
    setup = _by_hand(shop, keys)
    keys.shoot("setup-1-where")
    keys.press("Return")
    keys.shoot("setup-2-still-open")
    keys.press("Escape")
    shop.wine.ended(setup, "the setup that was told no", 120, ENDED_OPEN)
    keys.close(window)
    installed.ended(window)
    uninstaller = installed.program / "uninstall.exe"
    began = uninstaller.stat().st_mtime
    setup = _by_hand(shop, keys)
    keys.press("Return")
    eventually(lambda: uninstaller.exists() and uninstaller.stat().st_mtime > began, "copied", 600)
    keys.settle()
    keys.shoot("setup-3-ready")
    keys.press("Return")
    # The program that it opened holds its output: only its own end is waited for.
    setup.wait(120)
    keys.enter("^Selasar$")
    keys.shoot("setup-4-opened")
    keys.close_all("^Selasar$")
    return "two clicks: Install and Finish, which opens the program; patient while it is open"


def once(shop: Workshop) -> str:
    """A second start brings the first window to the front and is gone."""
    installed = Installed(shop)
    keys = Keyboard(installed.environment, shop.pictures)
    window = installed.start()
    keys.enter("Selasar")
    keys.minimise("Selasar")
    installed.ended(installed.start())
    must(window.poll() is None, "the first window was closed")
    eventually(lambda: len(keys.windows("Selasar")) == 1, "the first window is seen again", 30)
    keys.enter("Selasar")
    keys.shoot("second-start")
    keys.close(window)
    installed.ended(window)
    return "the window that was minimised was seen again; no second one"


def console(shop: Workshop) -> str:
    """What a console runs ends with it: closed by hand, or by Ctrl+C."""
    installed = Installed(shop)
    keys = Keyboard(installed.environment, shop.pictures)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    program = installed.there(installed.program / "selasar-cli.exe")
    words = ("serve", "--library", installed.there(installed.library), "--port", str(port))
    for name, key in (("closed", "alt+F4"), ("stopped", "ctrl+c")):
        shown = shop.wine.start("wineconsole", program, *words)
        eventually(lambda: not silent(port), "the pages are served")
        keys.enter("selasar-cli")
        keys.shoot(f"console-{name}")
        keys.press(key)
        eventually(lambda: silent(port), f"nothing is served by a console that was {name}", 30)
        shop.wine.ended(shown, f"the console that was {name}", 60, None)
    return "pages are served until their console is closed, or Ctrl+C pressed in it"


def _by_hand(shop: Workshop, keys: Keyboard) -> subprocess.Popen[bytes]:
    """The setup with its pages, in front."""
    setup = shop.wine.start(windows_path(shop.setup()))
    keys.enter(f"Selasar {contents.VERSION}")
    return setup


def portable(shop: Workshop) -> str:
    """From a stick: everything beside the program, nothing on the PC."""
    stick = shop.wine.folder / "drive_c" / "flashdisk"
    shutil.rmtree(stick, ignore_errors=True)
    packed = shop.out / f"{contents.NAME}-{contents.VERSION}-portable.zip"
    with zipfile.ZipFile(packed) as opened:
        opened.extractall(stick)
    carried = Installed(shop, stick / "Selasar")
    before = set(_files(shop.wine.home))
    must((carried.program / PORTABLE).exists(), "it does not know that it is on a stick")
    process, keys = carried.start(), Keyboard(carried.environment, shop.pictures)
    keys.enter("Selasar")
    carried.library = carried.program / "data" / "library.db"
    eventually(carried.library.exists, "the library was made on the stick")
    keys.close(process)
    carried.ended(process)
    must(list((carried.program / "data" / "Backups").glob("*.db")), "no backup on the stick")
    left = {path for path in set(_files(shop.wine.home)) - before if "selasar" in str(path).lower()}
    must(not left, f"it left on the PC: {left}")
    return "library, settings, log and backups beside the program"


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def removal(shop: Workshop) -> str:
    """The program goes by its pages, all that the librarian made stays and is said where."""
    installed = Installed(shop)
    must(installed.library.exists(), "no library is there: the day comes first")
    kept = {path: path.read_bytes() for path in _files(installed.data)}
    keys = Keyboard(installed.environment, shop.pictures)
    began = shop.wine.start(installed.there(installed.program / "uninstall.exe"))
    # A copy of it, which holds its output, does the work: only its own end is waited for.
    began.wait(120)
    keys.enter(f"Selasar {contents.VERSION}")
    keys.shoot("uninstall-1-what-stays")
    keys.press("Return")
    eventually(lambda: not installed.program.exists(), "the program was removed")
    keys.settle()
    keys.shoot("uninstall-2-removed")
    keys.press("Return")
    must(not installed.registered(UNINSTALL, "/v", "DisplayVersion"), "still registered")
    must(not installed.registered(COMMAND), ".selasar still opens with it")
    changed = [path.name for path, was in kept.items() if not same(path, was)]
    must(not changed, f"removed or changed with it: {changed}")
    with closing(sqlite3.connect(installed.library)) as opened:
        titles = opened.execute("SELECT count(*) FROM biblio").fetchone()[0]
    return f"the program is gone; of the librarian's files stay all {len(kept)}, {titles} titles"


def same(path: Path, was: bytes) -> bool:
    """Whether a file is as it was."""
    return path.exists() and path.read_bytes() == was
