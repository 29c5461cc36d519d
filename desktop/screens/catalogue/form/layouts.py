"""Which fields each kind of material asks for, in which rows, and what they are called there."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.words.language import N_

Rows = tuple[tuple[str, ...], ...]

_PEOPLE: Rows = (("main_author", "main_role"), ("added_authors",))
_IMPRINT: Rows = (("place", "publisher", "year"),)
_CLASSES: Rows = (("classification", "nlm", "call_number"), ("subjects",))
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
EXTRAS = (
    ("issn", "age", "number"), ("host", "host_part", "host_issn"), ("main_author", "main_role"),
    ("added_authors",), ("corporate_author",), ("body", "body_unit"), ("degree", "thesis_note"),
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


def rows(kind: str, filled: set[str]) -> list[tuple[str, ...]]:
    """The rows of a kind, and below them the fields that hold something."""
    shown = [*LAYOUTS[kind]]
    asked = {key for row in shown for key in row}
    for row in EXTRAS:
        more = tuple(key for key in row if key in filled - asked)
        if more:
            shown.append(more)
            asked.update(more)
    return shown
