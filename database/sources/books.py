"""A row about a book as a record of the catalogue: the describing half; copies are `copies`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from hashlib import blake2b

from database.description import isbn, marc_form, materials
from database.description.marc import Field, Record
from database.description.materials import put
from database.sources import cells
from database.sources.values import MANY, listed
from database.text import names
from database.text.names import Why
from database.text.words import key

_LANGUAGES = {
    "indonesia": "ind", "bahasa indonesia": "ind", "indonesian": "ind", "id": "ind", "ind": "ind",
    "inggris": "eng", "english": "eng", "bahasa inggris": "eng", "en": "eng", "eng": "eng",
    "en us": "eng", "en gb": "eng", "en ca": "eng", "inggris indonesia": "eng",
    "arab": "ara", "arabic": "ara", "bahasa arab": "ara", "ar": "ara", "ara": "ara",
    "melayu": "may", "malay": "may", "ms": "may", "may": "may", "jawa": "jav", "javanese": "jav",
    "sunda": "sun", "sundanese": "sun", "belanda": "dut", "dutch": "dut", "nl": "dut",
    "jerman": "ger", "german": "ger", "de": "ger", "perancis": "fre", "prancis": "fre",
    "french": "fre", "fr": "fre", "jepang": "jpn", "japanese": "jpn", "ja": "jpn",
    "mandarin": "chi", "cina": "chi", "chinese": "chi", "zh": "chi", "spanyol": "spa",
    "spanish": "spa", "es": "spa",
}  # fmt: skip
_KINDS = (
    (re.compile(
        r"skripsi|tesis|thesis|disertasi|karya tulis ilmiah|kti|tugas akhir|"
        r"laporan (?:pkl|penelitian)"
    ), "thesis"),
    (re.compile(
        r"majalah|jurnal|journal|terbitan berkala|serial|periodical|buletin|"
        r"tabloid|surat kabar|magazine"
    ), "serial"),
    (re.compile(
        r"e book|ebook|electronic resource|sumber elektronik|computer file|"
        r"buku elektronik|digital"
    ), "ebook"),
    (re.compile(
        r"cd|dvd|vcd|video|film|rekaman|audio.*|multimedia|sound recording|"
        r"motion picture|kaset|slide"
    ), "audiovisual"),
    (re.compile(r"artikel|article"), "article"),
    (re.compile(r"leaflet|brosur|pamflet|poster"), "leaflet"),
    (re.compile(r"pedoman|panduan praktik klinis|ppk|guideline"), "guideline"),
    (re.compile(r"peraturan|undang undang|regulasi"), "regulation"),
)  # fmt: skip
_DIV = re.compile(r'<div style="height: ?\d+px; ?overflow-y: ?auto;?">(.*)</div>', re.DOTALL)
_MARKUP = re.compile(r"<[^<>]{1,200}>")
_LENGTH = re.compile(r"\d{1,2}")
_ENDS = " :/;,.="
_INITIAL = re.compile(r"[^\W\d_]\.")
_DEGREE = re.compile(r"S\.\s?[A-Z][a-z]{1,4}\.?")
"""A first degree written with a blank, "S. Far": few names begin so and are as short."""
_ET_AL = re.compile(r"[,\s]*\(?\b(?:dkk|et al|d k k|dan kawan kawan)\b\.?\)?\s*$", re.IGNORECASE)
_EDITION_OF_DDC = re.compile(r"(?<=\d) (?:1[4-9]|2[0-3])$")
"""The edition of Dewey's tables behind a number: "005.133 22"."""
_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx]")
_PLAIN = (
    ("edition", "edition"), ("place", "place"), ("publisher", "publisher"), ("nlm", "nlm"),
    ("classification", "classification"), ("summary", "summary"), ("volume", "volume"),
    ("statement", "statement"), ("url", "url"), ("numbering", "numbering"),
)  # fmt: skip
_ROLES = (("editors", "penyunting"), ("translators", "penerjemah"), ("illustrators", "ilustrator"))
DESCRIBING = (
    *("title", "subtitle", "volume", "authors", "corporate_author", "added_authors"),
    *("added_bodies", "editors", "translators", "edition", "place", "publisher", "year"),
    *("isbn", "issn", "series", "classification", "url"),
)
"""What tells one title from another in a list: rows that agree in all are one title."""


