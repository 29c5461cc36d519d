"""Mistakes that change nothing anybody could see, by module, kind and line, each with why."""

from __future__ import annotations

EQUIVALENT: dict[tuple[str, str, int], str] = {}
