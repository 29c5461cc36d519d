"""Putting copies or patrons into the print queue, from wherever they are chosen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from database.holdings import print_queue
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.dialog import Dialog
from desktop.widgets.form import CheckBox, Form
from desktop.widgets.text import label
from desktop.words.language import N_, _, ngettext, number

NAMES: dict[str, str] = {
    "labels": N_("Labels"),
    "pockets": N_("Book pockets"),
    "book-cards": N_("Book cards"),
    "due-slips": N_("Due-date slips"),
    "catalogue-cards": N_("Catalogue cards"),
    "member-cards": N_("Membership cards"),
}


class QueueDialog(Dialog):
    """Which papers these copies shall have."""

    def __init__(self, program: Program, host: Screen, item_ids: Sequence[int]) -> None:
        super().__init__(host, _("Put into the print queue"), _("Put in"), width=420)
        self._program, self._host, self._ids = program, host, list(item_ids)
        count = ngettext("{n} copy", "{n} copies", len(self._ids))
        self.body.addWidget(label(count.format(n=number(len(self._ids))), "muted"))
        self.form = Form([CheckBox(key, _(NAMES[key])) for key in print_queue.OF_COPIES])
        self.form.set_values({key: key == print_queue.LABELS for key in print_queue.OF_COPIES})
        self.body.addWidget(self.form)

    def ready(self) -> bool:
        """Put them in; a paper nobody chose is none."""
        chosen = [key for key, wanted in self.form.values().items() if wanted]
        for paper in chosen:
            queue(self._program, self._host, paper, self._ids)
        return bool(chosen)


def queue(program: Program, host: Screen, paper: str, ids: Sequence[int]) -> None:
    """Put these into the queue of a paper and say how many are new there."""
    now = program.now()
    done = program.attempt(host, lambda session: print_queue.add(session, paper, ids, now))
    if done is None:
        return
    line, added = done
    if not added:
        host.notice.look(_("All of them wait already, or may not have this paper."))
        return
    told = ngettext(
        "{n} put into the print queue: {paper}", "{n} put into the print queue: {paper}", added
    )
    host.notice.done(
        told.format(n=number(added), paper=_(NAMES[paper])), partial(program.undo, host, line)
    )