COPY = re.compile(r"(?:\s|-)*\b(?:c|cop|copy|k|kopi|eks)\.?\s*\d{1,3}$", re.IGNORECASE)
"""What of a call number tells one copy from the next."""


def identity(values: Mapping[str, str]) -> str:
    """A short mark of what a row says of its title, the same for the same title every time."""
    shelf = COPY.sub("", values.get("call_number", ""))
    said = [values.get(name, "") for name in DESCRIBING]
    told = "\x1f".join([key(text) if text else "" for text in (*said, shelf)])
    return blake2b(told.encode(), digest_size=10).hexdigest()


def record(values: Mapping[str, str], shape: str, today: date) -> tuple[Record, list[str]]:
    """The record of a row, and what of it is to be looked at ("isbn_rounded", "isbn_invalid",
    "note_lost").

    `values` has a title. A control number (035) of the row's own words lets the same list come
    twice without doubling anything.
    """
    doubts: list[str] = []
    form = _form(values, doubts)
    made = marc_form.apply(Record(), form)
    _isbns(made, values.get("isbn", ""), values.get("issn", ""), doubts)
    _extent(made, values)
    _people(made, values)
    for subject in listed(
        values.get("subjects", ""), commas=shape in ("goodreads", "biblioteq_titles")
    ):
        put(made, Field("650", None, " 4", [("a", subject)]))
    _notes(made, values.get("note", ""), shape, doubts)
    put(made, Field("035", None, "  ", [("a", f"(Selasar){identity(values)}")]))
    kind = kind_of(values.get("kind", ""), values.get("collection", ""))
    return materials.dress(made, kind, today), doubts


def _form(values: Mapping[str, str], doubts: list[str]) -> dict[str, str]:
    title, subtitle, statement = _title(values)
    form = {to: values[name].replace(MANY, "; ") for name, to in _PLAIN if name in values}
    form |= {"title": title, "year": cells.year(values.get("year", ""))}
    form["classification"] = _EDITION_OF_DDC.sub("", cells.number(form.get("classification", "")))
    for name, text in (("subtitle", subtitle), ("statement", statement)):
        if text and name not in form:
            form[name] = text
    series = values.get("series", "").replace(MANY, "; ")
    if series:
        form["series"], _sign, form["series_number"] = series.partition(" ; ")
    if "language" in values:
        form["language"] = _language(values["language"])
    return {name: text.strip(_ENDS) if name in ("place", "publisher", "subtitle") else text.strip()
            for name, text in form.items() if text.strip()}  # fmt: skip


def _title(values: Mapping[str, str]) -> tuple[str, str, str]:
    """Title proper, other title information and statement, where a list holds them in one cell
    with the signs of ISBD."""
    whole, statement = values["title"].replace(MANY, " "), ""
    if " / " in whole and "statement" not in values:
        whole, _sign, statement = whole.partition(" / ")
    subtitle = values.get("subtitle", "")
    if not subtitle and re.search(r"\S\s*:\s", whole):
        whole, _sign, subtitle = (part.strip() for part in whole.partition(":"))
    return whole.strip().rstrip(":/;=, "), subtitle.strip(), statement.strip()


def _language(text: str) -> str:
    told = key(text.partition(MANY)[0])
    return _LANGUAGES.get(told) or (told if len(told) == 3 and told.isalpha() else "")


def kind_of(*said: str) -> str:
    """The kind of material that a list's own word means, "book" where it says nothing else."""
    return next((kind for kind in map(_kind_said, said) if kind), "book")


@lru_cache(maxsize=2_000)
def _kind_said(text: str) -> str:
    folded = key(text)
    for pattern, kind in _KINDS:
        if pattern.search(folded) and not (kind == "thesis" and "metodologi" in folded):
            return kind
    return ""


def _isbn(text: str) -> str:
    """The number of a cell; one whose leading noughts a spreadsheet has dropped too."""
    short = text.isdigit() and 7 < len(text) < 10
    return isbn.canonical(text) or (isbn.canonical(text.zfill(10)) if short else "")


def _numbers_in(line: str) -> list[str]:
    """The numbers of a cell; what a spreadsheet has rounded has a comma of its own."""
    return [line] if cells.is_rounded(line) else re.split(r"[;,|/]| (?=97[89])", line)


