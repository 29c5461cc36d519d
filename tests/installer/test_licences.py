"""Every part that is shipped is named with its licence."""

from __future__ import annotations

import tomllib
from importlib.metadata import distributions

import pytest

from installer import licences

pytestmark = pytest.mark.skipif(
    not any(distributions(name="selasar")), reason="what is installed here is not told by Selasar"
)


def test_every_part_that_is_installed_is_in_the_list():
    listed = tomllib.loads(licences.FILE.read_text(encoding="utf-8"))["part"]
    named = {one["name"]: one["licence"] for one in listed}
    installed = {part.metadata["Name"]: licences.licence_of(part) for part in licences.shipped()}
    assert installed.items() <= named.items()
    assert "" not in named.values()


def test_no_licence_forbids_to_ship_it():
    """LGPL parts are files of their own in the frozen program; nothing may be GPL alone."""
    grave = [
        (part.metadata["Name"], said)
        for part in licences.shipped()
        if (said := licences.licence_of(part)).startswith(("GPL", "AGPL")) and " OR " not in said
    ]
    assert grave == []
