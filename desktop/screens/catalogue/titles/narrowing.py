"""The filters of the list of titles, in the words of the library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from database.search import filters, listing
from desktop.asking import Asker
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.filters import FilterBar, FilterMenu, FilterRange, Option
from desktop.words.language import N_, _
from desktop.words.titles import spoken

_NAMES: dict[str, tuple[str, str]] = {
    "material": (N_("Kind"), N_("All kinds")),
    "class_group": (N_("Class"), N_("All classes")),
    "location": (N_("Location"), N_("All locations")),
    "availability": (N_("Copies"), N_("Any")),
    "language": (N_("Language"), N_("All languages")),
}


class Narrowing(FilterBar):
    """`titles()` gives the list now shown, whose titles the menus count."""

    def __init__(
        self, program: Program, host: Screen, titles: Callable[[], listing.Titles], *more: QWidget
    ) -> None:
        self._titles = titles
        self.menus = {
            what: FilterMenu(_(name), _(everything), partial(self._options, what))
            for what, (name, everything) in _NAMES.items()
        }
        self.years = FilterRange(_("Year"))
        super().__init__([*self.menus.values(), self.years], *more)
        self._asker = Asker(program, host, self)

    def chosen(self) -> filters.Filters:
        """What the list is narrowed to."""
        first, last = self.years.value() or (None, None)
        return filters.Filters(
            **{what: menu.value() for what, menu in self.menus.items()},
            year_from=first,
            year_to=last,
        )

    def _options(self, what: str, give: Callable[[Sequence[Option]], object]) -> None:
        titles = self._titles()

        def done(rows: list[tuple[str, int]]) -> None:
            found = [(value, spoken(what, value), count) for value, count in rows]
            by_value = what == "class_group"
            give(sorted(found, key=lambda row: row[0]) if by_value else found)

        self._asker.ask(lambda session: listing.choices(session, titles, what), done)
