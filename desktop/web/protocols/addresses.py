"""The addresses at which other libraries ask: OAI-PMH and SRU, by GET or by a form that is sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from urllib.parse import parse_qs, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from desktop.web.answers import address_of, language_of, place_of
from desktop.web.protocols import harvest, sru
from desktop.words.language import speaking

_MOST_FIELDS = 40
Arguments = dict[str, list[str]]


def routes() -> list[Route]:
    """Where they are answered."""
    return [
        Route("/oai", _answered(_harvest), methods=["GET", "POST"]),
        Route("/sru", _answered(_search), methods=["GET", "POST"]),
    ]


def _answered(answer: Callable[[Request, Arguments], str]) -> Callable[[Request], object]:
    async def answered(request: Request) -> Response:
        text = request.url.query
        if request.method == "POST":
            text = (await request.body()).decode("utf-8", "replace")
        try:
            asked = parse_qs(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
        except ValueError:
            asked = {}
        body = await run_in_threadpool(answer, request, asked)
        return Response(body, media_type="text/xml; charset=utf-8")

    return answered


def _harvest(request: Request, asked: Arguments) -> str:
    place, address = place_of(request), address_of(request)
    host = urlsplit(address).hostname or "localhost"
    now = place.now().astimezone(UTC)
    with speaking(language_of(request)), place.library.reading() as session:
        return harvest.answer(session, harvest.Asked(asked, f"{address}/oai", host, now))


def _search(request: Request, asked: Arguments) -> str:
    parts = urlsplit(address_of(request))
    port = parts.port or (443 if parts.scheme == "https" else 80)
    given = {name: values[0] for name, values in asked.items()}
    with place_of(request).library.reading() as session:
        return sru.answer(session, given, parts.hostname or "localhost", port, "sru")
