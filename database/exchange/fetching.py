"""What a server answers, whole and within a time: a server may drip its answer a byte a second, so
it is the whole answer that has the seconds, not each byte of it."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from queue import Empty, Queue
from threading import Thread
from typing import Any, TypeVar
from urllib.request import HTTPHandler, HTTPSHandler, Request, build_opener

T = TypeVar("T")


def fetch(request: Request, seconds: float, most: int) -> bytes:
    """The first `most` bytes of an answer. Raises OSError, HTTPException, ValueError."""
    end = time.monotonic() + seconds

    class Response(HTTPResponse):
        def __init__(self, sock: Any, *told: Any, **more: Any) -> None:
            super().__init__(sock, *told, **more)
            self.fp = io.BufferedReader(_Timed(sock, self.fp, end))

    class Plain(HTTPConnection):
        response_class = Response

    class Secure(HTTPSConnection):
        response_class = Response

    class PlainHandler(HTTPHandler):
        def http_open(self, asked: Request) -> Any:
            return self.do_open(Plain, asked)

    class SecureHandler(HTTPSHandler):
        def https_open(self, asked: Request) -> Any:
            return self.do_open(Secure, asked)

    try:
        with build_opener(PlainHandler, SecureHandler).open(request, timeout=seconds) as answer:
            read: bytes = answer.read(most)
            return read
    except OverflowError as error:
        # A port that is none.
        raise ValueError(str(error)) from error


def within(seconds: float, ask: Callable[[], T]) -> T:
    """What another's code answers, which counts its seconds from byte to byte; where they are over
    it is left to itself. Raises what it raises; TimeoutError."""
    answer: Queue[tuple[bool, Any]] = Queue(1)

    def work() -> None:
        try:
            answer.put((True, ask()))
        except Exception as error:  # whatever it is, the one who waits decides
            answer.put((False, error))

    Thread(target=work, daemon=True).start()
    try:
        answered, told = answer.get(timeout=seconds)
    except Empty as error:
        raise TimeoutError("the answer took too long") from error
    if not answered:
        raise told
    found: T = told
    return found


class _Timed(io.RawIOBase):
    """The bytes of a socket, each waited for only as long as there is time left."""

    def __init__(self, sock: Any, stream: Any, end: float) -> None:
        self._sock, self._stream, self._end = sock, stream, end

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError("the answer took too long")
        self._sock.settimeout(left)
        got: int = self._stream.raw.readinto(into)
        return got

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()
