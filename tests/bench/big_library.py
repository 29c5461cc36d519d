"""The library of the benchmark: 100,000 titles, 150,000 items, 20,000 patrons, 1,000,000
loans over ten years, on either engine; kept between runs beside this file."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from sqlalchemy import select

from database.description import marc, marc_form
from database.description.described import call_number_of, columns
from database.description.projection import project
from database.engine import bulk
from database.library import Library
from database.patrons import standing
from database.policy import numbering
from database.policy.house import ProfileFacts
from database.schema import Biblio, BiblioIdentifier, Item, Loan, Patron, PatronCategory, Visit
from database.search import headings, indexing
from database.text.stems import index_texts
from database.text.words import key, words

TITLES, ITEMS, PATRONS, LOANS = 100_000, 150_000, 20_000, 1_000_000
YEARS = 10
WIB = timezone(timedelta(hours=7))
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=WIB)
CACHE = Path(__file__).parent / "cache"
_CHUNK = 5_000

_A = ("Buku ajar", "Asuhan", "Panduan", "Dasar-dasar", "Kapita selekta", "Atlas", "Manajemen",
      "Penatalaksanaan", "Terapi", "Ilmu", "Pengantar", "Praktik")  # fmt: skip
_B = ("keperawatan", "kebidanan", "kedokteran", "farmakologi", "bedah", "gizi", "penyakit dalam",
      "kesehatan anak", "psikiatri", "radiologi", "anatomi", "fisiologi", "epidemiologi", "gawat darurat",
      "rehabilitasi", "imunologi", "patologi", "neurologi", "kardiologi", "onkologi")  # fmt: skip
_C = ("pada ibu hamil", "pada anak", "pada lansia", "di rumah sakit", "di komunitas", "berbasis bukti",
      "HIV dan TBC", "untuk mahasiswa", "untuk perawat", "klinik", "terapan", "edisi baru")  # fmt: skip
_FIRST = ("Siti", "Dewi", "Agus", "Budi", "Rina", "Ayu", "Eko", "Fikri", "Hadi", "Indah", "Joko",
          "Lestari", "Made", "Nur", "Putri", "Ratna", "Slamet", "Tri", "Wahyu", "Yusuf")  # fmt: skip
_CLASSES = ("610.73", "616", "616.12", "617", "618.2", "615.1", "613.2", "899.221 3", "297", "150")


def place(engine: str, server: str | None) -> str:
    """Where the cached library of an engine is."""
    CACHE.mkdir(exist_ok=True)
    if engine == "sqlite":
        return str(CACHE / "big.db")
    assert server is not None
    head, _, query = server.partition("?")
    return f"{head.rpartition('/')[0]}/selasar_bench" + (f"?{query}" if query else "")


def build(where: str) -> None:
    """Make it, in about two minutes."""
    library = Library.create(where, ProfileFacts("Perpustakaan besar", "BESAR"), NOW)
    chance = random.Random(7)
    with library.transaction() as session:
        connection = session.connection()
        categories = {
            row.code: row.id
            for row in session.execute(select(PatronCategory.code, PatronCategory.id))
        }
        groups = _titles(session, chance)
        bulk_rows(connection, Item, _items(chance, groups))
        names = [one for one in categories if one != "ward"]
        kinds = [chance.choice(names) for _ in range(PATRONS)]
        bulk_rows(connection, Patron, _patrons(chance, kinds, categories))
        standing.join_all(session)
        bulk_rows(connection, Loan, _loans(chance, kinds, groups))
        bulk_rows(connection, Visit, _visits(chance, names))
        numbering.raise_to(session, "barcode", ITEMS)
        bulk.continue_sequences(connection)
        indexing.settle(lambda: connection)
    with library.engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()
    library.close()


def bulk_rows(connection: Any, record: Any, rows: Iterator[dict[str, Any]]) -> None:
    """Write rows a few thousand at a time."""
    part: list[dict[str, Any]] = []
    for row in rows:
        part.append(row)
        if len(part) == _CHUNK:
            bulk.add(connection, record, part)
            part = []
    bulk.add(connection, record, part)


def _titles(session: Any, chance: random.Random, count: int = TITLES) -> list[str]:
    from database.description.callnumber import class_group

    groups = []
    for start in range(1, count + 1, _CHUNK):
        rows, numbers, uses, indexed = [], [], {}, []
        for number in range(start, min(start + _CHUNK, count + 1)):
            record = _record(chance, number)
            facts = project(record)
            shelf = call_number_of(facts)
            rows.append({"id": number, **columns(marc.to_json(record), facts, shelf),
                         "created_at": NOW, "created_on": date(2016, 1, 4), "updated_at": NOW})  # fmt: skip
            numbers += [{"biblio_id": number, "kind": k, "value": v} for k, v in facts.identifiers]
            uses[number] = facts.headings
            other = (*facts.other_words, *words(shelf), f"b{number:06d}")
            indexed.append(indexing.Words(number, *index_texts(facts.title_words, other)))
            groups.append(class_group(facts.classification))
        connection = session.connection()
        bulk.add(connection, Biblio, rows)
        bulk.add(connection, BiblioIdentifier, numbers)
        headings.link(session, uses, fresh=True)
        indexing.index(connection, indexed, fresh=True)
    return groups


def _record(chance: random.Random, number: int) -> marc.Record:
    first = "978602" + f"{number % 10**6:06d}"
    total = sum(int(n) * w for n, w in zip(first, (1, 3) * 6, strict=True))
    values = {
        "isbn": first + str((10 - total % 10) % 10),
        "title": f"{chance.choice(_A)} {chance.choice(_B)} {chance.choice(_C)} {number}",
        "main_author": f"{chance.choice(_FIRST)}{number % 997}, {chance.choice(_FIRST)}",
        "publisher": f"Penerbit {chance.choice(_FIRST)}",
        "place": "Jakarta",
        "year": str(2000 + number % 25),
        "classification": chance.choice(_CLASSES),
        "subjects": f"{chance.choice(_B)}\n{chance.choice(_B)} {number % 500}",
        "summary": f"{chance.choice(_B)} {chance.choice(_C)} {chance.choice(_B)}",
    }
    return marc_form.apply(marc.Record(), values)


def _items(chance: random.Random, groups: list[str]) -> Iterator[dict[str, Any]]:
    for number in range(1, ITEMS + 1):
        yield {
            "id": number, "biblio_id": (number - 1) % TITLES + 1, "barcode": f"B{number:06d}",
            "accession_number": f"{number:06d}/B/2016", "call_number": "616 SET b", "volume": "",
            "copy_number": (number - 1) // TITLES + 1, "item_type": "book", "location": "Rak",
            "class_group": groups[(number - 1) % TITLES],
            "ownership": "hospital", "source": "purchase", "supplier": "", "price": None,
            "accessioned_on": date(2016, 1, 4) + timedelta(days=chance.randrange(3650)),
            "status": "in_service", "note": "", "labelled_at": NOW, "created_at": NOW,
        }  # fmt: skip


def _patrons(
    chance: random.Random, kinds: list[str], categories: dict[str, int]
) -> Iterator[dict[str, Any]]:
    for number, kind in enumerate(kinds, 1):
        name = f"{chance.choice(_FIRST)} {chance.choice(_FIRST)} {number}"
        yield {
            "id": number, "number": f"M{number:05d}", "kind": "person",
            "category_id": categories[kind], "name": name, "name_key": key(name),
            "search_key": f" {key(name)} m{number:05d} mawar",
            "sex": chance.choice("fm"), "unit": "Mawar", "institution": "", "phone": "", "email": "",
            "note": "", "joined_on": date(2016, 1, 4), "valid_until": date(2029, 12, 31),
            "blocked_reason": "", "bed": "", "child": False, "guardian": "", "guarantor": "",
            "created_at": NOW,
        }  # fmt: skip


def _loans(chance: random.Random, kinds: list[str], groups: list[str]) -> Iterator[dict[str, Any]]:
    """Each item in turn, so that no two loans of one overlap; the last few are open."""
    first = date(2016, 11, 24)
    days = YEARS * 365 - 40
    open_from = LOANS - 3_000
    for number in range(1, LOANS + 1):
        lent = first + timedelta(days=number * days // LOANS)
        item = (number * 7) % ITEMS + 1
        patron = chance.randrange(PATRONS)
        moment = datetime(lent.year, lent.month, lent.day, 9, number % 60, tzinfo=WIB)
        back = lent + timedelta(days=1 + number % 18)
        out = number > open_from
        yield {
            "id": number, "item_id": item, "patron_id": patron + 1, "lent_at": moment,
            "lent_on": lent, "due_on": lent + timedelta(days=14),
            "returned_at": None if out else datetime(back.year, back.month, back.day, 9, tzinfo=WIB),
            "returned_on": None if out else back, "renewals": 0, "category": kinds[patron],
            "unit": "Mawar", "item_type": "book", "class_group": groups[(item - 1) % TITLES],
        }  # fmt: skip


def _visits(chance: random.Random, names: list[str]) -> Iterator[dict[str, Any]]:
    number = 0
    for back in range(YEARS * 365):
        day = NOW.date() - timedelta(days=back)
        if day.weekday() > 4:
            continue
        for _ in range(20):
            number += 1
            moment = datetime(day.year, day.month, day.day, 8 + number % 7, tzinfo=WIB)
            yield {
                "id": number,
                "visited_at": moment,
                "visited_on": day,
                "category": chance.choice(names),
                "purpose": "",
                "people": 1,
            }
