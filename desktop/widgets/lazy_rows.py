"""Rows of a long list, fetched a page at a time as they come into sight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, overload

PAGE = 100
KEPT = 40


class LazyRows(Sequence[Any]):
    """`count` rows; `fetch(start, length)` reads some, `place_of(id)` finds one.

    A row that could not be read, or is no longer there, is None.
    """

    def __init__(
        self,
        count: int,
        fetch: Callable[[int, int], Sequence[Any]],
        place_of: Callable[[Any], int | None],
    ) -> None:
        self._count, self._fetch, self._place_of = count, fetch, place_of
        self._pages: dict[int, Sequence[Any]] = {}

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Any: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Any]: ...

    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(self._count))]
        if not 0 <= index < self._count:
            raise IndexError(index)
        page = self._page(index // PAGE)
        at = index % PAGE
        return page[at] if at < len(page) else None

    def _page(self, number: int) -> Sequence[Any]:
        if number not in self._pages:
            if len(self._pages) >= KEPT:
                # The one fetched longest ago; scrolling back fetches it again.
                del self._pages[next(iter(self._pages))]
            self._pages[number] = self._fetch(number * PAGE, PAGE)
        return self._pages[number]

    def find(self, ids: set[Any]) -> list[int]:
        """Where the rows of these ids are now."""
        places = (self._place_of(one) for one in ids)
        return sorted(place for place in places if place is not None)
