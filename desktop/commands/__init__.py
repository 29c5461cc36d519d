"""The same work without a window: one function a subcommand, no Qt.

Results go to stdout (with --json: one object and nothing else), progress and messages
to stderr. Exit code 0 done, 1 done with some rows refused, 2 not done, 3 a mistake of ours.
"""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from database.refusal import Fault, Refusal
from database.text.dates import here
from desktop import passwords
from desktop.commands.command_line import parser
from desktop.commands.subcommands import act_of
from desktop.commands.telling import Told, fail
from desktop.words import language
from desktop.words.language import _
from desktop.words.sentences import refusal

BROKEN = 3
Clock = Callable[[], datetime]


def local_now() -> datetime:
    """The wall clock with its zone; or what SELASAR_NOW says instead, in practice and in scripts.

    A wrong SELASAR_NOW stops the program with one line.
    """
    said = os.environ.get("SELASAR_NOW", "").strip()
    if not said:
        return datetime.now().astimezone()
    try:
        return here(datetime.fromisoformat(said))
    except (ValueError, OverflowError) as error:
        raise SystemExit(f"selasar: SELASAR_NOW={said[:40]}: {error}") from error


def run(arguments: Sequence[str], now: Clock = local_now) -> int:
    """Carry out one subcommand; returns the exit code."""
    speak_utf8()
    language.use(_language_in(arguments))
    try:
        chosen = parser().parse_args(arguments)
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        for name in ("library", "target"):
            if getattr(chosen, name, None):
                setattr(chosen, name, passwords.whole(getattr(chosen, name)))
        done = act_of(chosen.subcommand)(chosen, now())
        sys.stdout.flush()
        return done
    except (Refusal, Fault) as told:
        return fail(chosen, told.args[0], refusal(told))
    except Told as told:
        return fail(chosen, "usage", str(told))
    except KeyboardInterrupt:
        return fail(chosen, "cancelled", _("Stopped; nothing was changed."))
    except OSError as error:
        if _reader_is_gone(error):
            # What was done stands. The stream is pointed at nothing, or Python would complain of
            # it once more at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        return fail(
            chosen, "file", f"{error.strerror or error}: {error.filename or ''}".rstrip(": ")
        )
    except Exception as error:
        fail(chosen, "unforeseen", _unforeseen(error))
        return BROKEN


def _unforeseen(error: Exception) -> str:
    """A mistake of ours in one line: its kind and where. What it says itself may hold a name."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [one for one in frames if {"desktop", "database"} & set(Path(one.filename).parts)]
    at = (ours or frames)[-1]
    place = f"{type(error).__name__}, {Path(at.filename).name}:{at.lineno}"
    said = _("Selasar made a mistake ({place}); what was confirmed before is saved.")
    return said.format(place=place)


def _reader_is_gone(error: OSError) -> bool:
    """Whether whoever read what is said wants no more (`selasar ... | head`)."""
    # Windows calls a pipe that nobody reads an invalid argument, of no file.
    on_windows = sys.platform == "win32" and error.errno == errno.EINVAL
    return isinstance(error, BrokenPipeError) or (
        on_windows and error.filename is None and not _can_be_told()
    )


def _can_be_told() -> bool:
    """Whether what waits to be said still reaches somebody: many things are called invalid."""
    try:
        sys.stdout.flush()
    except OSError:
        return False
    return True


def speak_utf8() -> None:
    """A Windows console may be set to another code page; our words are UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")


_HELP = frozenset({"-h", "--help", "--version"})


def _language_in(arguments: Sequence[str]) -> str:
    """--language is wanted before the parser, which it translates, is built."""
    for at, one in enumerate(arguments):
        if one.startswith("--language="):
            return one.partition("=")[2]
        if one == "--language" and at + 1 < len(arguments):
            return arguments[at + 1]
    # A paper is in the library's language whatever the system speaks; help is for who asks.
    return _of_system() if _HELP.intersection(arguments) else "id"


def _of_system() -> str:
    said = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    first = next(filter(None, said), "")
    return "en" if first.startswith("en") else "id"


def has_screen() -> bool:
    """Qt aborts without a display; say it in a sentence instead."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
