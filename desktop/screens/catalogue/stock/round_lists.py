"""What a round of stocktaking says: the word for each scan, and the three lists beside it."""

from __future__ import annotations

from database.holdings import stock_balance, stocktake
from database.schema import ScanOutcome
from desktop.forms.scanned.dialog import Told
from desktop.widgets.pill import Pill, Tone
from desktop.widgets.table import Column, Table
from desktop.words import language
from desktop.words.codes import status
from desktop.words.language import N_, _
from desktop.words.sentences import shorten

OUTCOMES = {
    ScanOutcome.FOUND: N_("found"),
    ScanOutcome.ON_LOAN: N_("recorded as lent"),
    ScanOutcome.MISPLACED: N_("wrong shelf"),
    ScanOutcome.OUT_OF_ORDER: N_("out of order"),
    ScanOutcome.FOUND_AGAIN: N_("was missing"),
    ScanOutcome.DOUBLE: N_("read before"),
    ScanOutcome.FOREIGN: N_("not of this round"),
    ScanOutcome.UNKNOWN: N_("unknown code"),
}
_TONES: dict[ScanOutcome, Tone] = {
    ScanOutcome.UNKNOWN: "bad",
    ScanOutcome.FOREIGN: "bad",
    ScanOutcome.DOUBLE: "plain",
}


def scan_text(found: stocktake.Scan) -> str:
    """What a scan came to, in a sentence."""
    title = shorten(found.title, 60)
    texts = {
        ScanOutcome.FOUND: _("{title}, {number}"),
        ScanOutcome.ON_LOAN: _("{title} is recorded as lent. Take it back now?"),
        ScanOutcome.MISPLACED: _("{title} belongs to {shelf}."),
        ScanOutcome.OUT_OF_ORDER: _("{title}, {number}, stands after {before}: out of order."),
        ScanOutcome.FOUND_AGAIN: _("{title} was written off and is here again."),
        ScanOutcome.DOUBLE: _("{title}, {code}, was read before; it counts once."),
        ScanOutcome.FOREIGN: _("{title}, {code}, is not of this round ({status})."),
        ScanOutcome.UNKNOWN: _("No copy has the code {code}."),
    }
    return texts[found.outcome].format(
        title=title,
        number=found.call_number or found.code,
        shelf=found.belongs,
        before=found.before,
        code=found.code,
        status=status(found.status),
    )


def scan_told(found: stocktake.Scan) -> Told:
    """One code of many: its word, its tone and the sentence."""
    word, tone = _(OUTCOMES[found.outcome]), _TONES.get(found.outcome, "warn")
    return Told(word, "good" if found.outcome is ScanOutcome.FOUND else tone, scan_text(found))


def _outcome_pill(row: stock_balance.Remark) -> Pill:
    outcome = ScanOutcome(row.outcome)
    return Pill(_(OUTCOMES[outcome]), _TONES.get(outcome, "warn"))


def missing_table() -> Table:
    """The copies nobody has found yet."""
    return Table(
        [
            Column(_("Call number"), "call_number", width=150),
            Column(_("Title"), "title", stretch=True),
            Column(_("Copy"), "barcode"),
            Column(_("Location"), "location", optional=True, width=120),
        ],
        empty=_("Every copy is found, lent or away with a reason."),
        name=_("Not found yet"),
    )


def odd_table() -> Table:
    """What was met that should not be so."""
    return Table(
        [
            Column(_("What"), _outcome_pill, kind="pill"),
            Column(_("Copy"), "code"),
            Column(_("Title"), "title", stretch=True),
            Column(_("Read at"), "location", optional=True, width=120),
            Column(_("Should stand at"), "belongs", optional=True, width=120),
        ],
        empty=_("Nothing odd was met so far."),
        name=_("To look at"),
    )


def progress_table() -> Table:
    """How far each shelf is."""
    return Table(
        [
            Column(_("Shelf"), lambda row: row.location or _("(none)"), stretch=True),
            Column(_("Recorded"), "recorded", kind="number"),
            Column(_("Accounted for"), "found", kind="number"),
            Column(_("Left"), lambda row: language.number(row.recorded - row.found), align="right"),
        ],
        empty=_("No copies in this scope."),
        id_key="",
        name=_("By shelf"),
    )
