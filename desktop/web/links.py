"""Where each page is: at a server's addresses, or as files beside each other."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from typing import Protocol
from urllib.parse import quote, urlencode

from desktop.web.looks import asset


class Links(Protocol):
    """What a page may lead to; "" for what there is not."""

    live: bool
    """Whether the pages know the moment; a folder knows only the day it was written."""

    def home(self) -> str:
        """The first page."""

    def search_place(self) -> str:
        """Where a search is sent."""

    def search(self, asked: Mapping[str, str]) -> str:
        """A search as it was asked."""

    def title(self, number: int) -> str:
        """The page of a title."""

    def cover(self, number: int) -> str:
        """The picture of a title's cover."""

    def file(self, number: int, address: str) -> str:
        """A file of a title, or a link that leads to `address`."""

    def form(self, number: int, form: str) -> str:
        """The record of a title in a form."""

    def place(self, name: str) -> str:
        """A page by its name: "baru", "ppk", "jam", "bangsal"."""

    def ward(self, number: str) -> str:
        """The page of a ward."""

    def new(self) -> str:
        """New titles."""

    def feed(self) -> str:
        """The feed of new titles."""

    def opensearch(self) -> str:
        """How a browser asks this catalogue."""

    def api(self) -> str:
        """What other programs are told."""

    def asset(self, name: str) -> str:
        """A style, script or picture of the pages."""


FORMS = {
    "ris": ("ris", "application/x-research-info-systems"),
    "bib": ("bibtex", "application/x-bibtex"),
    "mods": ("mods", "application/mods+xml"),
    "marcxml": ("marcxml", "application/marcxml+xml"),
    "dc": ("dc", "application/xml"),
}
"""The forms that a title is given in: ending, form of the table of formats, media type."""


class Served:
    """The addresses of a server, below `root` ("" for none)."""

    live = True

    def __init__(self, root: str = "") -> None:
        self.root = root

    def home(self) -> str:
        return f"{self.root}/"

    def search_place(self) -> str:
        return f"{self.root}/cari"

    def search(self, asked: Mapping[str, str]) -> str:
        told = {name: value for name, value in asked.items() if value != ""}
        return f"{self.root}/cari?{urlencode(told)}" if told else f"{self.root}/cari"

    def title(self, number: int) -> str:
        return f"{self.root}/judul/{number}"

    def cover(self, number: int) -> str:
        return f"{self.root}/sampul/{number}"

    def file(self, number: int, address: str) -> str:
        return f"{self.root}/berkas/{number}"

    def form(self, number: int, form: str) -> str:
        return f"{self.root}/judul/{number}.{form}"

    def place(self, name: str) -> str:
        return f"{self.root}/{name}"

    def ward(self, number: str) -> str:
        return f"{self.root}/bangsal/{quote(number, safe='')}"

    def new(self) -> str:
        return self.place("baru")

    def feed(self) -> str:
        return f"{self.root}/baru.atom"

    def opensearch(self) -> str:
        return f"{self.root}/opensearch.xml"

    def api(self) -> str:
        return f"{self.root}/api"

    def asset(self, name: str) -> str:
        return f"{self.root}/rupa/{name}?v={_mark(name)}"


class Beside:
    """Files in a folder, as seen from a page `depth` folders down. Files of titles stay at home:
    only links lead further. Only one that is `known` by an address has a feed: what reads feeds
    wants addresses that are whole."""

    live = False

    def __init__(self, depth: int = 0, *, known: bool = False) -> None:
        self._up = "../" * depth
        self._known = known

    def home(self) -> str:
        return f"{self._up}index.html"

    def search_place(self) -> str:
        return f"{self._up}cari.html"

    def search(self, asked: Mapping[str, str]) -> str:
        if asked.get("kelas"):
            return f"{self._up}{class_page(asked['kelas'])}"
        told = {name: asked[name] for name in ("q", "jenis") if asked.get(name)}
        return f"{self._up}cari.html?{urlencode(told)}" if told else f"{self._up}cari.html"

    def title(self, number: int) -> str:
        return f"{self._up}judul/{number}.html"

    def cover(self, number: int) -> str:
        return f"{self._up}sampul/{number}"

    def file(self, number: int, address: str) -> str:
        return address

    def form(self, number: int, form: str) -> str:
        return f"{self._up}judul/{number}.{form}" if form == "ris" else ""

    def place(self, name: str) -> str:
        return f"{self._up}{name}.html"

    def ward(self, number: str) -> str:
        return ""

    def new(self) -> str:
        return self.place("baru")

    def feed(self) -> str:
        return f"{self._up}baru.atom" if self._known else ""

    def opensearch(self) -> str:
        return ""

    def api(self) -> str:
        return ""

    def asset(self, name: str) -> str:
        return f"{self._up}rupa/{name}"


def class_page(code: str, part: int = 1) -> str:
    """The file that lists the titles of a class."""
    more = f"-{part}" if part > 1 else ""
    return f"kelas-{code}{more}.html"


@cache
def _mark(name: str) -> str:
    """Another version of a file has another address, so a browser may keep each for ever."""
    return hashlib.sha256(asset(name)[1]).hexdigest()[:12]
