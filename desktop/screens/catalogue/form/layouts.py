"""Which fields each kind of material asks for, in which rows, and what they are called there."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.words.language import N_

Rows = tuple[tuple[str, ...], ...]

_PEOPLE: Rows = (("main_author", "main_role"), ("added_authors",))
_IMPRINT: Rows = (("place", "publisher", "year"),)
_CLASSES: Rows = (("classification", "nlm", "call_number"), ("subjects",), ("keywords",))
_NOTES: Rows = (("note", "summary"),)

LAYOUTS: Mapping[str, Rows] = {
    "book": (
        ("kind", "isbn"), ("title", "edition"), ("subtitle", "volume"), *_PEOPLE,
        ("corporate_author",), *_IMPRINT, *_CLASSES, ("extent", "series", "series_number"),
        ("language", "original_language", "audience", "print_form"), *_NOTES,
    ),
    "serial": (
        ("kind", "issn"), ("title",), ("subtitle",), ("corporate_author",), *_IMPRINT,
        ("frequency", "numbering"), *_CLASSES, ("extent", "language", "print_form"),
        ("url",), *_NOTES,
    ),
    "thesis": (
        ("kind", "degree", "year"), ("title",), ("subtitle",), *_PEOPLE, ("body", "body_unit"),
        ("place", "publisher"), *_CLASSES, ("extent", "language", "thesis_note"), ("url",), *_NOTES,
    ),
    "article": (
        ("kind", "host"), ("title",), ("subtitle",), *_PEOPLE, ("host_part", "year", "host_issn"),
        *_CLASSES, ("language", "url"), *_NOTES,
    ),
    "guideline": (
        ("kind", "number", "edition"), ("title",), ("subtitle",), ("corporate_author",),
        ("body", "body_unit"), ("valid_from", "review_on", "year"), *_PEOPLE, *_CLASSES,
        ("place", "publisher", "extent"), ("language", "url"), *_NOTES,
    ),
    "leaflet": (
        ("kind", "audience", "age"), ("title",), ("subtitle",), ("body", "body_unit"), *_PEOPLE,
        *_IMPRINT, *_CLASSES, ("extent", "language", "print_form"), ("review_on", "url"), *_NOTES,
    ),
    "audiovisual": (
        ("kind", "carrier"), ("title", "edition"), ("subtitle", "volume"), *_PEOPLE,
        ("corporate_author",), *_IMPRINT, *_CLASSES, ("extent", "series", "series_number"),
        ("isbn", "audience"), ("language", "url"), *_NOTES,
    ),
    "ebook": (
        ("kind", "isbn"), ("url",), ("title", "edition"), ("subtitle", "volume"), *_PEOPLE,
        ("corporate_author",), *_IMPRINT, *_CLASSES, ("extent", "series", "series_number"),
        ("language", "original_language", "audience"), *_NOTES,
    ),
    "regulation": (
        ("kind", "number", "year"), ("title",), ("subtitle",), ("corporate_author",),
        ("valid_from", "place", "publisher"), *_CLASSES, ("extent", "language", "url"), *_NOTES,
    ),
}  # fmt: skip
_FIRST_CLASSES: Rows = (("classification", "nlm", "call_number"), ("subjects",))
FIRST: Mapping[str, Rows] = {
    "book": (
        ("kind", "isbn"), ("title",), ("main_author",), ("added_authors",), ("publisher", "year"),
        *_FIRST_CLASSES,
    ),
    "serial": (
        ("kind", "issn"), ("title",), ("publisher", "year"), ("frequency", "numbering"),
        *_FIRST_CLASSES,
    ),
    "thesis": (
        ("kind", "degree", "year"), ("title",), ("main_author",), ("body", "body_unit"),
        *_FIRST_CLASSES,
    ),
    "article": (
        ("kind", "host"), ("title",), ("main_author",), ("added_authors",), ("host_part", "year"),
        *_FIRST_CLASSES,
    ),
    "guideline": (
        ("kind", "number", "edition"), ("title",), ("body", "body_unit"),
        ("valid_from", "review_on", "year"), *_FIRST_CLASSES,
    ),
    "leaflet": (
        ("kind", "audience", "age"), ("title",), ("body", "body_unit"), ("publisher", "year"),
        *_FIRST_CLASSES,
    ),
    "audiovisual": (
        ("kind", "carrier"), ("title",), ("main_author",), ("publisher", "year"), *_FIRST_CLASSES,
    ),
    "ebook": (
        ("kind", "isbn"), ("url",), ("title",), ("main_author",), ("publisher", "year"),
        *_FIRST_CLASSES,
    ),
    "regulation": (
        ("kind", "number", "year"), ("title",), ("corporate_author",), ("valid_from", "url"),
        *_FIRST_CLASSES,
    ),
}  # fmt: skip
"""What is filled in of almost every title; all else stands below it, under "More"."""
EXTRAS = (
    ("issn", "age", "number"), ("host", "host_part", "host_issn"), ("main_author", "main_role"),
    ("keywords",), ("added_authors",), ("corporate_author",), ("body", "body_unit"),
    ("degree", "thesis_note"),
    ("valid_from", "review_on"), ("frequency", "numbering"), ("isbn", "edition", "volume"),
    ("extent", "series", "series_number"), ("place", "publisher", "year"),
    ("original_language", "url"),
)  # fmt: skip
"""Rows for what a record has and its kind does not ask for: nothing of it is hidden."""

NAMES: Mapping[str, Mapping[str, str]] = {
    "serial": {"year": N_("Year it began"), "corporate_author": N_("Issuing body")},
    "thesis": {
        "body": N_("Institution"),
        "body_unit": N_("Study programme"),
        "added_authors": N_("Supervisors and other persons"),
        "note": N_("Notes, one a line"),
    },
    "article": {"added_authors": N_("Other authors")},
    "guideline": {
        "number": N_("Number of the decree"),
        "body": N_("Unit or medical staff group"),
        "body_unit": N_("Section"),
        "corporate_author": N_("Issuing body"),
        "main_author": N_("Author, if one is named"),
    },
    "leaflet": {"body": N_("Unit"), "body_unit": N_("Section")},
    "audiovisual": {"extent": N_("Extent and duration")},
    "regulation": {
        "number": N_("Number of the regulation"),
        "corporate_author": N_("Issuing body"),
        "valid_from": N_("In force from"),
    },
}
"""What a field is called in the form of one kind where it is not its usual name."""


def more(kind: str) -> Rows:
    """The rows that stand under "More"."""
    first = {key for row in FIRST[kind] for key in row}
    left = (tuple(key for key in row if key not in first) for row in LAYOUTS[kind])
    return tuple(row for row in left if row)


def rows(kind: str, filled: set[str], whole: bool = True) -> list[tuple[str, ...]]:
    """The rows of a kind, and below them the fields that hold something; not `whole`, of what
    stands under "More" only that."""
    shown = [*FIRST[kind], *(more(kind) if whole else ())]
    if not whole:
        held = (tuple(key for key in row if key in filled) for row in more(kind))
        shown += [row for row in held if row]
    asked = {key for row in shown for key in row}
    for row in EXTRAS:
        held_too = tuple(key for key in row if key in filled - asked)
        if held_too:
            shown.append(held_too)
            asked.update(held_too)
    return shown
