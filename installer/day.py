"""A first working day in the installed program, by keyboard as a librarian and a scanner have it.

It types into the real window, and looks into the library's file and at the printed barcodes.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from installer.keyboard import Keyboard
from installer.smoke import BARCODE, PEOPLE, RECORDS
from installer.waiting import eventually, must

CARD, BOOK = "M0001", BARCODE
TRUE_MM = 0.2
"""How far a printed label may lie from its place."""
MANY = 620
"""Labels of a job of some 26 sheets."""
MOST_BYTES = 1_000_000
"""What a printer may be sent for a sheet of labels, as PostScript; as one picture it takes 2 MB."""
LIBRARY = "RSUD Bhakti Sehat"
OPEN_LOANS = "SELECT count(*) FROM loan WHERE returned_at IS NULL AND cancelled_at IS NULL"
ALL_LOANS = "SELECT count(*) FROM loan WHERE cancelled_at IS NULL"


class Host(Protocol):
    """Where the program runs: Wine's Windows, or this Linux."""

    folder: Path
    """Ours, for files that go in and come out."""
    library: Path
    """Where the program makes its library when it is told nothing."""
    backups: Path
    environment: dict[str, str]
    """Of what looks at the program's screen."""

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Open the window."""

    def ended(self, process: subprocess.Popen[bytes]) -> str:
        """Wait until it has closed, without a failure; what it said."""

    def run(self, *words: str) -> str:
        """Carry out a subcommand; what it said."""

    def there(self, path: Path) -> str:
        """A path as the program knows it."""

    def printed(self) -> list[Path]:
        """What came out of its printer, as PDFs in their order."""

    def sent(self) -> list[int]:
        """How many bytes the printer was sent for each of them."""

    def dots(self, job: int) -> list[Path]:
        """The sheets of a job as the printer's own dots, a picture each."""


