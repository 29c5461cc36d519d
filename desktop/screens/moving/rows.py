"""Rows of an import as they are read: titles and people in one list, green, yellow or red."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from database.description import isbn
from database.imports import plan, preview
from database.imports.plan import Decision
from database.imports.planned import name_of
from database.moving.ahead import Ahead, PeopleOf
from database.patrons import rotation
from database.patrons.rotation import Line, Outcome
from database.text.words import key
from desktop.widgets.pill import Pill, Tone
from desktop.widgets.table import Column, Table
from desktop.words import language
from desktop.words.codes import import_reason, not_brought, outcome
from desktop.words.language import _, ngettext

FILTERS = ("all", "look", "refused")
GOOD: Tone = "good"
LOOK: Tone = "warn"
BAD: Tone = "bad"


@dataclass(slots=True)
class Row:
    """A row of a file and what becomes of it. `tone` is green, yellow or red; `decidable`: it may
    be decided otherwise, as it was `decided`."""

    id: int
    file: str
    position: int
    tone: Tone
    word: str
    what: str
    by: str
    remark: str
    decidable: bool = False
    decided: str = ""

    @property
    def pill(self) -> Pill:
        """In a word and a colour."""
        if self.decided:
            return Pill(_DECIDED[Decision(self.decided)](), LOOK)
        return Pill(self.word, self.tone)


_DECIDED = {
    Decision.ADD: lambda: _("will join"),
    Decision.OVERLAY: lambda: _("described anew"),
    Decision.SKIP: lambda: _("left out"),
    Decision.NEW: lambda: _("a title of its own"),
}


def preview_table() -> Table:
    """What would become of every row."""
    return Table(
        [
            Column(_("Row"), lambda row: language.number(row.position), align="right"),
            Column(_("Outcome"), "pill", kind="pill"),
            Column(_("Title or name"), lambda row: row.what or _("(empty)"), stretch=True),
            Column(_("Author or unit"), "by", width=170, optional=True),
            Column(_("Remark"), "remark", width=340, optional=True),
            Column(_("File"), "file", muted=True, optional=True),
        ],
        empty=_("No row of this kind."),
        many=True,
        name=_("Rows"),
    )


def of(ahead: Ahead) -> list[Row]:
    """Titles first, then people; of each what is to be looked at stands with the rest."""
    rows = [_title(at, one) for at, one in enumerate(ahead.titles.rows)]
    for told in ahead.people:
        rows += [_person(len(rows) + at, told, line) for at, line in enumerate(told.lines)]
    return rows


def _title(number: int, one: preview.PreviewRow) -> Row:
    doubtful = bool(one.doubt or one.mended)
    tone: Tone
    if one.outcome == "refused":
        tone, word = BAD, _("refused")
    elif one.outcome == "matched":
        other = bool(one.joined) and key(one.joined) != key(one.title)
        tone, word = LOOK if doubtful or other else GOOD, _("joins")
    else:
        tone, word = LOOK if doubtful else GOOD, _("to look at") if doubtful else _("ready")
    decidable = one.outcome == "matched" or (one.outcome == "new" and one.doubt != "")
    by = one.contributors or (isbn.describe(one.isbn).shown if one.isbn else "")
    return Row(number, one.file, one.position, tone, word, one.title, by, _remark(one), decidable)


def _remark(row: preview.PreviewRow) -> str:
    """Why, in a sentence."""
    if row.outcome == "refused":
        return import_reason(row.reason)
    told = []
    if row.mended:
        told.append(_("saved in part: {reason}").format(reason=import_reason(row.mended)))
    if row.doubt:
        reason = import_reason(row.doubt)
        told.append(f"{reason}: {row.doubt_detail}" if row.doubt_detail else reason)
    if row.outcome == "matched":
        same = not row.joined or key(row.joined) == key(row.title)
        text = _("the title stands already") if same else _("the title stands already: {title}")
        told.append(text.format(title=row.joined))
    if row.copies:
        told.append(ngettext("{n} copy", "{n} copies", row.copies).format(n=row.copies))
    return "; ".join(told)


def _person(number: int, told: PeopleOf, line: Line) -> Row:
    doubts = told.doubts.get(line.position, ())
    said = [_("does not fit the own field, left out: {what}").format(what=one)
            for one in told.unfit.get(line.position, ())]  # fmt: skip
    taken = line.outcome in rotation.TAKEN or line.outcome is Outcome.STANDS
    tone: Tone = BAD if not taken else LOOK if doubts or said else GOOD
    word = outcome(line.outcome, line.detail) if taken else _("refused")
    remark = "" if taken else outcome(line.outcome, line.detail)
    remark = "; ".join([one for one in (remark, *map(not_brought, doubts), *said) if one])
    facts = line.facts
    by = facts.unit or facts.institution or facts.staff_number
    return Row(number, name_of(told.part), line.position, tone, word, facts.name, by, remark)


def chosen(rows: Iterable[Row], which: str) -> list[Row]:
    """All rows, those to look at, or those refused."""
    if which == "all":
        return list(rows)
    wanted = {BAD} if which == "refused" else {BAD, LOOK}
    return [row for row in rows if row.tone in wanted]


def counts(rows: Sequence[Row]) -> tuple[int, int]:
    """How many are to be looked at, and how many refused."""
    return len(chosen(rows, "look")), len(chosen(rows, "refused"))


def decisions(rows: Iterable[Row]) -> plan.Decided:
    """What was decided of single rows."""
    return {(row.file, row.position): Decision(row.decided) for row in rows if row.decided}
