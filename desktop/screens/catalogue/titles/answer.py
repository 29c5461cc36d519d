"""What is asked of the catalogue for the list of titles, and what comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from database.holdings import item_list
from database.library import Session
from database.search import filters, listing, search
from desktop.asking import Asker
from desktop.program import Program
from desktop.widgets.lazy_rows import PAGE, LazyRows


@dataclass(frozen=True, slots=True)
class Answer:
    """A list as it was asked for: the places of the titles chosen in it, the rows seen first,
    and how many copies wait for a label."""

    titles: listing.Titles
    places: dict[int, int | None]
    pages: dict[int, list[search.Found]]
    waiting: int


def find(
    session: Session,
    text: str,
    narrowed: filters.Filters,
    sort: tuple[str, bool],
    chosen: Sequence[int],
) -> Answer:
    """Search, and read the first rows: those at the top, and those around the first chosen."""
    titles = listing.find(session, text, narrowed, *sort)
    places = listing.places_of(session, titles, chosen)
    seen = [place for place in places.values() if place is not None]
    starts = {0, *(place // PAGE * PAGE for place in seen[:1])}
    pages = {start: listing.read(session, titles, start, PAGE) for start in starts}
    return Answer(titles, places, pages, item_list.count_unlabelled(session))


def lazy_rows(answer: Answer, program: Program, asker: Asker) -> LazyRows:
    """The rows of an answer; `asker` reads those not read yet when they come into sight."""
    titles = answer.titles

    def fetch(start: int, length: int) -> None:
        asker.ask(
            lambda session: listing.read(session, titles, start, length),
            lambda found: rows.put(start, found),
            lambda: rows.forget(start),
        )

    def place_of(number: int) -> int | None:
        if number not in answer.places:
            return program.read(lambda one: listing.place_of(one, titles, number))
        return answer.places[number]

    rows = LazyRows(titles.count, fetch, place_of)
    for start, page in answer.pages.items():
        rows.put(start, page)
    return rows
