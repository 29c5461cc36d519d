"""Choosing a backup and restoring it: what each holds, what was done since, and never over the
library that stands there. Also where that cannot be opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from database.library import Library, restore
from database.refusal import Fault, Reason, Refusal, Trouble
from database.storage import copies, keeping, restoring, sealing
from database.storage.copies import Held
from database.storage.keeping import Backup
from database.storage.restoring import Trial
from database.text.dates import changed_at, local_day
from desktop import background, pc
from desktop.pc import Pc
from desktop.running.keeping import backup_places
from desktop.widgets.buttons import Button
from desktop.widgets.card import Band
from desktop.widgets.dialog import Dialog, choose
from desktop.widgets.form import Form, SecretField
from desktop.widgets.progress import Progress
from desktop.widgets.table import Column, Table
from desktop.widgets.text import label
from desktop.words.activity import act_of
from desktop.words.language import _, clock, counted, date_plain, ngettext, number
from desktop.words.sentences import refusal

_ACTS_SHOWN = 6
CANNOT_BE_OPENED = frozenset({
    Reason.NOT_A_LIBRARY, Reason.FOREIGN_PARTS, Reason.VERSION_UNTRUE, Trouble.DAMAGED,
})  # fmt: skip
"""What a backup helps against."""


def listed(settings: Pc, known: str) -> list[tuple[Backup, str]]:
    """Backups of the library `known`, the newest first, each with where it lies; where it has
    none, those of every library."""
    folders = [(pc.backup_folder(settings), _("this PC"))]
    if (second := backup_places.second(settings)) is not None:
        folders.append((second, _("second place")))
    for library in (known, "") if known else ("",):
        found = [
            (one, where) for folder, where in folders for one in keeping.existing(folder, library)
        ]
        if found:
            return sorted(found, key=lambda one: (one[0].serial, one[0].at), reverse=True)
    return []


def new_place(where: str, now: datetime) -> Path:
    """Where the restored library goes: where it was if nothing is there, else beside it."""
    path = Path(where)
    if not path.exists():
        return path
    return next(
        place
        for tried in count(1)
        if not (
            place := path.with_name(
                f"{path.stem}-{now:%Y%m%d}{f'-{tried}' if tried > 1 else ''}{path.suffix}"
            )
        ).exists()
    )


@contextmanager
def plain(backup: Path, passphrase: str, settings: Pc) -> Iterator[Path]:
    """A backup as a plain file, unsealed where it is sealed. Raises as `sealing.opened`."""
    if not backup.name.endswith(keeping.SEALED):
        yield backup
        return
    key = backup_places.key(settings)
    with sealing.opened(backup, passphrase, key.locked if key else None) as opened:
        yield opened


class RestoreBox(Dialog):
    """After it was accepted, `restored` is the new library, and this PC opens that."""

    def __init__(
        self,
        parent: QWidget | None,
        settings: Pc,
        where: str,
        now: Callable[[], datetime],
        known: str = "",
        library: Library | None = None,
    ) -> None:
        super().__init__(parent, _("Restore from a backup"), _("Restore"), width=960)
        self._pc, self._where, self._now, self._library = settings, where, now, library
        self.restored: Path | None = None
        self.tried: tuple[Path, Trial] | None = None
        self.sheet_wanted: Callable[[Path, Trial], object] | None = None
        self.table = Table(
            [
                Column(_("Made"), "made", width=170),
                Column(_("Last act in it"), "last", width=170),
                Column(_("Titles"), "titles", width=80, align="right"),
                Column(_("Copies"), "items", width=90, align="right"),
                Column(_("Patrons"), "patrons", width=100, align="right"),
                Column(_("Loans"), "loans", width=110, align="right"),
                Column(_("Where"), "where", stretch=True),
            ],
            on_open=lambda _row: self.try_accept(),
            on_select=self._show,
            empty=_("No backup lies in the folders for backups. Choose a file."),
            name=_("Backups"),
        )
        self.table.setMinimumHeight(230)
        self.since, self.progress = Band(), Progress()
        words = _("Passphrase, as on the sheet in the safe")
        self.form = Form([[SecretField("passphrase", words)]])
        self._arrange()
        self.set_backups(listed(settings, known))

    def _arrange(self) -> None:
        text = _(
            "The backup becomes a new library beside the one that stands there; that one is left "
            "as it is, and you can go back to it."
        )
        self.body.addWidget(label(text, "muted", wrap=True))
        self.body.addWidget(self.table, 1)
        for part in (self.since, self.form, self.progress):
            self.body.addWidget(part)
        self.file_button = Button(_("Another file…"), self.choose_file)
        self.try_button = Button(_("Try it out"), self.try_out)
        self.sheet_button = Button(_("The sheet of the trial…"), self._show_sheet, icon="printer")
        for place, button in enumerate((self.file_button, self.try_button, self.sheet_button)):
            self.buttons.insertWidget(place, button)
        self.form.hide()
        self.sheet_button.hide()

    # --- which

    def set_backups(self, found: list[tuple[Backup, str]]) -> None:
        """Show these; the newest is chosen."""
        self.table.set_rows([_row(one, where) for one, where in found])
        if found:
            self.table.select_first()
        self._let(bool(found))

    def choose_file(self) -> None:
        """A file that lies elsewhere."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Another file…"), str(pc.documents()), "*.db *.age *.selasar"
        )
        if chosen:
            self.show_file(Path(chosen))

    def show_file(self, path: Path) -> None:
        """Choose this one."""
        self.set_backups([(Backup(path, 0, changed_at(path)), str(path.parent))])

    def chosen(self) -> Backup | None:
        """The backup that is chosen."""
        rows = self.table.selected()
        return rows[0]["backup"] if rows else None

    def _show(self, row: Any) -> None:
        """What was done since it was made; what it holds is counted where nobody noted it."""
        if row is None:
            return
        backup: Backup = row["backup"]
        self.say("")
        self.form.setVisible(backup.is_sealed)
        self.since.set("")

        def work(_report: background.Report, _stopped: background.Stopped) -> Any:
            held = backup.held or (None if backup.is_sealed else copies.look_into(backup.path))
            return held, None if held is None else self._done_since(held.line)

        def done(told: tuple[Held | None, Counter[str] | None]) -> None:
            if isValid(self) and self.chosen() is backup:
                if backup.held is None:
                    row.update(_counts(told[0]))
                    self.table.view.viewport().update()
                self.since.set(since(told[1]), "info" if told[1] is not None else "warn")

        background.run(work, done, self._failed)

    def _done_since(self, line: int) -> Counter[str] | None:
        if self._library is not None:
            with self._library.reading() as session:
                return restoring.done_since(session.connection(), line)
        return restoring.done_since_in(self._where, line)

    # --- acts

    def ready(self) -> bool:
        """Restoring is the answer; it closes by itself when that is done."""
        if (backup := self.chosen()) is not None:
            target, words = new_place(self._where, self._now()), str(self.form.value("passphrase"))

            def work() -> Path:
                with plain(backup.path, words, self._pc) as source:
                    restore(source, target)
                return target

            self._work(_("Restoring"), work, self._restored)
        return False

    def _restored(self, target: Path) -> None:
        self.restored = target
        if str(target) != self._where:
            self._pc.put(pc.BEFORE_RESTORE, self._where)
        self._pc.put(pc.LIBRARY, str(target))
        self.accept()

    def try_out(self) -> None:
        """Restore into a place that is thrown away, and say whether that is sound."""
        if (backup := self.chosen()) is None:
            return
        words = str(self.form.value("passphrase"))

        def work() -> Trial:
            with plain(backup.path, words, self._pc) as source:
                return restoring.try_out(source)

        def done(trial: Trial) -> None:
            self.tried = (backup.path, trial)
            self.since.set(told(trial), "bad" if trial.problems else "good")
            self.sheet_button.setVisible(self.sheet_wanted is not None)

        self._work(_("Trying it out"), work, done)

    def _show_sheet(self) -> None:
        if self.tried is not None and self.sheet_wanted is not None:
            self.sheet_wanted(*self.tried)

    def _work(self, words: str, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self.say("")
        self._let(False)
        self.progress.start(words)

        def finished(result: Any) -> None:
            if isValid(self):
                self._end()
                done(result)

        background.run(lambda _report, _stopped: work(), finished, self._failed)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Refusal | Fault):
            raise error
        if isValid(self):
            self._end()
            self.say(refusal(error))

    def _end(self) -> None:
        self.progress.finish()
        self._let(True)

    def _let(self, may: bool) -> None:
        for button in (self.accept_button, self.try_button, self.file_button):
            button.setEnabled(may or button is self.file_button)

    def reject(self) -> None:
        """Not while a library is being made."""
        if not self.progress.isVisible():
            super().reject()


