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
from typing import Any, ParamSpec, TypeVar

from database import paper_words
from desktop.language import current, own_words

P = ParamSpec("P")
R = TypeVar("R")
_heard: ContextVar[dict[str, str] | None] = ContextVar("heard", default=None)
_trying: ContextVar[Mapping[str, str]] = ContextVar("trying", default={})  # noqa: B039 - never changed


def worded(paper: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """What the function writes is `paper`, in the words of the library of its `session`."""

    def around(write: Callable[P, R]) -> Callable[P, R]:
        shape = signature(write)

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


def words_of(session: Any, paper: str) -> dict[str, str]:
    """The library's own words on `paper`, for what is drawn later without the library."""
    return paper_words.of(session, paper, current())
