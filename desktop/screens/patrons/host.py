"""What the parts of the patrons' place ask of it, so that they need not know the screen itself."""

from __future__ import annotations

from collections.abc import Sequence

from database.patrons.finding import PatronRow
from desktop.drafts import Draft
from desktop.program import Program
from desktop.screen import Screen
from desktop.screens.patrons.card.card import PatronCard
from desktop.screens.patrons.listing import PatronList


class Patrons(Screen):
    """The list, the patron shown or several, its card, and what is typed in it."""

    program: Program
    patron: PatronRow | None
    card: PatronCard
    list: PatronList
    draft: Draft

    def open_rotation(self) -> None:
        """A list of people, on a page of its own."""
        raise NotImplementedError

    def merge(self) -> None:
        """Choose another record of the one shown, and make the two one."""
        raise NotImplementedError

    def is_editing(self) -> bool:
        """Whether the form of one patron is in sight."""
        raise NotImplementedError

    def several_ids(self) -> Sequence[int]:
        """The patrons chosen where they are several, else none."""
        raise NotImplementedError

    def show_one(self, patron_id: int) -> None:
        """Read a patron anew and select it."""
        raise NotImplementedError
