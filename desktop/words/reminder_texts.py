"""What a reminder says: the library's own words, or the program's, with the fields filled in."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import Any
from urllib.parse import quote

from database.circulation import reminders
from database.circulation.reminder_list import Person
from database.library import Session
from database.policy import house
from database.policy.house import ProfileFacts
from database.text import names
from desktop.words import language
from desktop.words.language import _, date_long, listed
from desktop.words.sentences import shorten
from resources import FOLDER

FIELDS = ("name", "books", "day", "library", "phone")
KINDS = ("due", "overdue", "hold")
_FIELD = re.compile(r"\{(\w*)\}")
_BEFORE_NAME = re.compile(r"((?:[\w./&]+[ \t]+)+)\{name\}")
"""The words of one line directly before the name; what a comma or another sign parts is not."""
_BETWEEN = frozenset({"atau", "dan", "or", "and", "&"})
_MOST_TITLES = 4


@cache
def _usual() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "reminders.toml").read_text(encoding="utf-8"))


def group(audience: str) -> str:
    """Patients are spoken to as families are; everybody else alike."""
    return "family" if audience in {"patient", "family"} else "any"


def usual(kind: str, audience: str, speaks: str) -> str:
    """The program's own words."""
    said = _usual()[kind]
    text: str = said.get(audience, said["any"])[speaks]
    return text


def template(session: Session, kind: str, audience: str, speaks: str) -> str:
    """The library's words for a kind of reminder and readers ("any", "family")."""
    return reminders.own_text(session, kind, audience, speaks) or usual(kind, audience, speaks)


def of(session: Session, who: Person) -> str:
    """What is said to somebody, in the language spoken."""
    speaks = language.current()
    said = template(session, who.kind, group(who.audience), speaks)
    return filled(said, who, house.profile(session), speaks)


def subject(session: Session) -> str:
    """What stands above an e-mail."""
    return _("Reminder of {library}").format(library=house.profile(session).name)


def unknown_fields(text: str) -> list[str]:
    """Fields in a text that nothing is known of."""
    return [name for name in _FIELD.findall(text) if name not in FIELDS]


def books(who: Person, speaks: str) -> str:
    """The titles, or for patients and families how many."""
    titles = [f"“{shorten(one.title, 60)}”" for one in who.copies if one.title]
    if who.private or len(titles) != len(who.copies) or len(titles) > _MOST_TITLES:
        words = _usual()["books"][speaks]
        count = len(who.copies)
        return str(words["one" if count == 1 else "many"]).replace("{n}", str(count))
    return listed(titles)


def filled(text: str, who: Person, profile: ProfileFacts, speaks: str) -> str:
    """A text with its fields; one that is unknown stays as it stands. A name that brings its own
    form of address ("Ibu Sumarni") is given no other one before it."""
    if names.is_addressed(who.name):
        text = _BEFORE_NAME.sub(_without_address, text)
    values = {
        "name": who.name,
        "books": books(who, speaks),
        "day": date_long(who.day),
        "library": profile.name,
        "phone": profile.phone,
    }
    return _FIELD.sub(lambda found: values.get(found[1], found[0]), text)


def _without_address(found: re.Match[str]) -> str:
    """The words that stand before a name, less those that address at their end."""
    words = found[1].split()
    while words and _is_address(words[-1]):
        words.pop()
        if len(words) > 1 and words[-1].lower() in _BETWEEN and _is_address(words[-2]):
            words.pop()
    kept = " ".join(words)
    return f"{kept} {{name}}" if kept else "{name}"


def _is_address(word: str) -> bool:
    """One form of address, or several to choose from: Bapak/Ibu."""
    return all(map(names.is_address, filter(None, word.split("/"))))


def mail(address: str, subject: str, text: str) -> str:
    """The address that opens a letter in the PC's mail program (RFC 6068: lines end in CRLF)."""
    lines = quote("\r\n".join(text.splitlines()), safe="")
    return f"mailto:{quote(address, safe='@')}?subject={quote(subject, safe='')}&body={lines}"


def whatsapp(who: Person, text: str) -> str:
    """The address that opens a chat with this text; "" where there is no mobile number."""
    return f"https://wa.me/{who.phone}?text={quote(text)}" if who.phone else ""
