"""What a scan does to a batch: a book came, or a copy goes back to its owner."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from database.description import isbn
from database.holdings import deposit_copies, deposits
from database.holdings.deposit_copies import Scanned
from database.library import Session
from database.refusal import Fault, Reason, Refusal
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.catalogue.page import short
from desktop.words import language
from desktop.words.language import _
from desktop.words.sentences import refusal

Scan = Callable[[Session, int, str, datetime], Scanned]


class BatchScans:
    """Each scan is one act, told in the strip of `host`; `describe(isbn)` begins a title that
    is not in the catalogue yet."""

    def __init__(self, program: Program, host: Screen, describe: Callable[[str], None]) -> None:
        self._program, self._host, self._describe = program, host, describe

    def take_in(self, number: int, code: str) -> int | None:
        """A book of the batch `number` came: its copy's id, or None."""
        done = self._try(deposit_copies.add_copy, number, code)
        if done is None:
            return None
        text = _("{barcode} taken in: {title}")
        self._tell(done, text.format(barcode=done.barcode, title=short(done.title)))
        return done.item_id

    def give_back(self, number: int, code: str) -> None:
        """A copy of the batch `number` goes back; how many are still to be found is said."""
        done = self._try(deposit_copies.give_back, number, code)
        if done is None:
            return
        left = self._program.read(lambda session: deposits.stored(session, number).here)
        text = _("{barcode} goes back: {title}. Still to find: {n}").format(
            barcode=done.barcode, title=short(done.title), n=language.number(left)
        )
        self._tell(done, text)

    def _try(self, act: Scan, number: int, code: str) -> Scanned | None:
        now = self._program.now()
        try:
            return self._program.write(lambda session: act(session, number, code, now))
        except (Refusal, Fault) as told:
            self._refused(told, code)
            return None

    def _refused(self, told: Refusal | Fault, code: str) -> None:
        action = None
        canonical = isbn.canonical(code) if isbn.looks_like(code) else ""
        if isinstance(told, Refusal) and told.reason is Reason.ISBN_UNKNOWN and canonical:
            action = Key("", _("New title"), lambda: self._describe(canonical))
        self._host.notice.refused(refusal(told), action)

    def _tell(self, done: Scanned, text: str) -> None:
        self._host.notice.done(text, partial(self._program.undo, self._host, done.line))
