"""Parts of a page that are made when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

T = TypeVar("T")


class LazyParts(Mapping[str, T]):
    """By name, in their order. `made(name, part)` is called once for each, before it is given."""

    def __init__(
        self, makers: Mapping[str, Callable[[], T]], made: Callable[[str, T], object]
    ) -> None:
        self._makers, self._made = dict(makers), made
        self._there: dict[str, T] = {}

    def __getitem__(self, name: str) -> T:
        if name not in self._there:
            self._there[name] = part = self._makers[name]()
            self._made(name, part)
        return self._there[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)

    def there(self) -> dict[str, T]:
        """Those that were asked for already, in their order."""
        return {name: self._there[name] for name in self._makers if name in self._there}

    def missing(self) -> list[str]:
        """Those that were not."""
        return [name for name in self._makers if name not in self._there]
