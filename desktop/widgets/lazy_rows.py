"""Rows of a long list, fetched a page at a time as they come into sight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, overload

PAGE = 100
KEPT = 40


class LazyRows(Sequence[Any]):
    """`count` rows; `fetch(start, length)` reads some, `place_of(id)` finds one.

    `fetch` may say None and `put` them later; `arrived(start, length)` is then called. A row
    that is still to come, could not be read, or is no longer there, is None.
    """

    def __init__(
        self,
        count: int,
        fetch: Callable[[int, int], Sequence[Any] | None],
        place_of: Callable[[Any], int | None],
    ) -> None:
        self._count, self._fetch, self._place_of = count, fetch, place_of
        self._pages: dict[int, Sequence[Any]] = {}
        self.arrived: Callable[[int, int], object] = lambda start, length: None

    def put(self, start: int, rows: Sequence[Any]) -> None:
        """The page that begins at `start`, read before it was asked for or long after."""
        self._pages[start // PAGE] = rows
        self.arrived(start, len(rows))

    def forget(self, start: int) -> None:
        """The page that begins at `start` will not come: ask anew when it is seen again."""
        self._pages.pop(start // PAGE, None)

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
            self._pages[number] = ()
            rows = self._fetch(number * PAGE, PAGE)
            if rows is not None:
                self._pages[number] = rows
        return self._pages.get(number, ())

    def find(self, ids: set[Any]) -> list[int]:
        """Where the rows of these ids are now."""
        places = (self._place_of(one) for one in ids)
        return sorted(place for place in places if place is not None)
