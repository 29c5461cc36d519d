"""How a subcommand tells: the result on stdout, everything else on stderr."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from desktop.words.language import _, counted

DONE, PARTLY, NOT_DONE = 0, 1, 2


class Told(Exception):  # noqa: N818
    """An error already worded for people, one line."""


def fail(chosen: argparse.Namespace, code: str, sentence: str) -> int:
    """One line of error, and as JSON where that was asked for; the exit code."""
    line = " ".join(sentence.split())
    print(f"selasar: {line}", file=sys.stderr)  # noqa: T201
    if getattr(chosen, "json", False):
        print_json({"error": code, "message": line})
    return NOT_DONE


def print_json(value: Any) -> None:
    """One object on one line."""
    print(json.dumps(value, ensure_ascii=False, default=str))  # noqa: T201


def say(text: str) -> None:
    """Words for people."""
    print(text, file=sys.stderr)  # noqa: T201


def give(chosen: argparse.Namespace, value: dict[str, Any], lines: Sequence[str]) -> None:
    """The result: as JSON, or as lines for people."""
    if chosen.json:
        print_json(value)
    else:
        for line in lines:
            print(line)  # noqa: T201


def progress(label: str) -> Callable[[int, int], None]:
    """Percentages on stderr, only where somebody watches."""
    shown = -1

    def report(done: int, total: int) -> None:
        nonlocal shown
        part = done * 100 // max(total, 1)
        if part != shown and sys.stderr.isatty():
            shown = part
            print(f"\r{label} {part} %", end="" if part < 100 else "\n", file=sys.stderr)  # noqa: T201

    return report


def holds(counts: Mapping[str, int], where: object) -> str:
    """What a library holds, in a line."""
    return _("{where}: {titles}, {items}, {patrons}, {loans}.").format(
        where=where,
        titles=counted("titles", counts["titles"]),
        items=counted("copies", counts["items"]),
        patrons=counted("patrons", counts["patrons"]),
        loans=counted("loans", counts["loans"]),
    )
