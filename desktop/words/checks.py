"""What each check of a library looks for, in words."""

from __future__ import annotations

from desktop.words.language import N_, _

PROBLEMS: dict[str, str] = {
    "damaged_pages": N_("Pages of the file that are damaged"),
    "broken_links": N_("Records that point to nothing"),
    "titles_not_found_by_search": N_("Titles that the search does not find"),
    "search_finds_nothing": N_("Words of titles that are not there"),
    "lent_but_not_in_stock": N_("Copies lent that are not in stock"),
    "copies_that_break_the_balance": N_("Copies whose days break the balance"),
    "titles_without_title": N_("Titles without a title"),
    "journal_changed": N_("Lines of the journal that were changed"),
    "journal_missing": N_("Lines of the journal that are missing"),
    "journal_not_as_printed": N_("The journal is not as it was printed on the report"),
    "journal_inserted": N_("Lines of the journal that were put in"),
}


def problem(what: str) -> str:
    """One kind of fault."""
    return _(PROBLEMS[what])