class Day:
    """The steps in their order; each checks, and gives what to say."""

    def __init__(self, host: Host, pictures: Path) -> None:
        self.host, self.keys = host, Keyboard(host.environment, pictures)
        self.folder = host.folder
        self.at = host.there(host.library)

    def value(self, sql: str) -> Any:
        """The one value that `sql` gives of the library's file, beside the program that has it
        open; None while there is none."""
        try:
            where = f"{self.host.library.as_uri()}?mode=ro"
            with closing(sqlite3.connect(where, uri=True)) as opened:
                row = opened.execute(sql).fetchone()
        except sqlite3.OperationalError:
            return None
        return row[0] if row else None

    def json(self, *words: str) -> dict[str, Any]:
        """What a subcommand gives with --json, any words on its progress left out."""
        said = self.host.run(*words, "--json")
        must("{" in said, f"{words[0]} said {said[:200]!r}")
        found: dict[str, Any] = json.loads(said[said.index("{") : said.rindex("}") + 1])
        return found

    def opened(self) -> subprocess.Popen[bytes]:
        """The window, ready to be typed into."""
        process = self.host.start()
        self.keys.enter("Selasar")
        return process

    def closed(self, process: subprocess.Popen[bytes]) -> None:
        """By hand, and it went without a word of failure."""
        self.keys.close(process)
        said = self.host.ended(process)
        must("Traceback" not in said, f"the window said {said[-400:]}")
        log = self.host.library.with_name("selasar.log")
        told = log.read_text("utf-8") if log.exists() else ""
        must(not told, f"its log: {told[-400:]}")

    # --- the steps

    def create(self) -> str:
        """The first start: the guide by keyboard, the library's name typed."""
        process, keys = self.opened(), self.keys
        eventually(self.host.library.exists, "the library was made")
        keys.shoot("day-1-first-start")
        step = "SELECT value FROM setting WHERE key = 'guide.step' AND value <> '0'"
        keys.press_until("ctrl+Return", lambda: self.value(step), "the guide's first step")
        keys.press("ctrl+a")
        keys.type(LIBRARY)
        keys.shoot("day-2-guide")
        named = "SELECT name FROM profile"
        keys.press_until("ctrl+Return", lambda: self.value(named) == LIBRARY, "the library's name")
        done = "SELECT 1 FROM setting WHERE key = 'guide.done' AND value = 'true'"
        keys.press_until("ctrl+Return", lambda: self.value(done), "the guide's end")
        self.closed(process)
        must(list(self.host.backups.glob("*.db")), "closing made no backup")
        return f"“{LIBRARY}” by the guide, closed with a backup"

    def bring_in(self) -> str:
        """Records with their copies, and the staff."""
        (self.folder / "buku.mrc").write_bytes(RECORDS)
        (self.folder / "pegawai.csv").write_text(PEOPLE, encoding="utf-8")
        books = self.host.there(self.folder / "buku.mrc")
        people = self.host.there(self.folder / "pegawai.csv")
        got = self.json("import", "--items", "--library", self.at, books)
        must((got["added"], got["items"]) == (2, 1), f"import gave {got}")
        got = self.json("import-patrons", "--library", self.at, people)
        must(got["patrons"] == 2, f"import-patrons gave {got}")
        return "2 titles, 1 copy, 2 persons"

    def lend(self) -> str:
        """Scans typed into the window: lent, taken back, lent again."""
        process, keys = self.opened(), self.keys
        keys.shoot("day-3-home")
        keys.scan(CARD)
        keys.scan(BOOK)
        eventually(lambda: self.value(OPEN_LOANS) == 1, "the scanned copy was lent")
        keys.shoot("day-4-lent")
        keys.press("Escape")
        keys.scan(BOOK)
        eventually(lambda: self.value(OPEN_LOANS) == 0, "the scanned copy was taken back")
        keys.scan(CARD)
        keys.scan(BOOK)
        eventually(lambda: self.value(OPEN_LOANS) == 1, "it was lent again")
        must(self.value(ALL_LOANS) == 2, f"{self.value(ALL_LOANS)} loans")
        for number in (1, 2, 3, 4, 5, 6, 7, 9, 0, 8):
            keys.turn_to(f"alt+{number}")
            keys.shoot(f"day-5-screen-{number}")
        self.closed(process)
        return "two loans and a return by typed scans; ten screens seen"

    def labels(self) -> str:
        """Labels printed from the window: at the printer they scan, each at its place."""
        before = len(self.host.printed())
        process, keys = self.opened(), self.keys
        keys.turn_to("alt+3")
        keys.turn_to("ctrl+p")
        keys.shoot("day-6-labels")
        keys.press("ctrl+p")
        eventually(lambda: self.host.printed()[before:], "the labels came to the printer")
        keys.shoot("day-7-printed")
        self.closed(process)
        (printed,) = self.host.printed()[before:]
        paper = self.folder / "label.pdf"
        self.host.run("labels", "--library", self.at, "--all", "--pdf", self.host.there(paper))
        for one in (paper, printed):
            must(barcodes(one) == [BOOK], f"{one.name} bears {barcodes(one)}")
        off = max(abs(a - b) for a, b in zip(ink(paper), ink(printed), strict=True))
        must(off <= TRUE_MM, f"printed {off:.2f} mm beside its place")
        return f"{BOOK} read back from the printer, its ink within {off:.2f} mm of its place"

    def many_labels(self) -> str:
        """A day of many new books: their sheets, sent as lines and not as pictures."""
        before, numbers = len(self.host.sent()), [f"SMK1{at:06d}" for at in range(MANY)]
        listed = self.folder / "banyak.csv"
        rows = (f"Buku ajar keperawatan {at};{one}" for at, one in enumerate(numbers))
        listed.write_text("\n".join(["Judul;Barkode", *rows]), encoding="utf-8")
        got = self.json("import", "--library", self.at, self.host.there(listed))
        must(got["items"] == MANY, f"import gave {got}")
        process, keys = self.opened(), self.keys
        keys.turn_to("alt+3")
        keys.turn_to("ctrl+p")
        keys.shoot("day-8-many-labels")
        keys.press("ctrl+p")
        eventually(lambda: self.host.sent()[before:], "the sheets came to the printer")
        self.closed(process)
        (size,), sheets = self.host.sent()[before:], self.host.dots(before)
        found = sorted(code for sheet in sheets for code in _read(sheet))
        must(found == sorted([BOOK, *numbers]), f"{len(found)} of {MANY + 1} labels are read back")
        each = size / len(sheets)
        must(each <= MOST_BYTES, f"a sheet of labels takes {each / 1000:.0f} KB")
        return f"{len(found)} labels on {len(sheets)} sheets read back, {size / 1e6:.1f} MB sent"

    def report(self) -> str:
        """This month on paper, with today's loans."""
        paper, month = self.folder / "laporan.pdf", f"{date.today():%Y-%m}"
        words = ("report", "--library", self.at, month, "--pdf", self.host.there(paper))
        got = self.json(*words)
        must(got["loans"]["now"] == 2, f"the report counts {got['loans']}")
        must(paper.read_bytes()[:5] == b"%PDF-", "the report is no PDF")
        return f"{month}: 2 loans"

    def keep(self) -> str:
        """A backup, a library made of it, and both found sound."""
        copy, again = (self.folder / name for name in ("cadangan.db", "pulih.db"))
        copied = self.json("backup", "--library", self.at, self.host.there(copy))
        back = self.json("restore", self.host.there(copy), self.host.there(again))
        for one in ("titles", "items", "patrons", "loans"):
            must(copied[one] == back[one], f"backup {copied}, restore {back}")
        for one in (self.at, self.host.there(again)):
            must(self.json("check", "--library", one)["sound"], f"{one} is not sound")
        return f"{back['titles']} titles, {back['patrons']} persons, {back['loans']} loans back"

    def steps(self) -> list[Callable[[], str]]:
        """In their order."""
        first = [self.create, self.bring_in, self.lend, self.labels]
        return [*first, self.many_labels, self.report, self.keep]


def _pages(pdf: Path, dpi: int) -> list[Any]:
    import pypdfium2

    return [page.render(scale=dpi / 72, no_smoothpath=True, no_smoothtext=True).to_pil()
            for page in pypdfium2.PdfDocument(pdf.read_bytes())]  # fmt: skip


def barcodes(pdf: Path) -> list[str]:
    """What a scanner reads from a printed sheet at 300 dpi."""
    import zxingcpp

    return sorted(one.text for page in _pages(pdf, 300) for one in zxingcpp.read_barcodes(page))


def _read(sheet: Path) -> list[str]:
    import zxingcpp
    from PIL import Image

    with Image.open(sheet) as picture:
        return [one.text for one in zxingcpp.read_barcodes(picture.convert("L"))]


def ink(pdf: Path) -> list[float]:
    """How far from the left and the top the ink of each page begins and ends, in millimetres."""
    dpi, places = 600, []
    for page in _pages(pdf, dpi):
        dark = page.convert("L").point(lambda grey: 255 if grey < 128 else 0)
        places += [dot * 25.4 / dpi for dot in dark.getbbox() or ()]
    return places
