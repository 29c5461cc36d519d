"""Wine, as the trial of the Windows program needs it: a prefix of its own, and a screen."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

from installer.waiting import Failed, eventually, must

PROGRAM = Path("/usr/lib/wine/wine64")
SCREEN = "1366x768x24"
STUBS = ("icuuc", "mscms", "bcryptprimitives")
"""DLLs of Windows 10 that Wine 8 has not; beside this file in C, for trials alone."""


def windows_path(path: Path) -> str:
    """A path of this machine as Wine's programs know it."""
    return "Z:" + str(path).replace("/", "\\")


class Wine:
    """Runs programs for Windows in the prefix `folder`, on a screen that nobody sees."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._screen: subprocess.Popen[bytes] | None = None
        self._manager: subprocess.Popen[bytes] | None = None
        unwanted = ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "TZ", "QT_QPA_PLATFORM")
        self.environment = {key: value for key, value in os.environ.items() if key not in unwanted}
        self.environment |= {
            "WINEPREFIX": str(folder),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            # A program that crashes shall end, not wait for a debugger.
            "WINEDLLOVERRIDES": "mscoree,mshtml,winemenubuilder.exe,winedbg.exe=",
        }

    @property
    def home(self) -> Path:
        """The profile of the one who uses this Windows."""
        return self.folder / "drive_c" / "users" / getpass.getuser()

    def inside(self, path: Path) -> str:
        """A path within the prefix as its programs know it."""
        return "C:\\" + str(path.relative_to(self.folder / "drive_c")).replace("/", "\\")

    # --- what is needed once

    def make(self) -> None:
        """A fresh Windows with folders of its own, not the real home, and the DLLs it lacks."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        self.run("wineboot", "-i", seconds=300)
        eventually((self.folder / "system.reg").exists, "Wine wrote its registry")
        for path in self.home.iterdir():
            if path.is_symlink():
                path.unlink()
                path.mkdir()
        system = self.folder / "drive_c" / "windows" / "system32"
        for name in STUBS:
            source = Path(__file__).with_name(f"{name}.c")
            compiler = "x86_64-w64-mingw32-gcc"
            subprocess.run(
                [compiler, "-shared", "-O2", "-s", "-o", str(system / f"{name}.dll"),
                 str(source), "-Wl,--export-all-symbols", "-ladvapi32"], check=True,
            )  # fmt: skip
        # Its own DLL of this name would be taken before ours.
        overrides = r"HKCU\Software\Wine\DllOverrides"
        self.run("reg", "add", overrides, "/v", "mscms", "/d", "native", "/f")
        # Debian's Wine says it is Windows 7, which the setup refuses.
        self.run("reg", "add", r"HKCU\Software\Wine", "/v", "Version", "/d", "win10", "/f")

    def show(self) -> None:
        """A screen; the programs of this Windows open their windows there."""
        if self._screen is None:
            reading, writing = os.pipe()
            self._screen = subprocess.Popen(
                ["Xvfb", "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp"],
                pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            os.close(writing)
            with os.fdopen(reading) as told:
                self.environment["DISPLAY"] = f":{told.readline().strip()}"
            # Without one no window is ever in front, and no key reaches it.
            self._manager = subprocess.Popen(
                ["openbox"],
                env=self.environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )

    def close(self) -> None:
        """End what was started here, and nothing else."""
        with suppress(OSError):
            subprocess.run(["/usr/lib/wine/wineserver64", "-k"], env=self.environment, check=False)
        for process in (self._manager, self._screen):
            if process is not None:
                process.terminate()
                process.wait()
        self._manager = self._screen = None

    # --- running

    def start(self, *words: str, cwd: Path | None = None, **more: str) -> subprocess.Popen[bytes]:
        """Begin to run a program. Python in Wine dies on a file as its output: pipes alone."""
        self.show()
        return subprocess.Popen(
            [str(PROGRAM), *words],
            cwd=cwd,
            env=self.environment | more,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def run(self, *words: str, seconds: int = 180, expect: int | None = 0, **more: str) -> str:
        """Run a program to its end; what it said."""
        return self.ended(self.start(*words, **more), words[0], seconds, expect)

    def ended(
        self, process: subprocess.Popen[bytes], name: str, seconds: int, expect: int | None = 0
    ) -> str:
        """Wait for the end of what was started; what it said."""
        try:
            out, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired as error:
            process.kill()
            out, _ = process.communicate()
            said = out.decode("utf-8", "replace").replace("\r\n", "\n")
            raise Failed(f"{name} did not end within {seconds} s:\n{said}") from error
        said = out.decode("utf-8", "replace").replace("\r\n", "\n")
        right = expect is None or process.returncode == expect
        must(right, f"{name} ended with {process.returncode}: {' '.join(said.split())[-500:]}")
        return said
