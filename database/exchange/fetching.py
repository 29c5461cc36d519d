"""What a server answers, whole and within a time: a server may drip its answer a byte a second, so
it is the whole answer that has the seconds, not each byte of it."""

from __future__ import annotations

import io
import time
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.request import HTTPHandler, HTTPSHandler, Request, build_opener


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
