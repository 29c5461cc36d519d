"""What is written for managers of references is read back by our own readers as it was."""

from __future__ import annotations

import pytest

from database.exchange import found as files
from database.exchange.references import Person, Reference, record_of
from database.exchange.references_out import told_of

BOOK = Reference(
    kind="book",
    title="Ilmu Kebidanan: asas & praktik 100% {lengkap}",
    people=[Person("Prawirohardjo, Sarwono"), Person("Wiknjosastro, Hanifa", "editor")],
    year="2016",
    edition="Edisi ke-4",
    place="Jakarta",
    publisher="Bina Pustaka",
    isbn=["9789798150227"],
    language="ind",
    abstract="Satu $ dua_tiga #4 ~5 ^6 \\7",
    keywords=["Kebidanan", "Persalinan"],
    links=["https://example.org/a_b?c=1"],
)
ARTICLE = Reference(
    kind="article",
    title="Kebersihan tangan perawat",
    people=[Person("Wati, Rina"), Person("Dinas Kesehatan", is_body=True)],
    year="2021",
    host="Jurnal Keperawatan Indonesia",
    volume="24",
    issue="2",
    pages="101-109",
    issn=["1410-4490"],
    doi="10.7454/jki.v24i2.1",
)
THESIS = Reference(kind="thesis", title="Luka tekan", people=[Person("Putra, Adi")], year="2019")


@pytest.mark.parametrize("form", ["ris", "bibtex"])
def test_references_come_back_as_they_went(tmp_path, form):
    records = [record_of(one) for one in (BOOK, ARTICLE, THESIS)]
    went = list(map(told_of, records))
    with (tmp_path / "x").open("wb") as stream:
        written, left = files.write(
            stream, [record_of(one) for one in (BOOK, ARTICLE, THESIS)], form
        )
    assert (written, left) == (3, [])
    assert files.of_file(tmp_path / "x").name == form
    came = [told_of(one.record) for one in files.records_of(tmp_path / "x")]
    names = ("kind", "year", "place", "publisher", "isbn", "doi", "edition", "language", "host",
             "volume", "issue", "links", "pages")  # fmt: skip
    for one, other in zip(went, came, strict=True):
        for name in names:
            assert getattr(one, name) == getattr(other, name), (form, name)
        assert [(p.name, p.is_body) for p in one.people if form == "bibtex"] == [
            (p.name, p.is_body) for p in other.people if form == "bibtex"
        ]
        assert {p.name for p in one.people} == {p.name for p in other.people}
        plain = str.maketrans("", "", "{}" if form == "bibtex" else "")
        assert one.title.translate(plain) == other.title
        assert one.abstract.replace(" ", "") == other.abstract.replace(" ", "")
