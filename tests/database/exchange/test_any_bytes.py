"""Any bytes, in any reader of the table of formats, end in records, rows or a plain refusal."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from database.exchange import found
from tests import fuzz


@pytest.fixture(scope="module")
def known():
    return fuzz.seeds()


NAMES = [one.name for one in fuzz.readers()]


@pytest.mark.parametrize("name", NAMES)
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 2**32))
def test_mistaken_files_end_in_records_or_reasons(known, tmp_path, name, seed):
    chance = random.Random(seed)
    every = [content for listed in known.values() for content in listed]
    content = fuzz.mutated(chance, chance.choice(known[name] or every), chance.choice(every))
    one = next(one for one in found.formats() if one.name == name)
    fuzz.try_one(one, tmp_path, content)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [content]


@pytest.mark.parametrize("name", NAMES)
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(content=st.binary(max_size=400))
def test_noise_ends_in_records_or_reasons(tmp_path, name, content):
    one = next(one for one in found.formats() if one.name == name)
    fuzz.try_one(one, tmp_path, content)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [content]
