"""Papers of the backups: the sheet of the passphrase for the safe, and the evidence that a backup
was restored and is sound, as accreditation asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from database.library import Session
from database.policy import house
from database.storage import checks, keeping
from database.storage.restoring import Trial
from database.text.dates import local_day
from desktop.pages.drawing.letterhead import letterhead, signature
from desktop.pages.drawing.paper import (
    facts_table,
    letterhead_block,
    paragraph,
    section,
    write_paper,
)
from desktop.pages.drawing.signatures import signature_block
from desktop.pages.drawing.tables import Column, figures_table
from desktop.words.checks import problem
from desktop.words.language import _, clock, date_long, ngettext, number
from desktop.words.wording import worded


def trial_name(now: datetime) -> str:
    """The file's name without its ending."""
    return _("Restore-trial-{day}").format(day=now.date().isoformat())


@worded("restore-trial")
def write_trial(
    target: str | Path | BinaryIO, session: Session, backup: Path, trial: Trial, now: datetime
) -> None:
    """The evidence: which file, what came out of it, and what each check found."""
    profile, day = house.profile(session), now.date()
    made = keeping.made_at(backup)
    story: list[Flowable] = [
        *letterhead_block(letterhead(session, profile)),
        paragraph(_("TRIAL OF RESTORING A BACKUP"), "title"),
        paragraph(_("held on {day}").format(day=date_long(day)), "centre"),
        Spacer(0, 5 * mm),
        section(_("1. The backup"), [facts_table(_of_file(backup, made, trial))], []),
        Spacer(0, 3 * mm),
        section(_("2. What came out of it"), [_counts(trial)], []),
        Spacer(0, 3 * mm),
        section(_("3. What was checked"), [_checks(trial)], []),
        Spacer(0, 3 * mm),
        section(_("4. Outcome"), [paragraph(_outcome(trial), "body")], []),
        _signed(session, profile.city, now),
    ]
    title = _("Trial of restoring a backup")
    name = trial_name(now)
    write_paper(target, story, title=title, author=profile.name, subject=title, file_name=name)


def _of_file(backup: Path, made: datetime, trial: Trial) -> list[tuple[str, str]]:
    last, took = trial.holds.last_act, max(1, round(trial.seconds))
    return [
        (_("File"), backup.name),
        (_("Made"), _moment(made)),
        (_("Size"), _("{size} MB").format(size=number(max(1, trial.size >> 20)))),
        (_("SHA-256"), " ".join(trial.digest[at : at + 8] for at in range(0, 64, 8))),
        (_("Last act in it"), _moment(last) if last else "–"),
        (_("Restored in"), ngettext("{n} second", "{n} seconds", took).format(n=number(took))),
    ]


def _counts(trial: Trial) -> Flowable:
    counts = trial.holds.contents
    told = {
        _("Titles"): counts.titles,
        _("Copies"): counts.items,
        _("Patrons"): counts.patrons,
        _("Loans"): counts.loans,
        _("Open loans"): counts.open_loans,
    }
    return figures_table([Column(name) for name in told], [list(map(number, told.values()))])


def _checks(trial: Trial) -> Flowable:
    found = {one.what: one.count for one in trial.problems}
    rows = [[problem(what), number(found.get(what, 0))] for what in checks.WHAT]
    return figures_table([Column(_("Check"), figures=False), Column(_("Faults"))], rows)


def _outcome(trial: Trial) -> str:
    if trial.problems:
        return _("The backup was restored, but what came out of it is not sound; see part 3.")
    return _(
        "The backup was restored into a place of its own, opened by the program and checked: it is "
        "whole and sound. The library in use was not touched."
    )


def key_name(now: datetime) -> str:
    """The file's name without its ending."""
    return _("Backup-passphrase-{day}").format(day=now.date().isoformat())


@worded("backup-passphrase")
def write_key(
    target: str | Path | BinaryIO, session: Session, passphrase: str, now: datetime
) -> None:
    """The passphrase, to be laid into the safe; the program keeps it nowhere."""
    profile = house.profile(session)
    steps: Sequence[str] = (
        _("Lay this sheet into the hospital's safe. Whoever has it and the stick can read the "
          "names of patrons; whoever has lost it cannot open these backups, nor can anybody else."),
        _("To restore: Settings, Backups, Restore from a backup; choose the backup on the stick "
          "and type the words."),
        _("The file “selasar-kunci.age” belongs to the backups: copy it wherever they go."),
    )  # fmt: skip
    story: list[Flowable] = [
        *letterhead_block(letterhead(session, profile)),
        paragraph(_("PASSPHRASE OF THE BACKUPS"), "title"),
        paragraph(_("confidential; for the safe"), "centre"),
        Spacer(0, 8 * mm),
        facts_table(
            [
                (_("Library"), profile.name),
                (_("Made"), _moment(now)),
            ]
        ),
        Spacer(0, 8 * mm),
        paragraph(passphrase, "title"),
        Spacer(0, 8 * mm),
        *(paragraph(f"{at}. {text}", "body") for at, text in enumerate(steps, 1)),
        _signed(session, profile.city, now),
    ]
    title = _("Passphrase of the backups")
    name = key_name(now)
    write_paper(target, story, title=title, author=profile.name, subject=title, file_name=name)


def _signed(session: Session, city: str, now: datetime) -> Flowable:
    day = now.date()
    return signature_block(
        signature(session, "head", day), signature(session, "librarian", day), city, day
    )


def _moment(moment: datetime) -> str:
    return f"{date_long(local_day(moment))}, {clock(moment)}"
