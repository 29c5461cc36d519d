"""When something breaks: a log on this PC, and one box with words to copy."""

from __future__ import annotations

import logging
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication

from database.refusal import Fault, Refusal
from desktop.words.language import _
from desktop.words.sentences import refusal

log = logging.getLogger("selasar")


def keep_log(folder: Path) -> None:
    """Write errors into a small file in `folder`, or to the console where that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / "selasar.log", maxBytes=500_000, backupCount=2, encoding="utf-8", delay=True
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
    text = "".join(traceback.format_exception(kind, error, trace))
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


def tell(sentence: str) -> None:
    """One sentence in a box, when there is no window to say it in."""
    from desktop.widgets.dialog import choose

    log.error(sentence)
    choose(QApplication.activeWindow(), "Selasar", sentence, [(_("Close"), "primary")])