def _row(one: Backup, where: str) -> dict[str, Any]:
    place = _("{where}, sealed").format(where=where) if one.is_sealed else where
    made = f"{date_plain(local_day(one.at))} {clock(one.at)}"
    return {"id": str(one.path), "backup": one, "made": made, "where": place, **_counts(one.held)}


def _counts(held: Held | None) -> dict[str, str]:
    if held is None:
        return dict.fromkeys(("last", "titles", "items", "patrons", "loans"), "–")
    last, counts = held.last_act, held.contents
    return {
        "last": f"{date_plain(local_day(last))} {clock(last)}" if last else "–",
        "titles": number(counts.titles),
        "items": number(counts.items),
        "patrons": number(counts.patrons),
        "loans": number(counts.loans),
    }


def since(acts: Counter[str] | None) -> str:
    """What would have to be done again after restoring."""
    if acts is None:
        return _("What was done since this backup cannot be told: the journal cannot be read.")
    if not acts:
        return _("Nothing was done since this backup.")
    shown = [f"{number(many)} × {act_of(name)}" for name, many in acts.most_common(_ACTS_SHOWN)]
    more = sum(acts.values()) - sum(many for _name, many in acts.most_common(_ACTS_SHOWN))
    if more:
        shown.append(ngettext("{n} other", "{n} others", more).format(n=number(more)))
    return _("Done since, and not in it: {acts}.").format(acts=", ".join(shown))


def told(trial: Trial) -> str:
    """The outcome of a trial in a sentence."""
    counts = trial.holds.contents
    text = _("Tried out in {seconds} s: {titles}, {items}, {patrons}, {loans}; {outcome}.")
    outcome = _("sound") if not trial.problems else _("not sound")
    return text.format(
        seconds=number(max(1, round(trial.seconds))),
        titles=counted("titles", counts.titles),
        items=counted("copies", counts.items),
        patrons=counted("patrons", counts.patrons),
        loans=counted("loans", counts.loans),
        outcome=outcome,
    )


def offer(told_no: Refusal | Fault, where: str, settings: Pc, now: Callable[[], datetime]) -> bool:
    """Where the library cannot be opened and a backup helps: whether one was restored."""
    why = told_no.reason if isinstance(told_no, Refusal) else told_no.trouble
    if why not in CANNOT_BE_OPENED or not Path(where).exists():
        return False
    text = refusal(told_no)
    title = _("The library cannot be opened")
    if choose(None, title, text, [(_("Restore from a backup…"), "primary")]) is None:
        return False
    box = RestoreBox(None, settings, where, now, settings.get(pc.KNOWN_ID))
    box.exec()
    return box.restored is not None
