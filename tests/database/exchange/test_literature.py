"""Lists of literature become records: articles with their host, names, numbers, abstracts."""

from __future__ import annotations

import pytest

from database.description.marc import Field, Record
from database.description.projection import project
from database.exchange import found
from database.exchange.references_out import told_of


def read(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(found.records_of(path))


def one(path, content):
    (entry,) = read(path, content)
    assert entry.record is not None, entry.reason
    return entry.record


def host(record):
    return dict(record.first("773").subfields)


RIS = """1.
TY  - JOUR
T1  - Asuhan gizi: sebuah tinjauan
A1  - Setiati, Siti
A1  - Hidayat, Budi
Y1  - 2014//
JF  - Jurnal Gizi
VL  - 9
IS  - 3
SP  - 12
EP  - 20
SN  - 1932-6208
DO  - https://doi.org/10.1234/abc.5
N2  - Latar belakang:
 lanjutan abstrak.
KW  - gizi
KW  - diet
UR  - http://example.org/1
ER  -

TY  - BOOK
AU  - Nightingale, Florence
TI  - Notes on nursing
PY  - 1859
PB  - Harrison
CY  - London
SN  - 978-602-232-212-2
TY  - THES
TI  - Skripsi tanpa akhir
"""


def test_ris_articles_books_and_theses(tmp_path):
    article, book, thesis = (entry.record for entry in read(tmp_path / "x.txt", RIS))
    facts = project(article)
    assert (facts.title, facts.material, facts.year) == (
        "Asuhan gizi : sebuah tinjauan", "article", 2014,
    )  # fmt: skip
    assert article.leader[6:8] == "ab"
    assert facts.contributors == "Setiati, Siti; Hidayat, Budi"
    assert host(article) == {
        "t": "Jurnal Gizi", "g": "Vol. 9, No. 3 (2014), p. 12-20", "x": "1932-6208",
    }  # fmt: skip
    assert article.get("024", "a") == "10.1234/abc.5"
    assert article.get("520", "a") == "Latar belakang: lanjutan abstrak."
    assert [field.get("a") for field in article.each("653")] == ["gizi", "diet"]
    assert (project(book).isbn, project(book).publisher) == ("9786022322122", "Harrison")
    assert project(thesis).material == "thesis"


def test_ris_in_utf_16_and_with_a_bad_byte(tmp_path):
    assert [entry.record is not None for entry in read(tmp_path / "a", RIS.encode("utf-16"))] == [
        True, True, True,
    ]  # fmt: skip
    bad = RIS.encode().replace(b"Notes on", b"Not\xe9s on")
    assert [entry.mended for entry in read(tmp_path / "b", bad)] == ["", "bad_encoding", ""]


BIBTEX = r"""
@string{jg = "Jurnal Gizi"}
@article{a1,
  author = {Garc{\'i}a, Jos\'e and {World Health Organization} and van der Berg, Jan and others},
  title = {The {DNA} of \'Etudes \& more}, journal = jg, year = 2019, volume = 3, number = {2},
  pages = {1--20}, doi = {10.1000/xyz}, keywords = {gizi; diet}
}
@book{broken, title = {Tanpa akhir
@comment{jabref-meta: x}
@book(b2, title = "Ilmu bedah", author = "Sjamsuhidajat R.", publisher = {EGC}, address={Jakarta},
  year = "2017", isbn = {978-602-232-212-2}, edition={4})
"""


def test_bibtex_with_latex_abbreviations_and_a_broken_entry(tmp_path):
    first, broken, book = read(tmp_path / "x.txt", BIBTEX)
    assert project(first.record).title == "The DNA of Études & more"
    assert [field.subfields for field in first.record.each("100", "700", "710")] == [
        [("a", "García, José")],
        [("a", "van der Berg, Jan")],
        [("a", "World Health Organization")],
    ]
    assert host(first.record)["g"] == "Vol. 3, No. 2 (2019), p. 1-20"
    assert broken.reason == "bad_bibtex"
    facts = project(book.record)
    assert (facts.title, facts.isbn, facts.place, facts.publisher, facts.year, facts.edition) == (
        "Ilmu bedah", "9786022322122", "Jakarta", "EGC", 2017, "4",
    )  # fmt: skip


NBIB = """
PMID- 12345678
OWN - NLM
TI  - Nursing care of children with
      dengue.
PG  - 101-9
LID - 10.1016/j.x.2020.01.001 [doi]
AB  - BACKGROUND: Something.
FAU - Setiati, Siti
AU  - Setiati S
FAU - Hidayat, Budi
AU  - Hidayat B
CN  - Dengue Study Group
LA  - eng
PT  - Journal Article
JT  - Journal of nursing
IS  - 1234-5679 (Electronic)
VI  - 12
IP  - 4
DP  - 2020 Jan 5
MH  - *Dengue/nursing
OT  - *care

PMID- 2
AU  - Hidayat B
TI  - Kedua.
"""


def test_medline_text(tmp_path):
    first, second = (entry.record for entry in read(tmp_path / "x.nbib", NBIB))
    facts = project(first)
    assert (facts.title, facts.year, facts.language) == (
        "Nursing care of children with dengue", 2020, "eng",
    )  # fmt: skip
    assert facts.contributors == "Setiati, Siti; Hidayat, Budi; Dengue Study Group"
    assert host(first)["g"] == "Vol. 12, No. 4 (2020), p. 101-9"
    assert first.get("024", "a") == "10.1016/j.x.2020.01.001"
    assert [use.name for use in facts.headings if use.scheme == "mesh"] == ["Dengue"]
    assert project(second).contributors == "Hidayat, B"


PUBMED = """<?xml version="1.0"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2019//EN"
 "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_190101.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">31</PMID><Article>
<Journal><ISSN IssnType="Print">1234-5679</ISSN><JournalIssue><Volume>5</Volume><Issue>2</Issue>
<PubDate><MedlineDate>2018 Jan-Feb</MedlineDate></PubDate></JournalIssue>
<Title>Heart</Title></Journal>
<ArticleTitle>Effects of <i>Curcuma</i> on H<sub>2</sub>O.</ArticleTitle>
<Pagination><MedlinePgn>1-9</MedlinePgn></Pagination>
<ELocationID EIdType="doi">10.1/x</ELocationID>
<Abstract><AbstractText Label="AIM">Satu.</AbstractText><AbstractText>Dua.</AbstractText></Abstract>
<AuthorList><Author><LastName>Setiati</LastName><ForeName>Siti</ForeName></Author>
<Author><CollectiveName>WHO Group</CollectiveName></Author></AuthorList><Language>eng</Language>
</Article><MeshHeadingList><MeshHeading><DescriptorName>Curcuma</DescriptorName></MeshHeading>
</MeshHeadingList></MedlineCitation></PubmedArticle></PubmedArticleSet>"""


def test_pubmed_xml(tmp_path):
    record = one(tmp_path / "x.xml", PUBMED)
    facts = project(record)
    assert (facts.title, facts.year) == ("Effects of Curcuma on H2O", 2018)
    assert host(record) == {"t": "Heart", "g": "Vol. 5, No. 2 (2018), p. 1-9", "x": "1234-5679"}
    assert facts.contributors == "Setiati, Siti; WHO Group"
    assert record.get("024", "a") == "10.1/x"
    assert record.get("520", "a") == "AIM: Satu. Dua."
    assert ("control", "(PubMed)31") in facts.identifiers


MODS = """<modsCollection xmlns="http://www.loc.gov/mods/v3"><mods>
<titleInfo><nonSort>The</nonSort><title>heart</title><subTitle>a guide</subTitle></titleInfo>
<name type="personal"><namePart type="family">Setiati</namePart>
<namePart type="given">Siti</namePart><role><roleTerm type="code">aut</roleTerm></role></name>
<name type="corporate"><namePart>WHO</namePart><role><roleTerm>editor</roleTerm></role></name>
<originInfo><place><placeTerm type="text">Jakarta</placeTerm></place><publisher>EGC</publisher>
<dateIssued>c2019</dateIssued></originInfo><identifier type="isbn">9786022322122</identifier>
<classification authority="ddc">616.12</classification>
<subject authority="mesh"><topic>Heart</topic><topic>anatomy</topic></subject></mods>
<mods><titleInfo><title>Sebuah artikel</title></titleInfo><relatedItem type="host"><titleInfo>
<title>Jurnal</title></titleInfo><part><detail type="volume"><number>3</number></detail>
<extent unit="pages"><start>1</start><end>9</end></extent><date>2020</date></part></relatedItem>
</mods></modsCollection>"""


def test_mods(tmp_path):
    book, article = (entry.record for entry in read(tmp_path / "x.xml", MODS))
    facts = project(book)
    assert (facts.title, facts.place, facts.publisher, facts.year, facts.isbn) == (
        "The heart : a guide", "Jakarta", "EGC", 2019, "9786022322122",
    )  # fmt: skip
    assert facts.classification == "616.12"
    assert facts.contributors == "Setiati, Siti; WHO"
    assert [use.name for use in facts.headings if use.role == "subject"] == ["Heart -- anatomy"]
    assert host(article) == {"t": "Jurnal", "g": "Vol. 3 (2020), p. 1-9"}


DC = """<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><record><header>
<identifier>oai:x:1</identifier></header><metadata>
<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Skripsi gizi</dc:title>
<dc:creator>Hidayat, Budi</dc:creator><dc:type>Thesis</dc:type><dc:date>2021-05-01</dc:date>
<dc:identifier>https://repo.example.org/1</dc:identifier><dc:subject>Gizi</dc:subject></oai_dc:dc>
</metadata></record><record><header status="deleted"/></record></ListRecords></OAI-PMH>"""
DSPACE = """<dublin_core><dcvalue element="title" qualifier="none">Artikel A</dcvalue>
<dcvalue element="title" qualifier="alternative">Article A</dcvalue>
<dcvalue element="contributor" qualifier="author">Setiati, Siti</dcvalue>
<dcvalue element="date" qualifier="accessioned">2022-01-01</dcvalue>
<dcvalue element="date" qualifier="issued">2019</dcvalue>
<dcvalue element="identifier" qualifier="issn">1932-6203</dcvalue>
<dcvalue element="relation" qualifier="ispartof">Jurnal Gizi</dcvalue>
<dcvalue element="type" qualifier="none">Article</dcvalue></dublin_core>"""


def test_dublin_core_of_oai_and_of_dspace(tmp_path):
    thesis = project(one(tmp_path / "a.xml", DC))
    assert (thesis.title, thesis.material, thesis.year, thesis.contributors) == (
        "Skripsi gizi", "thesis", 2021, "Hidayat, Budi",
    )  # fmt: skip
    article = one(tmp_path / "b.xml", DSPACE)
    assert (project(article).title, project(article).year) == ("Artikel A", 2019)
    assert host(article) == {"t": "Jurnal Gizi", "x": "1932-6203"}
    assert article.get("246", "a") == "Article A"


def test_the_real_samples_come_in(shared_data):
    def titles(*parts):
        path = shared_data.joinpath(*parts)
        return [project(entry.record) for entry in found.records_of(path) if entry.record]

    sample = shared_data / "inlislite" / "ContohFile"
    (dublin,) = titles(sample / "DUBLIN_XML.xml")
    assert (dublin.title, dublin.year, dublin.publisher) == (
        "Arithmetic", 1993, "Harcourt Brace Jovanovich",
    )  # fmt: skip
    assert dublin.contributors.startswith("Sandburg, Carl, 1878-1967")
    (site,) = titles(sample / "MODS_XML.xml")
    assert (site.title, site.year) == ("FranUlmer.com -- Home Page", 2002)
    (summer,) = titles("marc", "marc4j", "modsoutput.xml")
    assert (summer.title, summer.year, summer.place, summer.contributors, summer.isbn) == (
        "Summerland", 2002, "New York", "Chabon, Michael", "9780786808779",
    )  # fmt: skip
    first, second = titles("moving-in", "rispy_example_full.ris")
    assert (first.title, second.year, first.material) == ("Title of reference", 2006, "article")
    endnote = titles("moving-in", "endnote_xml_mendeley_export.xml")
    assert len(endnote) > 20
    assert endnote[0].title == "Recipes for building an open-domain chatbot"
    assert all(facts.title and facts.contributors for facts in endnote)


def field(tag, indicators, *subfields):
    return Field(tag, None, indicators, list(subfields))


BOOK = Record(
    fields=[
        field("020", "  ", ("a", "9786022322122")),
        field("082", "04", ("a", "616.12")),
        field("100", "1 ", ("a", "Setiati, Siti")),
        field("245", "10", ("a", "Jantung & <paru> :"), ("b", "panduan")),
        field("264", " 1", ("a", "Jakarta :"), ("b", "EGC,"), ("c", "2019")),
        field("650", " 2", ("a", "Heart"), ("x", "anatomy")),
        field("653", "  ", ("a", "jantung")),
        field("700", "1 ", ("a", "Hidayat, Budi"), ("e", "editor")),
    ]
)
ARTICLE = Record(
    "00000nab a2200000 a 4500",
    [
        field("024", "7 ", ("a", "10.1234/x"), ("2", "doi")),
        field("100", "1 ", ("a", "Setiati, Siti")),
        field("245", "10", ("a", "Sebuah artikel")),
        field("264", " 1", ("c", "2020")),
        field(
            "773", "0 ", ("t", "Jurnal"), ("g", "Vol. 3, No. 1 (2020), p. 1-9"), ("x", "1932-6203")
        ),
    ],
)


@pytest.mark.parametrize("form", ["mods", "dc"])
def test_what_goes_out_comes_in_with_what_the_format_holds(tmp_path, form):
    path = tmp_path / "x.xml"
    with path.open("wb") as stream:
        assert found.write(stream, [BOOK, ARTICLE, Record()], form) == (3, [])
    book, article = [entry.record for entry in found.records_of(path) if entry.record][:2]
    before, after = project(BOOK), project(book)
    for name in ("title", "isbn", "place", "publisher", "year"):
        assert getattr(after, name) == getattr(before, name), name
    assert [one.name for one in told_of(book).people] == ["Setiati, Siti", "Hidayat, Budi"]
    assert project(article).material == "article"
    assert host(article)["t"] == "Jurnal"
    assert article.get("024", "a") == "10.1234/x"
    if form == "mods":
        assert after.classification == "616.12"
        assert host(article) == host(ARTICLE)
