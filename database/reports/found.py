"""The tables there are: every file of `database/reports/tables`, by the name it declares."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from typing import Any

from database.reports import tables as room
from database.reports.counting.table import Table


@cache
def tables() -> dict[str, Table[Any]]:
    """Raises ValueError where two files declare one name: a program that cannot be shipped."""
    found: dict[str, Table[Any]] = {}
    for one in sorted(pkgutil.iter_modules(room.__path__), key=lambda one: one.name):
        table: Table[Any] = import_module(f"{room.__name__}.{one.name}").TABLE
        if table.name in found:
            raise ValueError(f"{one.name}: the table {table.name} is declared elsewhere, too")
        found[table.name] = table
    return found
