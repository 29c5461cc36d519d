"""How a page maker declares the papers it writes, so that they are found without a list.

A module of `desktop/pages/<room>/` names its papers in `PAPERS`; `desktop.papers` finds them.
Every paper can be made from the library's own data without asking anything: where it needs a
choice it takes the sensible one (the last month, today, the newest batch).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from database.holdings import item_list
from database.library import Session
from database.policy import house
from database.registers import registers
from desktop.file_names import safe
from desktop.pages.drawing.kinds import Kind
from desktop.pages.drawing.letterhead import letterhead
from desktop.pages.drawing.paper import letterhead_block, paragraph, write_paper
from desktop.words.language import N_, _

Needs = Callable[[Session, datetime], tuple[Any, ...] | None]
"""What is handed to the writer after the session; None where the library has nothing for it."""

_SOME = 40


def the_moment(_session: Session, now: datetime) -> tuple[datetime]:
    """A paper that needs nothing but the time."""
    return (now,)


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: its name on the command line, its title, `draw(target, session, *needs)`.

    `lacking` is said on the page where `needs` finds nothing; `words` is the name its own words
    are kept by, where others share them; `kind` the kind of printer it is for.
    """

    name: str
    title: str
    draw: Callable[..., object]
    needs: Needs = the_moment
    lacking: str = ""
    words: str = ""
    kind: Kind = "paper"

    @property
    def wording(self) -> str:
        """What its own words are kept by."""
        return self.words or self.name

    @property
    def file_name(self) -> str:
        """The file it is written to."""
        return safe(self.name, ".pdf")

    def write(self, target: BytesIO, session: Session, now: datetime) -> None:
        """Write it from what the library has, or a page that says why there is nothing on it."""
        found = self.needs(session, now)
        if found is None:
            _nothing(target, session, _(self.title), _(self.lacking))
        else:
            self.draw(target, session, *found)


def _nothing(target: BytesIO, session: Session, title: str, sentence: str) -> None:
    profile = house.profile(session)
    head = letterhead_block(letterhead(session, profile))
    story = [*head, paragraph(title, "title"), paragraph(sentence, "empty")]
    write_paper(target, story, title=title, author=profile.name, subject=title, file_name=title)


def last_month(now: datetime) -> str:
    """The month before this one."""
    return f"{now.date().replace(day=1) - timedelta(days=1):%Y-%m}"


NO_COPY = N_("No copy yet.")


def newest_entry(register: str) -> Needs:
    """The newest line of a register."""

    def found(session: Session, _now: datetime) -> tuple[int] | None:
        entries = registers.entries(session, register)
        return (entries[0].id,) if entries else None

    return found


def newest_copies(session: Session, _now: datetime) -> tuple[list[item_list.ItemRow]] | None:
    """Those without a label; where all have one, the last that came into the library."""
    waiting = item_list.items_to_label(session, only_new=True)
    if waiting:
        return (waiting,)
    every = item_list.items_to_label(session, only_new=False)
    return (sorted(every, key=lambda row: row.id)[-_SOME:],) if every else None


def newest_copy_ids(session: Session, now: datetime) -> tuple[list[int]] | None:
    """The same, by their ids."""
    found = newest_copies(session, now)
    return ([row.id for row in found[0]],) if found else None
