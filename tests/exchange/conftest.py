"""The same libraries as the database tests."""

from tests.database.conftest import *  # noqa: F403 - fixtures are found by name
