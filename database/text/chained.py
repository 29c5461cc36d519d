"""Sums that chain the lines of a journal: each covers the one before, so that none is changed,
taken out or put in between without showing. Pure functions of what a line says.

What a line tells of a person may be forgotten later. So a line's sum is over the sums of its
facts, each with a salt of its own: when a fact goes, its sum stays in its place and its salt goes
with it, and nobody can try out what it was.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

BEGIN = ""
"""What stands before the first line."""
_WRITE = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
GONE, SALTS = "gone", "salts"
_LENGTH = 32
"""128 bits are enough that no other line has the same sum, and half as much to keep."""


def of_line(before: str, said: Iterable[object], facts: str) -> str:
    """The sum of a line: of the one before it, of what it said, and of its facts (`of_facts`)."""
    told = _WRITE([str(one) for one in said])
    return _sum(f"{before}\n{told}\n{facts}")


def of_facts(facts: str, salt: str) -> str:
    """The sum of all facts of a line, which are JSON."""
    if facts == "{}" and not salt.startswith("{"):
        return ""
    salts, gone = _salts(salt)
    read = json.loads(facts)
    sums = {name: _of_fact(name, value, salts) for name, value in read.items()}
    told = ",".join(f"{name}={one}" for name, one in sorted({**sums, **gone}.items()))
    return _sum(told) if told else ""


def _of_fact(name: str, value: Any, salts: str | Mapping[str, str]) -> str:
    salt = _own(salts, name) if isinstance(salts, str) else salts.get(name, "")
    return _sum(f"{salt}{_WRITE(value)}")


def _own(salt: str, name: str) -> str:
    return _sum(f"{salt}:{name}")


def _salts(salt: str) -> tuple[str | dict[str, str], dict[str, str]]:
    """The salt of all facts, or those of the facts that are left; and the sums of those gone."""
    if not salt.startswith("{"):
        return salt, {}
    read = json.loads(salt)
    return read[SALTS], read[GONE]


def without(facts: str, salt: str, name: str) -> tuple[str, str]:
    """The facts and the salt of a line that forgets one of them: its sum stays as it is."""
    told = json.loads(facts)
    if name not in told:
        return facts, salt
    salts, gone = _salts(salt)
    gone = {**gone, name: _of_fact(name, told.pop(name), salts)}
    left = {one: _own(salts, one) if isinstance(salts, str) else salts.get(one, "") for one in told}
    return (
        json.dumps(told, ensure_ascii=False),
        json.dumps({SALTS: left, GONE: gone}, separators=(",", ":")),
    )


def gone(salt: str) -> set[str]:
    """The facts a line has forgotten."""
    return set(_salts(salt)[1])


def _sum(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def shown(line: int, chain: str) -> str:
    """A place in the chain as it stands on paper: "1234 3f2a 91bc 77de 0c41"."""
    return " ".join([str(line), *(chain[at : at + 4] for at in range(0, 16, 4))])


def parted(written: str) -> tuple[int, str] | None:
    """The line and the beginning of its sum out of what was typed off a paper; None for neither."""
    number, *signs = written.replace("-", " ").replace(":", " ").split()[:9] or [""]
    chain = "".join(signs).lower()
    fits = number.isascii() and number.isdigit() and len(number) < 18 and len(chain) >= 8
    return (int(number), chain) if fits and set(chain) <= set("0123456789abcdef") else None
