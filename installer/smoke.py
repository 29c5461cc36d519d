"""Let a frozen Selasar work, as on a PC that has no Python:

    python -m installer.smoke [dist/selasar]

One line a step; the first that fails ends it with exit code 1. Needs only the standard library.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from installer.contents import DIST, NAME
from installer.waiting import Failed, must

WINDOW_SECONDS = 5
PATIENCE = 180


def tail(text: str) -> str:
    """The end of what a program said, in one line."""
    return " ".join(text.split())[-300:]


def iso2709(fields: list[tuple[str, str]]) -> bytes:
    """One MARC record in UTF-8; `fields` as tag and content, "$" before each subfield."""
    directory, body = b"", b""
    for tag, content in fields:
        raw = content.replace("$", "\x1f").encode() + b"\x1e"
        directory += f"{tag}{len(raw):04d}{len(body):05d}".encode()
        body += raw
    start = 24 + len(directory) + 1
    length = start + len(body) + 1
    return f"{length:05d}nam a22{start:05d} a 4500".encode() + directory + b"\x1e" + body + b"\x1d"


BARCODE = "SMK0000001"
PEOPLE = """\
Nama,NIP,Jenis Kelamin,Jenis Anggota
Rina Wati,198001012005012001,P,Perawat
Budi Santoso,197505052000031002,L,Dokter
"""
RECORDS = iso2709(
    [
        ("001", "smoke-1"),
        ("008", "240101s2024    io a          000 0 ind d"),
        ("020", "  $a9786230000003"),
        ("245", "10$aKeperawatan gawat darurat :$bpanduan ruang rawat /$cRatna Wulandari."),
        ("952", "  $pSMK0000001$i2024/1$o616.025 WUL k$cRak 6"),
    ]
) + iso2709(
    [
        ("001", "smoke-2"),
        ("008", "240101s2023    io a          000 0 ind d"),
        ("245", "00$aFarmakologi klinis → dosis anak."),
    ]
)


class Frozen:
    """The program under test, in a folder and an environment of its own."""

    def __init__(self, program: Path, folder: Path) -> None:
        ending = ".exe" if sys.platform == "win32" else ""
        self.window = program / f"{NAME}{ending}"
        console = program / f"{NAME}-cli{ending}"
        self.console = console if console.exists() else self.window
        self.folder = folder
        self.environment = bare_environment(folder)
        must(self.window.exists(), f"no program at {self.window}; build it first")

    def start(self, *arguments: str, window: bool = False, **more: str) -> subprocess.Popen[bytes]:
        """Begin to run it."""
        return subprocess.Popen(
            [str(self.window if window else self.console), *arguments],
            cwd=self.folder,
            env=self.environment | more,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def run(self, *arguments: str, expect: int = 0) -> str:
        """Run a subcommand to its end; its standard output."""
        out, err, code = finished(self.start(*arguments))
        must(code == expect, f"{arguments[0]} ended with {code}: {tail(err or out)}")
        must("Traceback" not in err, f"{arguments[0]} broke: {tail(err)}")
        return out

    def json(self, *arguments: str, expect: int = 0) -> dict[str, Any]:
        """Run a subcommand with --json; the object it gives."""
        out = self.run(*arguments, "--json", expect=expect)
        try:
            found: dict[str, Any] = json.loads(out)
        except json.JSONDecodeError as error:
            raise Failed(f"{arguments[0]} --json gave no JSON: {out[:200]!r}") from error
        return found

    def pdf(self, name: str) -> int:
        """Check that a PDF was written; its size."""
        path = self.folder / name
        must(path.exists(), f"{name} was not written")
        data = path.read_bytes()
        whole = data.startswith(b"%PDF") and b"%%EOF" in data[-32:]
        must(whole, f"{name} is not a whole PDF: {data[:20]!r}")
        return len(data)


def bare_environment(folder: Path) -> dict[str, str]:
    """What a fresh user has, and nothing that leads to a Python."""
    home = str(folder)
    kept = ("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "NUMBER_OF_PROCESSORS")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    system = os.environ.get("SYSTEMROOT")
    # An empty folder stands for a PATH with nothing on it.
    environment["PATH"] = str(Path(system) / "System32") if system else str(folder / "empty")
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TEMP", "TMP", "TMPDIR"):
        environment[name] = home
    return environment


def finished(process: subprocess.Popen[bytes]) -> tuple[str, str, int]:
    """Wait for the end: output, messages, exit code."""
    try:
        out, err = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired as error:
        process.kill()
        process.communicate()
        raise Failed(f"did not end within {PATIENCE} s") from error
    return out.decode("utf-8", "replace"), err.decode("utf-8", "replace"), process.returncode


# --- the steps: each checks, and returns what to say --------------------------------


def version(frozen: Frozen) -> str:
    said = frozen.run("--version").strip()
    must(said.startswith("Selasar "), f"--version said {said!r}")
    return said


def bring_in(frozen: Frozen) -> str:
    (frozen.folder / "two.mrc").write_bytes(RECORDS)
    got = frozen.json("import", "--items", "--library", "own.db", "two.mrc")
    counts = {name: got.get(name) for name in ("read", "added", "items")}
    must(counts == {"read": 2, "added": 2, "items": 1}, f"import gave {got}")
    return "2 records, 1 copy"


def bring_in_many(frozen: Frozen) -> str:
    """More than 4 MB, which a second process reads."""
    summary = ("520", "  $a" + "Ringkasan panjang. " * 50)
    many = [
        iso2709([("001", f"many-{n}"), ("245", f"00$aLaporan {n}."), summary]) for n in range(4_500)
    ]
    (frozen.folder / "many.mrc").write_bytes(b"".join(many))
    got = frozen.json("import", "--library", "many.db", "many.mrc")
    must(got.get("added") == len(many), f"a big import gave {str(got)[:200]}")
    return f"{len(many)} records"


def find(frozen: Frozen) -> str:
    got = frozen.json("search", "--library", "own.db", "gawat darurat")
    must(got.get("count") == 1, f"search gave {got}")
    row = got["rows"][0]
    right = row["title"].startswith("Keperawatan gawat darurat") and row["items"] == 1
    must(right, f"search gave {row}")
    must(frozen.json("search", "--library", "own.db", "dosis")["count"] == 1, "no second title")
    return str(row["title"])


def labels(frozen: Frozen) -> str:
    got = frozen.json("labels", "--library", "own.db", "--all", "--pdf", "labels.pdf")
    must(got.get("labels") == 1, f"labels gave {got}")
    return f"1 label, {frozen.pdf('labels.pdf')} bytes"


def demo(frozen: Frozen) -> str:
    got = frozen.json("demo", "--library", "demo.db")
    must(got["titles"] > 0 and got["loans"] > 0, f"demo gave {got}")
    return f"{got['titles']} titles, {got['loans']} loans"


def report(frozen: Frozen) -> str:
    month = (date.today().replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
    got = frozen.json("report", "--library", "demo.db", month, "--pdf", "month.pdf")
    must(got["loans"]["now"] > 0, f"report {month} shows no loan")
    return f"{month}: {got['loans']['now']} loans, {frozen.pdf('month.pdf')} bytes"


def backup(frozen: Frozen) -> str:
    got = frozen.json("backup", "--library", "demo.db", "copy.db")
    head = (frozen.folder / "copy.db").read_bytes()[:15]
    must(head == b"SQLite format 3", f"the backup begins with {head!r}")
    again = frozen.json("restore", "copy.db", "again.db")
    same = {name: got[name] == again.get(name) for name in ("titles", "items", "patrons", "loans")}
    must(all(same.values()), f"backup {got}, restore {again}")
    return f"{again['titles']} titles back"


def desk(frozen: Frozen) -> str:
    """People come in; lent, renewed, asked for, taken back; a whole day from a file."""
    (frozen.folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    at = ("--library", "own.db")
    frozen.json("import-patrons", *at, "people.csv")
    rows = frozen.json("patrons", *at)["rows"]
    first, second = sorted(row["number"] for row in rows)
    lent = frozen.json("checkout", *at, first, BARCODE)
    must(lent["result"] == "done", f"checkout gave {lent}")
    again = frozen.json("renew", *at, BARCODE, expect=2)
    must(again["reason"] == "not_longer", f"renew on the same day gave {again}")
    frozen.json("hold", *at, second, "1")
    must("rows" in frozen.json("overdue", *at), "overdue gave no list")
    (frozen.folder / "day.jsonl").write_text(
        json.dumps({"act": "return", "item": BARCODE}) + "\n", encoding="utf-8"
    )
    frozen.run("replay", *at, "--json", "day.jsonl")
    back = frozen.json("patrons", *at)["rows"]
    must(not any(row["open_loans"] for row in back), f"not taken back: {back}")
    return f"{first} borrowed, {second} waits for it"


def house(frozen: Frozen) -> str:
    """Every paper, list and figure that has a subcommand, on the demo library."""
    at, year = ("--library", "demo.db"), f"{date.today():%Y}"
    frozen.run("papers", *at, "--all", "--out", "papers")
    papers = len(list((frozen.folder / "papers").glob("*.pdf")))
    frozen.run("export", *at, "--out", "out.mrc")
    frozen.run("export", *at, "--all", "whole")
    frozen.run("iplm", *at, year, "--out", "iplm")
    for words in (("standards",), ("closed", year), ("forget",)):
        frozen.json(words[0], *at, *words[1:])
    month = (date.today().replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
    frozen.json("month", *at, "close", month)
    return f"{papers} papers; {month} closed"


def check(frozen: Frozen) -> str:
    for name in ("own.db", "again.db"):
        got = frozen.json("check", "--library", name)
        must(got["sound"] is True, f"{name}: {got}")
    return "both libraries are sound"


def server(frozen: Frozen) -> str:
    """Nothing answers at that port; the sentence shows that the driver is there."""
    where = "postgresql://nobody@127.0.0.1:1/none?connect_timeout=3"
    got = frozen.json("check", "--library", where, expect=2)
    must(got.get("error") == "server_gone", f"an absent server gave {got}")
    return "an absent server is told"


def window(frozen: Frozen) -> str:
    began = time.perf_counter()
    process = frozen.start(
        "--demo", window=True, QT_QPA_PLATFORM="offscreen", SELASAR_QUIT_AFTER=str(WINDOW_SECONDS)
    )
    time.sleep(WINDOW_SECONDS / 2)
    if process.poll() is not None:
        out, err, code = finished(process)
        raise Failed(f"the window ended at once with {code}: {tail(err or out)}")
    _, err, code = finished(process)
    took = time.perf_counter() - began
    must(code == 0, f"the window ended with {code}: {tail(err)}")
    must(took >= WINDOW_SECONDS, f"the window closed after {took:.1f} s already")
    must("Traceback" not in err and "Error" not in err, f"the window said: {tail(err)}")
    left = [path.name for path in frozen.folder.glob("selasar-demo-*")]
    must(not left, f"the demo left {left} behind")
    return "stood, closed cleanly, left nothing"


STEPS: dict[str, Callable[[Frozen], str]] = {
    "version": version,
    "import": bring_in,
    "big import": bring_in_many,
    "search": find,
    "labels": labels,
    "demo": demo,
    "report": report,
    "desk": desk,
    "house": house,
    "backup and restore": backup,
    "check": check,
    "server": server,
    "window": window,
}


def smoke(program: Path, folder: Path) -> int:
    """All steps in `folder`; the exit code."""
    name = "start"
    try:
        frozen = Frozen(program, folder)
        for name, step in STEPS.items():
            began = time.perf_counter()
            said = step(frozen)
            print(f"ok      {name}: {said} ({time.perf_counter() - began:.1f} s)", flush=True)
    except (Failed, OSError, KeyError, TypeError) as error:
        print(f"FAILED  {name}: {error}", flush=True)
        return 1
    return 0


def main(arguments: list[str]) -> int:
    """Work in a folder far from the checkout, with a space and an accent in its name."""
    program = Path(arguments[0] if arguments else DIST / NAME).resolve()
    folder = Path(tempfile.mkdtemp(prefix="selasar smoke é "))
    try:
        return smoke(program, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
