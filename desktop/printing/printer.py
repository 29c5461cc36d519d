"""One way to the printer: each kind of paper has its printer and shift on this PC, and what no
printer takes is kept and can be printed later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from database.engine.private import make_private
from database.engine.whole_file import write_whole
from database.text.dates import changed_at
from desktop import pc
from desktop.file_names import safe
from desktop.pages.drawing.kinds import Kind
from desktop.pc import Pc
from desktop.program import Program
from desktop.screen import Key, Screen
from desktop.words.language import _

TRUE_SIZE: frozenset[Kind] = frozenset({"label", "card", "slip"})
"""What must fit something already cut is never scaled."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A PDF that waits for a printer."""

    file: Path
    kind: Kind
    name: str
    kept_at: datetime


def folder() -> Path:
    """Where papers lie that no printer took."""
    found = pc.data_folder() / pc.PAPERS
    found.mkdir(parents=True, exist_ok=True)
    make_private(found)
    return found


def send(settings: Pc, kind: Kind, pdf: bytes) -> None:
    """To the printer of this kind; raises `output.PrintFailed`."""
    from desktop.printing import output

    across, down = (settings.get(one) for one in pc.SHIFTS[kind])
    # Labels are shifted where they are laid out: their drawing shows it.
    shift = (0.0, 0.0) if kind == "label" else (across, down)
    name = settings.get(pc.PRINTERS[kind]) or None
    output.print_pdf(pdf, name, true_size=kind in TRUE_SIZE, shift_mm=shift)


def keep(kind: Kind, pdf: bytes, name: str, now: datetime) -> Path:
    """Keep it for later."""
    target = folder() / safe(f"{name}-{now:%Y%m%d-%H%M%S}", f".{kind}.pdf")
    write_whole(target, pdf)
    return target


def kept() -> list[Kept]:
    """What waits, newest first."""
    found = []
    for file in folder().glob("*.pdf"):
        name, _dot, kind = file.stem.rpartition(".")
        known: Kind = kind if kind in pc.PRINTERS else "paper"  # type: ignore[assignment]
        found.append(Kept(file, known, name or file.stem, changed_at(file)))
    return sorted(found, key=lambda one: one.kept_at, reverse=True)


def print_or_keep(
    screen: Screen,
    program: Program,
    kind: Kind,
    pdf: bytes,
    name: str,
    again: Callable[[], object] | None = None,
) -> bool:
    """Print and say so; with no printer keep it, say so and offer it again. False then."""
    from desktop.printing import output

    try:
        send(program.pc, kind, pdf)
    except output.PrintFailed:
        keep(kind, pdf, name, program.now())
        repeat = again or partial(print_or_keep, screen, program, kind, pdf, name)
        told = _("No printer answers. It is kept under Printing, to be printed later.")
        screen.notice.look(told, Key("", _("Try again"), repeat))
        return False
    screen.notice.done(_("It is at the printer"))
    return True
