"""The band in the colour of a class, by which a book stands out on the wrong shelf."""

from __future__ import annotations

import tomllib
from functools import cache

from resources import FOLDER


@cache
def _colours() -> dict[str, str]:
    with (FOLDER / "label-colours.toml").open("rb") as file:
        found: dict[str, str] = tomllib.load(file)["classes"]
    return found


def colour_of(classification: str) -> str | None:
    """ "#rrggbb" of the longest beginning that is known; None where the class has none."""
    number = classification.replace(" ", "").upper()
    for length in range(len(number), 0, -1):
        found = _colours().get(number[:length])
        if found:
            return found
    return None
