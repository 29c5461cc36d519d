"""A server that stopped without a word (its power, its disk, its network): after a while it is
gone. The system's own patience with a silent connection is hours."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, event

SECONDS = 45.0
"""Longer than any statement of ours takes, and than a write waits for another's."""


def lend(engine: Engine) -> None:
    """Give the connections of an engine an end to their waiting."""

    @event.listens_for(engine, "do_connect")
    def _connect(_dialect: Any, _record: Any, given: Any, named: Any) -> Any:
        return _patient().connect(*given, **named)


def _patient() -> Any:
    import psycopg
    from psycopg import errors

    class Patient(psycopg.Connection[Any]):
        def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
            try:
                return super().wait(gen, interval=interval, timeout=timeout or SECONDS)
            except errors._WaitTimeout as error:
                # What it would answer later belongs to no question of ours any more.
                self.pgconn.finish()
                raise psycopg.OperationalError("the server does not answer") from error

    return Patient
