"""When something breaks: a log on this PC, and one box with words to copy."""

from __future__ import annotations

import logging
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication

from database.engine.private import begin_private
from database.refusal import Fault, Refusal
from desktop.words.language import _
from desktop.words.sentences import refusal

log = logging.getLogger("selasar")
LOG = "selasar.log"


def keep_log(folder: Path) -> None:
    """Write errors into a small file in `folder`, or to the console where that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        begin_private(folder / LOG)
        handler = RotatingFileHandler(
            folder / LOG, maxBytes=500_000, backupCount=2, encoding="utf-8", delay=True
        )
    except OSError:
        log.addHandler(logging.StreamHandler())
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)


def unexpected(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """A bug: to the log, and one box with the text to copy. The program goes on."""
    if issubclass(kind, KeyboardInterrupt):
        QApplication.quit()
        return
    text = without_names(error, trace)
    log.error(text)
    if isinstance(error, Refusal | Fault):
        tell(refusal(error))
        return
    from desktop.widgets.dialog import choose

    answer = choose(
        QApplication.activeWindow(),
        _("Something went wrong"),
        _("Selasar made a mistake; what was confirmed is saved. The text below helps to mend it.")
        + "\n\n"
        + text[-800:],
        [(_("Copy text"), "primary")],
    )
    if answer == 0:
        QApplication.clipboard().setText(text)


_SAYS_NO_VALUE = (AttributeError, TypeError, NameError, ImportError, AssertionError)
"""Their words are of our own code; those of others may hold a name or a number of somebody."""
_LONGEST_LINE = 200


def without_names(error: BaseException, trace: TracebackType | None) -> str:
    """What went wrong and where, with no value it was about: fit for a log and for a stranger."""
    lines = ["".join(traceback.format_tb(trace)), f"{type(error).__name__}"]
    told = getattr(error, "orig", None)
    if isinstance(error, Refusal | Fault):
        lines.append(f": {error}")
    elif told is not None:
        # What the engine said, without the row that PostgreSQL adds on a line of its own.
        lines.append(f": {type(told).__name__}: {str(told).splitlines()[:1]}"[:_LONGEST_LINE])
    elif isinstance(error, _SAYS_NO_VALUE):
        lines.append(f": {error}"[:_LONGEST_LINE])
    before = error.__cause__ or error.__context__
    if before is not None and before is not told and not error.__suppress_context__:
        return without_names(before, before.__traceback__) + "\n\n" + "".join(lines)
    return "".join(lines)


def refused(told: Refusal | Fault) -> None:
    """Tell a no, when there is no window to say it in; its sentence may name a person, so the log
    has its code alone."""
    log.error("%s", told)
    tell(refusal(told))


def tell(sentence: str) -> None:
    """One sentence in a box, when there is no window to say it in."""
    from desktop.widgets.dialog import choose

    choose(QApplication.activeWindow(), "Selasar", sentence, [(_("Close"), "primary")])
