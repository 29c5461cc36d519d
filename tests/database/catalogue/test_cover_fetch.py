"""Covers from elsewhere: only pictures come, only as large as they may be, only when asked."""

from __future__ import annotations

import json

import pytest

from database import limits
from database.catalogue import cover_fetch, lookup
from database.catalogue.lookup import Source
from database.policy import settings
from database.refusal import Fault, Trouble
from tests.libraries import NOW

NUMBER = "9786020000015"
JPEG = b"\xff\xd8\xff\xe0" + b"J" * 2000
PNG = b"\x89PNG\r\n\x1a\n" + b"P" * 2000


def source(address, name="Sampul", **more):
    return Source("own1", name, kind="isbnlib", cover=f"{address}{{isbn}}-L.jpg", **more)


@pytest.mark.parametrize("content", [JPEG, PNG])
def test_a_picture_is_known_by_its_content(serving, content):
    assert cover_fetch.ask(source(serving(content)), NUMBER) == content


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a" + b"x" * 2000, b"<html>" * 400, b"\xff\xd8\xff" + b"." * 40,
     b"\xff\xd8\xff" + b"." * limits.COVER.most, b"MZ" + b"x" * 2000],
    ids=["nothing", "gif", "page", "dot", "too-large", "program"],
)  # fmt: skip
def test_what_is_no_cover_is_none(serving, content):
    assert cover_fetch.ask(source(serving(content)), NUMBER) is None


def test_a_source_without_this_cover_lets_the_next_answer(serving):
    none, other = source(serving(b"not found", 404)), source(serving(JPEG))
    assert cover_fetch.ask(none, NUMBER) is None
    assert cover_fetch.first([none, other], NUMBER) == JPEG
    assert cover_fetch.first([none], NUMBER) is None


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "http://{nobody}/", "http://[/"])
def test_nobody_there_is_told_by_name_and_others_are_asked(serving, address):
    silent = source(address, "Diam")
    with pytest.raises(Fault) as told:
        cover_fetch.first([silent], NUMBER)
    assert (told.value.trouble, told.value.facts["where"]) == (Trouble.NO_ANSWER, "Diam")
    assert cover_fetch.first([silent, source(serving(JPEG))], NUMBER) == JPEG


def test_a_broken_server_is_told(serving):
    with pytest.raises(Fault):
        cover_fetch.ask(source(serving(b"oh", 500)), NUMBER)


def test_only_sources_that_are_on_and_have_covers_are_asked():
    listed = [
        source("https://a/"), source("https://b/", on=False), Source("loc", "LC"),
        Source("x", "Berkas", cover="file:///etc/passwd?{isbn}"),
    ]  # fmt: skip
    assert cover_fetch.with_covers(listed) == listed[:1]


def test_a_list_kept_before_there_were_covers_has_those_we_ship(library):
    kept = [{"key": "openl", "name": "Open Library", "kind": "isbnlib", "on": True}]
    with library.transaction() as session:
        settings.change(session, settings.Choice("lookup.sources", ""), json.dumps(kept), NOW)
        [found] = lookup.sources(session)
    assert found.cover.startswith("https://covers.openlibrary.org/")
    assert [one.key for one in cover_fetch.with_covers([found])] == ["openl"]
