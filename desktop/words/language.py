"""The language people read: gettext for words, Babel for dates, numbers and money.

Source strings are English; Indonesian is complete and the default. Nothing here
imports Qt, so the commands without a window speak the same sentences.
"""

from __future__ import annotations

import gettext as _gettext
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from functools import cache

from database.text.dates import here, local_day
from resources import FOLDER

TRANSLATIONS = FOLDER / "translations"
DOMAIN = "selasar"
LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}

_current = "en"
_catalogue: _gettext.NullTranslations = _gettext.NullTranslations()

own_words: ContextVar[Callable[[str, str], str] | None] = ContextVar("own_words", default=None)
"""Set while a paper is written: of a source and its usual text makes what the library says."""

_here: ContextVar[str] = ContextVar("here", default="")
"""The language of one answer, where many are spoken to at once; "" for the program's own."""

_SHORT_DAYS = {
    "id": ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS = {
    "id": [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
_SHORT_MONTHS = {
    "id": ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"],
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
}


def use(language: str) -> None:
    """Speak `language` ("id" or "en") from now on; widgets already built keep theirs."""
    global _current, _catalogue
    _current = language if language in LANGUAGES else "id"
    _catalogue = _gettext.translation(DOMAIN, TRANSLATIONS, [_current], fallback=True)
    # argparse translates its own words through the process-wide gettext domain.
    os.environ["LANGUAGE"] = _current
    _gettext.bindtextdomain(DOMAIN, str(TRANSLATIONS))
    _gettext.textdomain(DOMAIN)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak `language` within, in this thread or task alone: a page for one reader may be in
    another language than the window beside it."""
    before = _here.set(language if language in LANGUAGES else "id")
    try:
        yield
    finally:
        _here.reset(before)


def current() -> str:
    """The language now spoken: "id" or "en"."""
    return _here.get() or _current


def _spoken() -> _gettext.NullTranslations:
    here = _here.get()
    return _of(here) if here and here != _current else _catalogue


@cache
def _of(language: str) -> _gettext.NullTranslations:
    return _gettext.translation(DOMAIN, TRANSLATIONS, [language], fallback=True)


def _(text: str) -> str:
    """`text` in the language now spoken."""
    if not text:
        return ""
    own = own_words.get()
    usual = _spoken().gettext(text)
    return usual if own is None else own(text, usual)


def in_language(text: str, language: str) -> str:
    """`text` in another language than the one now spoken."""
    return _of(language).gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """The form of a counted phrase that fits `count`."""
    own = own_words.get()
    usual = _spoken().ngettext(one, many, count)
    if own is None:
        return usual
    # Indonesian has one form, and it is kept with the first.
    return own(many if current() == "en" and count != 1 else one, usual)


class _Unknown(_gettext.NullTranslations):
    """Asked where a catalogue has nothing of a text."""

    def gettext(self, message: str) -> str:
        raise LookupError(message)


def known(text: str) -> bool:
    """Whether `text` is a source the translations know."""
    try:
        _sources().gettext(text)
    except LookupError:
        return False
    return bool(text)


@cache
def _sources() -> _gettext.NullTranslations:
    # The Indonesian catalogue is whole; English needs none.
    whole = _gettext.translation(DOMAIN, TRANSLATIONS, ["id"])
    whole.add_fallback(_Unknown())
    return whole


def N_(text: str) -> str:  # noqa: N802 - the name every gettext extractor knows
    """Mark `text` for translation; it is translated later, when it is shown."""
    return text


def listed(names: Sequence[str]) -> str:
    """ "a and b", "a, b, and c"."""
    if len(names) < 2:
        return "".join(names)
    joined = _("{some} and {last}") if len(names) == 2 else _("{some}, and {last}")
    return joined.format(some=", ".join(names[:-1]), last=names[-1])


def number(value: float, decimals: int = 0) -> str:
    """1.284 or 3,5 in Indonesian; 1,284 or 3.5 in English."""
    text = f"{value:,.{decimals}f}"
    return text.translate(str.maketrans(",.", ".,")) if current() == "id" else text


_COUNTED: Mapping[str, Callable[[int], str]] = {
    "answers": lambda n: ngettext("{n} answer", "{n} answers", n),
    "charges": lambda n: ngettext("{n} fine", "{n} fines", n),
    "closed": lambda n: ngettext("{n} closed day", "{n} closed days", n),
    "copies": lambda n: ngettext("{n} copy", "{n} copies", n),
    "files": lambda n: ngettext("{n} file", "{n} files", n),
    "history": lambda n: ngettext("{n} past loan", "{n} past loans", n),
    "holds": lambda n: ngettext("{n} hold", "{n} holds", n),
    "labels": lambda n: ngettext("{n} label", "{n} labels", n),
    "libraries": lambda n: ngettext("{n} library", "{n} libraries", n),
    "links": lambda n: ngettext("{n} link", "{n} links", n),
    "loans": lambda n: ngettext("{n} loan", "{n} loans", n),
    "members": lambda n: ngettext("{n} member", "{n} members", n),
    "open loans": lambda n: ngettext("{n} open loan", "{n} open loans", n),
    "pages": lambda n: ngettext("{n} page", "{n} pages", n),
    "patrons": lambda n: ngettext("{n} patron", "{n} patrons", n),
    "persons": lambda n: ngettext("{n} person", "{n} persons", n),
    "reports": lambda n: ngettext("{n} report", "{n} reports", n),
    "rows": lambda n: ngettext("{n} row", "{n} rows", n),
    "rules": lambda n: ngettext("{n} loan rule", "{n} loan rules", n),
    "tables": lambda n: ngettext("{n} table", "{n} tables", n),
    "titles": lambda n: ngettext("{n} title", "{n} titles", n),
    "visits": lambda n: ngettext("{n} visit", "{n} visits", n),
    "years": lambda n: ngettext("{n} year", "{n} years", n),
}


def counted(what: str, count: int) -> str:
    """So many of a thing, for a sentence that counts several: "1.284 judul", "1 title"."""
    return _COUNTED[what](count).format(n=number(count))


def money(rupiah: int) -> str:
    """Whole rupiah: "Rp 1.500"."""
    return f"Rp {number(rupiah)}"


def money_typed(text: str) -> int | None:
    """The amount somebody typed, in any habit of writing it; None if it is none in rupiah."""
    from database.text import amounts

    bare = text.strip().replace("−", "-")
    minus = bare.removeprefix("Rp").lstrip().startswith("-")
    found = amounts.rupiah(bare.replace("-", "", 1) if minus else bare)
    return -found if minus and found is not None else found


def percent(change: float) -> str:
    """A signed change with one decimal: +9,0 %."""
    sign = "+" if change >= 0 else "−"
    return f"{sign}{number(abs(change), 1)} %"


def date_short(day: date) -> str:
    """For tables: "Sen 7 Des 2026"."""
    return f"{_SHORT_DAYS[current()][day.weekday()]} {date_plain(day)}"


def date_plain(day: date) -> str:
    """For narrow places: "7 Des 2026"."""
    return f"{day.day} {_SHORT_MONTHS[current()][day.month - 1]} {day.year}"


def date_long(day: date) -> str:
    """For running text and papers: "7 Desember 2026"."""
    return f"{day.day} {_MONTHS[current()][day.month - 1]} {day.year}"


def month_long(month: str) -> str:
    """ "2026-10" as "Oktober 2026"."""
    year, index = month.split("-")
    return f"{_MONTHS[current()][int(index) - 1]} {year}"


def month_short(month: str) -> str:
    """ "2026-10" as "Okt"."""
    return _SHORT_MONTHS[current()][int(month.split("-")[1]) - 1]


ROMAN = ("I", "II", "III", "IV")


def period_long(period: str) -> str:
    """ "2026-10" as "Oktober 2026", "2026-Q4" as "Triwulan IV 2026", "2026" as "Tahun 2026"."""
    year, _dash, part = period.partition("-")
    if not part:
        return _("Year {year}").format(year=year)
    if part.startswith("Q"):
        return _("Quarter {n} {year}").format(n=ROMAN[int(part[1]) - 1], year=year)
    return month_long(period)


def period_short(period: str) -> str:
    """For narrow places: "Okt 2026", "Trw IV 2026", "2026"."""
    year, _dash, part = period.partition("-")
    if not part:
        return year
    if part.startswith("Q"):
        return _("Qtr {n} {year}").format(n=ROMAN[int(part[1]) - 1], year=year)
    return _("{month} {year}").format(month=month_short(period), year=year)


def moment(at: datetime) -> str:
    """Its day and its time of day, here."""
    return f"{date_short(local_day(at))} {clock(at)}"


def clock(moment: datetime) -> str:
    """A local time of day: 09.42 in Indonesian, 09:42 in English."""
    return clock_time(here(moment).time())


def clock_time(at: time) -> str:
    """A time of day as `clock` has it."""
    return at.strftime("%H.%M" if current() == "id" else "%H:%M")


def weekday_name(index: int) -> str:
    """Monday is 0."""
    names = {
        "id": ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"],
        "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    }
    return names[current()][index]
