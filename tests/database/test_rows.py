"""Rows as dataclasses, by name."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy import create_engine, literal, select

from database.engine.rows import row_of, rows_of


@dataclass(frozen=True, slots=True)
class Copy:
    barcode: str
    shelf: str
    year: int = 0


def asked(*columns):
    with create_engine("sqlite://").connect() as connection:
        return connection.execute(select(*columns)).freeze()()


def test_the_order_of_a_question_does_not_matter():
    found = asked(literal("R 1").label("shelf"), literal("B1").label("barcode"))
    assert rows_of(Copy, found) == [Copy("B1", "R 1")]


def test_a_single_row():
    found = asked(literal("B1").label("barcode"), literal("R 1").label("shelf")).one()
    assert row_of(Copy, found) == Copy("B1", "R 1")


@pytest.mark.parametrize("names", [("barcode",), ("barcode", "place"), ("barcode", "barcode")])
def test_a_name_that_is_no_field_or_a_field_without_a_name_fails(names):
    with pytest.raises(TypeError):
        rows_of(Copy, asked(*(literal("x").label(name) for name in names)))


def test_columns_in_the_order_of_the_fields_need_their_names_too():
    found = asked(*(literal(value).label(name) for name, value in
                    (("barcode", "B1"), ("shelf", "R 1"), ("year", 7))))  # fmt: skip
    assert rows_of(Copy, found) == [Copy("B1", "R 1", 7)]
