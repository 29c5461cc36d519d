"""What readers send: what a ward asks for, an answer to the survey, a line of the visitors' book.

It goes through the library of the program, by the rights of whoever opened it, as the acts that
the desk does; of the sender nothing is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from database.circulation import visits
from database.library import Library, Session
from database.policy import categories, settings
from database.public import house
from database.public import titles as public
from database.refusal import Reason, Refusal
from database.registers import survey
from database.wards import asking
from desktop.web.answers import language_of, place_of, shown
from desktop.web.asked import Ask, frame
from desktop.web.place import Place
from desktop.words import survey as survey_words
from desktop.words.codes import VISIT_PURPOSES
from desktop.words.language import N_, _, date_long, speaking
from desktop.words.sentences import shorten

_FIELDS = 30
_WRONG = {
    Reason.WRONG_SECRET: N_("The PIN is not right; it stands on the ward's card."),
    Reason.TOO_MANY_TRIES: N_("Too many wrong PINs; please try again in fifteen minutes."),
    Reason.VALUE_INVALID: N_("Please fill in what is asked for."),
}
_MARKS = {
    "wish": N_("{what}"),
    "hold": N_("To keep: {what}"),
    "search": N_("Literature: {what}"),
}
"""How each thing that a ward may ask for stands among its wishes."""
_NOT_NOW = N_("That cannot be taken now; please ask the librarian.")
Form = dict[str, str]
_NOTHING: Form = {}
_NAMES = ("pesan", "tempat_tidur", "siapa", "tujuan")


def routes() -> list[Route]:
    """Where something is sent."""
    return [
        Route("/bangsal/{number}", _answered(_ward, _ask), methods=["GET", "POST"]),
        Route("/survei", _answered(_survey, _answer), methods=["GET", "POST"]),
        Route("/tamu", _answered(_guests, _enter), methods=["GET", "POST"]),
    ]


def _answered(
    page: Callable[[Request, Form, str], Response], act: Callable[[Request, Form], Response]
) -> Callable[[Request], Any]:
    async def answered(request: Request) -> Response:
        _desk(request)
        if request.method != "POST":
            return await run_in_threadpool(page, request, _NOTHING, "")
        text = (await request.body()).decode("utf-8", "replace")
        try:
            found = parse_qs(text, max_num_fields=_FIELDS)
        except ValueError as error:
            raise HTTPException(400) from error
        form = {name: values[0].replace("\0", "") for name, values in found.items()}
        return await run_in_threadpool(_acted, request, form, page, act)

    return answered


def _acted(
    request: Request,
    form: Form,
    page: Callable[[Request, Form, str], Response],
    act: Callable[[Request, Form], Response],
) -> Response:
    try:
        return act(request, form)
    except Refusal as told:
        if told.reason in {Reason.NOT_A_WARD, Reason.RECORD_GONE}:
            raise
        return page(request, form, _said(request, told))


def _said(request: Request, told: Refusal) -> str:
    """What was wrong, so that a reader can mend it."""
    with speaking(language_of(request)):
        return _(_WRONG.get(told.reason, _NOT_NOW))


def _desk(request: Request) -> Library:
    """What is written through. Raises HTTPException 404 where nothing may be sent."""
    desk = place_of(request).desk
    if desk is None:
        raise HTTPException(404)
    return desk


def _must_be_on(session: Session, choice: settings.Choice[bool]) -> None:
    if not settings.get(session, choice):
        raise HTTPException(404)


def _device(request: Request) -> str:
    host = request.client.host if request.client else ""
    return f"{host} {request.headers.get('user-agent', '')[:300]}"


def _first_today(request: Request, what: str) -> bool:
    place = place_of(request)
    return place.once.first(what, _device(request), place.now().date().isoformat())


def _thanks(request: Request, title: str, told: str) -> Response:
    def view(session: Session, ask: Ask) -> dict[str, Any]:
        return {**frame(session, ask, title), "told": told, "home": True}

    return shown(request, "problem.html", view)


# --- a ward


def _ward(request: Request, form: Form, wrong: str) -> Response:
    number = request.path_params["number"]
    wanted = form.get("judul") or request.query_params.get("judul", "")

    def view(session: Session, ask: Ask) -> dict[str, Any]:
        _must_be_on(session, settings.WARDS_ASK)
        found = house.ward(session, number)
        return {
            **frame(session, ask, found.name),
            "ward": found,
            "form": {name: form.get(name, "") for name in _NAMES},
            "wrong": wrong,
            "asked": _asked(session, wanted),
            "kinds": [
                ("wish", _("Something to read")),
                ("hold", _("Keep this title for us")),
                ("search", _("Look for literature")),
            ],
            "kind": form.get("jenis") or ("hold" if wanted else "wish"),
        }

    return shown(request, "ward.html", view, "bangsal", 400 if wrong else 200)


def _asked(session: Session, wanted: str) -> dict[str, Any] | None:
    if not (wanted.isascii() and wanted.isdigit()):
        return None
    title = public.title(session, int(wanted[:12]))
    return {"id": title.id, "name": shorten(title.record.get("245", "a"), 120)}


def _ask(request: Request, form: Form) -> Response:
    place, desk = place_of(request), _desk(request)
    with place.library.reading() as session:
        _must_be_on(session, settings.WARDS_ASK)
        found = house.ward(session, request.path_params["number"])
    asker = request.client.host if request.client else ""
    names = (f"ward {found.id}", f"from {asker}")
    if not all(map(place.tries.may, names)):
        raise Refusal(Reason.TOO_MANY_TRIES)
    title = form.get("judul", "")
    number = int(title[:12]) if title.isascii() and title.isdigit() else None
    mark = _MARKS.get(form.get("jenis", ""))
    if mark is None:
        raise Refusal(Reason.VALUE_INVALID, field="jenis")
    try:
        with desk.transaction() as session:
            asking.ask(
                session,
                found.id,
                form.get("pin", ""),
                form.get("pesan", ""),
                form.get("tempat_tidur", ""),
                number,
                place.now(),
                # For the librarian, in the language of the program.
                _(mark),
            )
    except Refusal as told:
        if told.reason is Reason.WRONG_SECRET:
            for name in names:
                place.tries.failed(name)
        raise
    for name in names:
        place.tries.right(name)
    said = _("The librarian sees it with the next round. Nothing is lent or held by itself.")
    return _thanks(request, _("It was sent"), said)


# --- survey and visitors' book


def _survey(request: Request, form: Form, wrong: str) -> Response:
    def view(session: Session, ask: Ask) -> dict[str, Any]:
        _must_be_on(session, settings.READERS_ANSWER)
        questions = [
            {
                "name": name,
                "text": survey_words.question(at),
                "answers": list(enumerate(survey_words.answers(at), 1)),
                "chosen": form.get(name, ""),
            }
            for at, name in enumerate(survey.ELEMENTS)
        ]
        return {
            **frame(session, ask, _("How satisfied are you?")),
            "questions": questions,
            "wrong": wrong,
        }

    return shown(request, "survey.html", view, "", 400 if wrong else 200)


def _answer(request: Request, form: Form) -> Response:
    place, desk = place_of(request), _desk(request)
    given = [form.get(name, "") for name in survey.ELEMENTS]
    if any(one not in {"1", "2", "3", "4"} for one in given):
        raise Refusal(Reason.VALUE_INVALID, field="score")
    with desk.transaction() as session:
        _must_be_on(session, settings.READERS_ANSWER)
        if _first_today(request, "survey"):
            survey.answer(session, [int(one) for one in given], place.now())
    return _thanks(request, _("Thank you"), _("Your answer is counted, without your name."))


def _guests(request: Request, form: Form, wrong: str) -> Response:
    def view(session: Session, ask: Ask) -> dict[str, Any]:
        _must_be_on(session, settings.READERS_ANSWER)
        kinds = [(one.code, one.name) for one in categories.listed(session) if _visits(one)]
        return {
            **frame(session, ask, _("Visitors' book")),
            "day_told": date_long(ask.now.date()),
            "kinds": kinds,
            "purposes": [(code, _(name)) for code, name in VISIT_PURPOSES.items()],
            "form": {name: form.get(name, "") for name in _NAMES},
            "wrong": wrong,
        }

    return shown(request, "guests.html", view, "", 400 if wrong else 200)


def _visits(one: categories.CategoryRow) -> bool:
    return one.active and one.audience != "place"


def _enter(request: Request, form: Form) -> Response:
    place: Place = place_of(request)
    desk = _desk(request)
    with desk.transaction() as session:
        _must_be_on(session, settings.READERS_ANSWER)
        known = {one.code for one in categories.listed(session) if _visits(one)}
        purpose = form.get("tujuan", "")
        if form.get("siapa") not in known or purpose not in {"", *visits.PURPOSES}:
            raise Refusal(Reason.VALUE_INVALID, field="category")
        if _first_today(request, "visit"):
            visits.count_visit(session, form["siapa"], place.now(), 1, purpose)
    return _thanks(request, _("Welcome"), _("Your visit is counted, without your name."))
