"""What a column means is told by the program's own word for it, as its own lists are headed."""

from __future__ import annotations

import pytest

from database.sources import fields
from database.sources.fields import Kind
from desktop.words.columns import field_name

NAMES_OF_PERSONS = {"surname", "middle_name"}
"""A family's name may stand in a list for whoever belongs to a patient: it is not guessed."""


@pytest.mark.parametrize("kind", list(Kind))
def test_our_own_words_are_known_as_headings(kind):
    said = {one: fields.meant(field_name(one), kind) for one in fields.known(kind)}
    assert {one for one, meant in said.items() if meant != one} <= NAMES_OF_PERSONS
