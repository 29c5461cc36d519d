"""Moving in: the rows of a workbook, and the dump of another program with its members and loans."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import openpyxl

from database import undo
from database.library import Library
from database.moving import bringing
from database.moving.ahead import Wanted
from database.policy.house import ProfileFacts
from database.sources import looking
from tests.bench.big_library import NOW
from tests.bench.noting import note, timed

ROWS, TITLES = 10_000, 100_000
_WORDS = [
    "gizi",
    "klinik",
    "keperawatan",
    "anak",
    "medikal",
    "bedah",
    "ilmu",
    "penyakit",
    "dalam",
    "farmakologi",
    "anatomi",
    "fisiologi",
    "manusia",
    "dasar",
    "lanjut",
    "buku",
    "ajar",
    "pedoman",
    "praktik",
    "kesehatan",
    "masyarakat",
    "kebidanan",
    "jiwa",
    "gawat",
    "darurat",
    "metodologi",
    "penelitian",
    "statistik",
    "manajemen",
    "rumah",
    "sakit",
]
_AT_ONCE = 500
Tables = dict[str, tuple[str, Iterable[str]]]


def measure(engine: str, empty: Callable[[str], str]) -> None:
    """`empty` is where an empty library may be made, told a folder for files."""
    with tempfile.TemporaryDirectory() as folder:
        book, dump = Path(folder) / "buku.xlsx", Path(folder) / "slims.sql"
        _workbook(book)
        took = _bring(empty(folder), book)
        note(f"{engine}: {ROWS:,} rows of a workbook", f"{took:.1f} s", "<= 10 s")
        _dump(dump)
        took = _bring(empty(folder), dump)
        what = f"{TITLES:,} titles, copies, members, loans"
        note(f"{engine}: a dump of SLiMS", f"{took:.0f} s", "<= 120 s", what)


def _bring(where: str, path: Path) -> float:
    Path(where).unlink(missing_ok=True)
    library = Library.create(where, ProfileFacts(), NOW)
    parts = looking.look(path).parts
    took = timed(
        lambda: undo.in_pieces(library, lambda s: bringing.bring(s, parts, Wanted(), NOW), NOW)
    )
    library.close()
    return took


def _title(chance: random.Random, number: int) -> str:
    return f"{' '.join(chance.choices(_WORDS, k=5)).capitalize()} {number}"


def _workbook(path: Path) -> None:
    chance = random.Random(3)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Buku")
    sheet.append(["No", "Judul", "Pengarang", "Penerbit", "Tahun", "No. Panggil", "Barcode"])
    for number in range(1, ROWS + 1):
        author = " ".join(chance.choices(_WORDS, k=2)).title()
        shelf = f"{chance.randint(600, 619)}.{chance.randint(1, 99)} ABC t"
        year, publisher = chance.randint(1990, 2025), f"Penerbit {chance.randint(1, 300)}"
        sheet.append(
            [number, _title(chance, number), author, publisher, year, shelf, f"X{number:06d}"]
        )
    book.save(path)


def _dump(path: Path) -> None:
    """Two copies a title, a member for ten and a past loan for each."""
    chance = random.Random(1)
    tables = {**_shelves(chance), **_desk(chance, TITLES // 10)}
    with path.open("w") as stream:
        for name, (columns, rows) in tables.items():
            stream.writelines(_inserts(name, columns, list(rows)))


def _word(chance: random.Random) -> str:
    return chance.choice(_WORDS).title()


def _shelves(chance: random.Random) -> Tables:
    """Titles, who wrote and published them, their copies."""
    titles = range(1, TITLES + 1)
    return {
        "mst_author": (
            "author_id,author_name,authority_type",
            (f"{n},'{_word(chance)}, {_word(chance)} {n}','p'" for n in range(1, TITLES // 4 + 1)),
        ),
        "mst_publisher": (
            "publisher_id,publisher_name",
            (f"{n},'Penerbit {n}'" for n in range(1, 501)),
        ),
        "biblio": (
            "biblio_id,title,publisher_id,publish_year,collation,call_number,language_id,notes",
            (
                f"{n},'{_title(chance, n)}',{n % 500 + 1},'{1990 + n % 35}','x, {n % 800} hlm.',"
                f"'{600 + n % 20}.{n % 99} ABC t','id','Catatan {n}'"
                for n in titles
            ),
        ),
        "biblio_author": (
            "biblio_id,author_id,level",
            (f"{n},{chance.randint(1, TITLES // 4)},{at}" for n in titles for at in (1, 2)),
        ),
        "item": (
            "item_id,biblio_id,item_code,inventory_code,received_date,price",
            (
                f"{2 * n + at},{n},'P{2 * n + at:07d}','INV{2 * n + at}','2015-02-03',75000"
                for n in titles
                for at in (0, 1)
            ),
        ),
    }


def _desk(chance: random.Random, members: int) -> Tables:
    """Members, and what they had borrowed."""
    return {
        "mst_member_type": (
            "member_type_id,member_type_name,loan_limit,loan_periode,member_periode",
            ["1,'Standar',2,7,365"],
        ),
        "member": (
            "member_id,member_name,gender,member_type_id,member_since_date,expire_date",
            (
                f"'A{n:05d}','{_word(chance)} {_word(chance)} {n}',{n % 2},1,"
                "'2024-01-01','2027-12-31'"
                for n in range(1, members + 1)
            ),
        ),
        "loan_history": (
            "loan_id,item_code,member_id,loan_date,due_date,is_lent,is_return,return_date",
            (
                f"{n},'P{2 * n:07d}','A{n % members + 1:05d}','2025-03-01','2025-03-08',1,1,"
                "'2025-03-07'"
                for n in range(1, TITLES + 1)
            ),
        ),
    }


def _inserts(table: str, columns: str, rows: list[str]) -> Iterator[str]:
    for at in range(0, len(rows), _AT_ONCE):
        some = ",".join(f"({row})" for row in rows[at : at + _AT_ONCE])
        yield f"INSERT INTO `{table}` ({columns}) VALUES {some};\n"
