"""Let a frozen Selasar work, as on a PC that has no Python:

    python -m installer.smoke [dist/selasar]

One line a step; the first that fails ends it with exit code 1. Needs only the standard library.
"""

from __future__ import annotations

import json
import re
import shutil
import socket
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from installer.contents import DIST, NAME
from installer.frozen import PATIENCE, Frozen, finished, tail
from installer.waiting import Failed, eventually, must

WINDOW_SECONDS = 5


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


def silent(port: int) -> bool:
    """Whether nobody serves there."""
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) != 0


def pages(frozen: Frozen) -> str:
    """The pages for readers: from a server of its own, and as a folder."""
    got = frozen.json("site", "--library", "own.db", "--out", "site")
    must(got["titles"] == 2, f"site gave {got}")
    process = frozen.start("serve", "--library", "own.db", "--port", "0", "--json")
    try:
        must(process.stdout is not None, "serve has no output")
        first = process.stdout.readline().decode("utf-8", "replace") if process.stdout else ""
        must(first.startswith("{"), f"serve said {first!r}")
        port = json.loads(first)["port"]
        where = f"http://127.0.0.1:{port}/cari?q=gawat%20darurat"
        with urllib.request.urlopen(where, timeout=PATIENCE) as answer:
            page = answer.read().decode("utf-8")
    finally:
        process.kill()
        process.communicate()
    # A console that is closed ends what it runs as suddenly as this.
    eventually(lambda: silent(port), "what serves ended with its console", 30)
    must("Keperawatan gawat darurat" in page, f"the page has no title: {page[:200]!r}")
    return f"{len(page)} signs of a page, {got['files']} files in a folder; ended with its console"


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
    frozen.json("checkout", *at, second, BARCODE)
    frozen.json("return", *at, BARCODE)
    back = frozen.json("patrons", *at)["rows"]
    must(not any(row["open_loans"] for row in back), f"not taken back: {back}")
    return f"{first} borrowed, {second} waited for it and borrowed"


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


def officer(frozen: Frozen) -> str:
    """What the dinas does with the report of a month that is closed."""
    at = ("--library", "demo.db")
    month = (date.today().replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
    frozen.run("report", *at, month, "--pdf", "closed.pdf")
    told = frozen.json("verify", *at, "closed.pdf")
    must(told["state"] == "valid", f"verify gave {told}")
    got = frozen.json("recap", "closed.pdf", "--xlsx", "recap.xlsx", "--pdf", "recap.pdf")
    must(got["reports"] == 1 and not got["wrong"], f"recap gave {got}")
    return f"{month} is genuine, and stands in a recap of {frozen.pdf('recap.pdf')} bytes"


def partner(frozen: Frozen) -> str:
    """The catalogue of another library beside ours, out of a file."""
    at = ("--library", "demo.db")
    got = frozen.json("harvest", *at, "RSUD Mitra", "--file", "two.mrc")
    found = frozen.json("search-partners", *at, "gawat darurat")["rows"]
    right = got["stored"] == 2 and [one["library"] for one in found] == ["RSUD Mitra"]
    must(right, f"harvest gave {got}, search-partners {found}")
    return f"{found[0]['title']} at {found[0]['library']}"


def taken_back(frozen: Frozen) -> str:
    got = frozen.json("undo-import", "--library", "many.db")
    left = frozen.json("search", "--library", "many.db", "laporan")
    must(left["count"] == 0, f"undo-import gave {got}, and {left['count']} titles are left")
    return "the big import"


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


def everything(frozen: Frozen) -> str:
    """No subcommand was left out above."""
    listed = re.findall(r"^ {4}([a-z-]+)\s", frozen.run("--help"), re.MULTILINE)
    missing = set(listed) - frozen.tried
    must(len(listed) > 20 and not missing, f"not tried: {', '.join(sorted(missing)) or listed}")
    return f"{len(listed)} subcommands"


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
    "officer": officer,
    "pages": pages,
    "partner": partner,
    "taken back": taken_back,
    "backup and restore": backup,
    "check": check,
    "server": server,
    "window": window,
    "everything": everything,
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
