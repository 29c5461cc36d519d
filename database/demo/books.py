"""The collection of the demo library: invented titles on real subjects, and their copies."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from database.demo.records import record
from database.demo.world import Copy, World, person_name, some_day
from database.description import described, marc, shelf_order
from database.description.callnumber import class_group
from database.description.projection import project
from database.policy import settings
from database.schema import Biblio, BiblioIdentifier, Item
from database.search import indexing
from database.search.headings import link
from database.text.stems import index_texts


def _books(world: World) -> Iterator[tuple[dict[str, str], str]]:
    """(form values, item type) of every title."""
    chance, listed = world.chance, world.words
    for topic, number, subject in listed["topics"]:
        patterns = [pattern for pattern, weight in listed["patterns"] for _ in range(weight)]
        for pattern in dict.fromkeys(chance.sample(patterns, 8)):
            title = pattern.format(topic=topic, Topic=topic[0].upper() + topic[1:])
            yield _book(world, title, number, subject, listed["publishers"]), "book"
    fiction = listed["fiction_publishers"]
    for titles, number, subject in (
        (listed["novels"], "899.221 3", "Fiksi Indonesia"),
        (listed["children"], "899.221 3", "Cerita anak"),
        (listed["faith"], "297", "Agama"),
    ):
        for title in titles:
            yield _book(world, title, number, subject, fiction), "book"
    for title in listed["leaflets"]:
        yield (
            _book(world, title, "613", "Promosi kesehatan", [["Mandala", world.house.hospital]]),
            "leaflet",
        )
    for title in listed["theses"]:
        yield (
            _book(world, title, "610.73", "Penelitian", [["Mandala", "STIKES Bhakti Husada"]]),
            "thesis",
        )
    for title in ("Kamus kedokteran ringkas", "Kamus keperawatan", "Daftar obat esensial"):
        yield _book(world, title, "610.3", "Kamus", listed["publishers"]), "reference"


def _book(
    world: World, title: str, number: str, subject: str, publishers: list[list[str]]
) -> dict[str, str]:
    chance = world.chance
    place, publisher = chance.choice(publishers)
    year = world.first.year - int(abs(chance.gauss(0, 5)))
    names = [person_name(world, chance.choice("fm")) for _ in range(1 + (chance.random() < 0.25))]
    return {
        "isbn": _isbn(chance),
        "title": title,
        "main_author": _inverted(names[0]),
        "added_authors": "\n".join(_inverted(name) for name in names[1:]),
        "edition": f"Ed. {chance.randrange(2, 5)}" if chance.random() < 0.3 else "",
        "place": place,
        "publisher": publisher,
        "year": str(year),
        "extent": f"{chance.randrange(60, 900)} hlm.",
        "classification": number,
        "subjects": subject,
        "language": "ind",
    }


def _isbn(chance: random.Random) -> str:
    first = "978602" + f"{chance.randrange(10**6):06d}"
    total = sum(int(n) * w for n, w in zip(first, (1, 3) * 6, strict=True))
    return first + str((10 - total % 10) % 10)


def _inverted(name: str) -> str:
    first, last = name.split(" ", 1)
    return f"{last}, {first}"


def titles(session: Session, world: World) -> None:
    """Write every title with its copies, links and index."""
    uses, written = {}, []
    style = settings.call_number_style(session)
    stock = random.Random(world.today.toordinal())
    for values, item_type in _books(world):
        since = _came(world, stock) if world.chance.random() < 0.6 else some_day(world)
        values["year"] = str(min(int(values["year"]), since.year))
        made = record(values, item_type, since)
        facts = project(made)
        shelf = described.call_number_of(facts, style, item_type)
        biblio_id = world.add(
            Biblio,
            **described.columns(marc.to_json(made), facts, shelf),
            created_at=world.at(since, 13),
            created_on=since,
            updated_at=world.at(since, 13),
        )
        uses[biblio_id] = facts.headings
        for kind, value in sorted(facts.identifiers):
            world.rows.setdefault(BiblioIdentifier, []).append(
                {"biblio_id": biblio_id, "kind": kind, "value": value}
            )
        copies = list(_copies(world, biblio_id, item_type, shelf, since, facts.classification))
        written.append((biblio_id, facts.title_words, (*facts.other_words, shelf), copies))
    _number(world)
    indexed = [_words(*one) for one in written]
    for record_kind in (Biblio, BiblioIdentifier, Item):
        session.execute(insert(record_kind), world.rows.pop(record_kind))
    link(session, uses, fresh=True)
    indexing.index(session.connection(), indexed, fresh=True)


def _came(world: World, stock: random.Random) -> date:
    """A day on which a title came that was there before the two years: never before the library
    was founded, and most of them in the last years of it."""
    last = world.first - timedelta(days=400)
    founded = date(int(world.house.founded), 3, 2)
    back = int(stock.triangular(0, (last - founded).days, 0))
    day = last - timedelta(days=back)
    return day - timedelta(days=max(0, day.weekday() - 4))


def _number(world: World) -> None:
    """The accession register is written day by day: its numbers rise with the days."""
    letters = {"purchase": "B", "gift": "H"}
    rows = sorted(world.rows[Item], key=lambda row: (row["accessioned_on"], row["id"]))
    for number, row in enumerate(rows, start=1):
        letter, year = letters[row["source"]], row["accessioned_on"].year
        row["accession_number"] = f"{number:04d}/{world.house.short_name}/{letter}/{year}"


def _words(
    biblio_id: int, title: Sequence[str], other: Sequence[str], copies: list[dict[str, Any]]
) -> indexing.Words:
    """What a title is found by: its own words, its shelf and its copies' numbers."""
    numbers = [row[name] for row in copies for name in ("barcode", "accession_number")]
    found = (*other[:-1], *indexing.item_words([*numbers, other[-1]]))
    return indexing.Words(biblio_id, *index_texts(title, found))


def _copies(
    world: World, biblio_id: int, item_type: str, shelf: str, since: date, classification: str
) -> Iterator[dict[str, Any]]:
    chance, group = world.chance, class_group(classification)
    source = chance.choices(["purchase", "gift"], [6, 4])[0]
    weight = chance.paretovariate(1.2)
    for copy in range(1, chance.choices([1, 2, 3], [5, 3, 1])[0] + 1):
        number = len(world.rows.get(Item, ())) + 1
        left = item_type == "book" and chance.random() < 0.015
        barcode = f"B{number:06d}"
        item_id = world.add(
            Item,
            biblio_id=biblio_id,
            barcode=barcode,
            accession_number="",
            call_number=shelf,
            shelf_key=shelf_order.key(shelf, copy=copy),
            copy_number=copy,
            item_type=item_type,
            class_group=group,
            location=_location(classification),
            ownership={"purchase": "hospital", "gift": "gift"}[source],
            source=source,
            price=None if source != "purchase" else chance.randrange(45, 400) * 1000,
            accessioned_on=since,
            created_at=world.at(since, 13),
            status="withdrawn" if left else _status(item_type),
            left_on=some_day(world) if left and since < world.first else None,
            labelled_at=world.at(since, 14) if since < world.today - timedelta(days=20) else None,
        )
        row = world.rows[Item][-1]
        if left and row["left_on"] is None:
            row["status"] = "in_service"
        elif not left and item_type not in {"reference", "leaflet"}:
            world.copies.append(Copy(item_id, group, item_type, since, weight))
        yield row


def _status(item_type: str) -> str:
    return "reference" if item_type == "reference" else "in_service"


def _location(classification: str) -> str:
    return "Rak " + {"8": "Fiksi", "2": "Agama"}.get(classification[0], f"{classification[:3]}")
