"""Where a portable scanner's codes can go: a stocktake, a batch, the serials, the print queue."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from database.circulation import identify
from database.holdings import deposit_copies, print_queue, stocktake
from database.holdings.deposit_copies import Scanned
from database.imports import scanned_issues
from database.library import Session
from database.refusal import Reason, Refusal
from desktop.forms.scanned.dialog import Told, Way
from desktop.words.language import _
from desktop.words.sentences import shorten

LONGEST = 60


def into_round(number: int, shelf: str, tell: Any) -> Way:
    """Into the stocktake `number`, at a shelf; `tell` says what a scan came to."""
    return Way(
        _("Codes into the stocktake"),
        _("One file a shelf: the shelf chosen beside the scan box is where they all were read."),
        lambda session, code, now: stocktake.scan(session, number, code, shelf, now),
        tell,
    )


def into_batch(number: int, batch: str, back: bool) -> Way:
    """Into a batch by ISBN, or back to its owner by the copies' numbers."""

    def take(session: Session, code: str, now: datetime) -> Scanned:
        act = deposit_copies.give_back if back else deposit_copies.add_copy
        return act(session, number, code, now)

    def tell(done: Scanned) -> Told:
        word = _("given back") if back else _("taken in")
        return Told(word, "good", f"{done.barcode} · {shorten(done.title, LONGEST)}")

    hint = (
        _("The numbers of the copies that go back to {batch}.")
        if back
        else _("The ISBNs of the books that came with {batch}; each line is one copy.")
    )
    title = _("Codes of copies that go back") if back else _("Codes of books that came")
    return Way(title, hint.format(batch=batch), take, tell)


def into_serials() -> Way:
    """Issues that came, by the code on the cover."""

    def tell(done: scanned_issues.Received) -> Told:
        return Told(_("has come"), "good", f"{shorten(done.title, LONGEST)} · {done.name}")

    return Way(
        _("Codes of issues that came"),
        _("Each code on a cover takes in the next issue expected of that magazine or journal."),
        scanned_issues.receive_scanned,
        tell,
    )


def into_queue(paper: str, name: str) -> Way:
    """Copies that shall wait for a paper."""

    def take(session: Session, code: str, now: datetime) -> tuple[bool, str, str]:
        found = identify.find_item(session, code)
        if found is None:
            raise Refusal(Reason.UNKNOWN_ITEM, code=code)
        _line, added = print_queue.add(session, paper, [found.id], now)
        return bool(added), found.barcode, found.title

    def tell(done: tuple[bool, str, str]) -> Told:
        added, barcode, title = done
        word, tone = (_("waits now"), "good") if added else (_("waited already"), "plain")
        return Told(word, tone, f"{barcode} · {shorten(title, LONGEST)}")

    return Way(
        _("Codes into the print queue"),
        _("The copies with these numbers wait for: {paper}.").format(paper=name),
        take,
        tell,
    )
