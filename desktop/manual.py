"""The pages of help: one a task, Markdown in `resources/help/<language>`, with today's keys.

A page begins with `place: desk`, where it belongs. In its text `{renew}` is the key of that meaning
and `[[Own lists]]` the words of an act as the screen says them, so that neither can grow old.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from desktop import keys
from desktop.words import language
from desktop.words.language import _
from resources import FOLDER

EVERYWHERE = "everywhere"
PICTURES = FOLDER / "help" / "pictures"
"""Made by `python -m tests.gallery --help-pictures`, never by hand, so that none is old."""
_KEY = re.compile(r"\{(\w+)\}")
_ACT = re.compile(r"\[\[(.+?)\]\]")


@dataclass(frozen=True)
class Page:
    """One task. `body` is its Markdown as written, without what stands in its head."""

    name: str
    place: str
    title: str
    body: str

    def text(self) -> str:
        """The page as it is read: keys and acts as they are now. Raises KeyError for a meaning
        that no key has."""
        told = _KEY.sub(lambda found: f"`{keys.printed(keys.sequence(found[1]))}`", self.body)
        return _ACT.sub(lambda found: _(found[1]), told)

    def picture(self) -> str:
        """Where the picture of its screen lies, "" where it has none."""
        path = PICTURES / f"{self.name}-{language.current()}.png"
        return str(path) if path.is_file() else ""

    def meanings(self) -> frozenset[str]:
        """The meanings whose keys it names."""
        return frozenset(_KEY.findall(self.body))

    def acts(self) -> frozenset[str]:
        """The acts without a key that it names, by their source."""
        return frozenset(_ACT.findall(self.body))


def pages() -> tuple[Page, ...]:
    """All pages in the language now spoken, in the order of a day."""
    return _pages(language.current())


@cache
def _pages(spoken: str) -> tuple[Page, ...]:
    folder = FOLDER / "help" / spoken
    return tuple(_read(path.stem, path.read_text("utf-8")) for path in sorted(folder.glob("*.md")))


def _read(name: str, text: str) -> Page:
    head, _blank, body = text.partition("\n\n")
    title = body.partition("\n")[0].removeprefix("# ").strip()
    return Page(name, head.removeprefix("place:").strip(), title, body)


def of_place(place: str) -> list[Page]:
    """Those of a place first, then what holds everywhere, then all others."""
    ranks = {place: 0, EVERYWHERE: 1}
    return sorted(pages(), key=lambda page: ranks.get(page.place, 2))


def found(text: str, place: str = "") -> list[Page]:
    """The pages in which every word of `text` stands, those that have them in their title first."""
    words = text.casefold().split()
    there = [
        page for page in of_place(place) if all(word in page.text().casefold() for word in words)
    ]
    return sorted(
        there, key=lambda page: bool(words) and not any(w in page.title.casefold() for w in words)
    )
