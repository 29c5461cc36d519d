"""The catalogue as a folder that needs no server: for the hospital's web space, a stick, the
dinas' portal. The same pages, from the same templates, as they stood on one day."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from database.engine.whole_file import write_whole
from database.library import Library, Session
from database.policy import house
from database.public import titles as public
from database.refusal import Fault, Reason, Refusal, Trouble
from database.search import listing
from database.search.filters import Filters
from database.search.search import Found
from desktop.web import feeds, lists, looks, shown
from desktop.web.asked import Ask, frame
from desktop.web.folder import index_file
from desktop.web.links import Beside, class_page
from desktop.web.record_files import record_in
from desktop.web.rows import listed
from desktop.words.language import _, ngettext, number
from desktop.words.titles import class_group

MARKER = "selasar-site.json"
"""Tells a folder that we may write anew, and which files in it were ours."""
A_PAGE = 200
_EVERY = 1_000_000
_ASSETS = ("style.css", "mark.svg", "minisearch.js", "offline.js", "copy.js")
Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Written:
    """How many titles and files were written, and the bytes that the search loads."""

    titles: int
    files: int
    loaded: int


class _Folder:
    """The folder that is written, and the names of what is in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.names: set[str] = set()
        self._before = self._marked()

    def _marked(self) -> set[str]:
        """What we wrote here before. Raises Refusal FOLDER_NOT_EMPTY where others' files are."""
        marker = self.path / MARKER
        if marker.is_file():
            try:
                return {str(one) for one in json.loads(marker.read_text("utf-8"))["files"]}
            except (ValueError, KeyError, TypeError):
                return set()
        if self.path.exists() and any(self.path.iterdir()):
            raise Refusal(Reason.FOLDER_NOT_EMPTY, where=str(self.path))
        return set()

    def put(self, name: str, content: str | bytes) -> int:
        """Write a file, whole or not at all; its size in bytes."""
        data = content.encode() if isinstance(content, str) else content
        target = self.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, data)
        self.names.add(name)
        return len(data)

    def close(self, now: datetime) -> None:
        """Take away what was ours and is no more, and mark the folder."""
        for name in self._before - self.names:
            old = (self.path / name).resolve()
            if old.is_relative_to(self.path.resolve()):
                old.unlink(missing_ok=True)
        told = {"written": now.isoformat(), "files": sorted(self.names)}
        write_whole(self.path / MARKER, json.dumps(told).encode())


def write(
    library: Library,
    folder: Path,
    now: datetime,
    address: str = "",
    report: Report = lambda done, total: None,
) -> Written:
    """Write the catalogue into a new folder, or anew into one that we wrote before; `address` is
    what it will be called from outside, for search engines and readers of feeds.

    Raises Refusal FOLDER_NOT_EMPTY; Fault FILE_UNWRITABLE, and as any reading.
    """
    try:
        target = _Folder(folder)
        with library.reading(snapshot=True) as session:
            written = _write(session, target, now, address.rstrip("/"), report)
        target.close(now)
    except OSError as error:
        raise Fault(Trouble.FILE_UNWRITABLE, where=str(error.filename or folder)) from error
    return written


def _write(
    session: Session, folder: _Folder, now: datetime, address: str, report: Report
) -> Written:
    every = listing.find(session, "", sort="title")
    found = listing.read(session, every, 0, _EVERY)
    for name in _ASSETS:
        folder.put(f"rupa/{name}", looks.asset(name)[1])
    loaded = folder.put("indeks.js", index_file.script(session, found))
    loaded += sum((folder.path / f"rupa/{name}").stat().st_size for name in _ASSETS)
    classes = _classes(session, folder, now)
    views: dict[str, tuple[str, Callable[[Session, Ask], dict[str, Any]]]] = {
        "index": ("home.html", lists.home),
        "cari": ("offline.html", lambda s, ask: _search(s, ask, len(found), classes)),
        "baru": ("list.html", lists.new),
        "ppk": ("list.html", lists.guidelines),
        "jam": ("house.html", lists.hours),
        "bangsal": ("wards.html", lists.wards),
    }
    for name, (template, view) in views.items():
        ask = Ask(now, Beside(known=bool(address)), here=name)
        folder.put(f"{name}.html", looks.render(template, view(session, ask)))
    for done, one in enumerate(found, 1):
        _title(session, folder, now, one)
        report(done, len(found))
    if address:
        _tell_programs(session, folder, now, f"{address}/")
    return Written(len(found), len(folder.names), loaded)


def _tell_programs(session: Session, folder: _Folder, now: datetime, address: str) -> None:
    """What search engines and readers of feeds fetch by themselves."""
    links = Beside(known=True)
    folder.put("sitemap.xml", feeds.sitemap(session, links, address))
    folder.put("baru.atom", feeds.atom(session, house.profile(session), links, address, now))


def _title(session: Session, folder: _Folder, now: datetime, one: Found) -> None:
    values = shown.page(session, Ask(now, Beside(1), here="cari"), one.id)
    folder.put(f"judul/{one.id}.html", looks.render("title.html", values))
    folder.put(f"judul/{one.id}.ris", record_in(public.title(session, one.id), "ris"))
    if values["cover"] and (picture := public.cover(session, one.id)):
        folder.put(f"sampul/{one.id}", picture[1])


def _classes(session: Session, folder: _Folder, now: datetime) -> list[dict[str, Any]]:
    """Every class as pages of its titles, for browsers that run no scripts and for search
    engines; their links."""
    told = []
    for code, count in sorted(listing.choices(session, listing.find(session, ""), "class_group")):
        titles = listing.find(session, "", Filters(class_group=code), sort="call_number")
        for part, start in enumerate(range(0, count, A_PAGE), 1):
            rows = listing.read(session, titles, start, A_PAGE)
            last = start + len(rows)
            values = _class(
                session, Ask(now, Beside(), here="cari"), code, part, rows, last < count
            )
            folder.put(class_page(code, part), looks.render("class.html", values))
        text = ngettext("{n} title", "{n} titles", count)
        told.append(
            {
                "name": class_group(code),
                "told": text.format(n=number(count)),
                "href": class_page(code),
            }
        )
    return told


def _class(
    session: Session, ask: Ask, code: str, part: int, rows: list[Found], more: bool
) -> dict[str, Any]:
    return {
        **frame(session, ask, class_group(code)),
        "rows": listed(session, ask.links, rows),
        "before": class_page(code, part - 1) if part > 1 else "",
        "after": class_page(code, part + 1) if more else "",
    }


def _search(
    session: Session, ask: Ask, count: int, classes: list[dict[str, Any]]
) -> dict[str, Any]:
    text = ngettext("{n} title in the catalogue", "{n} titles in the catalogue", count)
    return {
        **frame(session, ask, _("Catalogue")),
        "query": "",
        "big": False,
        "kept": (),
        "counted": text.format(n=number(count)),
        "classes": classes,
    }
