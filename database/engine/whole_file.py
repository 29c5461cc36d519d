"""A file is written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """Where to write what shall become `target`; it takes its place at the end of the block.

    What stood there before stays as it is when the block fails. Raises OSError.
    """
    partial = target.with_name(target.name + ".partial")
    try:
        yield partial
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def write_whole(target: Path, content: bytes) -> None:
    """Write `content` as `target`, whole or not at all. Raises OSError."""
    with whole_file(target) as partial:
        partial.write_bytes(content)
