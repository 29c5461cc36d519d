"""What stands before every page: headers that shut out what is not ours, and limits, so that no
reader, and no program that asks without end, is felt at the desk.

The headers are those of the OWASP Secure Headers project; pages load nothing of another house.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desktop.web.place import Visitors

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Frame-Options": "DENY",
}
_ADDRESSES = 4096
"""Addresses whose pace is remembered."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one address may ask at once and a second, how many are answered and may wait at a
    time, how long an answer and a piece of a question may take, and how long a question may be."""

    burst: int = 240
    a_second: float = 20.0
    at_once: int = 4
    waiting: int = 64
    seconds: float = 15.0
    piece_seconds: float = 10.0
    address_bytes: int = 4096
    body_bytes: int = 16_384


class TooMuchError(Exception):
    """What was sent is more than is taken."""


class Guard:
    """The outermost part of the application."""

    def __init__(
        self,
        app: ASGIApp,
        visitors: Visitors,
        limits: Limits = Limits(),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app = app
        self._visitors = visitors
        self._limits = limits
        self._clock = clock
        self._paces: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._turn = asyncio.Semaphore(limits.at_once)
        self._inside = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one question, or say why not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        asker = str((scope.get("client") or ("", 0))[0])
        self._visitors.saw(asker)
        answer = self._refusal(scope, asker)
        headed = self._headed(send)
        if answer is not None:
            await answer(scope, receive, headed)
            return
        await self._answer(scope, receive, headed)

    def _refusal(self, scope: Scope, asker: str) -> PlainTextResponse | None:
        limits = self._limits
        length = len(scope.get("raw_path") or b"") + len(scope.get("query_string") or b"")
        if length > limits.address_bytes:
            return PlainTextResponse("URI Too Long", 414)
        sent = Headers(scope=scope).get("content-length", "0")
        if not sent.isdecimal() or int(sent[:12]) > limits.body_bytes:
            return PlainTextResponse("Content Too Large", 413)
        if not self._paced(asker):
            return PlainTextResponse("Too Many Requests", 429, {"Retry-After": "5"})
        if self._inside >= limits.at_once + limits.waiting:
            return PlainTextResponse("Service Unavailable", 503, {"Retry-After": "2"})
        return None

    def _paced(self, asker: str) -> bool:
        """Whether an address may ask once more: a bucket that fills again by itself."""
        now = self._clock()
        left, since = self._paces.pop(asker, (float(self._limits.burst), now))
        left = min(left + (now - since) * self._limits.a_second, float(self._limits.burst))
        may = left >= 1
        self._paces[asker] = (left - 1 if may else left, now)
        while len(self._paces) > _ADDRESSES:
            self._paces.popitem(last=False)
        return may

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def sent(message: Message) -> None:
            nonlocal begun
            begun = True
            await asyncio.wait_for(send(message), self._limits.piece_seconds)

        self._inside += 1
        try:
            async with self._turn, asyncio.timeout(self._limits.seconds):
                await self._app(scope, self._bounded(receive), sent)
        except (TimeoutError, TooMuchError) as error:
            if begun:
                # The rest of an answer nobody takes: the connection is let go.
                return
            status = 503 if isinstance(error, TimeoutError) else 413
            await PlainTextResponse("Try again later", status)(scope, receive, send)
        finally:
            self._inside -= 1

    def _bounded(self, receive: Receive) -> Receive:
        """What is sent to us, a piece at a time: neither slower nor more than the limits."""
        taken = 0

        async def received() -> Message:
            nonlocal taken
            message = await asyncio.wait_for(receive(), self._limits.piece_seconds)
            taken += len(message.get("body", b""))
            if taken > self._limits.body_bytes:
                raise TooMuchError
            return message

        return received

    def _headed(self, send: Send) -> Send:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        return sent
