"""From a question to a page: its language, its session, and what is said where there is none."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from database.library import Session
from database.refusal import Fault, Reason, Refusal
from desktop.web import looks
from desktop.web.asked import LANGUAGES, Ask, frame_of
from desktop.web.links import Served
from desktop.web.place import Place
from desktop.words.language import N_, _, speaking

View = Callable[[Session, Ask], dict[str, Any]]
LANGUAGE = "lang"
"""What a page's language is called in an address and in the only cookie there is."""
_HOST = re.compile(r"[A-Za-z0-9._-]{1,253}(:\d{1,5})?|\[[0-9A-Fa-f:]{2,45}\](:\d{1,5})?")
_YEAR = 365 * 24 * 3600
_AWAY = (
    N_("The catalogue is resting"),
    N_("It cannot be reached at the moment. Please try again in a minute, or ask the librarian."),
)
_GONE = (
    N_("There is no such page"),
    N_("It may have been moved, or the title is no longer in the library."),
)
_WRONG = (
    N_("That cannot be answered"),
    N_("Please go back and try again."),
)
_FRESH = {"Cache-Control": "no-cache"}


def place_of(request: Request) -> Place:
    """What the pages stand on."""
    found: Place = request.app.state.place
    return found


def language_of(request: Request) -> str:
    """The language asked for: by the address, by what was chosen before, by the browser."""
    asked = request.query_params.get(LANGUAGE) or request.cookies.get(LANGUAGE, "")
    if asked in LANGUAGES:
        return asked
    wanted = request.headers.get("accept-language", "")[:200].lower()
    return next((one for one in re.findall(r"[a-z]{2}", wanted) if one in LANGUAGES), "id")


def address_of(request: Request) -> str:
    """What these pages are called from outside, without a slash at the end."""
    place = place_of(request)
    if place.address:
        return place.address.rstrip("/")
    host = request.headers.get("host", "")
    if not _HOST.fullmatch(host):
        host = "localhost"
    return f"{request.url.scheme}://{host}"


def ask_of(request: Request, here: str = "") -> Ask:
    """The question of a page."""
    language = "en" if language_of(request) == "id" else "id"
    other = request.url.include_query_params(**{LANGUAGE: language})
    shown = f"{other.path}?{other.query}"
    return Ask(place_of(request).now(), Served(), shown, here)


def page(template: str, view: View, here: str = "") -> Callable[[Request], Response]:
    """What answers with a page that `view` fills."""

    def answer(request: Request) -> Response:
        return shown(request, template, view, here)

    return answer


def shown(
    request: Request, template: str, view: View, here: str = "", status: int = 200
) -> HTMLResponse:
    """A page that `view` fills."""
    with speaking(language_of(request)), place_of(request).library.reading() as session:
        values = view(session, ask_of(request, here))
        text = looks.render(template, values)
    response = HTMLResponse(text, status, dict(_FRESH))
    _keep_language(request, response)
    return response


def _keep_language(request: Request, response: Response) -> None:
    asked = request.query_params.get(LANGUAGE, "")
    if asked in LANGUAGES:
        response.set_cookie(LANGUAGE, asked, max_age=_YEAR, httponly=True, samesite="lax")


# --- where there is no page


def troubled(request: Request, error: Exception) -> Response:
    """A kind page, or its words for a program, where the library says no or is not there."""
    status, title, told = _told(error)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        logging.getLogger("selasar").warning("web: %s: %s", type(error).__name__, error)
    with speaking(language_of(request)):
        title, told = _(title), _(told)
        if request.url.path.startswith("/api/"):
            return JSONResponse({"error": status.phrase, "message": told}, status)
        ask = ask_of(request)
        values = frame_of(place_of(request).known, ask, title)
        text = looks.render("problem.html", {**values, "told": told, "home": status != 503})
    headers = {**_FRESH, **({"Retry-After": "30"} if status == 503 else {})}
    return HTMLResponse(text, status, headers)


def _told(error: Exception) -> tuple[HTTPStatus, str, str]:
    if isinstance(error, Fault):
        return HTTPStatus.SERVICE_UNAVAILABLE, *_AWAY
    if isinstance(error, Refusal):
        gone = error.reason in {Reason.RECORD_GONE, Reason.NOT_A_WARD}
        return (HTTPStatus.NOT_FOUND, *_GONE) if gone else (HTTPStatus.BAD_REQUEST, *_WRONG)
    if isinstance(error, HTTPException) and error.status_code == HTTPStatus.NOT_FOUND:
        return HTTPStatus.NOT_FOUND, *_GONE
    if isinstance(error, HTTPException):
        return HTTPStatus(error.status_code), *_WRONG
    return HTTPStatus.INTERNAL_SERVER_ERROR, *_AWAY


def moved(address: str) -> RedirectResponse:
    """Go on to another page after something was sent."""
    return RedirectResponse(address, HTTPStatus.SEE_OTHER)
