"""The server itself: uvicorn on an address of the house, alone or beside a window."""

from __future__ import annotations

import asyncio
import socket
from threading import Thread
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from database.refusal import Fault, Trouble

PORT = 8080
_HEAD_BYTES = 16_384
_HEAD_SECONDS = 10.0
_KEPT_SECONDS = 5
_CONNECTIONS = 256
_END_SECONDS = 3


class Patient(H11Protocol):
    """A connection whose questions must come in whole: uvicorn itself waits for ever for the rest
    of a head that comes a letter a minute."""

    _end: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Somebody is there."""
        super().connection_made(transport)
        self._hurry()

    def data_received(self, data: bytes) -> None:
        """Something of a question came."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete and self._end is not None:
            self._end.cancel()
            self._end = None

    def on_response_complete(self) -> None:
        """The next question has as long again."""
        super().on_response_complete()
        if self._end is None and not self.transport.is_closing():
            self._hurry()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is there."""
        if self._end is not None:
            self._end.cancel()
        super().connection_lost(exc)

    def _hurry(self) -> None:
        self._end = self.loop.call_later(_HEAD_SECONDS, self.transport.close)


def config(app: ASGIApp, proxy: str = "") -> uvicorn.Config:
    """How we serve: no word about the server, nothing of who asked is written down. A web server
    at the address `proxy` is believed for whom it asks, so that not all readers count as one."""
    return uvicorn.Config(
        app,
        http=Patient,
        loop="asyncio",
        ws="none",
        lifespan="off",
        interface="asgi3",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=bool(proxy),
        forwarded_allow_ips=proxy,
        limit_concurrency=_CONNECTIONS,
        timeout_keep_alive=_KEPT_SECONDS,
        timeout_graceful_shutdown=_END_SECONDS,
        h11_max_incomplete_event_size=_HEAD_BYTES,
    )


def bound(address: str, port: int) -> socket.socket:
    """A socket at an address. Raises Fault ADDRESS_TAKEN where it is not to be had."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            # Windows would let another program listen at the same address.
            made.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((address, port))
        made.listen(128)
    except (OSError, OverflowError) as error:
        made.close()
        raise Fault(Trouble.ADDRESS_TAKEN, where=f"{address}:{port}") from error
    return made


class Serving:
    """A server that runs beside whatever started it, until `stop`."""

    def __init__(self, app: ASGIApp, listening: socket.socket, proxy: str = "") -> None:
        self.port: int = listening.getsockname()[1]
        self._socket = listening
        self._server = uvicorn.Server(config(app, proxy))
        self._thread = Thread(target=self._run, name="selasar-web", daemon=True)

    def start(self) -> None:
        """Answer from now on."""
        self._thread.start()

    def _run(self) -> None:
        self._server.run(sockets=[self._socket])

    def stop(self) -> None:
        """Answer no more; what was begun is given a few seconds."""
        self._server.should_exit = True
        self._thread.join(_END_SECONDS + 2)
        self._socket.close()


def serve(app: ASGIApp, listening: socket.socket, proxy: str = "") -> None:
    """Answer until the process is told to end."""
    uvicorn.Server(config(app, proxy)).run(sockets=[listening])
