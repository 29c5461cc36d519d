"""What the parts of the desk ask of it, so that they need not know the screen itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from database.circulation.lending import Done
from database.patrons.finding import PatronRow
from database.refusal import Fault, Refusal
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.table import Table


class Desk(Screen):
    """The open transaction and the ways to say what became of a scan."""

    program: Program
    patron: PatronRow | None
    hand: Table
    """The loans of the open patron."""

    def chosen(self) -> dict[str, Any] | None:
        """The loan that acts are about: of the list one is in, else of the open patron's loans,
        else the one just made."""
        raise NotImplementedError

    def tell(self, done: Done, text: str) -> None:
        """Say what was done, list it, and offer to take it back."""
        raise NotImplementedError

    def refuse(
        self, told: Refusal | Fault, code: str, again: Callable[[str], None] | None = None
    ) -> None:
        """Say no, with what can be done about it; `again` does it all the same for a reason."""
        raise NotImplementedError

    def owed_by(self, done: Done) -> str:
        """What an act costs its borrower, to be said behind it."""
        raise NotImplementedError

    def undo_line(self, line: int) -> None:
        """Take back one act of this desk."""
        raise NotImplementedError

    def finish(self) -> None:
        """Close the transaction."""
        raise NotImplementedError