def _isbns(made: Record, isbns: str, issns: str, doubts: list[str]) -> None:
    said = [one for line in isbns.split(MANY) for one in _numbers_in(line)]
    for text in [*said, issns]:
        plain = cells.number(text)
        if not plain:
            continue
        if number := _isbn(plain):
            if not any(number == one.get("a") for one in made.each("020")):
                put(made, Field("020", None, "  ", [("a", number)]))
        elif cells.is_rounded(plain):
            doubts.append("isbn_rounded")
        elif _ISSN.fullmatch(plain) and isbn.issn(plain):
            put(made, Field("022", None, "  ", [("a", plain)]))
        else:
            put(made, Field("020", None, "  ", [("z", plain[:60])]))
            doubts.append("isbn_invalid")


def _extent(made: Record, values: Mapping[str, str]) -> None:
    """300: "xiv, 392 p. : ill. ; 24 cm." taken apart, a bare number of pages with its word."""
    text = values.get("extent", "").replace(MANY, " ").strip()
    main, _sign, rest = text.partition(" ; ")
    pages, _sign, other = main.partition(" : ")
    pages = cells.number(pages)
    size = values.get("dimensions", "") or rest
    parts = [("a", f"{pages} hlm." if pages.isdigit() else pages), ("b", other), ("c", size)]
    told = [(code, part.strip()) for code, part in parts if part.strip(" .")]
    if told:
        put(made, Field("300", None, "  ", told))


def _people(made: Record, values: Mapping[str, str]) -> None:
    main = True
    for name in people(values.get("authors", "")):
        _person(made, name, "", main)
        main = False
    for body in listed(values.get("corporate_author", "")):
        put(made, Field("110" if main else "710", None, "2 ", [("a", body)]))
        main = False
    for name in people(values.get("added_authors", "")):
        _person(made, name, "", main=False)
    for body in listed(values.get("added_bodies", "")):
        put(made, Field("710", None, "2 ", [("a", body)]))
    for column, role in _ROLES:
        for name in people(values.get(column, "")):
            _person(made, name, role, main=False)


def _person(made: Record, name: str, role: str, main: bool) -> None:
    told = _suggested(name)
    body = told.why is Why.BODY
    tag = ("110" if body else "100") if main else ("710" if body else "700")
    one = Field(tag, None, "2 " if body else "1 ", [("a", told.form)])
    if role:
        one.subfields = [("a", told.form + ","), ("e", role)]
    if not any(
        one.subfields[0][1] == other.get("a") for other in made.each("100", "110", "700", "710")
    ):
        put(made, one)


# An author has more than one book.
_suggested = lru_cache(maxsize=20_000)(names.suggest)


def people(text: str) -> list[str]:
    """The persons of a cell: "A; B", "A dan B", "A, B, C" of whole names; degrees stay with
    whom they follow, "dkk" is nobody."""
    if not text:
        return []
    found: list[str] = []
    for part in listed(_ET_AL.sub("", text)):
        for one in re.split(r"\s+(?:&|dan|and)\s+", _ET_AL.sub("", part)):
            found += _by_comma(one.strip(" ,"))
    return list(dict.fromkeys(one for one in found if one))


def _is_turned(entry: str, given: str) -> bool:
    """ "Alimul Hidayat, A. Aziz" and "Pradana, Mamik" are one person each, filed already."""
    return " " not in entry or " " not in given or bool(_INITIAL.match(given))


def _by_comma(text: str) -> list[str]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) < 2 or (len(parts) == 2 and _is_turned(*parts)):
        return [text]
    whole: list[str] = []
    for part in parts:
        if whole and _DEGREE.fullmatch(part):
            continue
        close = part.replace(". ", ".")
        if whole and names.without_titles(f"{whole[0]}, {close}") == names.without_titles(whole[0]):
            continue
        whole.append(part)
    return whole if all(" " in one or one is whole[0] for one in whole) else [text]


def _notes(made: Record, text: str, shape: str, doubts: list[str]) -> None:
    """Notes without the frame that SLiMS puts around them; of some it has kept the length alone."""
    for line in text.split(MANY):
        inner = _DIV.sub(r"\1", line)
        plain = " ".join(_MARKUP.sub(" ", inner).split())
        if shape.startswith("slims") and _LENGTH.fullmatch(plain) and int(plain) <= 50:
            doubts.append("note_lost")
        elif plain:
            put(made, Field("500", None, "  ", [("a", plain)]))
