"""Several titles chosen in the list: how many, and what can be done with all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from database.catalogue import titles as catalogue
from database.engine.whole_file import whole_file
from database.exchange import found as formats
from database.exchange import parcels
from database.holdings import item_list
from database.imports import deposit_parcels
from database.library import Session
from database.policy import house
from database.refusal import Fault, Refusal, Trouble
from database.rights import Right
from desktop import background, pc
from desktop.file_names import with_ending
from desktop.printing.queueing import QueueDialog
from desktop.program import Program
from desktop.screen import Screen
from desktop.widgets.buttons import Button
from desktop.widgets.card import Band
from desktop.widgets.pill import show_if
from desktop.widgets.progress import Progress
from desktop.words import language
from desktop.words.language import _, ngettext
from desktop.words.sentences import refusal

_PARCEL = "parcel"
"""A batch as one file, beside the forms of records."""


class Chosen(QWidget):
    """A band above the list while more than one title is chosen; `ids()` are those chosen,
    or all that are found where only one is."""

    def __init__(
        self,
        program: Program,
        host: Screen,
        ids: Callable[[], list[int]],
        change: Callable[[list[int]], object],
        clear: Callable[[], object],
    ) -> None:
        super().__init__()
        self._program, self._host, self._ids = program, host, ids
        self._task: background.Task | None = None
        self._form = "mrc"
        self.band = Band(
            "",
            "info",
            Button(
                _("Change…"), lambda: change(ids()), key="change", small=True, needs="catalogue"
            ),
            Button(_("Export…"), self.export, small=True, needs="export"),
            Button(_("To the print queue…"), self.queue, small=True),
            Button(_("Clear"), clear, kind="quiet", small=True),
        )
        self.progress = Progress()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.band)
        column.addWidget(self.progress)
        self.say(0)

    def say(self, count: int) -> None:
        """How many are chosen; one is no choice."""
        text = ngettext("{n} title chosen", "{n} titles chosen", count)
        self.band.set(text.format(n=language.number(count)) if count > 1 else "")
        self._show_if_needed()

    def _show_if_needed(self) -> None:
        show_if(self, bool(self.band.text()) or self._task is not None)

    def queue(self) -> None:
        """Labels, pockets, cards of all copies of these titles for later."""
        titles = self._ids()
        copies = self._program.read(lambda session: item_list.ids_of_titles(session, titles))
        if copies:
            QueueDialog(self._program, self._host, copies).open()
        else:
            self._host.notice.look(_("These titles have no copies yet."))

    def export(self) -> None:
        """Write the records to a file, off this thread."""
        if not self._program.allows(self._host, Right.EXPORT):
            return
        where = self.ask_where()
        if where is not None:
            self.write(where, self._ids())

    def ask_where(self) -> Path | None:
        """Which file, and by its ending in which form; None for none."""
        folder = pc.documents()
        name = str(folder / _("titles.mrc"))
        kinds = {
            f"{title} (*{ending})": form
            for form, (title, ending, _writer) in formats.forms().items()
        }
        parcel = _("Batch for another library ({pattern})").format(pattern=f"*{parcels.ENDING}")
        kinds[parcel] = _PARCEL
        found, kind = QFileDialog.getSaveFileName(self, _("Export titles"), name, ";;".join(kinds))
        if not found:
            return None
        path, form = Path(found), kinds.get(kind, "mrc")
        if form == _PARCEL or found.endswith(parcels.ENDING):
            self._form = _PARCEL
            return path if found.endswith(parcels.ENDING) else Path(f"{found}{parcels.ENDING}")
        endings = {ending: name for name, (_t, ending, _w) in reversed(formats.forms().items())}
        if path.suffix not in endings:
            path = with_ending(found, formats.forms()[form][1])
        # An ending typed by hand goes before the kind that was chosen.
        self._form = form if path.suffix == formats.forms()[form][1] else endings[path.suffix]
        return path

    def write(self, where: Path, ids: Sequence[int]) -> None:
        """Write these titles; a file half written is taken away."""
        if self._task is not None:
            self._host.notice.look(_("Still at work; stop it with Cancel first."))
            return
        form, today = self._form, self._program.now().date()

        def work(report: background.Report, cancelled: Callable[[], bool]) -> tuple[int, int]:
            with self._program.library.reading() as session:
                if form == _PARCEL:
                    return _write_parcel(session, where, ids, today), 0
                return _write(session, where, ids, form, report, cancelled)

        self.progress.start(_("Writing {name}").format(name=where.name), self._stop)
        self._task = background.run(
            work, self._done, self._failed, self.progress.advance, self._ended
        )
        self._show_if_needed()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _done(self, result: tuple[int, int]) -> None:
        count, left = result
        text = ngettext("{n} title written", "{n} titles written", count)
        said = text.format(n=language.number(count))
        if left:
            more = ngettext(
                "{n} is too large for this form", "{n} are too large for this form", left
            )
            said = f"{said} · {more.format(n=language.number(left))}"
        self._host.notice.done(said)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Refusal | Fault):
            raise error
        self._host.notice.refused(refusal(error))

    def _ended(self) -> None:
        self._task = None
        self.progress.finish()
        self._show_if_needed()


def _write(
    session: Session,
    where: Path,
    ids: Sequence[int],
    form: str,
    report: background.Report,
    cancelled: Callable[[], bool],
) -> tuple[int, int]:
    def told() -> Any:
        for place, record in enumerate(catalogue.records(session, ids)):
            if cancelled():
                raise background.Cancelled
            if place % 100 == 0:
                report(place, len(ids))
            yield record

    try:
        with whole_file(where) as partial, partial.open("wb") as stream:
            written, left = formats.write(stream, told(), form)
    except OSError as error:
        raise Fault(Trouble.FILE_UNWRITABLE, where=str(where)) from error
    return written, len(left)


def _write_parcel(session: Session, where: Path, ids: Sequence[int], today: date) -> int:
    name = where.name.removesuffix(parcels.ENDING)
    parcel = parcels.Parcel(name, house.profile(session).name, on=today)
    try:
        with whole_file(where) as partial, partial.open("wb") as stream:
            return deposit_parcels.write_titles(session, stream, ids, parcel)
    except OSError as error:
        raise Fault(Trouble.FILE_UNWRITABLE, where=str(where)) from error
