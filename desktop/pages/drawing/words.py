"""Names of codes on paper: item types, owners, classes. Translated when shown."""

from __future__ import annotations

from datetime import date

from desktop.words.codes import ITEM_TYPES, OWNERSHIPS
from desktop.words.language import _, current, date_long, month_long, number, weekday_name


def item_type(code: str) -> str:
    """The name of an item type; an unknown code stands for itself."""
    return _(ITEM_TYPES.get(code, code))


def ownership(code: str) -> str:
    """The name of an owner; an unknown code stands for itself."""
    return _(OWNERSHIPS.get(code, code))


def figure(count: int) -> str:
    """A count in a table: a dash says nought more quietly than a digit."""
    return number(count) if count else "–"


def initials(name: str) -> str:
    """A patient's or relative's name on paper: its initials."""
    return " ".join(f"{word[0]}." for word in name.split() if word[0].isalpha())


def usual_consent() -> str:
    """What a patron agrees to while the library has not written its own text."""
    return _(
        "I agree that the library keeps my name, number, unit, phone and e-mail to lend me books, "
        "reminds me of due dates and, if I give one, prints my photograph on my card. I may "
        "withdraw this at any time, see what is kept and have it deleted."
    )


def number_in_words(count: int, *, ordinal: bool = False) -> str:
    """11 as "sebelas"; the ordinal of English dates, "eleventh"."""
    if current() == "id":
        from num2words.lang_ID import Num2Word_ID

        said = Num2Word_ID().to_cardinal(count)
    else:
        from num2words.lang_EN import Num2Word_EN

        said = Num2Word_EN().to_ordinal(count) if ordinal else Num2Word_EN().to_cardinal(count)
    return " ".join(str(said).split())


def day_in_words(day: date) -> str:
    """ "Senin tanggal sebelas bulan Januari tahun dua ribu dua puluh tujuh (11 Januari 2027)"."""
    text = _("{weekday}, the {day} of {month} {year} ({date})")
    return text.format(
        weekday=weekday_name(day.weekday()),
        day=number_in_words(day.day, ordinal=True),
        month=month_long(f"{day:%Y-%m}").rpartition(" ")[0],
        year=number_in_words(day.year),
        date=date_long(day),
    )


def in_words(rupiah: int) -> str:
    """A sum of money as a receipt must have it (terbilang): "Seribu lima ratus rupiah" in
    Indonesian, "One thousand, five hundred rupiah" in English."""
    words = number_in_words(rupiah)
    return f"{words[:1].upper()}{words[1:]} rupiah"
