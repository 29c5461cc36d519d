"""A printer that keeps what it was sent: a server of CUPS for this trial alone, which Wine finds
as Windows finds a printer. What a program paints by GDI arrives there as PostScript."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from installer.waiting import eventually, must

NAME = "Label300"
DPI = 300
SERVER = """\
Listen {folder}/socket
LogLevel warn
PreserveJobFiles Yes
PreserveJobHistory Yes
DefaultAuthType None
Browsing Off
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order deny,allow
</Limit>
</Policy>
"""
PLACES = """\
ServerRoot {folder}/root
RequestRoot {folder}/spool
CacheDir {folder}/cache
StateDir {folder}/state
ErrorLog {folder}/error.log
AccessLog {folder}/access.log
PageLog {folder}/page.log
SystemGroup root
"""


class Printer:
    """Lives in `folder`; the system's own printers are neither seen nor changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {"CUPS_SERVER": str(folder / "socket")}
        self._server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Printer:
        """Ready for jobs, and nothing printed yet."""
        shutil.rmtree(self.folder, ignore_errors=True)
        for name in ("root", "spool", "cache", "state"):
            (self.folder / name).mkdir(parents=True)
        for name, text in (("cupsd.conf", SERVER), ("files.conf", PLACES)):
            (self.folder / name).write_text(text.format(folder=self.folder), encoding="utf-8")
        self._server = subprocess.Popen(
            ["/usr/sbin/cupsd", "-f", "-c", str(self.folder / "cupsd.conf"),
             "-s", str(self.folder / "files.conf")],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        eventually((self.folder / "socket").exists, "the printer's server answers", 30)
        self._manage("-p", NAME, "-E", "-v", "file:///dev/null", "-m", "raw")
        self._manage("-d", NAME)
        return self

    def _manage(self, *words: str) -> None:
        done = subprocess.run(
            ["/usr/sbin/lpadmin", *words],
            env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        must(done.returncode == 0, f"lpadmin: {done.stderr[-300:]}")

    def jobs(self) -> list[Path]:
        """What was printed, each as it came."""
        found = (self.folder / "spool").glob("d*-001")
        return sorted(path for path in found if path.read_bytes().rstrip().endswith(b"%%EOF"))

    def as_pdf(self, job: Path) -> Path:
        """A job as pages to look at."""
        target = self.folder / f"{job.name}.pdf"
        subprocess.run(
            ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", "-dAutoRotatePages=/None",
             f"-r{DPI}", "-dAutoFilterColorImages=false", "-dColorImageFilter=/FlateEncode",
             "-dAutoFilterGrayImages=false", "-dGrayImageFilter=/FlateEncode",
             f"-sOutputFile={target}", str(job)], check=True, capture_output=True,
        )  # fmt: skip
        return target

    def as_dots(self, job: Path) -> list[Path]:
        """The sheets of a job in the printer's own dots, for whatever reads them as a scanner."""
        place = self.folder / f"{job.name}-dots"
        place.mkdir(exist_ok=True)
        subprocess.run(
            ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pngmono", f"-r{DPI}",
             f"-sOutputFile={place}/%04d.png", str(job)], check=True, capture_output=True,
        )  # fmt: skip
        return sorted(place.glob("*.png"))

    def __exit__(self, *_error: object) -> None:
        if self._server is not None:
            self._server.terminate()
            self._server.wait()
            self._server = None
