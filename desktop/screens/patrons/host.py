"""What the parts of the patrons' place ask of it, so that they need not know the screen itself."""

from __future__ import annotations

from database.patrons.finding import PatronRow
from desktop.program import Program
from desktop.screen import Screen
from desktop.screens.patrons.card import PatronCard


class Patrons(Screen):
    """The patron shown, and its card."""

    program: Program
    patron: PatronRow | None
    card: PatronCard
