"""A paper written in the library's own words, and hearing which texts a paper is made of.

While a paper is written every text that is looked up passes here: so what may be edited is what
is printed, without a list kept by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from inspect import signature
from types import CodeType, FunctionType
from typing import Any, ParamSpec, TypeVar

from database.library import Session
from database.policy import paper_words
from desktop.words.language import _, current, known, own_words

_WRITERS: dict[str, list[Any]] = {}
"""What writes each paper, known once its page is imported."""
P = ParamSpec("P")
R = TypeVar("R")
_heard: ContextVar[dict[str, str] | None] = ContextVar("heard", default=None)
_trying: ContextVar[Mapping[str, str]] = ContextVar("trying", default={})  # noqa: B039 - never changed


def worded(paper: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """What the function writes is `paper`, in the words of the library of its `session`."""

    def around(write: Callable[P, R]) -> Callable[P, R]:
        shape = signature(write)

        _WRITERS.setdefault(paper, []).append(write)

        @wraps(write)
        def written(*args: P.args, **kwargs: P.kwargs) -> R:
            session = shape.bind(*args, **kwargs).arguments["session"]
            with speaking(paper_words.of(session, paper, current())):
                return write(*args, **kwargs)

        return written

    return around


@contextmanager
def speaking(own: Mapping[str, str]) -> Iterator[None]:
    """Within it papers say `own` texts in the place of those of the program."""
    heard, said = _heard.get(), {**own, **_trying.get()}

    def say(source: str, usual: str) -> str:
        if heard is not None:
            heard.setdefault(source, usual)
        return said.get(source) or usual

    token = own_words.set(say)
    try:
        yield
    finally:
        own_words.reset(token)


@contextmanager
def hearing(trying: Mapping[str, str] | None = None) -> Iterator[dict[str, str]]:
    """The texts of the papers written within, in their order: the usual text by its source.

    `trying` holds words not kept yet, which go before all others.
    """
    heard: dict[str, str] = {}
    tokens = _heard.set(heard), _trying.set(trying or {})
    try:
        yield heard
    finally:
        _heard.reset(tokens[0])
        _trying.reset(tokens[1])


def words_of(session: Session, paper: str) -> dict[str, str]:
    """The library's own words on `paper`, for what is drawn later without the library."""
    return paper_words.of(session, paper, current())


def texts_of(paper: str) -> dict[str, str]:
    """All texts that what writes `paper` may say, used today or not: usual text by source.

    They are the constants of its functions that the translation catalogue knows.
    """
    found: dict[str, str] = {}
    for write in _WRITERS.get(paper, ()):
        for text in _constants(write.__code__, write.__globals__, set()):
            if known(text):
                found.setdefault(text, _(text))
    return found


def _constants(code: CodeType, names: Mapping[str, Any], seen: set[str]) -> Iterator[str]:
    """Texts in a function, in those within it, and in those of its module that it calls."""
    for one in code.co_consts:
        if isinstance(one, str):
            yield one
        elif isinstance(one, CodeType):
            yield from _constants(one, names, seen)
        elif isinstance(one, tuple):
            yield from (part for part in one if isinstance(part, str))
    for name in code.co_names:
        called = names.get(name)
        if name not in seen and isinstance(called, FunctionType) and called.__globals__ is names:
            seen.add(name)
            yield from _constants(called.__code__, names, seen)
