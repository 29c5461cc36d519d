"""The lists to work through: what they are called, what they are for, which columns they show."""

from __future__ import annotations

from desktop.words.language import N_

NAMES: dict[str, tuple[str, str, str]] = {
    "new": (
        N_("New titles of a month"),
        N_("What came into the catalogue, in the order of the shelf; a paper for the wards."),
        N_("No title was added in this month."),
    ),
    "brief": (
        N_("To be catalogued"),
        N_("Lent with a line of words, or brought in by an ISBN alone: catalogue them yet."),
        N_("Nothing waits to be catalogued."),
    ),
    "unclassed": (
        N_("Without class"),
        N_("Neither a DDC nor an NLM number: they have no place on the shelf."),
        N_("Every title has a class."),
    ),
    "no_subject": (
        N_("Without subject"),
        N_("Nobody finds them by what they are about."),
        N_("Every title has a subject heading."),
    ),
    "no_copies": (
        N_("Without copies"),
        N_("Nothing of them is in stock: add copies, or remove the title."),
        N_("Every title has a copy in stock."),
    ),
    "isbn": (
        N_("ISBN to check"),
        N_("Too short, too long, or a wrong check digit: compare with the book."),
        N_("Every ISBN is sound."),
    ),
    "old": (
        N_("Old editions in medicine"),
        N_("Classes 610 to 619, the oldest first: look for a newer edition or weed."),
        N_("No medical book is that old."),
    ),
    "review": (
        N_("Guidelines to review"),
        N_("Their day of review has passed or comes within 90 days."),
        N_("No guideline is due in the next 90 days."),
    ),
    "doubles": (
        N_("Possible doubles"),
        N_("The same title and author, or the same ISBN; other editions may be meant."),
        N_("No two titles look the same."),
    ),
}
"""Of each list: its name, what it is for, what is said when it is empty."""

COLUMNS = {
    "isbn": {"isbn"},
    "review": {"review"},
    "old": {"edition", "call_number"},
    "doubles": {"edition", "isbn"},
}
"""Of lists that need others than the call number: the columns shown besides."""
