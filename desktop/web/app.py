"""The application: which address is answered by what."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import Route
from starlette.types import ASGIApp

from database.catalogue import digital
from database.library import Session
from database.public import titles as public
from database.refusal import Fault, Refusal
from database.wards import asking as wards_asking
from desktop.web import api, feeds, finding, lists, looks, sending, shown
from desktop.web.answers import address_of, ask_of, language_of, page, place_of, troubled
from desktop.web.answers import shown as shown_page
from desktop.web.asked import Ask
from desktop.web.guard import Guard, Limits
from desktop.web.links import FORMS, Served
from desktop.web.place import Place
from desktop.web.protocols import addresses
from desktop.web.record_files import record_in
from desktop.words.language import speaking

_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
_A_DAY = {"Cache-Control": "public, max-age=86400"}
_PRIVATE_TO_NOBODY = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-cache"}
"""Anybody may read the answers of the API: there is nothing in them that is anybody's own."""


def application(place: Place, limits: Limits = Limits()) -> ASGIApp:  # noqa: B008 - frozen
    """The pages of a library, behind their guard."""
    made = Starlette(
        routes=[*_pages(), *_for_programs(), *addresses.routes(), *sending.routes()],
        exception_handlers={
            Refusal: troubled,
            Fault: troubled,
            HTTPException: troubled,
            Exception: troubled,
        },
    )
    made.state.place = place
    place.look()
    return Guard(made, place.visitors, limits)


def _pages() -> list[Route]:
    return [
        Route("/", page("home.html", lists.home)),
        Route("/cari", _search),
        Route("/judul/{number:int}", _title),
        Route("/judul/{number:int}.{form}", _record),
        Route("/sampul/{number:int}", _cover),
        Route("/berkas/{number:int}", _file),
        Route("/baru", page("list.html", lists.new, "baru")),
        Route("/ppk", page("list.html", lists.guidelines, "ppk")),
        Route("/jam", page("house.html", lists.hours, "jam")),
        Route("/bangsal", _wards),
        Route("/rupa/{name}", _asset),
    ]


def _for_programs() -> list[Route]:
    views: dict[str, Callable[[Session, Ask], dict[str, Any]]] = {
        "/new": api.new,
        "/guidelines": api.guidelines,
        "/house": api.house,
        "/wards": api.wards,
    }
    return [
        Route("/api", page("api.html", api.page)),
        Route(f"{api.ROOT}/titles", _json(lambda r, s, a: api.titles(s, a, r.query_params))),
        Route(
            f"{api.ROOT}/titles/{{number:int}}",
            _json(lambda r, s, a: api.title(s, a, r.path_params["number"])),
        ),
        *(Route(f"{api.ROOT}{path}", _json(_unasked(view))) for path, view in views.items()),
        Route("/baru.atom", _feed),
        Route("/sitemap.xml", _sitemap),
        Route("/opensearch.xml", _opensearch),
        Route("/robots.txt", _robots),
    ]


def _search(request: Request) -> Response:
    asked = finding.read(request.query_params)
    if "bagian" not in request.query_params:
        return shown_page(
            request, "search.html", lambda s, ask: finding.page(s, ask, asked), "cari"
        )
    # Only the list, for a page that stands already.
    with speaking(language_of(request)), place_of(request).library.reading() as session:
        values = finding.found(session, ask_of(request), asked)
        return HTMLResponse(looks.render("_found.html", values))


def _title(request: Request) -> Response:
    number, sent = request.path_params["number"], place_of(request).desk is not None

    def view(session: Session, ask: Ask) -> dict[str, Any]:
        asking = sent and wards_asking.may_ask(session)
        return {**shown.page(session, ask, number), "asking": asking, "number": number}

    return shown_page(request, "title.html", view, "cari")


def _wards(request: Request) -> Response:
    sent, wanted = place_of(request).desk is not None, request.query_params.get("judul", "")
    title = wanted if wanted.isascii() and wanted.isdigit() else ""

    def view(session: Session, ask: Ask) -> dict[str, Any]:
        return lists.wards(session, ask, sent and wards_asking.may_ask(session), title[:12])

    return shown_page(request, "wards.html", view, "bangsal")


def _record(request: Request) -> Response:
    form = FORMS.get(request.path_params["form"])
    if form is None:
        raise HTTPException(404)
    number = request.path_params["number"]
    with place_of(request).library.reading() as session:
        title = public.title(session, number)
    named = f'attachment; filename="{number}.{request.path_params["form"]}"'
    return Response(record_in(title, form[0]), 200, {"Content-Disposition": named}, form[1])


def _cover(request: Request) -> Response:
    with place_of(request).library.reading() as session:
        found = public.cover(session, request.path_params["number"])
    if found is None:
        raise HTTPException(404)
    return Response(found[1], 200, dict(_A_DAY), found[0])


def _file(request: Request) -> Response:
    """A file, or the way to a link; each opening is counted, of whoever it was."""
    place, number = place_of(request), request.path_params["number"]
    with place.library.reading() as session:
        where = digital.place(session, place.library.where, number)
    if place.desk is not None and "range" not in request.headers and request.method == "GET":
        with place.desk.transaction() as session:
            digital.count_use(session, number, place.now())
    if where.startswith(("http://", "https://")):
        return RedirectResponse(where, 302)
    kind = "application/pdf" if where.endswith(".pdf") else "application/octet-stream"
    return FileResponse(
        where,
        media_type=kind,
        filename=Path(where).name[-20:],
        content_disposition_type="inline" if kind.endswith("pdf") else "attachment",
    )


def _asset(request: Request) -> Response:
    try:
        kind, content = looks.asset(request.path_params["name"])
    except KeyError as error:
        raise HTTPException(404) from error
    return Response(content, 200, dict(_FOR_EVER), kind)


def _unasked(
    view: Callable[[Session, Ask], dict[str, Any]],
) -> Callable[[Request, Session, Ask], dict[str, Any]]:
    """A view that depends on nothing of the address."""
    return lambda _request, session, ask: view(session, ask)


def _json(
    view: Callable[[Request, Session, Ask], dict[str, Any]],
) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        with speaking(language_of(request)), place_of(request).library.reading() as session:
            return JSONResponse(view(request, session, ask_of(request)), 200, _PRIVATE_TO_NOBODY)

    return answer


def _feed(request: Request) -> Response:
    place = place_of(request)
    with speaking(language_of(request)), place.library.reading() as session:
        text = feeds.atom(session, place.known, Served(), address_of(request), place.now())
    return Response(text, media_type="application/atom+xml; charset=utf-8")


def _sitemap(request: Request) -> Response:
    with place_of(request).library.reading() as session:
        text = feeds.sitemap(session, Served(), address_of(request))
    return Response(text, media_type="application/xml")


def _opensearch(request: Request) -> Response:
    text = feeds.opensearch(place_of(request).known, Served(), address_of(request))
    return Response(text, media_type="application/opensearchdescription+xml")


def _robots(request: Request) -> Response:
    return PlainTextResponse(feeds.robots(address_of(request)))
