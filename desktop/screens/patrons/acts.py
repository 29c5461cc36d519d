"""What is done to one patron at once, each told in the notice strip with its Undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from database import journal
from database.circulation import clearance
from database.library import Session
from database.patrons import consents, likeness, membership, photos, renewing
from database.patrons.finding import PatronRow
from database.patrons.likeness import Likeness
from database.patrons.membership import PatronFacts
from desktop.forms import suspension
from desktop.forms.done.activity import RecordHistory
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.screens.patrons.host import Patrons
from desktop.screens.patrons.personal.asking import CheckDialog
from desktop.words.language import _, date_long


def write(
    session: Session,
    facts: PatronFacts,
    before: PatronRow | None,
    now: datetime,
    *,
    reminders: bool = False,
) -> tuple[int, int]:
    """Enrol or change; the patron's id and the journal line. Whoever is enrolled and agrees to
    `reminders` has said so to the text of today."""
    if before is None:
        saved = membership.enrol(session, facts, now)
        if reminders:
            consents.give(session, saved, "reminders", _("when enrolling"), now)
        return saved, journal.line_about(session, "patron.enrolled", saved)
    membership.save(session, before.id, facts, now, before)
    return before.id, journal.line_about(session, "patron.saved", before.id)


def renew(program: Program, screen: Screen, patron: PatronRow) -> None:
    """Lengthen the membership by what its kind allows."""
    now = program.now()
    made = program.attempt(screen, lambda s: renewing.renew_many(s, [patron.id], None, now))
    if made is None:
        return
    until, line = made.ends[patron.id], made.line
    text = _("{name} is a member without end now")
    if until:
        text = _("{name} is a member until {day} now")
    said = text.format(name=patron.name, day=date_long(until) if until else "")
    screen.notice.done(said, undo=lambda: program.undo(screen, line))


def lifting(screen: Patrons) -> tuple[Key, Callable[[], bool]]:
    """Letting the patron shown borrow again, and when that is offered."""

    def shown() -> bool:
        patron = screen.patron
        return patron is not None and patron.is_suspended(screen.program.now().date())

    def lift() -> None:
        if screen.patron is not None:
            undo = partial(screen.program.undo, screen)
            suspension.lift(screen.program, screen, screen.patron, undo)

    return Key("", _("Lift suspension…"), lift), shown


def merging(screen: Patrons) -> tuple[Key, Callable[[], bool]]:
    """Making two records of one person one, and when that is offered."""
    merge = Key("", _("Merge with another record…"), lambda: screen.merge())
    return merge, lambda: screen.may("catalogue")


def put_photo(program: Program, screen: Screen, patron_id: int, content: bytes | None) -> bool:
    """Give a photograph, or take it away; whether it was done."""
    now = program.now()
    line = program.attempt(screen, lambda s: photos.put(s, patron_id, content, now))
    if not line:
        return False
    text = _("Photograph saved") if content else _("Photograph removed")
    screen.notice.done(text, lambda: program.undo(screen, line))
    return True


def check_letter(program: Program, screen: Screen) -> None:
    """Whether a letter somebody shows is ours."""
    read = program.read
    CheckDialog(screen, lambda typed: read(lambda s: clearance.check(s, typed))).exec()


def show_history(screen: Patrons) -> None:
    """What was done to the patron shown, and by whom."""
    if screen.patron is None:
        screen.notice.look(_("Choose a patron first."))
        return
    RecordHistory(screen.program, screen, "Patron", screen.patron.id, screen.patron.name).exec()


def alike(program: Program, facts: PatronFacts) -> list[Likeness]:
    """Members who may be the one being typed."""
    return program.read(lambda s: likeness.of(s, facts))
