"""Names of data that the program promises never to hold of a person, as `resources/columns.toml`
lists them: identity, health, birth, family, faith, address."""

from __future__ import annotations

import re
import tomllib
from functools import cache

from database.text.words import key
from resources import FOLDER

_PRIVATE = "private"
_NOISE = re.compile(r"\((?:wajib|required|opsional|optional|rp|\*)\)|\*", re.IGNORECASE)
Patterns = tuple[tuple[str, re.Pattern[str]], ...]


@cache
def patterns(group: str) -> Patterns:
    """What headings of columns mean, by what they mean, of a group of the table."""
    told = tomllib.loads((FOLDER / "columns.toml").read_text(encoding="utf-8"))[group]
    return tuple((field, re.compile("|".join(f"(?:{one})" for one in listed)))
                 for field, listed in told.items())  # fmt: skip


def folded(heading: str) -> str:
    """A heading as patterns know it: "NO.  INDUK*" as "no induk"."""
    return key(_NOISE.sub(" ", heading))


def why_private(heading: str) -> str:
    """Which kind of data a heading names that the program promises not to hold; "" for none."""
    text = folded(heading)
    return next((field for field, one in patterns(_PRIVATE) if one.fullmatch(text)), "")


_SMALL = frozenset({"other", "address"})
"""What the program has no need of, and where somebody lives: words that often mean more harmless
things inside a longer name."""


def promised_not(label: str) -> str:
    """Which kind of data the name of a field asks for that the program promises not to hold, also
    where it begins or ends a longer name ("Tanggal lahir anak", "Catatan alergi"); "" for none."""
    whole = why_private(label)
    if whole and whole != "other":
        return whole
    words = folded(label).split()
    parts = [" ".join(words[:at]) for at in range(1, len(words))]
    parts += [" ".join(words[at:]) for at in range(1, len(words))]
    return next((why for one in parts if (why := why_private(one)) and why not in _SMALL), "")
