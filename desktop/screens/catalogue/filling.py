"""Many titles filled in by their ISBN, asked for behind; what was found by then is kept on Stop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from threading import Event

from database.catalogue import filling, lookup
from database.catalogue.filling import Answers
from database.refusal import Fault, Refusal
from desktop import background
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.progress import Progress
from desktop.words import language
from desktop.words.language import _, ngettext
from desktop.words.sentences import refusal


class Filling(Progress):
    """`start(ids)` asks the sources for each title; `changed()` is called when some were filled
    in."""

    def __init__(self, program: Program, host: Screen, changed: Callable[[], object]) -> None:
        super().__init__()
        self._program, self._host, self._changed = program, host, changed
        self._task: background.Task | None = None
        self._enough = Event()

    def begin(self, ids: Sequence[int]) -> None:
        """Ask for these titles, as far as they have an ISBN."""
        if self._task is not None:
            self._host.notice.look(_("Still asking; the answers come by themselves."))
            return
        sources = [one for one in self._program.read(lookup.sources) if one.usable]
        titles = self._program.read(lambda session: filling.wanted(session, ids))
        if not sources:
            self._host.notice.look(_("No source is switched on; see Settings, Data sources."))
        elif not titles:
            self._host.notice.look(_("None of these titles has a valid ISBN to ask by."))
        else:
            self._ask(sources, titles)

    def _ask(self, sources: Sequence[lookup.Source], titles: Sequence[filling.Wanted]) -> None:
        self._enough.clear()
        program, now = self._program, self._program.now()

        def work(
            report: background.Report, _cancelled: Callable[[], bool]
        ) -> tuple[Answers, int, int]:
            answers = filling.ask(sources, titles, report, self._enough.is_set)
            if not answers.found:
                return answers, 0, 0
            count, line = program.write(
                lambda session: filling.fill(session, answers.found, now, report), long=True
            )
            return answers, count, line

        names = ", ".join(one.name for one in sources)
        self.start(_("Asking {names}").format(names=names), self._enough.set)
        self._task = background.run(work, self._done, self._failed, self.advance, self._ended)

    def _done(self, result: tuple[Answers, int, int]) -> None:
        answers, count, line = result
        said = told(answers, count)
        if count:
            self._host.notice.done(said, partial(self._program.undo, self._host, line))
            self._changed()
        else:
            self._host.notice.look(said)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Refusal | Fault):
            raise error
        self._host.notice.refused(refusal(error))

    def _ended(self) -> None:
        self._task = None
        self.finish()


def told(answers: Answers, count: int) -> str:
    """What came of it, in a line."""
    parts = [_filled_in(count)]
    if answers.unknown:
        text = ngettext("{n} known to nobody", "{n} known to nobody", answers.unknown)
        parts.append(text.format(n=language.number(answers.unknown)))
    if answers.other:
        text = ngettext(
            "{n} left: its ISBN is another book's elsewhere",
            "{n} left: their ISBN is another book's elsewhere",
            answers.other,
        )
        parts.append(text.format(n=language.number(answers.other)))
    if answers.unasked:
        text = ngettext("{n} not asked for yet", "{n} not asked for yet", answers.unasked)
        parts.append(text.format(n=language.number(answers.unasked)))
    if answers.silent:
        parts.append(_("no answer from {names}").format(names=", ".join(answers.silent)))
    return " · ".join(parts)


def _filled_in(count: int) -> str:
    text = ngettext("{n} title filled in", "{n} titles filled in", count)
    return text.format(n=language.number(count))
