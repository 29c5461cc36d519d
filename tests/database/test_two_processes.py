"""Real processes on one library: killed in the middle of their scans, and two lending at once."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from database.circulation import identify
from database.holdings import item_facts, items
from database.library import Library
from database.schema import Journal
from database.storage import checks
from tests.libraries import NOW

ROOT = Path(__file__).resolve().parents[2]
COPIES = [f"P{number:03d}" for number in range(40)]

SCANS = """
import sys
from datetime import timedelta
from database.circulation import identify, lending
from database.library import Library
from tests.libraries import ANYTHING, NOW

library = Library.open(sys.argv[1])
for number in range(500):
    code, now = f"P{number % 40:03d}", NOW + timedelta(seconds=2 * number)
    with library.transaction() as session:
        if identify.find_item(session, code).loan_id is None:
            act = lending.check_out(session, "M0001", code, now, ANYTHING).act
        else:
            act = lending.check_in(session, code, now).act
    print(act, code, flush=True)
"""

LENDING = """
import json, random, sys
from database.circulation import identify, lending
from database.library import Library
from database.refusal import Refusal
from tests.libraries import ANYTHING, NOW

where, patron, seed = sys.argv[1:]
library = Library.open(where)
copies = [f"P{number:03d}" for number in range(40)]
random.Random(int(seed)).shuffle(copies)
print("ready", flush=True)
sys.stdin.readline()
told = {}
for code in copies:
    try:
        with library.transaction() as session:
            told[code] = lending.check_out(session, patron, code, NOW, ANYTHING).act
    except Refusal as no:
        told[code] = no.reason.value
print(json.dumps(told), flush=True)
"""


@pytest.fixture
def pool(stocked):
    """Forty more copies of one title."""
    with stocked.transaction() as session:
        of = identify.find_item(session, "B000010").biblio_id
        for code in COPIES:
            items.add_items(session, of, item_facts.ItemFacts(barcode=code), 1, NOW)
    stocked.close()
    return stocked.where


def begin(program, *arguments):
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def journalled(library):
    """The scans as the journal has them."""
    acts = {"loan.checked_out": "lent", "loan.returned": "returned"}
    with library.reading() as session:
        rows = session.execute(
            select(Journal.action, Journal.facts)
            .where(Journal.action.in_(acts))
            .order_by(Journal.id)
        )
        return [f"{acts[row.action]} {json.loads(row.facts)['barcode']}" for row in rows]


def test_killed_in_the_middle_of_500_scans_every_confirmed_one_is_there(pool):
    point = random.randrange(20, 480)
    process = begin(SCANS, pool)
    heard = [process.stdout.readline().strip() for _ in range(point)]
    process.kill()
    rest, errors = process.communicate(timeout=30)
    heard += rest.splitlines()
    assert all(heard), errors
    library = Library.open(pool)
    try:
        found = journalled(library)
        # The last one may have been kept before it could be confirmed.
        assert found[: len(heard)] == heard, f"killed after {point}"
        assert len(heard) <= len(found) <= len(heard) + 1
        with library.reading() as session:
            assert checks.check(session) == []
    finally:
        library.close()


def test_two_desks_lend_from_one_pool_each_copy_once(pool):
    desks = [
        begin(LENDING, pool, patron, seed) for patron, seed in (("M0001", "1"), ("M0002", "2"))
    ]
    for desk in desks:
        assert desk.stdout.readline().strip() == "ready", desk.stderr.read()
    for desk in desks:
        desk.stdin.write("go\n")
        desk.stdin.flush()
    answers = [desk.communicate(timeout=60) for desk in desks]
    assert [desk.returncode for desk in desks] == [0, 0], answers
    one, other = (json.loads(told) for told, _errors in answers)
    for code in COPIES:
        assert sorted((one[code], other[code])) == ["already_on_loan", "lent"], code
    library = Library.open(pool)
    try:
        assert library.contents().open_loans == len(COPIES)
    finally:
        library.close()
