"""What older rules made of records and names is made anew when a library is brought up to date."""

from __future__ import annotations

from sqlalchemy import select, text, update

from database.catalogue import titles
from database.description import marc, shelf_order
from database.description.marc import Field
from database.patrons import finding, membership
from database.schema import Biblio, Patron
from database.search import search
from database.storage import places
from tests.libraries import NOW


def test_authors_order_and_words_follow_the_newest_rules(library):
    record = marc.Record()
    for tag, name in (("245", "COVID-19 & gizi"), ("650", "Kebidanan"), ("700", "O'Neill, Siti")):
        record.fields.append(Field(tag, None, "1 ", [("a", name)]))
    with library.transaction() as session:
        titles.add_biblio(session, record, NOW, "650.HIL.G2-2")
        membership.enrol(session, membership.PatronFacts("Anil D'Souza", "doctor"), NOW)
        session.execute(update(Biblio).values(author_key="kebidanan", shelf_key="650.HIL"))
        session.execute(update(Patron).values(search_key=" anil dsouza d0001"))
        session.execute(text("DELETE FROM biblio_words"))
    places.migrate(library.engine)
    with library.reading() as session:
        row = session.execute(select(Biblio.author_key, Biblio.shelf_key)).one()
        assert tuple(row) == ("oneill siti", shelf_order.key("650.HIL.G2-2"))
        for query in ("covid19", "neill", "covid gizi dan"):
            assert search.search(session, query).count == 1
        assert session.execute(select(Patron.search_key)).scalar() == " anil dsouza souza d0001"
        assert finding.search(session, finding.PatronFilter("souza"))[0] == 1
